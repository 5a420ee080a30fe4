"""Plan files: reading, checking, compiling, and the two that come with Nuantu."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.planbook import cli, files, schema_file
from nuantu.planbook.compiler import OpenPlanError, compile_plan, shift_for
from nuantu.planbook.findings import Finding
from nuantu.planbook.schema import Plan

ROOT = Path(__file__).parents[2]
P1, P9 = files.packaged_text("P1"), files.packaged_text("P9")


def _codes(text: str, parent: Plan | None = None) -> dict[str, Finding]:
    return {finding.code: finding for finding in cli.findings_of(text, parent)}


def _plan(code: str) -> Plan:
    plan = files.packaged(code).plan
    assert plan is not None
    return plan


def _changed(text: str, old: str, new: str) -> str:
    assert old in text, f"{old!r} is gone from the plan"
    return text.replace(old, new, 1)


def test_the_counties_plan_is_clean() -> None:
    """No false alarm on P9."""
    assert not cli.findings_of(P9)


def test_the_prefectures_plan_raises_only_real_questions() -> None:
    """Its plan is due on 20 December though work starts on the 1st (X07), and what it leaves open."""
    assert set(_codes(P1)) == {
        "plan_due_after_start",
        "no_retention",  # X13
        "no_revisit",  # X15
        "route_without_fallback",  # X11
        "settlement_without_term",  # X54
        "budget_without_sum",  # X62
    }
    assert {finding.level for finding in cli.findings_of(P1)} == {"question"}
    assert _codes(P1)["plan_due_after_start"].level == "question"
    assert _codes(P1)["plan_due_after_start"].clause == "P1-91"


def test_a_county_that_ends_before_its_prefecture_is_told() -> None:
    """P9 ends on 15 March, P1 on 30 March (X04)."""
    found = _codes(P9, _plan("P1"))
    assert set(found) == {"ends_before_parent"}
    assert found["ends_before_parent"].level == "warning"


def test_a_parent_named_in_the_file_is_asked() -> None:
    """A county writes `parent: P1` and is held against it without another word."""
    named = _changed(P9, "instance: {year: 2022}", "parent: P1\ninstance: {year: 2022}")
    assert set(_codes(named)) == {"ends_before_parent"}


@pytest.mark.parametrize(
    ("old", "new", "code", "line_has"),
    [
        ("patrol:\n  cadence", "patroll:\n  cadence", "unknown_key", "patroll:"),
        ("end: Y+1-03-15", "end: Y+1-02-30", "no_such_date", "end: Y+1-02-30"),
        ("end: Y+1-03-15", "end: Y-10-01", "window_reversed", "end: Y-10-01"),
        ("end: Y+1-03-15", "end: 待定", "open_date", "end: 待定"),
        ("minutes: 30", "minutes: 90", "far_before_near", "limits:"),
        ("per: week", "per: weak", "unknown_word", "per: weak"),
        ("level: raised, at_least: 1, per: day", "level: normal, at_least: 1, per: day", "two_rules", "level: normal, at_least: 1"),
        ("level: raised, at_least: 1, per: day", "level: raised, at_least: 1, per: week", "looser_when_higher", "per: week"),
        ("level: raised, at_least: 1", "level: storm, at_least: 1", "unknown_level", "level: storm"),
        ("approver: leader_on_duty", "treatment: x", "key_twice", ""),
        ("    approver: leader_on_duty\n", "", "no_approver", ""),
        ("modes: [voluntary]", "modes: [compulsory]", "no_basis", ""),
        ("classes: [rough_sleeper]", "classes: [rough_sleeper, left_behind_child]", "invalid_refusal", ""),
        ("{instrument: 民发〔2014〕132号}", "{instrument: 民发〔2006〕118号}", "lapsed_law", ""),
        ("{instrument: 民发〔2014〕132号}", "{instrument: 某某通知}", "unknown_law", ""),
        ("is_on: false", "is_on: true", "", ""),
        ("issuer: {name: 民政局, level: county}", "", "missing", ""),
        ("code: P9", "code: P9\n  bad: [", "yaml", ""),
    ],
)  # fmt: skip
def test_a_plan_that_was_spoilt_is_found_out(old: str, new: str, code: str, line_has: str) -> None:
    """One slip, one finding, on its line."""
    text = _changed(P9, old, new)
    found = _codes(text)
    if code:
        assert code in found, found
        line = found[code].line
        if line_has:
            assert line is not None
            assert line_has in "\n".join(text.splitlines()[line - 1 : line + 1])
    else:
        assert not found


def test_what_is_missing_or_clashes_is_called_by_its_name() -> None:
    """A reader of the page need not know the keys and codes of the file."""
    missing = _codes(_changed(P9, "operation_type: winter_rescue\n", ""))["missing"]
    assert missing.message.zh == "缺少“行动类型”（operation_type）"
    clash = _changed(
        P9, "level: raised, at_least: 1, per: day", "level: normal, at_least: 1, per: day"
    )
    assert "“常态”" in _codes(clash)["two_rules"].message.zh
    assert "“normal”" in _codes(clash)["two_rules"].message.en


def test_only_true_and_false_are_truth_values() -> None:
    """YAML 1.1 would make a truth value of the key `on`; here it is a key that is not known."""
    finding = _codes(P9.replace("is_on: false", "on: false", 1))["unknown_key"]
    assert "“on”" in finding.message.zh


def test_an_unknown_key_is_answered_with_the_nearest_one() -> None:
    """At every depth of the file."""
    for wrong, right in (("refusall:", "refusal"), ("rooster:", "roster")):
        finding = _codes(_changed(P9, f"\n{right}:", f"\n{wrong}"))["unknown_key"]
        assert f"“{right}”" in finding.message.zh
        assert f"“{right}”" in finding.message.en
    inner = _codes(_changed(P9, "at_least: 3", "at_leest: 3"))["unknown_key"]
    assert "“at_least”" in inner.message.zh


def test_a_report_before_the_end_needs_a_closing_report() -> None:
    """A summary on 10 March for an operation to 30 March is interim (X05)."""
    found = _codes(_changed(P1, "due: Y+1-04-01", "due: Y+1-03-10"))
    assert found["report_before_end"].clause == "P1-93"
    assert found["report_before_end"].level == "warning"


def _phased(*phases: tuple[str, str, str]) -> str:
    lines = [
        f"  - {{name: {name}, start: {start}, end: {end}, clause: x}}"
        for name, start, end in phases
    ]
    return _changed(P1, "\norganisation:", "\nphases:\n" + "\n".join(lines) + "\norganisation:")


def test_days_in_no_phase_are_found() -> None:
    """31 December lies between the phases of P7 (X06); here the same slip."""
    text = _phased(
        ("准备", "Y-12-01", "Y-12-30"),
        ("实施", "Y+1-01-01", "Y+1-03-15"),
        ("总结", "Y+1-03-16", "Y+1-03-30"),
    )
    gap = _codes(text)["phase_gap"]
    assert "2020-12-31" in gap.message.zh
    whole = _phased(("准备", "Y-12-01", "Y-12-31"), ("实施", "Y+1-01-01", "Y+1-03-30"))
    assert "phase_gap" not in _codes(whole)


def test_phases_that_overlap_or_run_backwards_are_found() -> None:
    """Two phases at once are a warning, an end before the start an error."""
    overlap = _phased(("准备", "Y-12-01", "Y-12-31"), ("实施", "Y-12-20", "Y+1-03-30"))
    assert "phases_overlap" in _codes(overlap)
    reverse = _phased(("准备", "Y-12-31", "Y-12-01"))
    assert _codes(reverse)["phase_reversed"].level == "error"


def test_money_without_payer_or_unit_is_found() -> None:
    """A class that is only visited needs neither (X31)."""

    def with_amount(rest: str) -> dict[str, Finding]:
        return _codes(
            P9 + f"\namounts:\n  - {{code: st_orphan, category: 社会孤儿, {rest}, clause: x}}\n"
        )

    assert "missing_payer" in with_amount("yuan: 1700, unit: person")
    assert "incomplete_amount" in with_amount("yuan: 1700, payer: 区")
    assert not with_amount("yuan: 1700, unit: person, payer: [区, 镇]")
    assert not with_amount("is_visit_only: true")


def test_a_county_that_asks_less_than_its_prefecture_is_told() -> None:
    """The parent's figure holds (X02, X03)."""
    strict = _changed(P1, "words: 不间断", "at_least: 5, per: week")
    parent = files.read(strict).plan
    assert _codes(P9, parent)["looser_than_parent"].clause == "P9-03"


