"""From a tip to the arrival: a patrol that passes near is sent past it. It begins with whose tip it is
not."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.dispatch import services as dispatch
from nuantu.dispatch.models import Dispatch, Tip
from nuantu.operations.models import Duty, TeamMember
from nuantu.patrols.models import PatrolReplan, PatrolStop
from tests import builders
from tests.builders import PATROL
from tests.fieldwork.phones import Phone, enrolled, states
from tests.patrols.nights import Night
from tests.web import sees

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # the search is compiled the first time
MARKET = "三棵树镇农贸市场"
LATER = PATROL + timedelta(minutes=25)


@pytest.fixture
def night(cast: "Cast") -> Night:
    return Night(cast)


def _sent_past(night: Night) -> tuple[Tip, PatrolStop, Phone]:
    """Two teams are out; a tip with a deadline is proposed as an urgent stop and confirmed on the
    pages. The phone is one of the team that goes there."""
    desk = night.cast.dispatcher.browser()
    for team in (night.one, night.two):
        night.out(team)
    tip = builders.a_tip(MARKET)
    with scope.system("a test promises that moment"):
        Tip.objects.filter(pk=tip.pk).update(due_at=PATROL + timedelta(minutes=55))
    url = reverse("patrols:adjust", args=[night.week.public_id])
    answer = desk.post(url, {"kind": "urgent", "waits": str(tip.public_id)})
    sees(desk.get(answer["Location"]), MARKET, "赶得上")
    with scope.system("a test looks"):
        replan = PatrolReplan.objects.get()
    desk.post(reverse("patrols:replan_confirm", args=[replan.public_id]))
    with scope.system("a test looks"):
        stop = PatrolStop.objects.select_related("route__team").get(place=MARKET)
        TeamMember.objects.create(team=stop.route.team, user=night.cast.patroller.account)
    return tip, stop, enrolled(night.cast.patroller, stop.route)


def _arrives(phone: Phone, stop: PatrolStop) -> None:
    with clock.frozen(LATER):
        answer = phone.send(phone.make("visit.arrive", stop.public_id))
    assert states(answer) == ["applied"], answer.content.decode()


def test_a_tip_that_was_closed_meanwhile_is_left_alone_and_the_team_arrives(night: Night) -> None:
    tip, stop, phone = _sent_past(night)
    with scope.system("a test closes the tip"):
        Tip.objects.filter(pk=tip.pk).update(
            state=Tip.State.CLOSED, outcome=Tip.Outcome.LEFT, closed_at=PATROL
        )
    _arrives(phone, stop)
    with scope.system("a test looks"):
        assert not Dispatch.objects.exists()


def test_from_the_tip_to_the_arrival_the_promise_to_the_caller_is_kept(night: Night) -> None:
    tip, stop, phone = _sent_past(night)
    (shift,) = phone.bundle().json()["runs"]
    (shown,) = [one for one in shift["stops"] if one["place"] == MARKET]
    assert shown["planned_at"] <= f"{PATROL + timedelta(minutes=55):%Y-%m-%dT%H:%M}"
    _arrives(phone, stop)
    with scope.system("a test looks"):
        tip.refresh_from_db()
        run = Dispatch.objects.get(tip=tip)
        owed = Duty.objects.get(kind="dispatch.arrive", subject_id=tip.public_id)
        said = JournalEntry.objects.filter(verb="dispatch.run.arrive").count()
    assert (run.team, run.state, run.arrived_at) == (stop.route.team, "arrived", LATER)
    assert (tip.state, tip.arrived_at, owed.state) == ("on_scene", LATER, "done")
    assert said == 1
    with clock.frozen(LATER):
        page = night.cast.operator.browser().get(reverse("dispatch:tip", args=[tip.public_id]))
    sees(page, "到达现场", stop.route.team.name)


def test_beside_the_team_that_was_sent_the_patrol_arrives_as_its_support(night: Night) -> None:
    tip, stop, phone = _sent_past(night)
    (other,) = {night.one, night.two} - {stop.route.team}
    actor = night.cast.dispatcher.actor
    with scope.enter(scope.of_actor(actor)):
        dispatch.assign(actor=actor, at=PATROL, tip=tip, team=other)
    _arrives(phone, stop)
    with scope.system("a test looks"):
        runs = {run.team: run.state for run in Dispatch.objects.filter(tip=tip)}
    assert runs == {other: "assigned", stop.route.team: "arrived"}
