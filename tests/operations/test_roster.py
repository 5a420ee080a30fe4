"""The watch roster, handing the watch over, teams and shifts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from nuantu.accounts.models import Organisation
from nuantu.core.errors import Refusal
from nuantu.operations.models import Duty, Operation, WatchNote
from nuantu.operations.selectors import leader_on_duty, roster, team_of_user, teams_for
from nuantu.operations.services import (
    cancel_watch,
    flag_gaps,
    give_watch,
    make_team,
    plan_shift,
    put_on_watch,
    restore_watch,
    take_watch,
)
from nuantu.planbook import deadlines
from tests import builders
from tests.cast import BUREAU, OTHER_TOWN, STATION, TOWN, Cast, Player

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=1)


def _station() -> Organisation:
    return Organisation.objects.select_related("division").get(code=STATION)


def _put(cast: Cast, who: Player, post: str, start: datetime, hours: int = 12) -> None:
    put_on_watch(
        actor=cast.leader.actor,
        at=start,
        organisation=_station(),
        post=post,
        user=who.account,
        starts_at=start,
        ends_at=start + hours * HOURS,
    )


def test_a_watch_that_cannot_be_is_refused(
    county_plan: Operation, cast: Cast, evening: datetime
) -> None:
    with pytest.raises(Refusal, match="岗位"):
        _put(cast, cast.operator, "cook", evening)
    with pytest.raises(Refusal, match="晚于"):
        _put(cast, cast.operator, "hotline", evening, hours=0)
    _put(cast, cast.operator, "hotline", evening)
    with pytest.raises(Refusal, match="别的岗位"):
        _put(cast, cast.operator, "vehicle", evening + 2 * HOURS)
    _put(cast, cast.operator, "vehicle", evening + 12 * HOURS)


@pytest.mark.rule("P1-28", "P1-29", "P1-30", "P1-31", "P9-18", "P9-19")
def test_the_posts_of_both_plans_must_be_manned_round_the_clock(
    county_plan: Operation, cast: Cast, evening: datetime
) -> None:
    day = deadlines.local_day(evening)
    empty = roster(_station(), day, deadlines.start_of(day))
    assert {line.post.code for line in empty.lines} == {
        "leader",
        "watch",
        "reception",
        "hotline",
        "vehicle",
    }
    assert all(line.post.hours == 24 for line in empty.lines)
    assert empty.gap_count == 5 * 7
    assert empty.lines[0].post.is_leader


@pytest.mark.rule("P2-24")
def test_around_spring_festival_somebody_is_on_the_watch_of_the_patrols_in_every_hour(
    cast: Cast,
) -> None:
    eve = datetime(2027, 2, 5, 4, 0, tzinfo=UTC)  # 除夕
    builders.a_plan("P2", BUREAU, datetime(2026, 12, 1, 4, 0, tzinfo=UTC))
    start = deadlines.start_of(deadlines.local_day(eve))
    first = roster(_station(), deadlines.local_day(eve), start)
    (watch,) = (line for line in first.lines if line.post.code == "watch")
    assert watch.post.hours == 24
    assert all(day.gaps for day in watch.days)
    _put(cast, cast.operator, "watch", start, hours=47)
    found = roster(_station(), deadlines.local_day(eve), start)
    (watch,) = (line for line in found.lines if line.post.code == "watch")
    assert [len(day.gaps) for day in watch.days[:3]] == [0, 1, 1]
    (gap,) = watch.days[1].gaps
    assert (gap.starts_at, gap.ends_at) == (start + 47 * HOURS, start + 48 * HOURS)
    assert flag_gaps(at=eve) >= 1


def test_a_hole_in_the_night_is_flagged(
    county_plan: Operation, cast: Cast, evening: datetime
) -> None:
    day = deadlines.local_day(evening)
    start = deadlines.start_of(day)
    _put(cast, cast.operator, "hotline", start, hours=20)
    found = roster(_station(), day, start)
    hotline = next(line for line in found.lines if line.post.code == "hotline")
    (gap,) = hotline.days[0].gaps
    assert (gap.starts_at, gap.ends_at) == (start + 20 * HOURS, start + 24 * HOURS)
    _put(cast, cast.dispatcher, "hotline", start + 20 * HOURS, hours=4)
    again = roster(_station(), day, start)
    assert not next(line for line in again.lines if line.post.code == "hotline").days[0].gaps


@pytest.mark.slow
def test_a_hole_ahead_becomes_a_duty_until_it_is_filled(
    county_plan: Operation, cast: Cast, evening: datetime
) -> None:
    assert flag_gaps(at=evening) >= 1
    assert flag_gaps(at=evening) == 0, "once"
    duty = Duty.objects.get(kind="roster.fill", owner_org=STATION)
    people = (cast.leader, cast.operator, cast.dispatcher, cast.patroller, cast.station_head)
    posts = ("leader", "hotline", "reception", "vehicle", "watch")
    for who, post in zip(people, posts, strict=True):
        _put(cast, who, post, evening, hours=24 * 7)
    flag_gaps(at=evening)
    duty.refresh_from_db()
    assert duty.state == Duty.State.DONE


def test_what_is_past_is_not_a_gap(county_plan: Operation, cast: Cast, evening: datetime) -> None:
    day = deadlines.local_day(evening)
    found = roster(_station(), day - timedelta(days=7), evening)
    assert found.gap_count == 0


def test_the_leader_on_duty_is_found_and_missed(
    county_plan: Operation, cast: Cast, evening: datetime
) -> None:
    assert leader_on_duty(STATION, evening) is None
    watch = builders.a_watch(cast, evening)
    found = leader_on_duty(STATION, evening + HOURS)
    assert found is not None
    assert found.user == cast.leader.account
    cancel_watch(actor=cast.leader.actor, at=evening, watch=watch)
    assert leader_on_duty(STATION, evening + HOURS) is None
    with pytest.raises(Refusal, match="已取消"):
        cancel_watch(actor=cast.leader.actor, at=evening, watch=watch)


def test_a_cancelled_watch_comes_back_for_ten_minutes_unless_the_person_is_elsewhere(
    county_plan: Operation, cast: Cast, evening: datetime
) -> None:
    watch = builders.a_watch(cast, evening)
    cancel_watch(actor=cast.leader.actor, at=evening, watch=watch)
    with pytest.raises(Refusal, match="10分钟"):
        restore_watch(actor=cast.leader.actor, at=evening + timedelta(minutes=11), watch=watch)
    restore_watch(actor=cast.leader.actor, at=evening + timedelta(minutes=10), watch=watch)
    assert leader_on_duty(STATION, evening + HOURS) is not None
    cancel_watch(actor=cast.leader.actor, at=evening + HOURS, watch=watch)
    _put(cast, cast.leader, "hotline", evening + 2 * HOURS)
    with pytest.raises(Refusal, match="别的岗位"):
        restore_watch(actor=cast.leader.actor, at=evening + HOURS, watch=watch)


def test_a_watch_is_handed_over_by_two_people(
    county_plan: Operation, cast: Cast, evening: datetime
) -> None:
    with pytest.raises(Refusal, match="无"):
        give_watch(actor=cast.operator.actor, at=evening, organisation=_station(), text="  ")
    note = give_watch(
        actor=cast.operator.actor, at=evening, organisation=_station(), text="2号车送修"
    )
    assert note.open_duties == 3, "the patrols of the week"
    with pytest.raises(Refusal, match="自己"):
        take_watch(actor=cast.operator.actor, at=evening, note=note)
    same = WatchNote.objects.get(pk=note.pk)
    renamed = replace(cast.operator.actor, name="别名")
    with pytest.raises(Refusal, match="自己"):
        take_watch(actor=renamed, at=evening, note=note)
    namesake = replace(cast.dispatcher.actor, name=cast.operator.name)
    take_watch(actor=namesake, at=evening, note=note)
    with pytest.raises(Refusal, match=f"{cast.operator.name} 已经接班"):
        take_watch(actor=cast.leader.actor, at=evening, note=same)


def test_a_team_is_found_in_its_county_and_first_when_it_is_out(
    cast: Cast, evening: datetime
) -> None:
    station = _station()
    make_team(
        actor=cast.leader.actor,
        at=evening,
        name="甲队",
        organisation=station,
        members=[cast.leader.account],
    )
    out = make_team(
        actor=cast.leader.actor,
        at=evening,
        name="乙队",
        organisation=station,
        members=[cast.patroller.account],
    )
    plan_shift(
        actor=cast.leader.actor, at=evening, team=out, starts_at=evening, ends_at=evening + HOURS
    )
    now = evening + timedelta(minutes=5)
    assert [(team.name, team.is_on_shift) for team in teams_for(TOWN, now)] == [
        ("乙队", True),
        ("甲队", False),
    ]
    assert not teams_for(OTHER_TOWN, now)
    mine = team_of_user(cast.patroller.actor.public_id, now)
    assert mine is not None
    assert mine.shift_until == evening + HOURS
    with pytest.raises(Refusal, match="已经排了班"):
        plan_shift(
            actor=cast.leader.actor, at=evening, team=out, starts_at=now, ends_at=now + HOURS
        )
