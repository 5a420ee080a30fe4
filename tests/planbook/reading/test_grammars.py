"""Money, cadences, names, places: one line of the genre each."""

import time
from collections.abc import Callable

import pytest

from nuantu.planbook.reading.grammar import organisations, spots
from nuantu.planbook.reading.grammar.cadences import cadences
from nuantu.planbook.reading.grammar.figures import figures
from nuantu.planbook.reading.grammar.money import sums
from nuantu.planbook.reading.grammar.timetable import stretches


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("每户1700元", [(1700, "household")]),
        ("500元/人", [(500, "person")]),
        ("每人每月100元", [(100, "person_month")]),
        ("每位百岁老人发放1500元", [(1500, "person")]),
        ("每个驿站2000元", [(2000, "point")]),
        ("每个单位5000元", [(5000, "institution")]),
        ("每份330元的礼包", [(330, "item")]),
        ("共15万元", [(150_000, None)]),
        (
            "分每户600、1000、1500元三个标准",
            [(600, "household"), (1000, "household"), (1500, "household")],
        ),
        ("1,200元", [(1200, None)]),
    ],
)
def test_a_sum_has_its_amount_and_unit(text: str, values: list[tuple[int, str | None]]) -> None:
    found = sums(text.replace(",", ""))
    assert [(int(money.amount or 0), money.unit) for money in found] == values


@pytest.mark.parametrize(
    ("text", "least", "most", "is_cap"),
    [
        ("每户300元至1000元", 300, 1000, False),
        ("每人不低于100元不高于300元", 100, 300, False),
        ("3-5万元", 30_000, 50_000, False),
        ("每户不超过2000元", None, None, True),
        ("每人800元以内", None, None, True),
        ("不少于500元", 500, None, False),
    ],
)
def test_a_sum_that_is_not_fixed_says_its_bounds(
    text: str, least: int | None, most: int | None, is_cap: bool
) -> None:
    money = sums(text)[0]
    assert (money.least, money.most, money.is_cap) == (least, most, is_cap)


@pytest.mark.parametrize(
    ("text", "count", "per"),
    [
        ("每周开展3次以上街面巡查", 3, "week"),
        ("每日巡查不少于2次", 2, "day"),
        ("一日三巡", 3, "day"),
        ("每天早中晚各一次", 3, "day"),
        ("每日上午9点、下午3点、晚上8点各巡查一次", 3, "day"),
        ("上午、下午、晚上都安排人员上街", 3, "day"),
        ("每4小时巡查一次", 6, "day"),
        ("巡查3次/周", 3, "week"),
        ("每周一、三、五上街巡查", 3, "week"),
        ("每天开展街面巡查", 1, "day"),
        ("每天派人对主要路段巡查两次", 2, "day"),
    ],
)
def test_a_cadence_is_a_count_and_a_period(text: str, count: int, per: str) -> None:
    assert [(row.count, row.per) for row in cadences(text)] == [(count, per)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("由白鹭区民政局印发", "白鹭区民政局"),
        ("报县总工会权益保障部", "县总工会"),
        ("市救助管理站联合公安部门", "市救助管理站"),
    ],
)
def test_an_office_is_named_without_what_leads_up_to_it(text: str, name: str) -> None:
    found = organisations.first_name(text)
    assert found is not None
    assert found[2] == name


def test_a_list_of_places_ends_at_its_closing_word() -> None:
    words = "重点对火车站、农贸市场、桥梁涵洞和废弃厂房等流浪人员容易聚集的区域"
    names = [name for _, _, name in spots.items(words)]
    assert names == ["火车站", "农贸市场", "桥梁涵洞", "废弃厂房"]
    for start, end, name in spots.items(words):
        assert words[start:end] == name


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("邀请代表26名", "count", 26, "person"),
        ("已脱贫464户", "count", 464, "household"),
        ("服务11000多人次", "count", 11000, "person_time"),
        ("适合5岁-14岁", "age", [5, 14], "year"),
        ("身高90cm-120cm", "length", [90, 120], "cm"),
        ("热线24小时畅通", "hours", 24, "hour"),
        ("提前3天沟通", "days", 3, "day"),
        ("每半月检查", "frequency", [1, "half_month"], None),
        ("分四个阶段", "count", 4, "phase"),
        ("八十年代", "year", 1980, None),
    ],
)
def test_every_other_figure_is_typed(text: str, kind: str, value: object, unit: str | None) -> None:
    assert (kind, value, unit) in [(row.kind, row.value, row.unit) for row in figures(text)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("11月18日至19日宣传,20日收集,22日前寄出", ["18-19", "20-20", "-22"]),
        ("11月上旬摸底,中旬走访", ["上旬-上旬", "中旬-中旬"]),
        ("8:00-12:00,每日2次", []),
        ("12月5日起", ["5-"]),
    ],
)
def test_a_later_day_takes_the_month_of_the_one_before(text: str, days: list[str]) -> None:
    found = [
        "-".join(str(when.day or when.part) if when else "" for when in (row.first, row.last))
        for row in stretches(text)
    ]
    assert found == days
    months = {when.month for row in stretches(text) for when in (row.first, row.last) if when}
    assert months <= {11, 12}


@pytest.mark.parametrize("unit", ["1", "1.", " ", "1 ", "九", "11月", "1月1日"])
@pytest.mark.parametrize("grammar", [sums, figures, cadences, stretches], ids=lambda g: g.__name__)
def test_a_long_run_costs_a_grammar_no_more_than_its_length(
    grammar: Callable[[str], object], unit: str
) -> None:
    before = time.process_time()
    grammar(unit * (6000 // len(unit)))
    assert time.process_time() - before < 1
