"""Which walked patrols keep what the county promised, beginning with one that keeps nothing."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.ids import new_id
from nuantu.operations.models import Duty
from nuantu.operations.services import open_recurring
from nuantu.patrols import services
from nuantu.patrols.models import PatrolRun, PatrolVisit
from tests import builders
from tests.builders import PATROL
from tests.cast import COUNTY

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast, Player

    Seen = Callable[[Player], Any]

pytestmark = pytest.mark.django_db
SOON = PATROL + timedelta(minutes=6)
LATER = SOON + timedelta(minutes=20)


@pytest.fixture(autouse=True)
def _on_patrol(_at_night: None) -> Any:
    with clock.frozen(PATROL):
        yield


def _owed() -> list[Duty]:
    """The patrols of the week from 14 December that the county owes."""
    with scope.system("the job of the evening"):
        open_recurring(actor=SYSTEM, at=PATROL, division_code=COUNTY)
        rows = Duty.objects.filter(kind="patrol.daily", recurrence__contains="per_week:20261214")
        return list(rows.order_by("recurrence"))


def _another_walked(cast: "Cast", run: PatrolRun, visit: PatrolVisit) -> PatrolRun:
    """A second team walked the same on the same night."""
    with scope.system("another team walks on the same night"):
        second, stop = PatrolRun.objects.get(pk=run.pk), PatrolVisit.objects.get(pk=visit.pk)
        second.pk, second.public_id, second.counted_id = None, new_id(), None
        second.team = builders.a_team(cast, "夜巡二队")
        second.save()
        stop.pk, stop.public_id, stop.run = None, new_id(), second
        stop.state, stop.left_at = "nobody", SOON
        stop.save()
    return second


def _nobody_there(cast: "Cast", seen_as: "Seen") -> tuple[PatrolVisit, PatrolRun]:
    """The patroller found nobody at the only stop; before, three patrols were owed."""
    visit = builders.a_patrol_visit(cast)
    assert [duty.state for duty in _owed()] == ["open"] * 3
    with seen_as(cast.patroller):
        services.nobody_here(actor=cast.patroller.actor, at=SOON, visit=visit)
        return visit, PatrolRun.objects.get()


def test_a_patrol_that_left_its_stops_out_counts_for_nothing(cast: "Cast", seen_as: "Seen") -> None:
    run = builders.a_patrol_run(cast)
    _owed()
    with seen_as(cast.patroller):
        services.finish_run(actor=cast.patroller.actor, at=SOON, run=run, skip_reason="下雪封路")
    assert [duty.state for duty in _owed()] == ["open"] * 3


@pytest.mark.slow
def test_a_walked_patrol_keeps_one_promise_of_the_county_and_a_second_team_none_more(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit, run = _nobody_there(cast, seen_as)
    assert [duty.state for duty in _owed()] == ["done", "open", "open"]
    assert _owed()[0].evidence_id == run.public_id
    second = _another_walked(cast, run, visit)
    with scope.system("another team walked on the same night"):
        assert services.count_for_cadence(actor=cast.leader.actor, at=SOON, run=second) is None
    assert [duty.state for duty in _owed()] == ["done", "open", "open"]


@pytest.mark.slow
def test_a_result_taken_back_leaves_the_promise_open_until_it_is_entered_again(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit, _run = _nobody_there(cast, seen_as)
    actor = cast.patroller.actor
    with seen_as(cast.patroller):
        services.take_back_visit(actor=actor, at=LATER, visit=visit)
        assert PatrolRun.objects.get().counted_id is None
    assert [duty.state for duty in _owed()] == ["open"] * 3
    with seen_as(cast.patroller):
        services.met_people(actor=actor, at=LATER, visit=visit, count=1)
    assert [duty.state for duty in _owed()] == ["done", "open", "open"]


@pytest.mark.slow
def test_another_team_that_walked_keeps_the_promise_of_one_that_took_its_result_back(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit, first = _nobody_there(cast, seen_as)
    second = _another_walked(cast, first, visit)
    with seen_as(cast.patroller):
        mine = PatrolVisit.objects.get(run=first)
        services.take_back_visit(actor=cast.patroller.actor, at=LATER, visit=mine)
    assert [duty.state for duty in _owed()] == ["done", "open", "open"]
    assert _owed()[0].evidence_id == second.public_id
