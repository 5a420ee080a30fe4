"""No false alarm on a clean plan; one thing spoilt, exactly the finding that belongs to it."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.planbook import cli, files
from nuantu.planbook.checks import check
from nuantu.planbook.checks.catalogue import CHECKS, NOT_FOUND
from nuantu.planbook.schema import Plan

CLEAN = (Path(__file__).parent / "clean.yaml").read_text(encoding="utf-8")
CHECKERS = Path(check.__code__.co_filename).parent

# code of the finding: what is replaced in the clean plan by what
MUTATIONS = {
    "no_such_date": ("due: Y-12-05", "due: Y+1-02-29"),
    "window_reversed": ("end: Y+1-03-31, clause: K1-01", "end: Y-11-30, clause: K1-01"),
    "phase_reversed": ("end: Y-12-15", "end: Y-11-30"),
    "report_before_start": ("due: Y+1-04-10", "due: Y+1-04-10, clause: K1-55}\n  - {code: report.early, title: 进展, stage: progress, sender: township, addressee: civil_affairs, due: Y-11-25"),
    "open_date": ("due: Y-12-05", "due: 待定"),
    "phase_gap": ("end: Y-12-15", "end: Y-12-10"),
    "phases_overlap": ("end: Y-12-15", "end: Y-12-20"),
    "report_inside_phase": ("start: Y-12-16, end: Y+1-03-31", "start: Y-12-16, end: Y+1-04-20"),
    "report_before_end": ("due: Y+1-04-10", "due: Y+1-03-20"),
    "retroactive": ("issue_date: 2026-11-20", "issue_date: 2026-12-10"),
    "plan_due_after_start": ("due: Y-12-01, clause: K1-54", "due: Y-12-20, clause: K1-54"),
    "report_far_after": ("due: Y+1-04-10", "due: Y+2-04-10"),
    "two_rules": ("{level: raised, at_least: 1, per: day", "{level: normal, at_least: 1, per: day"),
    "said_twice": ("{level: raised, at_least: 1, per: day", "{level: normal, at_least: 3, per: week"),
    "unknown_level": ("{level: raised, at_least", "{level: storm, at_least"),
    "unknown_warning": ("types: [寒潮]", "types: [天凉]"),
    "looser_when_higher": ("level: raised, at_least: 1, per: day", "level: raised, at_least: 1, per: week"),
    "far_before_near": ("minutes: 60", "minutes: 20"),
    "area_twice": ("area: 乡镇", "area: 城区"),
    "notify_twice": ("{finder: citizen, classes: [critically_ill_person], tell", "{finder: township, classes: [non_local], tell"),
    "no_basis": ("    legal_basis: [{instrument: 国务院令第381号, article: 第五条}]\n", ""),
    "no_approver": ("    approver: leader_on_duty\n", ""),
    "no_review": ("    review_hours: 24\n", ""),
    "compulsory": ("modes: [escorted]", "modes: [compulsory]"),
    "compulsion_in_words": ("words: 护送", "words: 强制救助"),
    "forced_for_all": ("classes: [minor]\n    modes", "classes: [any]\n    modes"),
    "invalid_refusal": ("classes: [rough_sleeper], modes", "classes: [left_behind_child], modes"),
    "unknown_law": ("legal_basis: [{instrument: 国务院令第381号}]", "legal_basis: [{instrument: 某某通知}]"),
    "lapsed_law": ("legal_basis: [{instrument: 国务院令第381号}]", "legal_basis: [{instrument: 收容遣送办法}]"),
    "law_not_yet": ("instance: {year: 2026, issue_date: 2026-11-20}", "instance: {year: 2002, issue_date: 2002-11-20}"),
    "lapsed_pack": ("is_on: false", "is_on: true"),
    "family_pays": ("payers: [insurance, station]", "collects_from_family: true"),
    "shares_too_much": ("share: [所在位置]", "share: [身份]"),
    "tracking_without_consent": ("says: 免费配发, needs_consent: true", "says: 免费配发"),
    "cash_without_permit": (", permit: 募捐备案示例号", ""),
    "police_first": ("order: together", "order: in_order"),
    "ambulance_for_minor": ('classes: [critically_ill_person], tell: ["120"', 'classes: [minor], tell: ["120"'),
    "route_without_fallback": ("to: [designated_hospital, hospital]", "to: [ambulance, hospital]"),
    "no_revisit": ("  revisit: [{level: normal, every_days: 3, clause: K1-22}]\n", ""),
    "no_retention": (", keep_months: 36", ""),
    "empty_checklist": (", items: [带够物资]", ""),
    "sample_without_amount": ("grams: 125, ", ""),
    "meal_without_sample": (", at_events: true", ""),
    "search_without_term": (", within_hours: 24", ""),
    "settlement_without_term": (", after_days: 90", ""),
    "who_is_easily_lost": ("label: 易走失的标准, kind: status, objects: [易走失人员]", "label: 户籍, kind: status"),
    "death_without_procedure": ("emergency_plans: [{code: death, label: 死亡事件处置, says: 公安、医院、家属、通报, clause: K1-25}]", ""),
    "family_without_consent": ("says: 联系上他的父亲, needs_consent: true", "says: 联系上他的父亲"),
    "missing_payer": (", payer: 县, clause: K1-40", ", clause: K1-40"),
    "incomplete_amount": ("yuan: 60000, ", ""),
    "lump_without_split": (", split: 按床位数", ""),
    "shares_do_not_add_up": ("share: 2/5", "share: 1/2"),
    "sum_mismatch": ("yuan: 70000", "yuan: 80000"),
    "unknown_code": ("eligibility: [income]", "eligibility: [incom]"),
    "stacking_open": ("category: 敬老院, yuan: 60000, unit: lump, split: 按床位数", "category: 孤儿, group: 困难群众, yuan: 600, unit: person"),
    "income_without_line": (", line_yuan: 800", ""),
    "budget_without_sum": ("yuan: 70000, ", ""),
    "lost_item": ("label: 流浪乞讨人员, clause", "label: 流浪乞讨人员, is_lost: true, clause"),
    "ban_without_years": (", years: 1", ""),
    "confirms_itself": ("by: [civil_affairs], clause: K1-36", "by: [township], clause: K1-36"),
    "list_without_days": ("days: 7, ", ""),
    "accepted_and_refused": ("refuses: [{code: underwear, label: 内衣", "refuses: [{code: coat, label: 外套"),
    "accept_list_lost": ("label: 外套, clause", "label: 外套, derived: true, clause"),
    "size_conflict": ("age_to: 8", "age_to: 14"),
    "returned_by_post": ("otherwise: dispose", "otherwise: return"),
    "storage_without_limit": (", max_days: 3", ""),
    "packing_not_accepted": ("order: [外套]", "order: [外套, 军服]"),
    "pool_without_unit": ("count: 464, unit: household", "count: 464"),
    "more_chosen_than_pool": ("count: 464", "count: 4"),
    "vague_without_clock": ("vague_words: [{word: 立即, about: rescue, clause: K1-23}]", ""),
    "masked_text": ("title: 动员会", "title: xx动员会"),
    "goal_by_headcount": ("measured_by: contact", "measured_by: headcount"),
}  # fmt: skip
# the last phase still runs when the operation has not ended
ALONGSIDE = {"report_before_end": {"report_inside_phase"}}
# a child of the clean plan that differs from it
CHILDREN = {
    "starts_after_parent": ("Y-12-01, end: Y+1-03-31, clause: K1-01", "Y-12-02, end: Y+1-03-31, clause: K1-01"),
    "ends_before_parent": ("end: Y+1-03-31, clause: K1-01", "end: Y+1-03-30, clause: K1-01"),
    "looser_than_parent": ("at_least: 3, per: week", "at_least: 2, per: week"),
    "zones_differ": ("by: [sex, health]", "by: [sex]"),
    "paid_above": ("{level: raised, at_least: 1", "{level: raised, at_least: 2"),
}  # fmt: skip
DATES = ("instance", "window", "phases", "tasks", "reports")

TOGETHER = sorted(set(MUTATIONS) - {"law_not_yet"})  # another year changes what laws and packs say


def _section(code: str) -> str:
    """The part of the clean plan that a mutation spoils; all dates hang together."""
    before = CLEAN[: CLEAN.index(MUTATIONS[code][0]) + 1]
    name = re.findall(r"^([a-z_]+):", before, re.M)[-1]
    return "dates" if name in DATES else name


def _plan(text: str) -> Plan:
    reading = files.read(text)
    assert reading.plan is not None, reading.findings
    return reading.plan


def _spoilt(text: str, code: str) -> str:
    old, new = MUTATIONS[code]
    assert text.count(old) == 1, (code, text.count(old))
    return text.replace(old, new)


def _codes(text: str) -> set[str]:
    return {finding.code for finding in cli.findings_of(text)}


def test_a_clean_plan_raises_nothing() -> None:
    assert not cli.findings_of(CLEAN)


@pytest.mark.slow
@pytest.mark.parametrize("code", MUTATIONS)
def test_one_slip_raises_its_own_finding_and_nothing_else(code: str) -> None:
    found = cli.findings_of(_spoilt(CLEAN, code))
    assert {finding.code for finding in found} == {code} | ALONGSIDE.get(code, set())
    for finding in found:
        assert finding.level == CHECKS[finding.code].level
        assert finding.line is not None, "the finding names its line"


@given(st.lists(st.sampled_from(TOGETHER), min_size=2, max_size=5, unique_by=_section))
def test_slips_in_different_places_do_not_hide_one_another(codes: list[str]) -> None:
    text, expected = CLEAN, set[str]()
    for code in codes:
        text = _spoilt(text, code)
        expected |= {code} | ALONGSIDE.get(code, set())
    assert _codes(text) == expected


@pytest.mark.parametrize("code", CHILDREN)
def test_a_child_is_held_against_its_parent(code: str) -> None:
    """A class that both pay is asked about, whatever else differs."""
    parent = _plan(CLEAN)
    assert {finding.code for finding in check(parent, parent)} == {"paid_above"}
    old, new = CHILDREN[code]
    assert CLEAN.count(old) == 1
    found = {finding.code for finding in check(_plan(CLEAN.replace(old, new)), parent)}
    assert found == {code, "paid_above"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("code: service, label: 购买服务", "code: goods, label: 购买服务", "two_rules"),
        ("code: st_home, category", "code: st_low, category", "two_rules"),
        ("code: award, label: 评选", "code: meal, label: 评选", "two_rules"),
        ("targets: [", "targets: [{code: rough_sleeper, label: 流浪乞讨人员, clause: K1-04}, ", "said_twice"),
    ],
)  # fmt: skip
def test_a_code_stands_once_in_its_list(old: str, new: str, code: str) -> None:
    assert CLEAN.count(old) == 1
    assert _codes(CLEAN.replace(old, new)) == {code}


def test_a_plan_that_waits_for_its_issue_day_says_where_to_write_it() -> None:
    text = CLEAN.replace(", issue_date: 2026-11-20", "").replace("due: Y-12-05", "due: issue+5d")
    (finding,) = cli.findings_of(text)
    assert finding.code == "open_date"
    assert "issue_date" in finding.message.zh
    assert "issue_date" in finding.message.en


@pytest.mark.parametrize(
    "code",
    [
        "no_revisit",
        "no_retention",
        "sample_without_amount",
        "settlement_without_term",
        "list_without_days",
        "ban_without_years",
        "income_without_line",
    ],
)
def test_what_the_parent_says_is_not_asked_of_the_child(code: str) -> None:
    """Own value, else the parent's: the question is answered one level up."""
    parent, child = _plan(CLEAN), _plan(_spoilt(CLEAN, code))
    assert {finding.code for finding in check(child)} == {code}
    assert {finding.code for finding in check(child, parent)} == {"paid_above"}
    silent = _plan(_spoilt(CLEAN, code))
    assert code in {finding.code for finding in check(child, silent)}


