"""Ages: known from a birth date, or guessed as a range; five lines that are five different rules.

Lines (6 with mother, 14 sensitive data, 16 must be collected, 18 minor, 60 elderly) come from the
rule book. A guess that may lie below a protecting line counts as below it, until somebody proves
otherwise (TR-08, X01 "age disputed").
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Side = Literal["below", "unsure", "above"]

OLDEST = 125
UNCERTAIN_YEARS = 5


@dataclass(frozen=True, slots=True)
class Age:
    """Whole years from `low` to `high`, both possible; a known age has low == high.

    Raises ValueError for a range that runs backwards or leaves 0 to 125.
    """

    low: int
    high: int
    is_estimated: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= OLDEST:
            raise ValueError(f"no age: {self.low} to {self.high}")

    @property
    def middle(self) -> int:
        """The one figure to say when only one can be said."""
        return (self.low + self.high) // 2


@dataclass(frozen=True, slots=True)
class AgeLines:
    """The five lines in years. Source: DL-15, DL-18, DL-16, 未成年人保护法 第2条, 老年人权益保障法 第2条."""

    child_with_mother: int = 6
    sensitive: int = 14
    must_be_collected: int = 16
    minor: int = 18
    elderly: int = 60


def years_between(birth: date, day: date) -> int:
    """Full years on a day; somebody born on 29 February is a year older on 1 March (周岁)."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def age_on(birth: date, day: date) -> Age:
    """The known age on the day of an event. Raises ValueError for a birth after that day."""
    years = years_between(birth, day)
    return Age(years, years, is_estimated=False)


def around(years: int) -> Age:
    """What "about fifty" means: five years either way, less for the young, who look their age."""
    spreads = ((6, 1), (16, 2), (25, 3), (OLDEST, UNCERTAIN_YEARS))
    spread = next(spread for upto, spread in spreads if years <= upto)
    return Age(max(0, years - spread), min(OLDEST, years + spread))


def later(age: Age, years: int) -> Age:
    """The same guess some years on."""
    return Age(
        min(OLDEST, age.low + years), min(OLDEST, age.high + years), is_estimated=age.is_estimated
    )


def side_of(age: Age, line: int) -> Side:
    """Whether the age lies below a line, at or above it, or may be either."""
    if age.high < line:
        return "below"
    return "above" if age.low >= line else "unsure"


def is_treated_as_minor(age: Age | None, lines: AgeLines) -> bool:
    """Somebody who may be a minor is protected as one; an unknown age alone makes nobody a minor."""
    return age is not None and side_of(age, lines.minor) != "above"


def is_treated_as_elderly(age: Age | None, lines: AgeLines) -> bool:
    """Somebody who may be sixty is offered what old people are offered."""
    return age is not None and side_of(age, lines.elderly) != "below"


def bands(age: Age | None, lines: AgeLines) -> frozenset[str]:
    """The lines that protect this age, by name: each is its own rule and opens its own duties."""
    if age is None:
        return frozenset()
    below = {
        "child_with_mother": lines.child_with_mother,
        "sensitive": lines.sensitive,
        "must_be_collected": lines.must_be_collected,
        "minor": lines.minor,
    }
    found = {name for name, line in below.items() if side_of(age, line) != "above"}
    if is_treated_as_elderly(age, lines):
        found.add("elderly")
    return frozenset(found)
