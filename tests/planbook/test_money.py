"""Stipends, shares and sums; what the plans come to in a year."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from nuantu.planbook import cli, files, overview, stipends, words
from nuantu.planbook.compiler import Compiled, compile_plan
from nuantu.planbook.list_rules import lines_of
from nuantu.planbook.schema.money import Payer
from nuantu.planbook.schema.parts import Named


def _compiled(code: str, year: int) -> Compiled:
    plan = files.packaged(code).plan
    assert plan is not None
    return compile_plan(plan, year=year)


def test_shares_that_make_no_whole_are_refused() -> None:
    halves = [Payer(who="区", share="1/2"), Payer(who="镇", share="40%")]
    with pytest.raises(ValueError, match="份额"):
        stipends.split(100, halves)


@given(
    st.integers(0, 10**9),
    st.lists(st.integers(1, 9), min_size=1, max_size=5),
    st.integers(0, 4),
)
def test_parts_add_up_to_the_cent_and_one_payer_bears_the_rest(
    total: int, weights: list[int], bearer: int
) -> None:
    payers = [Payer(who=f"甲{n}", share=f"{w}/{sum(weights)}") for n, w in enumerate(weights)]
    name = payers[min(bearer, len(payers) - 1)].who
    parts = stipends.split(total, payers, name)
    assert sum(part.fen for part in parts) == total
    for part, weight in zip(parts, weights, strict=True):
        rest = part.fen - total * weight // sum(weights)
        assert rest == 0 or (part.who == name and rest < len(payers))


def test_payers_without_shares_pay_equal_parts() -> None:
    assert [part.fen for part in stipends.split(101, [Payer(who="区"), Payer(who="镇")])] == [
        51,
        50,
    ]


def test_the_festival_plan_has_its_twenty_two_lines() -> None:
    """Table T1: amount, unit and who pays; seven lines without a payer are not payable (X31)."""
    compiled = _compiled("P13", 2027)
    lines = {rule.key: rule.value for rule in compiled.layer.rules if rule.kind == "stipend.amount"}
    assert len(lines) == 22
    orphan = lines["st_orphan"]
    assert isinstance(orphan, dict)
    assert (orphan["fen"], orphan["unit"]) == (170_000, "person")
    assert orphan["shares"] == [
        {"who": "区", "share": "1/2"},
        {"who": "镇（街道）", "share": "1/2"},
    ]
    open_lines = {
        key for key, value in lines.items() if isinstance(value, dict) and not value["is_payable"]
    }
    assert open_lines == {
        "st_four_old",
        "st_troop_unit",
        "st_centenarian",
        "st_filial_star",
        "st_elderly_homes",
        "st_mental_disabled_child",
        "st_retrenched_1960s",
        "st_minority_poor",
    }
    sums = overview.sums_of(compiled.plan)
    assert sums.fixed == 17_800_000, "8000 for one, 1700 for a hundred"
    assert sums.unpaid == 12_000_000, "the lump of the elderly homes waits for its payer"
    assert sums.by_payer == (("区", 17_800_000),)


@pytest.mark.parametrize(
    ("year", "eve"),
    [(2026, date(2026, 2, 16)), (2027, date(2027, 2, 5)), (2028, date(2028, 1, 25))],
)
def test_festival_visits_end_on_new_years_eve(year: int, eve: date) -> None:
    compiled = _compiled("P13", year)
    assert compiled.season.end == eve
    assert {duty.due_date for duty in compiled.duties} == {eve}


def test_the_summer_plan_in_another_year() -> None:
    """S1 for 2027: three phases, two dates, 150 000 yuan."""
    compiled = _compiled("S1", 2027)
    assert [phase[1:] for phase in compiled.season.phases] == [
        (date(2027, 7, 1), date(2027, 7, 20)),
        (date(2027, 7, 21), date(2027, 9, 30)),
        (date(2027, 10, 1), date(2027, 10, 10)),
    ]
    assert {(duty.code, duty.due_date) for duty in compiled.duties} == {
        ("summer.prepare", date(2027, 7, 20)),
        ("summer.data", date(2027, 10, 10)),
        ("report.summary", date(2027, 10, 10)),
    }
    assert overview.sums_of(compiled.plan).budget == 15_000_000


def test_the_drive_owes_its_four_dates() -> None:
    dates = {duty.code: duty.due_date for duty in _compiled("P4", 2028).duties}
    assert dates == {
        "drive.venue": date(2028, 10, 25),
        "drive.leaders": date(2028, 11, 10),
        "drive.meeting": date(2028, 11, 12),
        "drive.sacks": date(2028, 11, 20),
    }


def test_a_total_counts_once_whatever_its_parts() -> None:
    plan = files.packaged("S1").plan
    assert plan is not None
    part = plan.budget[0].model_copy(update={"kind": "part", "code": "x", "yuan": Decimal(5)})
    more = plan.model_copy(update={"budget": (*plan.budget, part)})
    assert overview.sums_of(more).budget == 15_000_000


def test_a_monthly_report_is_owed_once_a_month_inside_the_window() -> None:
    plan = files.packaged("P1").plan
    assert plan is not None
    monthly = plan.reports[0].model_copy(update={"due": None, "monthly_on": 31, "code": "monthly"})
    duties = compile_plan(plan.model_copy(update={"reports": (monthly,)}), year=2027).duties
    assert [duty.due_date for duty in duties if duty.kind == "report.submit"] == [
        date(2027, 12, 31),
        date(2028, 1, 31),
        date(2028, 2, 29),
    ], "the window ends on 30 March, before the 31st"


def test_a_summary_before_the_end_is_followed_by_a_closing_report() -> None:
    """P10 reports on 10 March and runs to the end of March (X05)."""
    duties = {duty.code: duty for duty in _compiled("P10", 2026).duties}
    closing = [duty for code, duty in duties.items() if code.endswith(".closing")]
    assert [duty.due_date for duty in closing] == [date(2027, 4, 12)]  # the 10th is a Saturday
    assert not [duty for duty in _compiled("P1", 2026).duties if duty.code.endswith(".closing")]


def test_a_ceiling_and_a_range_are_said_as_such() -> None:
    plan = files.packaged("P13").plan
    assert plan is not None
    amount = plan.amounts[0]
    ceiling = amount.model_copy(update={"is_ceiling": True})
    span = amount.model_copy(update={"yuan_from": Decimal(500)})
    assert "每户不超过1700元" in stipends.said(ceiling).zh
    assert "up to 1700 yuan" in stipends.said(ceiling).en
    assert "每户500-1700元" in stipends.said(span).zh
    assert stipends.known_total(amount.model_copy(update={"expected": 10})) == 1_700_000


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_command_prints_duties_and_sums(
    language: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "p13.yaml"
    path.write_text(files.packaged_text("P13"), encoding="utf-8")
    assert cli.check(path, language=language, year=2027, compiles=True) == 0
    printed = capsys.readouterr().out
    assert "2027-02-05" in printed
    assert "178000" in printed
    assert "120000" in printed


def test_a_word_without_a_figure_is_shown_with_the_default_it_gets() -> None:
    """P2 says round the clock: the default cadence holds and the word stands beside it (X56)."""
    found = {item.title.zh: item for item in overview.overview(_compiled("P2", 2026)).recurring}
    patrol = found["街面巡查频次（常态）"]
    assert patrol.every.zh == "每周3次"
    assert "全国默认" in patrol.source.zh
    assert "“全天候全方位”" in patrol.source.zh
    own = {item.title.zh: item for item in overview.overview(_compiled("P9", 2026)).recurring}
    assert (own["街面巡查频次（加强）"].every.zh, own["街面巡查频次（加强）"].source.zh) == (
        "每天1次",
        "P9-05",
    )
    assert own["到场时限（路远）"].every.en == "within 60 minutes"


def test_the_machine_readable_form_carries_duties_and_sums(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for code, expected in (("P13", 12_000_000), ("P3", None)):
        path = tmp_path / "plan.yaml"
        path.write_text(files.packaged_text(code), encoding="utf-8")
        cli.check(path, as_json=True, year=2027, compiles=True)
        document = json.loads(capsys.readouterr().out)
        assert document["findings"]
        compiled = document["compiled"]
        assert (compiled and compiled["sums"]["without_payer_fen"]) == expected
    assert document["compiled"] is None, "a draft has nothing to show"


def _named(node: object) -> Iterator[Named]:
    if isinstance(node, Named):
        yield node
    if isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _named(getattr(node, name))
    if isinstance(node, tuple):
        for item in node:
            yield from _named(item)


@pytest.mark.parametrize("code", files.PACKAGED)
def test_what_a_plan_lists_can_be_said_in_english(code: str) -> None:
    """Entries have an English name, codes have words."""
    plan = files.packaged(code).plan
    assert plan is not None
    assert not [entry.label for entry in _named(plan) if not entry.label_en]
    for line in lines_of(plan):
        codes = line.value if isinstance(line.value, list) else []
        unsaid = [str(item) for item in codes if str(item).isascii() and item not in words.WORDS]
        assert not unsaid, (line.kind, unsaid)


def test_a_payer_is_said_in_the_language_of_the_reader() -> None:
    said = "\n".join(overview.lines(_compiled("P13", 2026), "en"))
    assert "minimum-living households: 1700 yuan per household (district 1/2, township 1/2)" in said
    assert "178000 yuan (district 178000)" in said