def test_dates_that_a_parent_leaves_open_bind_no_child() -> None:
    """P7 lets every place choose its days, P12 has no end (X04)."""
    for mark in ("may_vary_locally: true", "is_open_ended: true"):
        parent = _plan(CLEAN.replace("clause: K1-01}", f"clause: K1-01, {mark}}}"))
        old, new = CHILDREN["ends_before_parent"]
        found = {finding.code for finding in check(_plan(CLEAN.replace(old, new)), parent)}
        assert found == {"paid_above"}


def _raised() -> dict[str, set[str]]:
    """Codes that the checkers raise, with the function that raises them."""
    found: dict[str, set[str]] = {}
    for path in CHECKERS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                not isinstance(node, ast.Call)
                or not isinstance(node.func, ast.Name)
                or not node.args
            ):
                continue
            name = node.func.id
            if name not in ("found", "error", "warning", "question"):
                continue
            for item in ast.walk(node.args[0]):
                if (
                    isinstance(item, ast.Constant)
                    and isinstance(item.value, str)
                    and item.value in CHECKS
                ):
                    found.setdefault(item.value, set()).add(name)
                elif isinstance(item, ast.Constant) and item is node.args[0]:
                    found.setdefault(str(item.value), set()).add(name)
    return found


def test_the_catalogue_lists_what_the_checkers_raise_and_nothing_else() -> None:
    raised = _raised()
    assert set(raised) == set(CHECKS)
    for code, names in raised.items():
        assert names <= {"found", CHECKS[code].level}, (code, names)
    assert set(CHECKS) == {*MUTATIONS, *CHILDREN}, "each check is proved here"


def test_every_contradiction_is_found_or_says_why_not() -> None:
    named = {x for item in CHECKS.values() for x in item.contradictions}
    assert named | set(NOT_FOUND) == {f"X{number:02d}" for number in range(1, 67)}
    assert not named & set(NOT_FOUND)
