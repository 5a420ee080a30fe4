"""Words that cross on their way: a form sent after the end, a plan made anew, a run closed at the desk."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from nuantu.core import clock, scope
from nuantu.core.ids import new_id
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.patrols import services
from nuantu.patrols.models import PatrolRoute, PatrolRun, PatrolStop, PatrolVisit
from nuantu.patrols.services.register_rows import held_run
from tests import builders
from tests.builders import PATROL

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.cast import Cast, Player

    Seen = Callable[[Player], Any]

pytestmark = pytest.mark.django_db
SOON = PATROL + timedelta(minutes=6)
SILENT = PATROL + timedelta(minutes=91)


@pytest.fixture(autouse=True)
def _on_patrol(_at_night: None) -> Any:
    with clock.frozen(PATROL):
        yield


def _watch(at: "datetime") -> int:
    with clock.frozen(at), scope.system("the job of the minute"):
        return services.watch_over(at=at)


def _alarm() -> Duty:
    with scope.system("a test looks"):
        return Duty.objects.get(kind="patrol.no_word")


def _note_contact(cast: "Cast", visit: PatrolVisit) -> None:
    subject = Subject("encounter", new_id())
    services.note_contact(
        actor=cast.patroller.actor, at=SOON, visit=visit, contact=subject, case_id=new_id()
    )


def test_a_run_broken_off_at_the_desk_is_no_word_from_the_silent_team(
    cast: "Cast", seen_as: "Seen"
) -> None:
    run = builders.a_patrol_run(cast)
    assert _watch(SILENT) == 1
    with seen_as(cast.leader):
        services.break_off(actor=cast.leader.actor, at=SILENT, run=run, reason="家属来电已到家")
    duty = _alarm()
    assert (duty.state, duty.note) == ("done", "巡查中止：家属来电已到家")
    with scope.system("a test looks"):
        assert PatrolRun.objects.get().heard_at == PATROL


def test_a_stop_with_a_recorded_contact_is_never_one_that_was_not_visited(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit = builders.a_patrol_visit(cast)
    with seen_as(cast.patroller):
        _note_contact(cast, visit)
        with pytest.raises(services.RunRefused, match="不能记为没有去"):
            services.pass_by(actor=cast.patroller.actor, at=SOON, visit=visit, reason="封路")
    with seen_as(cast.leader):
        services.break_off(actor=cast.leader.actor, at=SOON, run=visit.run, reason="暴雪")
        visit.refresh_from_db()
    assert (visit.state, visit.people_count, visit.left_at) == ("met", 1, SOON)


def test_a_contact_sent_after_the_team_mate_reported_back_is_still_taken_in(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit = builders.a_patrol_visit(cast)
    actor = cast.patroller.actor
    with seen_as(cast.patroller):
        services.nobody_here(actor=actor, at=SOON, visit=visit)
        services.finish_run(actor=actor, at=SOON, run=visit.run)
        _note_contact(cast, visit)
        visit.refresh_from_db()
    assert (visit.state, visit.people_count) == ("met", 1)


def test_a_team_that_sets_out_late_walks_the_route_as_it_is_published_now(
    cast: "Cast", seen_as: "Seen"
) -> None:
    route = builders.a_patrol_route(cast)
    late = route.leaves_at + timedelta(minutes=61)
    assert _watch(late) == 1
    with scope.system("the route is made anew meanwhile"):
        north = builders.a_key_location(cast, "西桥桥洞")
        PatrolStop.objects.filter(route=route).update(key_location=north)
    with clock.frozen(late), seen_as(cast.patroller):
        run = services.begin_run(actor=cast.patroller.actor, at=late, route=route, crew="杨二")
        assert [visit.place for visit in run.visits.all()] == ["西桥桥洞"]


def test_a_stop_added_by_pressing_twice_is_one(cast: "Cast", seen_as: "Seen") -> None:
    run = builders.a_patrol_run(cast)
    with seen_as(cast.patroller):
        for _twice in range(2):
            services.add_stop(actor=cast.patroller.actor, at=SOON, run=run, place="车站北侧")
        assert run.visits.filter(place="车站北侧").count() == 1


def test_a_team_that_reported_back_while_the_watch_looked_is_not_looked_for(
    cast: "Cast", seen_as: "Seen", monkeypatch: pytest.MonkeyPatch
) -> None:
    run = builders.a_patrol_run(cast)

    def finished_before_the_lock(found: PatrolRun) -> PatrolRun:
        services.finish_run(actor=cast.patroller.actor, at=SILENT, run=run, skip_reason="下雪封路")
        return held_run(found)

    monkeypatch.setattr(f"{services.__name__}.watching.held_run", finished_before_the_lock)
    assert _watch(SILENT) == 0


def test_a_team_reports_back_before_it_sets_out_on_its_next_route(
    cast: "Cast", seen_as: "Seen"
) -> None:
    builders.a_patrol_run(cast)
    actor = cast.patroller.actor
    with scope.system("a test looks"):
        route = PatrolRoute.objects.select_related("week", "team").get(half=5)
    at = route.leaves_at
    with clock.frozen(at), seen_as(cast.patroller):
        with pytest.raises(services.RunRefused, match="请先收队"):
            services.begin_run(actor=actor, at=at, route=route, crew="杨二")
        assert PatrolRun.objects.count() == 1
