"""One rule, the plan layer it belongs to, and the ruling that a look-up gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from nuantu.planbook.kinds import Kind
from nuantu.planbook.levels import Level
from nuantu.planbook.text import Text

Value = int | float | str | bool | Sequence[object] | Mapping[str, object] | None
Status = Literal["verified", "unverified"]
Season = Literal["", "winter", "summer"]
ANY: Final = "any"
NATIONAL: Final = "national"
PER_WEEK: Final = {"per_day": 7.0, "per_week": 1.0, "per_month": 12 / 52}


@dataclass(frozen=True, slots=True)
class Rule:
    """One value of one plan (or of the national defaults) with the clause it came from.

    ``value`` is None when the text has a word without a figure; the word is in ``words``.
    ``selectors`` are the words a union rule is matched by (warning types, classes of person).
    """

    kind: str
    value: Value
    unit: str = ""
    level: str = ""
    place_class: str = ""
    key: str = ""
    words: str = ""
    clauses: tuple[str, ...] = ()
    quote: str = ""
    plan_code: str = NATIONAL
    status: Status = "verified"
    is_derived: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    selectors: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    season: Season = ""

    @property
    def source(self) -> str:
        """The clause as the screen says it."""
        return "、".join(self.clauses)

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on a day; both ends count."""
        has_begun = self.valid_from is None or self.valid_from <= day
        return has_begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Layer:
    """The rules of one plan in force. Layers run from the own plan up to the highest parent."""

    plan_code: str
    title: str
    rules: tuple[Rule, ...]
    levels: tuple[Level, ...] = ()
    season: Season = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What one plan says on the point of a ruling, and whether it won."""

    plan_code: str
    value: Value
    unit: str
    words: str
    source: str
    quote: str
    has_won: bool


@dataclass(frozen=True, slots=True)
class Ruling:
    """The answer of a look-up with its provenance; ``compared`` lists every plan that was asked."""

    kind: str
    label: Text
    value: Value
    unit: str
    source: str
    plan_code: str
    status: Status
    quote: str = ""
    words: str = ""
    level: str = ""
    place_class: str = ""
    key: str = ""
    is_derived: bool = False
    compared: tuple[Compared, ...] = ()
    selectors: tuple[str, ...] = ()

    @property
    def number(self) -> float:
        """The value as a number.

        Errors: TypeError when the rule is no figure.
        """
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise TypeError(f"{self.kind} is no figure: {self.value!r}")
        return float(self.value)

    @property
    def is_national(self) -> bool:
        """Whether no plan said anything and the national default answered."""
        return self.plan_code == NATIONAL


def strictness(which: Kind, value: Value, unit: str) -> float:
    """How strict a figure is on the scale of its kind; more is stricter.

    Cadences are compared per week, limits and rhythms by how short they are.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return float("-inf")
    figure = value * PER_WEEK.get(unit, 1.0)
    return -figure if which.strictest == "least" else figure


def ruling(which: Kind, won: Rule, asked: Sequence[Rule] = ()) -> Ruling:
    """The ruling that ``won`` gives; ``asked`` are all rules that were compared, own plan first."""
    words = dict.fromkeys(rule.words for rule in asked if rule.words and rule.plan_code != NATIONAL)
    return Ruling(
        kind=which.code,
        label=which.label,
        value=won.value,
        unit=won.unit or which.unit,
        source=won.source,
        plan_code=won.plan_code,
        status=won.status,
        quote=won.quote,
        words="、".join(words),
        level=won.level,
        place_class=won.place_class,
        key=won.key,
        is_derived=won.is_derived,
        compared=tuple(_compared(rule, rule is won) for rule in asked),
        selectors=won.selectors,
    )


def _compared(rule: Rule, has_won: bool) -> Compared:
    return Compared(
        rule.plan_code, rule.value, rule.unit, rule.words, rule.source, rule.quote, has_won
    )
