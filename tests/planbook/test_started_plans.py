"""What the visits, the town's action, the appeals and the report come to in a year of our choice."""

from datetime import date

import pytest

from nuantu.planbook import cli, files, overview
from nuantu.planbook.checks import check
from nuantu.planbook.compiler import Compiled, OpenPlanError, compile_plan, in_year
from nuantu.planbook.rules import Rule

# the contradictions of the field that concern each plan, by the code of the finding
FINDINGS = {
    "P3": {
        "open_date",  # X39
        "lost_item",  # X26
        "ban_without_years",  # X27
        "confirms_itself",  # X28
        "list_without_days",  # X29
        "income_without_line",  # X61
        "budget_without_sum",  # X62
        "meal_without_sample",  # X53
    },
    "P6": {"pool_without_unit", "budget_without_sum"},  # X41, X62
    "P7": {
        "phase_gap",  # X06
        "report_inside_phase",  # X06
        "lost_item",  # X26
        "confirms_itself",  # X28
        "list_without_days",  # X29
        "income_without_line",  # X61
    },
    "P8": {"open_date", "budget_without_sum"},  # X39, X62
    "P10": {
        "report_before_end",  # X05
        "police_first",  # X12
        "death_without_procedure",  # X44
        "who_is_easily_lost",  # X51
    },
    "P12": {"ambulance_for_minor"},  # X59
    "P14": {
        "no_revisit",  # X15
        "route_without_fallback",  # X11
        "tracking_without_consent",  # X50
        "who_is_easily_lost",  # X51
        "meal_without_sample",  # X53
        "family_without_consent",  # X58
    },
}
FINDINGS |= {copy: FINDINGS[of] for copy, of in {"P11": "P6", "P15": "P3", "P16": "P14"}.items()}


def _compiled(code: str, year: int = 2026) -> Compiled:
    plan = files.packaged(code).plan
    assert plan is not None
    return compile_plan(plan, year=year)


def _dates(compiled: Compiled) -> dict[str, date]:
    return {duty.code: duty.due_date for duty in compiled.duties}


def _rules(compiled: Compiled, kind: str) -> list[Rule]:
    return [rule for rule in compiled.layer.rules if rule.kind == kind]


@pytest.mark.parametrize("code", ["P3", "P8", "P15"])
def test_a_plan_with_blank_dates_stays_a_draft(code: str) -> None:
    with pytest.raises(OpenPlanError, match="尚未确定"):
        _compiled(code)


def test_the_festival_visits_are_started_once_their_blanks_are_filled() -> None:
    """P3 leaves eight dates blank; with them it owes its list, its tables, its visits, its summary."""
    text = files.packaged_text("P3")
    for day in (
        "Y-12-20", "Y+1-01-20", "Y+1-01-21", "Y+1-元宵节", "Y+1-元宵节+1d", "Y+1-03-20",
        "Y-12-10", "Y+1-03-10",
    ):  # fmt: skip
        text = text.replace(": 待定", f": {day}", 1)
    assert ": 待定" not in text
    plan = files.read(text).plan
    assert plan is not None
    compiled = compile_plan(plan, year=2026)
    assert (compiled.season.start, compiled.season.end) == (date(2026, 12, 20), date(2027, 2, 20))
    assert [str(phase[0]) for phase in compiled.season.phases] == ["准备", "宣传", "慰问", "总结"]
    assert _dates(compiled) == {
        "visit.schedule": date(2026, 11, 30),
        "report.filing": date(2026, 11, 30),
        "report.forms": date(2026, 12, 10),
        "visit.all": date(2027, 2, 20),
        "report.summary": date(2027, 3, 10),
    }
    assert len(_rules(compiled, "visit.form")) == 5


def test_a_copy_with_a_preamble_keeps_the_rules_and_adds_its_own() -> None:
    plan = files.packaged("P15").plan
    assert plan is not None
    assert [goal.clause for goal in plan.oversight.goals] == [("P15-17",), ("P15-33",)]
    (parent,) = plan.recorded
    assert parent.clause == ("P15-32",)
    assert "某市人社局" in parent.says


@pytest.mark.rule("P7-17")
@pytest.mark.parametrize(("year", "lantern"), [(2016, date(2016, 2, 22)), (2026, date(2026, 3, 3))])
def test_the_citys_visits_run_from_new_year_to_the_lantern_festival(
    year: int, lantern: date
) -> None:
    compiled = _compiled("P7", year)
    assert (compiled.season.start, compiled.season.end) == (date(year, 1, 1), lantern)
    assert [phase[1:] for phase in compiled.season.phases] == [
        (date(year - 1, 11, 20), date(year - 1, 12, 30)),
        (date(year, 1, 1), lantern),
        (lantern.replace(day=lantern.day + 1), date(year, 3, 10)),
    ]
    dates = _dates(compiled)
    assert dates["plan.county"] == dates["report.filing"] == date(year - 1, 12, 30)
    assert dates["visit.all"] == lantern
    assert dates["report.summary"] == date(year, 3, 1)
    assert ("report.summary.closing" in dates) == (lantern > date(year, 3, 1))