@given(st.text(max_size=300))
def test_any_text_is_answered_with_findings(text: str) -> None:
    """What is no plan is said so; nothing is raised."""
    found = cli.findings_of(text)
    assert found
    assert any(finding.level == "error" for finding in found)


@given(st.data())
def test_a_plan_with_a_line_lost_is_still_answered(data: st.DataObject) -> None:
    """Whatever line is cut out, the answer is a list of findings with texts in both languages."""
    lines = P9.splitlines(keepends=True)
    del lines[data.draw(st.integers(0, len(lines) - 1))]
    for finding in cli.findings_of("".join(lines)):
        assert finding.message.zh
        assert finding.message.en


@pytest.mark.parametrize(
    "number", ["1" + ":1" * 100_000, "9" * 500_000, "1" + ":1" * 100_000 + ".5"]
)
def test_a_number_that_would_be_computed_for_minutes_is_refused(number: str) -> None:
    """Base-60 numbers of YAML 1.1 cost the square of their length."""
    assert "long_number" in _codes(f"plan: {number}\n")


def test_a_bomb_of_aliases_and_a_huge_file_are_refused() -> None:
    """Neither is expanded."""
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert "alias" in _codes(bomb)
    assert set(_codes("x" * 1_000_001)) == {"too_large"}


