"""What a missing-person report says, as plain values; every one of them may be unknown."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from nuantu.persons.rules.ages import OLDEST, Age, age_on, later, years_between

SHORTEST_CM: Final = 30
TALLEST_CM: Final = 250
DAY, MONTH, YEAR = "day", "month", "year"


@dataclass(frozen=True, slots=True)
class Said:
    """A report as it was told. Heights are centimetres, ages whole years on `age_noted_date`.

    `lost_precision` says how much of `lost_date` is known: its day, its month or its year.
    """

    source: str = "family"
    source_name: str = ""
    source_number: str = ""
    name: str = ""
    nickname: str = ""
    sex: str = "unknown"
    birth_date: date | None = None
    age_low: int | None = None
    age_high: int | None = None
    age_noted_date: date | None = None
    height_low: int | None = None
    height_high: int | None = None
    accent: str = ""
    home_words: str = ""
    home_division: str = ""
    old_places: str = ""
    lost_date: date | None = None
    lost_precision: str = DAY
    lost_words: str = ""
    lost_division: str = ""
    clothing: str = ""
    marks: tuple[str, ...] = ()
    marks_words: str = ""
    health_words: str = ""
    id_number: str = ""
    searcher_name: str = ""
    searcher_relation: str = ""
    searcher_phone: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """Who agreed to what, when, by what, until when; a day without `until_date` holds for the usual length."""

    given_by: str
    given_date: date
    way: str
    purposes: tuple[str, ...]
    until_date: date | None = None


@dataclass(frozen=True, slots=True)
class Danger:
    """Why telling the searcher may harm who is missing; `words` lie sealed."""

    marks: tuple[str, ...] = ()
    words: str = ""


# What is kept of a report beside the columns of `Said` with the same name: sealed, with a hash.
SEALED: Final = ("id_number", "searcher_name", "searcher_phone")
PLAIN: Final = tuple(field.name for field in fields(Said) if field.name not in SEALED)
_DESCRIBES: Final = (
    "name", "nickname", "birth_date", "age_low", "height_low", "accent", "home_words", "old_places",
    "lost_date", "lost_words", "clothing", "marks", "marks_words", "health_words", "id_number",
)  # fmt: skip


def says_something(said: Said) -> bool:
    """Whether anything at all is known by which somebody could be told from others; sex alone is not enough."""
    return any(getattr(said, name) not in (None, "", ()) for name in _DESCRIBES)


def age_of(said: Said, day: date) -> Age | None:
    """The age on a day: from the birth date, else the range that was told moved along."""
    if said.birth_date is not None and said.birth_date <= day:
        return age_on(said.birth_date, day)
    if said.age_low is None or said.age_high is None or said.age_noted_date is None:
        return None
    guess = Age(said.age_low, said.age_high, is_estimated=True)
    return later(guess, max(0, years_between(said.age_noted_date, day)))


def faults_of(said: Said, today: date) -> list[tuple[str, str]]:
    """What cannot be true of a report: field and code of each fault; empty when it may stand."""
    found = []
    if not says_something(said):
        found.append(("name", "nothing"))
    for name in ("birth_date", "lost_date", "age_noted_date"):
        day = getattr(said, name)
        if day is not None and day > today:
            found.append((name, "future"))
    low, high = said.age_low, said.age_high
    if (low is None) != (high is None) or (
        low is not None and not 0 <= low <= (high or 0) <= OLDEST
    ):
        found.append(("age_high", "age"))
    low, high = said.height_low, said.height_high
    is_backwards = low is not None and not SHORTEST_CM <= low <= (high or 0) <= TALLEST_CM
    if (low is None) != (high is None) or is_backwards:
        found.append(("height_high", "height"))
    if (
        said.birth_date
        and said.lost_date
        and said.lost_date < said.birth_date
        and said.lost_precision == DAY
    ):
        found.append(("lost_date", "before_birth"))
    return found
