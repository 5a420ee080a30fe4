"""The plan files say what the plans said: every figure and date of the field, under its rule.

`seed_facts.yaml` was written from the requirements before any of the files; here each of its facts
is looked for in the value of the plan file that names the rule as its clause. A copy of a plan is
held against the same facts.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from nuantu.planbook import dates, files
from nuantu.planbook.dates import BadDateError, Bases
from nuantu.planbook.schema import Plan
from tests.planbook import seeds
from tests.planbook.seeds import Fact

# P7 masks its year, and says that 22 February was the Lantern Festival: that is 2016
YEARS = {"P7": 2016}
# one stands for itself too often, so it needs its measure word
CHINESE = {**dict(enumerate("零一二三四五六七八九十")), 1: "一[次份名场]"}
WORDS: dict[object, str] = {1980: "八十年代", 1949: "建国", "half_month": "15"}
LEFT_OUT = {
    "P2-02": "the number of the ministry's notice is masked, so the file does not carry it",
}


def _found(code: str, fact: Fact) -> tuple[list[dict[str, Any]], list[Any], Bases]:
    plan = files.packaged(code).plan
    assert plan is not None, code
    own = f"{code}-{fact.rule.partition('-')[2]}"
    found = list(_resting_on({fact.rule, own}, plan.model_dump(), {}))
    assert found, f"{code}: nothing names {fact.rule}"
    return found, [scalar for node in found for scalar in _scalars(node)], _bases(plan, code)


def _cases() -> Iterator[Any]:
    for fact in seeds.facts():
        for plan in fact.plans:
            if plan in files.PACKAGED and fact.rule not in LEFT_OUT:
                yield pytest.param(plan, fact, id=f"{plan}-{fact.rule}-{fact.kind}-{fact.value}")


@pytest.mark.parametrize(("code", "fact"), list(_cases()))
def test_the_file_carries_the_figure_under_its_rule(code: str, fact: Fact) -> None:
    found, spoken, bases = _found(code, fact)
    for value in fact.value if isinstance(fact.value, tuple) else (fact.value,):
        assert _stands(value, fact, found, spoken, bases), (value, fact.says, spoken)


@pytest.mark.parametrize("kind", ["amount", "minutes", "month_day", "date", "age"])
def test_a_wrong_figure_would_be_noticed(kind: str) -> None:
    for case in _cases():
        code, fact = case.values
        if fact.kind == kind and isinstance(fact.value, int | str):
            wrong = f"{fact.value[:-2]}19" if isinstance(fact.value, str) else fact.value + 7
            assert not _stands(wrong, fact, *_found(code, fact)), (code, fact.rule, wrong)


def _resting_on(rules: set[str], node: Any, above: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Values whose clause is the rule, each with the plain entries of the value around it."""
    if isinstance(node, dict):
        if rules & set(node.get("clause") or ()):
            yield {**_plain(above), **node}
        for child in node.values():
            yield from _resting_on(rules, child, node)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from _resting_on(rules, child, above)


def _plain(node: dict[str, Any]) -> dict[str, Any]:
    return {
        f"above.{key}": value
        for key, value in node.items()
        if not isinstance(value, dict)
        and not (isinstance(value, list | tuple) and any(isinstance(one, dict) for one in value))
    }


def _scalars(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list | tuple):
        for child in node:
            yield from _scalars(child)
    elif node is not None:
        yield node


def _bases(plan: Plan, code: str) -> Bases:
    year = YEARS.get(code) or plan.instance.year or 2026
    return Bases(year, issue=date(year, 1, 1), start=date(year, 1, 1), end=date(year, 12, 31))


def _stands(
    value: Any, fact: Fact, found: list[dict[str, Any]], spoken: list[Any], bases: Bases
) -> bool:
    text = " ".join(map(str, spoken))
    if fact.kind in ("date", "month_day"):
        return value[-5:] in {day[-5:] for word in spoken for day in _days(str(word), bases)}
    numbers = [word for word in spoken if isinstance(word, int) and not isinstance(word, bool)]
    if fact.kind == "items":
        lists = (child for node in found for child in node.values() if isinstance(child, tuple))
        return value in (len(found), *map(len, lists), *numbers) or bool(
            re.search(CHINESE[value], text)
        )
    if fact.kind == "share":
        return "1/2" in text and Fraction(value) == Fraction("1/2")
    if isinstance(value, int):
        words = WORDS.get(value) or CHINESE.get(value) or "$^"
        return value in numbers or bool(re.search(rf"(?<!\d){value}(?!\d)|{words}", text))
    return str(value) in text or WORDS.get(value, "$^") in text


def _days(word: str, bases: Bases) -> Iterator[str]:
    with suppress(BadDateError):
        span = dates.resolve(word, bases)
        if span is not None:
            yield from (span.first.isoformat(), span.last.isoformat())