@pytest.mark.rule("P1-91", "P1-92", "P1-93", "P1-85")
def test_the_dated_duties_of_the_prefectures_plan() -> None:
    """Compiled for 2026 the reports fall due as the text says."""
    compiled = compile_plan(_plan("P1"), year=2026)
    assert (compiled.season.start, compiled.season.end) == (date(2026, 12, 1), date(2027, 3, 30))
    assert {duty.code: duty.due_date for duty in compiled.duties} == {
        "report.plan": date(2026, 12, 20),
        "report.setup": date(2027, 1, 10),
        "report.progress": date(2027, 2, 1),
        "report.summary": date(2027, 4, 1),
        "jointmeeting.setup": date(2026, 12, 31),
    }
    assert all(duty.spread == "each_county" and duty.clause for duty in compiled.duties)


@pytest.mark.rule("P1-02", "P9-02")
@given(st.integers(2001, 2098))
def test_windows_follow_the_year(year: int) -> None:
    """Mid-November begins on the 11th; every date of a plan moves with its year."""
    p9, p1 = compile_plan(_plan("P9"), year=year), compile_plan(_plan("P1"), year=year)
    assert (p9.season.start, p9.season.end) == (date(year, 11, 11), date(year + 1, 3, 15))
    assert (p1.season.start, p1.season.end) == (date(year, 12, 1), date(year + 1, 3, 30))


@given(
    st.dates(date(2010, 1, 1), date(2060, 1, 1)),
    st.integers(0, 200),
    st.dates(date(2010, 1, 1), date(2060, 1, 1)),
)
def test_a_shifted_window_holds_today(start: date, length: int, today: date) -> None:
    """The demo moves a plan so that it runs today, and leaves one that runs already."""
    end = start + timedelta(days=length)
    shift = timedelta(days=shift_for(start, end, today))
    assert start + shift <= today <= end + shift
    if start <= today <= end:
        assert not shift


def test_a_shift_moves_everything_alike() -> None:
    """Window and reports keep their distance."""
    plain = compile_plan(_plan("P1"), year=2026)
    moved = compile_plan(_plan("P1"), year=2026, shift_to=date(2026, 7, 10))
    shift = timedelta(days=moved.shift_days)
    assert moved.season.contains(date(2026, 7, 10))
    assert moved.season.start - plain.season.start == shift
    assert [d.due_date - shift for d in moved.duties] == [d.due_date for d in plain.duties]


def test_an_undecided_plan_cannot_be_compiled() -> None:
    """P8 stays a draft until its date is set (X39)."""
    plan = files.read(_changed(P9, "start: Y-11-中旬", "start: 待定")).plan
    assert plan is not None
    with pytest.raises(OpenPlanError):
        compile_plan(plan)


@pytest.mark.parametrize("code", ["P1", "P9"])
def test_every_value_of_a_plan_has_its_clause(code: str) -> None:
    """No rule without provenance; quotes are short."""
    rules = compile_plan(_plan(code), year=2026).layer.rules
    assert len(rules) > 30
    for rule in rules:
        assert all(clause.startswith(f"{code}-") for clause in rule.clauses)
        assert len(rule.quote) <= 25


def test_the_committed_schema_is_the_schema() -> None:
    """Editors complete from the file; run `python -m nuantu.planbook schema` to write it anew."""
    committed = (ROOT / "docs/reference/plan-schema.json").read_text(encoding="utf-8")
    assert committed == schema_file.text()
    assert json.loads(committed)["additionalProperties"] is False


def test_the_command_prints_findings_and_answers_by_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 without errors, 1 with errors, 2 when there is no such file."""
    good, bad = tmp_path / "好 plan.yaml", tmp_path / "bad.yaml"
    good.write_text(P1, encoding="utf-8")
    bad.write_text(_changed(P9, "end: Y+1-03-15", "end: Y-02-30"), encoding="utf-8")
    assert cli.check(good) == 0
    assert "疑问 7" in capsys.readouterr().out
    assert cli.check(bad, language="en") == 1
    assert "bad.yaml:16: error" in capsys.readouterr().out
    assert cli.check(tmp_path / "none.yaml") == 2
    assert cli.check(good, as_json=True) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])[0]["clause"] == "P1-91"
