"""A running plan is changed, followed and closed: refusals first, then what moves and what stays."""

from datetime import datetime, timedelta

import pytest

from nuantu.core import clock, journal
from nuantu.core.actors import SYSTEM
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty, Operation
from nuantu.operations.selectors import operations_at, rules_at, still_open, waits_for_parent
from nuantu.operations.services import (
    PlanRefused,
    VersionMoved,
    cancel_duty,
    close_plan,
    complete_duty,
    follow_parent,
    open_duty,
    reopen_duty,
    summarise_ended,
)
from nuantu.operations.services.closing import StillRunning
from nuantu.planbook import files
from nuantu.planbook.comparison import compare
from tests.cast import BUREAU, COUNTY, OTHER_COUNTY
from tests.operations.changing import change

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
P1, P9 = files.packaged_text("P1"), files.packaged_text("P9")
THREE_A_WEEK, FOUR_A_WEEK = "at_least: 3", "at_least: 4"


def _report(operation: Operation, title: str, owner: str = BUREAU) -> Duty:
    return Duty.objects.get(operation=operation, title=title, owner_org=owner)


def _cadence(county: str, at: datetime) -> float:
    return rules_at(county, at).need("patrol.cadence", level="normal").number


def _finish(operation: Operation, at: datetime) -> None:
    for duty in Duty.objects.filter(operation=operation, kind="report.submit", state="open"):
        complete_duty(actor=SYSTEM, at=at, duty=duty)


def test_a_file_with_an_error_changes_nothing(county_plan: Operation, evening: datetime) -> None:
    with pytest.raises(PlanRefused, match="patroll"):
        change(county_plan, P9.replace("patrol:", "patroll:", 1), evening)
    county_plan.refresh_from_db()
    assert (county_plan.version, county_plan.versions.count()) == (1, 1)


def test_another_plan_is_no_new_version(county_plan: Operation, evening: datetime) -> None:
    with pytest.raises(PlanRefused, match="P1"):
        change(county_plan, P1, evening)


def test_the_same_file_is_nochange(county_plan: Operation, evening: datetime) -> None:
    with pytest.raises(PlanRefused, match="没有不同"):
        change(county_plan, P9, evening)


def test_a_change_asks_why(county_plan: Operation, evening: datetime) -> None:
    with pytest.raises(Refusal, match="变更的原因"):
        change(county_plan, P9.replace(THREE_A_WEEK, FOUR_A_WEEK, 1), evening, reason=" ")


def test_who_looked_at_an_older_version_is_told(county_plan: Operation, evening: datetime) -> None:
    change(county_plan, P9.replace(THREE_A_WEEK, FOUR_A_WEEK, 1), evening)
    with pytest.raises(VersionMoved, match="第2版"):
        change(county_plan, P9.replace(THREE_A_WEEK, "at_least: 5", 1), evening, from_version=1)


def test_a_changed_cadence_counts_at_once(county_plan: Operation, evening: datetime) -> None:
    assert _cadence(COUNTY, evening) == 3
    changed = change(county_plan, P9.replace(THREE_A_WEEK, FOUR_A_WEEK, 1), evening)
    assert (changed.version, _cadence(COUNTY, evening)) == (2, 4)
    owed = Duty.objects.filter(kind="patrol.daily", division_code=COUNTY, state="open")
    assert [duty.title[:8] for duty in owed.order_by("recurrence")] == [
        f"街面巡查 {n}/4" for n in (1, 2, 3, 4)
    ]


def test_fewer_patrols_take_the_surplus_back(county_plan: Operation, evening: datetime) -> None:
    change(county_plan, P9.replace(THREE_A_WEEK, "at_least: 2", 1), evening)
    owed = Duty.objects.filter(kind="patrol.daily", division_code=COUNTY, state="open")
    assert owed.count() == 2


def test_an_open_report_moves_with_its_date(prefecture_plan: Operation, evening: datetime) -> None:
    duty = _report(prefecture_plan, "当地行动方案")
    change(prefecture_plan, P1.replace("due: Y-12-20", "due: Y-12-25", 1), evening)
    duty.refresh_from_db()
    assert clock.local(duty.due_at).strftime("%m-%d") == "12-25"
    (line,) = journal.timeline(Subject("duty", duty.public_id))[:1]
    assert line.verb == "operations.plan.change"


def test_a_report_kept_with_a_reason_keeps_its_date(
    prefecture_plan: Operation, evening: datetime
) -> None:
    duty, other = (_report(prefecture_plan, "当地行动方案", org) for org in (BUREAU, "MZ-522622"))
    text = P1.replace("due: Y-12-20", "due: Y-12-25", 1)
    with pytest.raises(Refusal, match="写明原因"):
        change(prefecture_plan, text, evening, kept={duty.public_id: " "})
    change(prefecture_plan, text, evening, kept={duty.public_id: "凯里已约定20日交"})
    duty.refresh_from_db()
    other.refresh_from_db()
    days = [clock.local(one.due_at).day for one in (duty, other)]
    assert days == [20, 25]


