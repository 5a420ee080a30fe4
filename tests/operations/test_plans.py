"""A plan is put in force: refusals first, then rules, duties, levels."""

from datetime import date, datetime, timedelta

import pytest

from nuantu.core import journal
from nuantu.core.actors import SYSTEM
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty, Operation
from nuantu.operations.selectors import level_of, rules_at
from nuantu.operations.services import PlanRefused, open_recurring, set_level, start_plan
from nuantu.operations.services.levels import UnknownLevel
from nuantu.planbook import files
from tests.cast import BUREAU, COUNTY, OTHER_COUNTY, PREFECTURE, STATION, TOWN, Cast

pytestmark = pytest.mark.django_db
P9 = files.packaged_text("P9")


def _start(text: str, org_code: str, at: datetime) -> Operation:
    return start_plan(actor=SYSTEM, at=at, text=text, org_code=org_code, year=2026)


def _patrols(county: str) -> list[Duty]:
    found = Duty.objects.filter(kind="patrol.daily", division_code=county, state="open")
    return list(found.order_by("recurrence"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("end: Y+1-03-15", "end: Y-10-01", "早于开始"),
        ("end: Y+1-03-15", "end: 待定", "尚未确定"),
        ("patrol:", "patroll:", "patroll"),
        ("    approver: leader_on_duty\n", "", "由谁批准"),
    ],
)
def test_a_plan_with_errors_is_not_started(
    cast: Cast, evening: datetime, old: str, new: str, says: str
) -> None:
    with pytest.raises(PlanRefused, match=says):
        _start(P9.replace(old, new, 1), BUREAU, evening)
    assert not Operation.objects.exists()


def test_an_unknown_organisation_is_refused(cast: Cast, evening: datetime) -> None:
    for code in ("MZ-999999", "999999", "5226"):
        if code == "5226":
            assert _start(P9, code, evening).organisation_id == "MZ-5226"
        else:
            with pytest.raises(PlanRefused, match=code):
                _start(P9, code, evening)


def test_the_same_plan_is_started_once(county_plan: Operation, evening: datetime) -> None:
    with pytest.raises(PlanRefused, match="P9"):
        _start(P9, BUREAU, evening)


def test_a_division_code_means_its_bureau(cast: Cast, evening: datetime) -> None:
    assert _start(P9, "522601", evening).organisation_id == BUREAU


@pytest.mark.rule("P1-91", "P1-92", "P1-93", "P1-85")
def test_every_county_owes_the_reports(prefecture_plan: Operation) -> None:
    owed = Duty.objects.filter(kind__in=["report.submit", "plan.task"])
    assert {
        (duty.owner_org, duty.title, duty.due_at.astimezone(None).strftime("%m-%d"))
        for duty in owed.filter(owner_org=BUREAU)
    } == {
        (BUREAU, "当地行动方案", "12-20"),
        (BUREAU, "联席会议制度制定情况", "01-10"),
        (BUREAU, "行动推进情况", "02-01"),
        (BUREAU, "工作总结", "04-01"),
        (BUREAU, "尚未建立联席会议的县（市）建立联席会议制度", "12-31"),
    }
    assert owed.filter(owner_org="MZ-522622").count() == 5
    assert all(duty.basis_rule.startswith("P1-") for duty in owed)


def test_the_start_is_one_journal_line_that_names_every_duty(prefecture_plan: Operation) -> None:
    (line,) = journal.timeline(Subject("operation", prefecture_plan.public_id))
    assert line.verb == "operations.plan.start"
    dated = Duty.objects.filter(kind__in=["report.submit", "plan.task"])
    assert line.subjects.filter(kind="duty").count() == dated.count()


def test_rows_give_the_same_rulings_as_the_file(county_plan: Operation, evening: datetime) -> None:
    book = rules_at(TOWN, evening)
    assert [layer.plan_code for layer in book.layers] == ["P9", "P1"]
    assert book.need("response.limit", key="near").source == "P9-20"
    assert book.need("foster.inspection").plan_code == "P1"
    other = rules_at(OTHER_COUNTY, evening)
    assert [layer.plan_code for layer in other.layers] == ["P1"]


def test_a_plan_rules_only_inside_its_window(county_plan: Operation, evening: datetime) -> None:
    after_child = datetime(2027, 3, 20, tzinfo=evening.tzinfo)
    assert [layer.plan_code for layer in rules_at(COUNTY, after_child).layers] == ["P1"]
    summer = datetime(2027, 7, 1, tzinfo=evening.tzinfo)
    assert not rules_at(COUNTY, summer).layers


def test_a_shifted_child_moves_with_its_parent(cast: Cast, evening: datetime) -> None:
    today = date(2026, 7, 10)
    parent = start_plan(
        actor=SYSTEM,
        at=evening,
        text=files.packaged_text("P1"),
        org_code="LX-5226",
        year=2026,
        shift_to=today,
    )
    child = start_plan(
        actor=SYSTEM, at=evening, text=P9, org_code=BUREAU, year=2026, shift_to=today
    )
    assert parent.start_date <= today <= parent.end_date
    assert child.shift_days == parent.shift_days
    assert child.parent == parent


