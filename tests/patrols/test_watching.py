"""A team that is not heard of: the leader on duty is asked to look for it."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from nuantu.core import clock, scope
from nuantu.operations.models import Duty
from nuantu.operations.services import complete_duty
from nuantu.patrols import services
from nuantu.patrols.models import PatrolRun, PatrolVisit
from tests import builders
from tests.builders import EVENING, PATROL
from tests.cast import STATION

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.cast import Cast, Player

    Seen = Callable[[Player], Any]

pytestmark = pytest.mark.django_db
ALARM = "patrol.no_word"


def _watch(at: "datetime") -> int:
    with clock.frozen(at), scope.system("the job of the minute"):
        return services.watch_over(at=at)


def _alarms() -> list[Duty]:
    with scope.system("a test looks"):
        return list(Duty.objects.filter(kind=ALARM).order_by("pk"))


def test_a_team_that_spoke_within_the_term_raises_nothing(cast: "Cast") -> None:
    builders.a_patrol_visit(cast)
    assert _watch(PATROL + timedelta(minutes=90)) == 0
    assert _alarms() == []


@pytest.mark.slow
def test_a_silent_team_raises_one_duty_of_its_station_and_a_word_from_it_ends_it(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit = builders.a_patrol_visit(cast)
    late = PATROL + timedelta(minutes=91)
    assert [_watch(late), _watch(late + timedelta(minutes=1))] == [1, 0]
    (duty,) = _alarms()
    assert (duty.owner_org, duty.state) == (STATION, "open")
    assert duty.due_at == late + timedelta(minutes=15)
    assert "夜巡一队" in duty.title
    assert "90" in duty.basis
    heard = late + timedelta(minutes=5)
    with clock.frozen(heard), seen_as(cast.patroller):
        services.nobody_here(actor=cast.patroller.actor, at=heard, visit=visit)
    (duty,) = _alarms()
    assert (duty.state, duty.done_at) == ("done", heard)
    with scope.system("a test looks"):
        assert PatrolRun.objects.get().alarm_id is None


def test_the_leader_who_reached_the_team_is_asked_again_only_after_another_term(
    cast: "Cast", seen_as: "Seen"
) -> None:
    builders.a_patrol_run(cast)
    late = PATROL + timedelta(minutes=91)
    _watch(late)
    with clock.frozen(late), seen_as(cast.leader):
        (duty,) = _alarms()
        complete_duty(actor=cast.leader.actor, at=late, duty=duty, note="电话打通，平安")
    assert _watch(late + timedelta(minutes=60)) == 0
    assert _watch(late + timedelta(minutes=91)) == 1


def test_a_team_that_is_not_back_is_looked_for_once(cast: "Cast", seen_as: "Seen") -> None:
    run = builders.a_patrol_run(cast)
    back = run.planned_until
    with clock.frozen(back), seen_as(cast.patroller):
        services.all_well(actor=cast.patroller.actor, at=back + timedelta(minutes=30), run=run)
    assert [_watch(back + timedelta(minutes=n)) for n in (59, 61, 62)] == [0, 1, 0]
    assert "没有按时收队" in _alarms()[0].title


def test_a_published_route_that_nobody_walked_enters_the_register_with_its_stops(
    cast: "Cast", seen_as: "Seen"
) -> None:
    route = builders.a_patrol_route(cast)
    leaves = route.leaves_at
    assert [_watch(leaves + timedelta(minutes=n)) for n in (59, 61, 62)] == [0, 1, 0]
    with scope.system("a test looks"):
        run = PatrolRun.objects.get()
        assert PatrolVisit.objects.filter(run=run, state="planned").count() == 1
    assert run.state == "not_begun"
    assert "没有出巡" in _alarms()[0].title
    at = leaves + timedelta(minutes=70)
    with clock.frozen(at), seen_as(cast.patroller):
        begun = services.begin_run(actor=cast.patroller.actor, at=at, route=route, crew="杨二")
    assert (begun.pk, begun.state) == (run.pk, "under_way")
    assert _alarms()[0].state == "done"


def test_a_route_nobody_walked_is_closed_at_the_desk_with_its_reason(
    cast: "Cast", seen_as: "Seen"
) -> None:
    route = builders.a_patrol_route(cast)
    at = route.leaves_at + timedelta(minutes=61)
    _watch(at)
    with clock.frozen(at), seen_as(cast.leader):
        run = PatrolRun.objects.select_related("team").get()
        with pytest.raises(services.RunRefused, match="原因"):
            services.break_off(actor=cast.leader.actor, at=at, run=run, reason=" ")
        run = services.break_off(actor=cast.leader.actor, at=at, run=run, reason="车坏了")
        assert PatrolVisit.objects.get(run=run).reason == "车坏了"
    assert run.state == "broken_off"
    assert _alarms()[0].state == "done"
    assert _watch(at + timedelta(hours=3)) == 0


def test_the_duty_is_given_to_the_leader_on_duty(cast: "Cast") -> None:
    with clock.frozen(EVENING):
        builders.a_watch(cast, PATROL)
    builders.a_patrol_run(cast)
    _watch(PATROL + timedelta(minutes=91))
    assert _alarms()[0].assignee == cast.leader.account