def test_a_report_that_is_done_stays_done(prefecture_plan: Operation, evening: datetime) -> None:
    duty = _report(prefecture_plan, "当地行动方案")
    complete_duty(actor=SYSTEM, at=evening, duty=duty)
    change(prefecture_plan, P1.replace("due: Y-12-20", "due: Y-12-25", 1), evening)
    duty.refresh_from_db()
    assert (duty.state, clock.local(duty.due_at).day) == ("done", 20)


def test_a_dropped_report_is_taken_back_and_may_come_again(
    prefecture_plan: Operation, evening: datetime
) -> None:
    without = P1[: P1.index("  - code: report.summary")] + P1[P1.index("major_events:") :]
    dropped = _report(prefecture_plan, "工作总结")
    changed = change(prefecture_plan, without, evening)
    dropped.refresh_from_db()
    assert (dropped.state, dropped.cancel_reason) == ("cancelled", "方案第2版不再要求")
    change(changed, P1, evening + timedelta(hours=1))
    again = Duty.objects.get(title="工作总结", owner_org=BUREAU, state="open")
    assert again.pk != dropped.pk


def test_a_report_taken_back_by_hand_stays_back(
    prefecture_plan: Operation, evening: datetime
) -> None:
    duty = _report(prefecture_plan, "工作总结")
    cancel_duty(actor=SYSTEM, at=evening, duty=duty, reason="由州里代报")
    change(prefecture_plan, P1.replace("due: Y-12-20", "due: Y-12-25", 1), evening)
    assert not Duty.objects.filter(title="工作总结", owner_org=BUREAU, state="open").exists()


def test_a_new_date_that_has_passed_moves_nothing(
    prefecture_plan: Operation, evening: datetime
) -> None:
    duty = _report(prefecture_plan, "当地行动方案")
    change(prefecture_plan, P1.replace("due: Y-12-20", "due: Y-12-05", 1), evening)
    duty.refresh_from_db()
    assert clock.local(duty.due_at).day == 20


def test_history_says_what_was_different(county_plan: Operation, evening: datetime) -> None:
    renewed = change(county_plan, P9.replace(THREE_A_WEEK, FOUR_A_WEEK, 1), evening)
    first, second = renewed.versions.order_by("number")
    assert (first.source_text, second.reason) == (P9, "收到补充通知")
    older, newer = (files.read(one.source_text).plan for one in (first, second))
    assert older
    assert newer
    (one,) = compare(older, newer)
    assert (one.before, one.after, one.clauses) == ("3", "4", ("P9-03",))


def test_a_plan_below_keeps_the_confirmed_version_until_somebody_confirms(
    county_plan: Operation, prefecture_plan: Operation, evening: datetime
) -> None:
    text = P1.replace("every_days: 15", "every_days: 10", 1)
    change(prefecture_plan, text, evening)
    county_plan.refresh_from_db()
    asked = Duty.objects.get(kind="plan.follow")
    assert (asked.owner_org, waits_for_parent(county_plan)) == (BUREAU, True)
    assert rules_at(COUNTY, evening).need("foster.inspection").number == 15
    assert rules_at(OTHER_COUNTY, evening).need("foster.inspection").number == 10
    with pytest.raises(VersionMoved, match="第2版"):
        follow_parent(actor=SYSTEM, at=evening, operation=county_plan, to_version=1)
    follow_parent(actor=SYSTEM, at=evening, operation=county_plan, to_version=2)
    asked.refresh_from_db()
    assert asked.state == "done"
    assert rules_at(COUNTY, evening).need("foster.inspection").number == 10
    with pytest.raises(Refusal, match="没有待确认"):
        follow_parent(actor=SYSTEM, at=evening, operation=county_plan, to_version=2)


def test_a_plan_below_keeps_the_confirmed_window_until_somebody_confirms(
    county_plan: Operation, prefecture_plan: Operation, evening: datetime
) -> None:
    text = P1.replace("end: Y+1-03-30", "end: Y+1-01-31", 1)
    changed = change(prefecture_plan, text, evening)
    february = evening + timedelta(days=60)

    def plans(county: str) -> list[str]:
        return [operation.plan_code for operation in operations_at(county, february)]

    assert (plans(COUNTY), plans(OTHER_COUNTY)) == (["P9", "P1"], [])
    assert rules_at(COUNTY, february).need("foster.inspection").number == 15
    follow_parent(actor=SYSTEM, at=evening, operation=county_plan, to_version=changed.version)
    assert plans(COUNTY) == ["P9"]


