"""The list of facts a reader is measured by is well formed, and its measure can say no."""

import re
from collections import Counter

import pytest

from nuantu.config.requirements.catalogue import requirements
from tests.planbook import seeds
from tests.planbook.seeds import Fact

KINDS: dict[str, str] = {
    "date": r"\d{4}-\d\d-\d\d",
    "month_day": r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
    "festival": r"[一-鿿]{2,4}",
    "phone": r"\d{3,12}",
    "doc_number": r"[一-鿿]+〔[\dx]{4}〕\d+号",
}
NUMBERS = {"amount", "count", "items", "minutes", "hours", "days", "years", "year", "age", "length"}
RANGES = {"count", "age", "length"}
PLACES = {
    *("window.start", "window.end", "phases.start", "phases.end", "reporting"),
    *("patrol_frequency", "response_minutes", "amounts", "amounts.payer", "other"),
}
COPIES = {"P2": "P5", "P3": "P15", "P6": "P11", "P14": "P16"}
NUMERAL = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|half|twice|week|weeks|thousand)\b", re.I
)


def _typed_well(fact: Fact) -> bool:
    if fact.kind in KINDS:
        return isinstance(fact.value, str) and bool(re.fullmatch(KINDS[fact.kind], fact.value))
    if fact.kind == "share":
        return isinstance(fact.value, float) and 0 < fact.value <= 1
    if fact.kind == "frequency":
        times, per = fact.value
        return isinstance(times, int) and per in {"day", "week", "half_month", "month"}
    if isinstance(fact.value, tuple):
        least, most = fact.value
        return fact.kind in RANGES and least < most
    return fact.kind in NUMBERS and isinstance(fact.value, int) and fact.value > 0


def test_every_fact_belongs_to_a_rule_and_a_plan() -> None:
    for fact in seeds.facts():
        assert fact.rule in requirements(), fact.rule
        plan = fact.rule.partition("-")[0]
        assert fact.plans == ((plan, COPIES[plan]) if plan in COPIES else (plan,)), fact


def test_nothing_stands_twice() -> None:
    counted = Counter((f.rule, f.kind, f.value, f.unit, f.where) for f in seeds.facts())
    assert not [line for line, times in counted.items() if times > 1]


def test_each_value_has_the_type_of_its_kind_and_a_place() -> None:
    for fact in seeds.facts():
        assert _typed_well(fact), fact
        assert fact.where in PLACES, fact
        assert bool(fact.near) == (fact.where == "other"), fact
        assert not fact.where.startswith("phases") or fact.name, fact
        assert not fact.where.startswith("amounts") or fact.category, fact
        assert fact.says


def test_no_rule_with_a_figure_is_forgotten() -> None:
    """A figure in the catalogue's title is in the list, or the list says why it is none."""
    listed = {fact.rule for fact in seeds.facts()} | set(seeds.without_value())
    assert set(seeds.without_value()) <= set(requirements())
    assert not {fact.rule for fact in seeds.facts()} & set(seeds.without_value())
    forgotten = [
        f"{rule.id} {rule.en}"
        for rule in requirements().values()
        if NUMERAL.search(rule.en) and rule.id not in listed
    ]
    assert not forgotten, "\n".join(forgotten)


def _perfect(plan: str) -> dict[str, object]:
    """What a reader would print that missed nothing."""
    given: dict[str, list[dict[str, object]]] = {}
    window: dict[str, object] = {}
    numbers = []
    for fact in seeds.of_plan(plan):
        key, _, part = fact.where.partition(".")
        end = f"{part}_month_day" if fact.kind == "month_day" else part
        day = "month_day" if fact.kind == "month_day" else "date"
        rows = given.setdefault(key, [])
        match key:
            case "other":
                numbers.append(
                    {"kind": fact.kind, "value": fact.value, "unit": fact.unit, "text": fact.near}
                )
            case "window":
                window[end] = fact.value
            case "phases":
                rows.append({"name": fact.name, end: fact.value})
            case "reporting":
                rows.append({day: fact.value, "to": fact.to})
            case "patrol_frequency":
                rows.append({"count": fact.value[0], "per": fact.value[1]})
            case "response_minutes":
                rows.append({"minutes": fact.value})
            case _:
                amount = None if part else fact.value
                rows.append(
                    {
                        "category": fact.category,
                        "amount": amount,
                        "unit": fact.unit,
                        "payer": fact.payer,
                    }
                )
    return {"facts": {**given, "window": window}, "numbers": numbers}


@pytest.mark.parametrize("plan", [*seeds.PLANS, "S1"])
def test_a_reader_that_finds_all_is_told_so_and_an_empty_one_is_not(plan: str) -> None:
    assert seeds.of_plan(plan)
    assert all(seeds.found(_perfect(plan), plan).values())
    assert not any(seeds.found({"facts": {}, "numbers": []}, plan).values())


def test_a_wrong_value_or_kind_is_no_find() -> None:
    def hit(rule: str, plan: str, output: dict[str, object]) -> bool:
        return any(ok for fact, ok in seeds.found(output, plan).items() if fact.rule == rule)

    assert not hit("P9-20", "P9", {"facts": {"response_minutes": [{"minutes": 31}]}})
    assert not hit("P9-20", "P9", {"numbers": [{"kind": "minutes", "value": 30, "text": "到场"}]})
    assert not hit("P9-02", "P9", {"facts": {"window": {"end_month_day": "03-15"}}})
    row = {"category": "低保户", "amount": 1700, "unit": "person"}
    assert not hit("P13-02", "P13", {"facts": {"amounts": [row]}})
    assert hit("P13-02", "P13", {"facts": {"amounts": [{**row, "unit": "household"}]}})
    twice = {"kind": "hours", "value": 24, "unit": "hour", "text": "热线接待车辆"}
    assert sum(seeds.found({"numbers": [twice, twice]}, "P1").values()) == 2


def test_every_fact_stands_in_the_text_of_its_plans() -> None:
    """The words a fact is searched by, and its figure, are really there."""
    texts = seeds.plan_texts()
    if not texts:
        pytest.skip("the texts of the seed plans are not on this machine (SEED_PLANS)")
    readable = {
        plan: seeds.plain(re.sub(r"\([^)一-鿿]*\)", "", text)) for plan, text in texts.items()
    }
    for fact in seeds.facts():
        for plan in fact.plans:
            assert seeds.plain(fact.near) in readable[plan], (plan, fact)
            for figure in _figures(fact):
                assert figure in readable[plan], (plan, fact, figure)


def _figures(fact: Fact) -> list[str]:
    if fact.kind in ("date", "month_day") and fact.rule not in ("P1-85", "P9-02", "P10-02"):
        month, day = fact.value[-5:].split("-")
        # a later day of the same story is written without its month, and of two dates with one
        # month name the year may stand before the first only
        return [f"{int(day)}日"] if fact.rule.startswith("P14") else [f"{int(month)}月{int(day)}"]
    if fact.kind in ("amount", "minutes", "hours") and fact.value not in (120000, 150000):
        return [str(fact.value)]
    return [fact.value] if fact.kind in ("festival", "phone") else []
