"""Who pays a class of people, and which part: what the text does not tell is asked, never made up."""

from decimal import Decimal
from typing import Any

import pytest

from nuantu.planbook import checks
from nuantu.planbook.reading import read_document
from nuantu.planbook.schema import Plan
from nuantu.planbook.schema_fields import field_at

HEAD = "白鹭区春节走访慰问活动方案\n一、活动时间：2026年1月20日至2月10日。\n二、慰问标准\n"


def _reading(line: str) -> Any:
    return read_document(f"{HEAD}{line}\n白鹭区民政局\n2026年1月5日\n".encode(), "plan.txt")


def _plan(line: str) -> Plan:
    return Plan.model_validate(dict(_reading(line).draft))


def _asked(plan: Plan) -> set[str]:
    return {row.code for row in checks.check(plan) if row.path[:1] == ("amounts",)}


def test_a_class_without_a_payer_gets_none_and_is_asked_about() -> None:
    plan = _plan("孤儿每人发慰问金600元。")
    assert [(row.category, row.unit, row.payer) for row in plan.amounts] == [("孤儿", "person", ())]
    assert "missing_payer" in _asked(plan)


@pytest.mark.parametrize(
    "line",
    [
        "低保户每户补助1700元，经费由各级财政按比例承担。",
        "低保户每户补助1700元，经费由区、镇按6:3:1比例承担。",
        "低保户每户补助1700元，经费由有关方面各承担50%。",
        "低保户每户补助1700元，由市、区财政共同承担。",
        "低保户每户补助1700元，由市财政、区财政分别承担。",
    ],
)
def test_parts_that_are_not_understood_name_nobody_and_are_asked_about(line: str) -> None:
    plan = _plan(line)
    assert [row.payer for row in plan.amounts] == [()]
    assert "missing_payer" in _asked(plan)


def test_parts_that_do_not_make_a_whole_stay_as_told_and_are_asked_about() -> None:
    plan = _plan("低保户每户补助1700元，由区财政承担60%，镇承担30%。")
    assert [(row.who, row.share) for row in plan.amounts[0].payer] == [
        ("区财政", "60%"),
        ("镇", "30%"),
    ]
    assert "shares_do_not_add_up" in _asked(plan)


@pytest.mark.parametrize(
    ("told", "payers"),
    [
        ("经费由区、镇（街道）各半负担", [("区", "1/2"), ("镇(街道)", "1/2")]),
        ("由区、镇（街道）各承担一半", [("区", "1/2"), ("镇(街道)", "1/2")]),
        ("所需资金由区、镇按6:4比例承担", [("区", "3/5"), ("镇", "2/5")]),
        ("区财政承担60%，镇承担40%", [("区财政", "60%"), ("镇", "40%")]),
        ("由区财政承担百分之七十，其余由镇承担", [("区财政", "70%"), ("镇", "3/10")]),
        ("区、镇各半", [("区", "1/2"), ("镇", "1/2")]),
        ("经费由市、区两级财政按1:1负担", [("市财政", "1/2"), ("区财政", "1/2")]),
        ("由市、区、镇各承担三分之一", [("市", "1/3"), ("区", "1/3"), ("镇", "1/3")]),
        ("由区财政承担", [("区财政", None)]),
        ("由区人力资源和社会保障局承担", [("区人力资源和社会保障局", None)]),
    ],
)
def test_each_payer_of_a_class_has_the_part_the_text_gives_it(told: str, payers: list[Any]) -> None:
    plan = _plan(f"低保户每户补助1700元，{told}。")
    (line,) = plan.amounts
    assert (line.category, line.yuan, line.unit) == ("低保户", Decimal(1700), "household")
    assert [(row.who, row.share) for row in line.payer] == payers
    assert not _asked(plan)


def test_a_class_keeps_the_words_it_rests_on_and_its_parts_have_a_name_on_the_page() -> None:
    reading = _reading("低保户每户补助1700元，经费由区、镇（街道）各半负担。")
    assert reading.facts["amounts"][0]["payer"] == "区、镇(街道)各半"
    (line,) = Plan.model_validate(dict(reading.draft)).amounts
    proof = next(row for row in reading.evidence if row.path == "amounts.0")
    assert line.quote == reading.document.text[slice(*proof.span)]
    label = field_at(("amounts", 0, "payer", 1, "share")).label
    assert "份额" in label.zh


def test_several_who_pay_together_are_told_but_nobody_gets_a_part() -> None:
    (row,) = _reading("低保户每户补助1700元，由市、区财政共同承担。").facts["amounts"]
    assert (row["payer"], row["shares"]) == ("市、区财政", [])


@pytest.mark.parametrize(
    ("table", "payers"),
    [
        ("对象\t标准(元/户)\t资金来源\n低保户\t500\t市财政\n特困户\t600\t", ["市财政", None]),
        ("对象\t市级补助(元/户)\n低保户\t500\n特困户\t600", ["市级", "市级"]),
        ("对象\t标准(元/户)\n低保户\t500\n特困户\t600", [None, None]),
    ],
)
def test_a_table_says_who_pays_in_a_column_or_in_the_head_of_the_sum(
    table: str, payers: list[str | None]
) -> None:
    found = _reading(table).facts["amounts"]
    assert [(row["category"], row["payer"]) for row in found] == list(
        zip(["低保户", "特困户"], payers, strict=True)
    )