def test_a_second_change_renews_the_question_that_is_still_open(
    county_plan: Operation, prefecture_plan: Operation, evening: datetime
) -> None:
    text = P1.replace("every_days: 15", "every_days: 10", 1)
    later = evening + timedelta(days=1)
    change(change(prefecture_plan, text, evening), P1, later)
    asked = Duty.objects.get(kind="plan.follow", state="open")
    assert asked.title == "上级方案已变更为第3版（第2版起未确认），请比较并确认"
    assert clock.local(asked.due_at).date() > clock.local(asked.opened_at).date()
    said = [line.verb for line in journal.timeline(Subject("duty", asked.public_id))]
    assert said.count("operations.duty.renew") == said.count("operations.duty.open") == 1
    follow_parent(actor=SYSTEM, at=later, operation=county_plan, to_version=3)
    assert not Duty.objects.filter(kind="plan.follow", state="open").exists()


def test_a_question_that_is_late_stays_late_when_it_is_renewed(
    county_plan: Operation, prefecture_plan: Operation, evening: datetime
) -> None:
    text = P1.replace("every_days: 15", "every_days: 10", 1)
    changed = change(prefecture_plan, text, evening)
    asked = Duty.objects.get(kind="plan.follow")
    change(changed, P1, evening + timedelta(days=40))
    now = Duty.objects.get(kind="plan.follow")
    assert (now.due_at, now.title) == (
        asked.due_at,
        "上级方案已变更为第3版（第2版起未确认），请比较并确认",
    )


def test_a_plan_is_not_closed_before_its_reports_are_in(
    prefecture_plan: Operation, evening: datetime
) -> None:
    with pytest.raises(StillRunning, match="凯里市民政局"):
        close_plan(actor=SYSTEM, at=evening, operation=prefecture_plan, note="结束")


def test_a_plan_is_not_closed_before_the_plans_below(
    county_plan: Operation, prefecture_plan: Operation, evening: datetime
) -> None:
    _finish(prefecture_plan, evening)
    with pytest.raises(StillRunning, match="下级方案"):
        close_plan(actor=SYSTEM, at=evening, operation=prefecture_plan, note="结束")


def test_a_report_of_a_closed_plan_is_not_reopened(
    prefecture_plan: Operation, evening: datetime
) -> None:
    report = _report(prefecture_plan, "工作总结")
    _finish(prefecture_plan, evening)
    kinds = [group.kind for group in still_open(prefecture_plan).tasks]
    close_plan(
        actor=SYSTEM,
        at=evening,
        operation=prefecture_plan,
        note="行动结束",
        dropped=dict.fromkeys(kinds, "不再办"),
    )
    with pytest.raises(Refusal, match="撤销"):
        reopen_duty(actor=SYSTEM, at=evening, duty=report)
    report.refresh_from_db()
    assert report.state == "done"


def test_open_tasks_are_dropped_only_with_a_reason(
    prefecture_plan: Operation, evening: datetime
) -> None:
    _finish(prefecture_plan, evening)
    with pytest.raises(Refusal, match="方案任务"):
        close_plan(actor=SYSTEM, at=evening, operation=prefecture_plan, note="结束")
    close_plan(
        actor=SYSTEM,
        at=evening,
        operation=prefecture_plan,
        note="结束",
        dropped={"plan.task": "已并入常设机制"},
    )
    prefecture_plan.refresh_from_db()
    assert prefecture_plan.state == Operation.State.CLOSED
    assert not Duty.objects.filter(operation=prefecture_plan, state="open").exists()
    assert not rules_at(OTHER_COUNTY, evening).layers


def test_what_rests_on_a_person_goes_on_when_the_plan_ends(
    county_plan: Operation, evening: datetime
) -> None:
    _finish(county_plan, evening)
    revisit = open_duty(
        actor=SYSTEM,
        at=evening,
        kind="encounter.revisit",
        title="回访",
        subject=Subject("case", county_plan.public_id),
        owner_org=BUREAU,
        division_code=COUNTY,
        due_at=evening + timedelta(days=3),
        basis="P9-17",
        operation=county_plan,
    )
    assert still_open(county_plan).lasting == 1
    dropped = {group.kind: "不再办" for group in still_open(county_plan).tasks}
    close_plan(actor=SYSTEM, at=evening, operation=county_plan, note="结束", dropped=dropped)
    revisit.refresh_from_db()
    assert revisit.state == "open"


def test_a_plan_whose_window_is_over_asks_once_to_be_closed(
    county_plan: Operation, prefecture_plan: Operation, evening: datetime
) -> None:
    over = evening + timedelta(days=150)
    assert summarise_ended(at=over) == 2
    assert summarise_ended(at=over) == 0
    county_plan.refresh_from_db()
    assert county_plan.state == Operation.State.SUMMARISING
    asked = Duty.objects.get(kind="plan.close", owner_org=BUREAU)
    _finish(county_plan, over)
    dropped = {group.kind: "不再办" for group in still_open(county_plan).tasks}
    close_plan(actor=SYSTEM, at=over, operation=county_plan, note="结束", dropped=dropped)
    asked.refresh_from_db()
    assert asked.state == "done"