def test_a_false_filing_costs_the_next_years_subsidy() -> None:
    (ban,) = _rules(_compiled("P7"), "filing.ban")
    assert isinstance(ban.value, dict)
    assert (ban.value["years"], ban.clauses) == (1, ("P7-15",))


def test_the_towns_action_owes_its_plans_forums_and_awards() -> None:
    compiled = _compiled("P6")
    assert _dates(compiled) == {
        "report.plan": date(2026, 1, 30),
        "forum.returnees": date(2026, 2, 10),
        "forum.talents": date(2026, 2, 10),
        "forum.poverty": date(2026, 2, 10),
        "forum.villages": date(2026, 2, 16),
        "award.model_poor": date(2026, 3, 10),
        "award.model_helpers": date(2026, 3, 10),
        "award.good_officials": date(2026, 3, 10),
    }
    sums = overview.sums_of(compiled.plan)
    assert (sums.budget, sums.budget_open) == (None, 1), "a reward is promised, no amount is said"


def test_the_towns_events_keep_their_numbers() -> None:
    """26 invited; three times 10 chosen, from 464 households or 1529 persons, and from 202 officials."""
    events = {rule.key: rule.value for rule in _rules(_compiled("P6"), "event.planned")}
    returnees, poor = events["forum.returnees"], events["award.model_poor"]
    officials, clinic = events["award.good_officials"], events["clinic.free"]
    assert isinstance(returnees, dict)
    assert isinstance(poor, dict)
    assert isinstance(officials, dict)
    assert isinstance(clinic, dict)
    assert (returnees["invited"], returnees["invited_by"]) == (26, "各村")
    assert poor["chosen"] == officials["chosen"] == 10
    assert (poor["pool"]["households"], poor["pool"]["persons"]) == (464, 1529)
    assert (officials["pool"]["count"], officials["pool"]["unit"]) == (202, "person")
    assert (clinic["times_from"], clinic["times_to"]) == (1, 2)


def test_a_duty_says_the_numbers_of_its_event() -> None:
    titles = {duty.code: (duty.title, duty.title_en) for duty in _compiled("P6").duties}
    assert titles["forum.returnees"] == ("返乡人士恳谈会：请26名", "returnees forum: 26 invited")
    assert titles["award.model_poor"] == (
        "脱贫标兵：选10名（464户1529人中）",
        "model ex-poor: 10 chosen from 464 households, 1529 persons",
    )
    assert titles["award.good_officials"][0] == "优秀村官：选10名（202人中）"
    assert titles["forum.talents"] == ("人才新春座谈会", "talent forum"), "no number, no colon"


def test_what_a_plan_counts_is_said_with_its_name() -> None:
    labels = {rule.key: rule.value for rule in _compiled("P4").layer.rules}
    for key, said, said_en in (
        ("sorters", "分类清点人员：7—10人", "sorters: 7 to 10 people"),
        ("floaters", "机动人员：3—5人", "floating workers: 3 to 5 people"),
        ("flyers", "宣传单张：1000份", "flyers: 1000 copies"),
    ):
        value = labels[key]
        assert isinstance(value, dict)
        assert (value["label"], value["label_en"]) == (said, said_en)


def test_a_promise_without_a_day_is_not_lost() -> None:
    """The free clinic of P6 and the typical cases of P10 have no date; the overview names them."""
    for code, word in (("P6", "新春送健康免费义诊：1—2场"), ("P10", "典型案例")):
        compiled = _compiled(code)
        (line,) = [line for line in overview.lines(compiled) if word in line]
        assert line.startswith("  无日期")
        undated = overview.as_dict(compiled)["undated"]
        assert isinstance(undated, list)
        assert word in {item["title"] for item in undated}
        assert word not in {duty.title for duty in compiled.duties}


def test_the_copy_of_2018_owes_the_same_on_its_own_days() -> None:
    plan = files.packaged("P11").plan
    assert plan is not None
    compiled = compile_plan(plan)
    assert compiled.year == 2018
    dates = _dates(compiled)
    assert dates["report.plan"] == date(2018, 1, 30)
    assert dates["forum.villages"] == date(2018, 2, 15)
    assert {clause[:4] for rule in compiled.layer.rules for clause in rule.clauses} == {"P11-"}