@pytest.mark.rule("P9-03")
def test_a_county_owes_three_patrols_a_week(county_plan: Operation) -> None:
    found = _patrols(COUNTY)
    assert [duty.title[:8] for duty in found] == ["街面巡查 1/3", "街面巡查 2/3", "街面巡查 3/3"]
    assert {duty.owner_org for duty in found} == {STATION}
    assert {duty.basis_rule for duty in found} == {"P9-03"}


def test_opening_twice_opens_nothing_twice(county_plan: Operation, evening: datetime) -> None:
    assert open_recurring(actor=SYSTEM, at=evening, division_code=PREFECTURE) == 0
    assert len(_patrols(COUNTY)) == 3


def test_a_level_needs_a_cause_or_a_reason_and_must_exist(
    county_plan: Operation, cast: Cast, evening: datetime
) -> None:
    with pytest.raises(UnknownLevel, match="storm"):
        set_level(
            actor=cast.leader.actor,
            at=evening,
            division_code=COUNTY,
            level="storm",
            cause=None,
            reason="x",
        )
    with pytest.raises(Exception, match="原因"):
        set_level(
            actor=cast.leader.actor, at=evening, division_code=COUNTY, level="raised", cause=None
        )
    assert level_of(COUNTY, evening).is_normal


@pytest.mark.rule("P9-05")
def test_after_a_warning_patrols_become_daily(
    county_plan: Operation, cast: Cast, evening: datetime
) -> None:
    set_level(
        actor=cast.leader.actor,
        at=evening,
        division_code=COUNTY,
        level="raised",
        cause=None,
        reason="寒潮预警",
    )
    (daily,) = _patrols(COUNTY)
    assert daily.title == "今日街面巡查"
    assert daily.basis_rule == "P9-05"
    assert daily.due_at.date() == evening.date()
    assert Duty.objects.filter(state="cancelled", cancel_reason__contains="每天1次").count() == 3
    assert len(_patrols(OTHER_COUNTY)) == 3, "a county that no warning covers keeps its rhythm"


@pytest.mark.rule("S1-07")
def test_where_a_plan_asks_for_stronger_patrols_a_raised_level_owes_more_than_the_normal_one(
    cast: Cast, evening: datetime
) -> None:
    """One a day on both levels: the schedule promises eight visits a week, and so many are owed."""
    normal = (
        "{level: normal, at_least: 3, per: week, clause: P9-03, quote: 每周开展3次以上街面巡查}"
    )
    daily = "{level: normal, at_least: 1, per: day, clause: P9-03}"
    asked = "{level: normal, words: 加大力度, clause: P9-04}"
    assert normal in P9
    _start(P9.replace(normal, f"{daily}\n    - {asked}"), BUREAU, evening)
    set_level(
        actor=cast.leader.actor,
        at=evening,
        division_code=COUNTY,
        level="raised",
        cause=None,
        reason="寒潮预警",
    )
    monday = evening + timedelta(days=7 - evening.weekday())
    owed = [
        open_recurring(actor=SYSTEM, at=monday + timedelta(days=day), division_code=COUNTY)
        for day in range(7)
    ]
    assert owed == [2, 1, 1, 1, 1, 1, 1], "no day without its own, and one more in the week"
    assert "P9-04" in _patrols(COUNTY)[-1].basis


def test_the_next_day_owes_its_own_patrol(
    county_plan: Operation, cast: Cast, evening: datetime
) -> None:
    set_level(
        actor=cast.leader.actor,
        at=evening,
        division_code=COUNTY,
        level="extreme",
        cause=None,
        reason="暴雪",
    )
    tomorrow = evening + timedelta(days=1)
    assert open_recurring(actor=SYSTEM, at=tomorrow, division_code=COUNTY) == 1
    assert len(_patrols(COUNTY)) == 2


def test_after_the_warning_the_week_owes_what_is_left_of_it(
    county_plan: Operation, cast: Cast, evening: datetime
) -> None:
    """A daily patrol that was done counts for the three of its week."""
    from nuantu.operations.services import complete_duty

    actor = cast.leader.actor
    set_level(
        actor=actor, at=evening, division_code=COUNTY, level="raised", cause=None, reason="寒潮"
    )
    (daily,) = _patrols(COUNTY)
    complete_duty(actor=cast.patroller.actor, at=evening, duty=daily)
    later = evening + timedelta(hours=1)
    set_level(
        actor=actor, at=later, division_code=COUNTY, level="normal", cause=None, reason="解除"
    )
    assert len(_patrols(COUNTY)) == 2
    assert level_of(TOWN, later).is_normal
    assert level_of(TOWN, later).reason == "解除"


def test_the_newest_level_of_the_place_or_above_it_counts(
    county_plan: Operation, cast: Cast, evening: datetime
) -> None:
    actor = cast.office.actor
    set_level(
        actor=actor, at=evening, division_code=PREFECTURE, level="raised", cause=None, reason="全州"
    )
    assert level_of(COUNTY, evening).level == "raised"
    later = evening + timedelta(hours=2)
    set_level(
        actor=actor, at=later, division_code=COUNTY, level="extreme", cause=None, reason="本县"
    )
    assert level_of(COUNTY, later).level == "extreme"
    assert level_of(OTHER_COUNTY, later).level == "raised"
    assert level_of(COUNTY, evening).level == "raised", "the past is not rewritten"
