"""The draft holds what a document says beside its dates: refusals first, then each in its place."""

from decimal import Decimal
from typing import Any

import pytest

from nuantu.planbook.reading import read_document
from nuantu.planbook.schema import Plan

HEAD = "白鹭区“寒冬送温暖”专项救助行动方案\n一、行动时间：2025年11月15日至2026年3月15日。\n"
TEXT = (
    HEAD
    + """二、物资准备。救助站要储备棉被、棉衣、食品和药品。
三、职责分工
（一）公安机关要依法处置街面上的违法行为。
（二）区财政局负责落实救助经费。
四、宣传引导。通过电视、微信、宣传栏广泛宣传求助电话0991-6601234。
五、工作要求。严禁以任何理由推诿求助人员。
六、各街道每月25日前将进展情况报区民政局。
七、经费保障。安排专项资金8万元，由区财政承担。
白鹭区民政局
2025年11月10日
"""
)
VISITS = """白鹭区春节走访慰问活动方案
一、活动时间：2026年1月20日至2月10日。
二、慰问标准：低保户每户不超过500元，由区财政承担。
三、走访人员不得收受任何礼品。
白鹭区总工会
2026年1月5日
"""


def _read(text: str) -> Any:
    return read_document(text.encode(), "plan.txt", year=2025)


def _draft(text: str) -> Plan:
    return Plan.model_validate(dict(_read(text).draft))


def test_a_sentence_that_nothing_places_stays_listed() -> None:
    reading = _read(HEAD + "二、各村民小组要把祠堂的钥匙交给李四保管。\n")
    assert not reading.draft.get("recorded")
    assert [row for row in reading.not_understood if "祠堂" in row.sentence]


def test_a_unit_named_inside_a_sentence_is_given_no_task() -> None:
    plan = _draft(HEAD + "二、接报后通知公安机关要求协助的，由值班员登记在册。\n")
    assert not plan.organisation.units


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (lambda plan: [item.code for item in plan.supplies], ["quilt", "padded_clothes", "food", "medicine"]),
        (lambda plan: [item.code for item in plan.publicity.channels], ["television", "wechat", "poster"]),
        (lambda plan: [line.number for line in plan.hotlines], ["0991-6601234"]),
        (lambda plan: [(line.label, line.yuan, line.payer[0].who) for line in plan.budget], [("专项资金", 80000, "区财政")]),
        (lambda plan: [report.monthly_on for report in plan.reports], [25]),
        (lambda plan: [line.says for line in plan.recorded], ["严禁以任何理由推诿求助人员。"]),
        (lambda plan: [unit.role for unit in plan.organisation.units], ["relief_station", "police", "finance"]),
    ],
)  # fmt: skip
def test_each_thing_stands_in_its_place(of: Any, said: list[Any]) -> None:
    assert of(_draft(TEXT)) == said


def test_a_ban_of_a_visit_plan_is_a_manner_and_a_ceiling_is_one() -> None:
    plan = _draft(VISITS)
    assert [line.says for line in plan.visits.discipline] == ["走访人员不得收受任何礼品。"]
    (line,) = plan.amounts
    assert (line.yuan, line.is_ceiling, line.unit) == (Decimal(500), True, "household")


def test_everything_placed_keeps_its_clause_and_the_words_it_rests_on() -> None:
    reading = _read(TEXT)
    plan = Plan.model_validate(dict(reading.draft))
    entries = [
        *plan.supplies,
        *plan.publicity.channels,
        *plan.budget,
        *plan.recorded,
        *plan.hotlines,
    ]
    assert all(entry.clause and entry.quote for entry in entries)
    spans = {row.path: row.span for row in reading.evidence}
    assert reading.document.text[slice(*spans["supplies.0"])] == "棉被"
    placed = [row.sentence for row in reading.not_understood]
    assert not [sentence for sentence in placed if "严禁" in sentence or "公安机关" in sentence]
