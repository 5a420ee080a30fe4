"""A running plan is changed, followed and closed: refusals first, then what moves and what stays."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

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
    change_plan,
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
from tests import builders
from tests.cast import BUREAU, COUNTY, OTHER_COUNTY, Cast
from tests.web import does_not_see, not_found_for, page_for, sees, submits

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
P1, P9 = files.packaged_text("P1"), files.packaged_text("P9")
THREE_A_WEEK, FOUR_A_WEEK = "at_least: 3", "at_least: 4"


def _change(operation: Operation, text: str, at: datetime, **options: Any) -> Operation:
    values: dict[str, Any] = {"reason": "收到补充通知", "from_version": operation.version}
    return change_plan(actor=SYSTEM, at=at, operation=operation, text=text, **{**values, **options})


def _report(operation: Operation, title: str, owner: str = BUREAU) -> Duty:
    return Duty.objects.get(operation=operation, title=title, owner_org=owner)


def _cadence(county: str, at: datetime) -> float:
    return rules_at(county, at).need("patrol.cadence", level="normal").number


def _finish(operation: Operation, at: datetime) -> None:
    for duty in Duty.objects.filter(operation=operation, kind="report.submit", state="open"):
        complete_duty(actor=SYSTEM, at=at, duty=duty)


def test_a_file_with_an_error_changes_nothing(county_plan: Operation, evening: datetime) -> None:
    with pytest.raises(PlanRefused, match="patroll"):
        _change(county_plan, P9.replace("patrol:", "patroll:", 1), evening)
    county_plan.refresh_from_db()
    assert (county_plan.version, county_plan.versions.count()) == (1, 1)


def test_another_plan_is_no_new_version(county_plan: Operation, evening: datetime) -> None:
    with pytest.raises(PlanRefused, match="P1"):
        _change(county_plan, P1, evening)


def test_the_same_file_is_no_change(county_plan: Operation, evening: datetime) -> None:
    with pytest.raises(PlanRefused, match="没有不同"):
        _change(county_plan, P9, evening)


def test_a_change_asks_why(county_plan: Operation, evening: datetime) -> None:
    with pytest.raises(Refusal, match="变更的原因"):
        _change(county_plan, P9.replace(THREE_A_WEEK, FOUR_A_WEEK, 1), evening, reason=" ")


def test_who_looked_at_an_older_version_is_told(county_plan: Operation, evening: datetime) -> None:
    _change(county_plan, P9.replace(THREE_A_WEEK, FOUR_A_WEEK, 1), evening)
    with pytest.raises(VersionMoved, match="第2版"):
        _change(county_plan, P9.replace(THREE_A_WEEK, "at_least: 5", 1), evening, from_version=1)


def test_a_changed_cadence_counts_at_once(county_plan: Operation, evening: datetime) -> None:
    assert _cadence(COUNTY, evening) == 3
    changed = _change(county_plan, P9.replace(THREE_A_WEEK, FOUR_A_WEEK, 1), evening)
    assert (changed.version, _cadence(COUNTY, evening)) == (2, 4)
    owed = Duty.objects.filter(kind="patrol.daily", division_code=COUNTY, state="open")
    assert [duty.title[:8] for duty in owed.order_by("recurrence")] == [
        f"街面巡查 {n}/4" for n in (1, 2, 3, 4)
    ]


def test_fewer_patrols_take_the_surplus_back(county_plan: Operation, evening: datetime) -> None:
    _change(county_plan, P9.replace(THREE_A_WEEK, "at_least: 2", 1), evening)
    owed = Duty.objects.filter(kind="patrol.daily", division_code=COUNTY, state="open")
    assert owed.count() == 2


def test_an_open_report_moves_with_its_date(prefecture_plan: Operation, evening: datetime) -> None:
    duty = _report(prefecture_plan, "当地行动方案")
    _change(prefecture_plan, P1.replace("due: Y-12-20", "due: Y-12-25", 1), evening)
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
        _change(prefecture_plan, text, evening, kept={duty.public_id: " "})
    _change(prefecture_plan, text, evening, kept={duty.public_id: "凯里已约定20日交"})
    duty.refresh_from_db()
    other.refresh_from_db()
    days = [clock.local(one.due_at).day for one in (duty, other)]
    assert days == [20, 25]


def test_a_report_that_is_done_stays_done(prefecture_plan: Operation, evening: datetime) -> None:
    duty = _report(prefecture_plan, "当地行动方案")
    complete_duty(actor=SYSTEM, at=evening, duty=duty)
    _change(prefecture_plan, P1.replace("due: Y-12-20", "due: Y-12-25", 1), evening)
    duty.refresh_from_db()
    assert (duty.state, clock.local(duty.due_at).day) == ("done", 20)


def test_a_dropped_report_is_taken_back_and_may_come_again(
    prefecture_plan: Operation, evening: datetime
) -> None:
    without = P1[: P1.index("  - code: report.summary")] + P1[P1.index("major_events:") :]
    dropped = _report(prefecture_plan, "工作总结")
    changed = _change(prefecture_plan, without, evening)
    dropped.refresh_from_db()
    assert (dropped.state, dropped.cancel_reason) == ("cancelled", "方案第2版不再要求")
    _change(changed, P1, evening + timedelta(hours=1))
    again = Duty.objects.get(title="工作总结", owner_org=BUREAU, state="open")
    assert again.pk != dropped.pk


def test_a_report_taken_back_by_hand_stays_back(
    prefecture_plan: Operation, evening: datetime
) -> None:
    duty = _report(prefecture_plan, "工作总结")
    cancel_duty(actor=SYSTEM, at=evening, duty=duty, reason="由州里代报")
    _change(prefecture_plan, P1.replace("due: Y-12-20", "due: Y-12-25", 1), evening)
    assert not Duty.objects.filter(title="工作总结", owner_org=BUREAU, state="open").exists()


def test_a_new_date_that_has_passed_moves_nothing(
    prefecture_plan: Operation, evening: datetime
) -> None:
    duty = _report(prefecture_plan, "当地行动方案")
    _change(prefecture_plan, P1.replace("due: Y-12-20", "due: Y-12-05", 1), evening)
    duty.refresh_from_db()
    assert clock.local(duty.due_at).day == 20


def test_history_says_what_was_different(county_plan: Operation, evening: datetime) -> None:
    changed = _change(county_plan, P9.replace(THREE_A_WEEK, FOUR_A_WEEK, 1), evening)
    first, second = changed.versions.order_by("number")
    assert (first.source_text, second.reason) == (P9, "收到补充通知")
    older, newer = (files.read(one.source_text).plan for one in (first, second))
    assert older
    assert newer
    (change,) = compare(older, newer)
    assert (change.before, change.after, change.clauses) == ("3", "4", ("P9-03",))


def test_a_plan_below_keeps_the_confirmed_version_until_somebody_confirms(
    county_plan: Operation, prefecture_plan: Operation, evening: datetime
) -> None:
    text = P1.replace("every_days: 15", "every_days: 10", 1)
    _change(prefecture_plan, text, evening)
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
    changed = _change(prefecture_plan, text, evening)
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
    _change(_change(prefecture_plan, text, evening), P1, later)
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
    changed = _change(prefecture_plan, text, evening)
    asked = Duty.objects.get(kind="plan.follow")
    _change(changed, P1, evening + timedelta(days=40))
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


def test_the_section_head_compares_before_he_changes(cast: Cast) -> None:
    operation = builders.a_season(clock.now())
    url = reverse("operations:change", args=[operation.public_id])
    not_found_for(cast.office, url=url)
    sees(page_for(cast.section_head, url), "比较", "schema: nuantu.plan/1")
    text = P9.replace(THREE_A_WEEK, FOUR_A_WEEK, 1)
    browser = cast.section_head.browser()
    page = browser.post(url, {"text": text, "from_version": 1, "step": "preview"})
    sees(page, "不同之处", "第 2 版生效", "P9-03")
    operation.refresh_from_db()
    assert operation.version == 1
    refused = browser.post(url, {"text": text, "from_version": 1, "step": "apply", "reason": ""})
    assert refused.status_code == 422
    sees(refused, "请写明变更的原因")
    done = {"text": text, "from_version": 1, "step": "apply", "reason": "补充通知"}
    sees(submits(cast.section_head, url, done, to="/operations/"), "新版本已生效", "第 2 版")


def test_a_file_that_cannot_be_read_keeps_what_was_typed(cast: Cast) -> None:
    operation = builders.a_season(clock.now())
    url = reverse("operations:change", args=[operation.public_id])
    page = cast.section_head.browser().post(
        url, {"text": P9.replace("patrol:", "patroll:", 1), "from_version": 1, "step": "preview"}
    )
    assert page.status_code == 422
    sees(page, "patroll", "是不是“patrol”")


def test_versions_and_the_parent_are_compared_side_by_side(cast: Cast) -> None:
    operation = builders.a_season(clock.now())
    _change(operation, P9.replace(THREE_A_WEEK, FOUR_A_WEEK, 1), clock.now())
    url = reverse("operations:compare", args=[operation.public_id])
    not_found_for(cast.other_patroller, url=url)
    sees(page_for(cast.operator, f"{url}?with=1"), "不同之处", "P9-03", "收到补充通知")
    sees(page_for(cast.operator, f"{url}?with=parent", language="en"), "Differences", "P9-02")
    for unknown in ("7", "²", "9" * 5000):
        not_found_for(cast.operator, url=f"{url}?with={unknown}")


def test_a_comparison_says_days_and_words_as_people_do(cast: Cast) -> None:
    operation = builders.a_season(datetime(2026, 12, 9, 12, tzinfo=UTC))
    parent = Operation.objects.get(plan_code="P1")
    text = P1.replace("end: Y+1-03-30", "end: Y+1-03-31", 1)
    _change(parent, text.replace("due: Y-12-20", "due: Y-12-25", 1), clock.now())
    url = reverse("operations:follow", args=[operation.public_id])
    page = page_for(cast.section_head, url)
    sees(page, "2027年3月30日", "2027年3月31日", "上报材料 › 当地行动方案", "2026年12月25日")
    does_not_see(page, "Y-12", "report.plan")
    sees(page_for(cast.section_head, url, language="en"), "31 Mar 2027", "County action plan")


def test_the_close_page_lists_what_is_still_open(cast: Cast) -> None:
    operation = builders.a_season(clock.now())
    above = reverse("operations:close", args=[Operation.objects.get(plan_code="P1").public_id])
    page = page_for(cast.office, above)
    sees(page, "还不能办结：", "份材料没有报", "没有报的材料", "没有办结的下级方案")
    text = page.content.decode()
    assert text.index("还不能办结") < text.index("没有报的材料"), (
        "the answer stands above the lists"
    )
    assert text.count("<strong>当地行动方案</strong>") == 1, "a report owed by many is said once"
    sees(page_for(cast.office, above, language="en"), "The plan cannot be closed yet:")
    url = reverse("operations:close", args=[operation.public_id])
    sees(page_for(cast.section_head, url), "街面巡查", "随方案结束收回", "行动期到")
    kinds = {f"dropped-{group.kind}": "不再办" for group in still_open(operation).tasks}
    wrong = cast.section_head.browser().post(url, {"note": "完成", "code": "P1", **kinds})
    assert wrong.status_code == 422
    sees(wrong, "与方案编号不一致", "完成")
    page = submits(
        cast.section_head, url, {"note": "完成", "code": "p9", **kinds}, to="/operations/"
    )
    sees(page, "方案已办结", "已结束")


def test_a_changed_parent_is_confirmed_on_a_page(cast: Cast) -> None:
    operation = builders.a_season(clock.now())
    parent = Operation.objects.get(plan_code="P1")
    _change(parent, P1.replace("every_days: 15", "every_days: 10", 1), clock.now())
    url = reverse("operations:follow", args=[operation.public_id])
    sees(
        page_for(cast.section_head, reverse("operations:operation", args=[operation.public_id])),
        "上级方案有新版本",
    )
    sees(page_for(cast.section_head, url), "P1-59", "确认执行新版本")
    older = submits(cast.section_head, url, {"note": "", "to_version": 1}, to=url)
    sees(older, "请重新比较", "确认执行新版本")
    now = {"note": "", "to_version": parent.version + 1}
    sees(submits(cast.section_head, url, now, to="/operations/"), "已确认")
    sees(page_for(cast.section_head, url), "没有待确认的变更")
