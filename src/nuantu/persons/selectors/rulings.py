"""What the rule book says about people here and now, as the values that the rules take."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import get_language

from nuantu.core import clock
from nuantu.operations.selectors import rules_at
from nuantu.persons.rules.ages import AgeLines
from nuantu.persons.rules.rescue import VOLUNTARY, ModeRule
from nuantu.planbook.defaults import national_layer
from nuantu.planbook.rulebook import RuleBook
from nuantu.planbook.rules import NATIONAL, Ruling

_LINES: Final = ("child_with_mother", "sensitive", "must_be_collected", "minor", "elderly")


def age_lines(division_code: str, at: datetime) -> AgeLines:
    """The five age lines in force at a place, in years."""
    book = rules_at(division_code, at)
    return AgeLines(**{name: int(book.need(f"age.{name}").number) for name in _LINES})


def line_of_minors(at: datetime) -> int:
    """Below how many years the law of the country sees a minor; no query.

    Source: 未成年人保护法 第2条. Errors: LookupError for a day before it held.
    """
    return _line_on(clock.local(at).date())


@lru_cache(maxsize=64)
def _line_on(day: date) -> int:
    return int(RuleBook([], national_layer(), day).need("age.minor").number)


def mode_rules(classes: Iterable[str], division_code: str, at: datetime) -> Mapping[str, ModeRule]:
    """What holds for each class here and now: the plan's word, else the national default."""
    book = rules_at(division_code, at)
    return {code: _mode_rule(book, code) for code in classes}


def _mode_rule(book: RuleBook, code: str) -> ModeRule:
    ruling = book.find("rescue.mode", key=code)
    return ModeRule() if ruling is None else _read(ruling)


def _read(ruling: Ruling) -> ModeRule:
    value: Mapping[str, Any] = ruling.value if isinstance(ruling.value, Mapping) else {}
    return ModeRule(
        modes=tuple(value.get("modes") or (VOLUNTARY,)),
        may_refuse=bool(value.get("may_refuse", False)),
        legal_basis=_bases(value, ruling),
        approver=str(value.get("approver") or ""),
        review_hours=int(value.get("review_hours") or 0),
        treatment=_said(value),
        source=ruling.source,
    )


def _said(value: Mapping[str, Any]) -> str:
    """What to do, in the language of the page where the rule has it; a plan's own words as they stand."""
    words = str(value.get("treatment") or "")
    is_english = (get_language() or "").startswith("en")
    return str(value.get("treatment_en") or words) if is_english else words


def _bases(value: Mapping[str, Any], ruling: Ruling) -> tuple[str, ...]:
    """What the plan rests on, and below it the law that the national default names."""
    national = next((said.value for said in ruling.compared if said.plan_code == NATIONAL), None)
    law = national.get("legal_basis") if isinstance(national, Mapping) else None
    found = [*(value.get("legal_basis") or ()), *(law if isinstance(law, list | tuple) else ())]
    return tuple(dict.fromkeys(str(basis) for basis in found))