def test_the_countys_winter_plan_reports_before_its_end_and_again_after() -> None:
    compiled = _compiled("P10")
    assert (compiled.season.start, compiled.season.end) == (date(2026, 10, 21), date(2027, 3, 31))
    first, closing = sorted(compiled.duties, key=lambda duty: duty.due_date)
    assert (first.due_date, first.spread) == (date(2027, 3, 10), "each_township")
    assert closing.due_date > compiled.season.end
    places = {rule.key for rule in _rules(compiled, "place.type")}
    assert len(places) == 8
    (told,) = _rules(compiled, "notify")
    assert isinstance(told.value, dict)
    assert told.value["tell"] == ["police", "relief_station"]
    assert told.selectors == ("non_local",)


def test_the_appeal_begins_when_it_is_published_and_is_looked_at_after_the_winter() -> None:
    compiled = _compiled("P12")
    assert (compiled.season.start, compiled.season.end) == (date(2026, 12, 1), date(2027, 3, 31))
    assert compiled.plan.window.is_open_ended
    assert not compiled.duties
    told = {rule.selectors: rule.value for rule in _rules(compiled, "notify")}
    urgent = told["critically_ill_person", "suspected_mental_disorder", "minor"]
    assert isinstance(urgent, dict)
    assert (urgent["tell"], urgent["order"]) == (["120", "110"], "together")


def test_the_fieldwork_report_owes_nothing_and_aims_at_none_of_its_figures() -> None:
    """Its case is an example of the pace: next morning, third day, eighth day."""
    compiled = _compiled("P14")
    assert not compiled.duties
    assert not _rules(compiled, "goal")
    story = compiled.plan.case_story
    assert [step.after_days for step in story] == [0, 0, 0, 1, 3, 8]
    figures = {figure.code: figure for figure in compiled.plan.figures}
    assert (figures["served"].value, figures["served"].over) == (11_000, "8年")
    assert figures["volunteers_count"].value == 100


@pytest.mark.parametrize("code", FINDINGS)
def test_what_is_found_are_the_contradictions_of_the_field(code: str) -> None:
    found = cli.findings_of(files.packaged_text(code))
    assert {finding.code for finding in found} == FINDINGS[code]
    assert all(finding.line and finding.clause for finding in found)
    assert not [finding for finding in found if finding.level == "error"]


def test_a_contingency_for_anything_else_is_no_procedure_for_a_death() -> None:
    text = files.packaged_text("P10")
    named = text.replace("label: 突发事件救助应急准备", "label: 突发事件和死亡事件应急准备")
    assert named != text
    assert "death_without_procedure" not in {finding.code for finding in cli.findings_of(named)}


def test_an_inferred_start_makes_no_plan_late() -> None:
    """P6 says no first day; ours, the day of issue, is not held against its date of 30 January."""
    text = files.packaged_text("P6")
    said = text.replace("  clause: P6-14\n  derived: true\n", "  clause: P6-14\n", 1)
    assert said != text
    assert "plan_due_after_start" in {finding.code for finding in cli.findings_of(said)}


def test_a_plan_is_checked_for_the_year_it_is_started_in() -> None:
    """In 2026 the Lantern Festival lies two days after the date of P7's summary (X05)."""
    text = files.packaged_text("P7")
    assert "report_before_end" not in {finding.code for finding in cli.findings_of(text)}
    in_2026 = {finding.code: finding for finding in cli.findings_of(text, year=2026)}
    assert "2026-03-03" in in_2026["report_before_end"].message.zh


@pytest.mark.parametrize("code", files.PACKAGED)
def test_no_year_makes_a_clean_plan_wrong(code: str) -> None:
    """The day of issue moves along, so that no window ends before it starts."""
    for year in (2024, 2026, 2031):
        found = cli.findings_of(files.packaged_text(code), year=year)
        assert not [finding for finding in found if finding.level == "error"]


def test_where_an_operation_was_moved_the_findings_tell_the_days_it_has_now() -> None:
    plan = files.packaged("P7").plan
    assert plan is not None
    plain, late = (
        next(
            row.message
            for row in check(in_year(plan, 2026), shift_days=days)
            if row.code == "report_before_end"
        )
        for days in (0, 28)
    )
    assert ("2026-03-03" in plain.zh, "2026-03-31" in late.zh, "2026-03-31" in late.en) == (
        True,
        True,
        True,
    )
    assert "2026-03-03" not in late.zh


def test_a_finding_against_the_plan_above_is_moved_with_the_operation() -> None:
    plan, above = files.packaged("P9").plan, files.packaged("P1").plan
    assert plan is not None
    assert above is not None
    plain, moved = (
        {str(row.message) for row in check(in_year(plan, 2026), above, shift_days=days)}
        for days in (0, -28)
    )
    assert any("2027-03-15" in said and "2027-03-30" in said for said in plain)
    assert any("2027-02-15" in said and "2027-03-02" in said for said in moved)
