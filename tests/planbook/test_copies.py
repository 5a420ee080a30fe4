"""A copy names its template and writes only what differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.planbook import files
from nuantu.planbook.findings import Finding

TEMPLATE = """
schema: nuantu.plan/1
code: T1
title: "{town}冬季救助方案"
operation_type: winter_rescue
issuer: {name: "{town}民政所", level: township}
instance: {year: 2026, names: {town: 甲镇}}
window: {start: Y-12-01, end: Y+1-03-15, clause: T1-01}
patrol:
  cadence:
    - {at_least: 3, per: week, clause: [T1-02, T1-03]}
organisation:
  units:
    - {role: police, name: 派出所, tasks: [{says: 共同巡查, clause: T1-04}]}
foster_inspection: {every_days: 15, clause: T1-05}
supplies:
  - {code: quilt, label: 棉被, at_least: 10, unit: 床, clause: T1-06}
"""
COPY = """
schema: nuantu.plan/1
template: T1
code: T2
instance: {year: 2027, names: {town: 乙镇}}
"""


def _read(text: str) -> files.Reading:
    return files.read(text, {"T1": TEMPLATE, "T2": COPY}.get)


def _finding(text: str) -> Finding:
    reading = _read(text)
    assert reading.plan is None
    (finding,) = reading.findings
    return finding


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (COPY.replace("template: T1", "template: T9"), "no_such_template"),
        (COPY.replace("template: T1", "template: T2"), "template_of_template"),
        (COPY + "without: [T2-99]\n", "no_such_clause"),
        (COPY.replace("town", "village"), "unknown_name"),
        (TEMPLATE + "without: [T1-05]\n", "without_template"),
    ],
)
def test_a_copy_that_cannot_be_made_is_refused_on_its_line(text: str, code: str) -> None:
    if code == "unknown_name":
        text = text.replace("{year: 2027, names: {village: 乙镇}}", "{year: 2027}")
        assert _read(text).plan is not None, "the template's own name serves"
        text = TEMPLATE.replace(", names: {town: 甲镇}", "")
        findings = _read(text).findings
        assert {finding.code for finding in findings} == {code}
        return
    finding = _finding(text)
    assert finding.code == code
    assert finding.line is not None
    assert finding.level == "error"


def test_a_copy_is_its_template_under_its_own_name() -> None:
    plan = _read(COPY).plan
    assert plan is not None
    assert (plan.code, plan.copy_of, plan.instance.year) == ("T2", "T1", 2027)
    assert plan.title == "乙镇冬季救助方案"
    assert plan.issuer.name == "乙镇民政所"
    assert plan.window.clause == ("T2-01",)


def test_a_rule_that_the_copy_lacks_is_gone_and_its_neighbour_stays() -> None:
    plan = _read(COPY + "without: [T2-03, T2-05]\n").plan
    assert plan is not None
    assert plan.foster_inspection is None
    assert plan.patrol.cadence[0].clause == ("T2-02",)


def test_entries_are_added_or_changed_and_values_replaced() -> None:
    plan = _read(
        COPY
        + "supplies:\n"
        + "  - {code: quilt, at_least: 40}\n"
        + "  - {code: coat, label: 棉衣, clause: T2-07}\n"
        + "window: {end: Y+1-03-31, clause: [T2-08]}\n"
        + "organisation:\n  units:\n"
        + "    - {role: police, tasks: [{says: 护送, clause: T2-09}]}\n"
    ).plan
    assert plan is not None
    assert [(item.code, item.at_least, item.label) for item in plan.supplies] == [
        ("quilt", 40, "棉被"),
        ("coat", None, "棉衣"),
    ]
    assert (plan.window.start, plan.window.end, plan.window.clause) == (
        "Y-12-01",
        "Y+1-03-31",
        ("T2-08",),
    )
    (police,) = plan.organisation.units
    assert [task.says for task in police.tasks] == ["共同巡查", "护送"]


def test_a_slip_in_the_copy_is_found_on_the_copys_line() -> None:
    text = COPY + "supplies:\n  - {code: coat, labl: 棉衣, clause: T2-07}\n"
    findings = {finding.code: finding for finding in _read(text).findings}
    assert (
        findings["unknown_key"].line
        == text.splitlines().index("  - {code: coat, labl: 棉衣, clause: T2-07}") + 1
    )


def test_a_whole_text_says_the_same_without_its_template() -> None:
    """What is put in force must not change when the packaged template does."""
    copy = files.packaged_text("P5")
    whole = files.whole_text(copy)
    assert files.read(whole, lambda code: None).plan == files.read(copy).plan
    for text in (files.packaged_text("P9"), "no: plan", "["):
        assert files.whole_text(text) == text, "what is no copy stays as it is"


@given(st.data())
def test_a_copy_with_a_line_lost_or_doubled_is_still_answered(data: st.DataObject) -> None:
    """Whatever is cut out or written twice, the answer is a plan or findings in both languages."""
    lines = files.packaged_text("P15").splitlines(keepends=True)
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at : at + 1] = [] if data.draw(st.booleans()) else [lines[at]] * 2
    reading = files.read("".join(lines))
    assert reading.plan is not None or reading.findings
    for finding in reading.findings:
        assert finding.message.zh
        assert finding.message.en
