"""From a tip to the arrival: a patrol that passes near is sent past it. It begins with whose tip it is
not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.dispatch import services as dispatch
from nuantu.dispatch.models import Dispatch, Tip
from nuantu.encounters.forms.setting import setting_of
from nuantu.operations.models import Duty, TeamMember
from nuantu.patrols import services as patrols
from nuantu.patrols.models import PatrolReplan, PatrolRun, PatrolStop, PatrolVisit
from nuantu.patrols.rules.replanning import TEAM_LOST, Happening
from tests import builders
from tests.builders import PATROL
from tests.fieldwork.phones import Phone, enrolled, states
from tests.patrols.nights import Night
from tests.web import does_not_see, sees

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
    tip = builders.a_tip(MARKET, seen_text="一位老人躺着", flags=("elderly",))
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
        assert not Dispatch.objects.filter(state="arrived").exists()


@pytest.mark.parametrize(("language", "late"), [("zh-hans", "已超时"), ("en", "Overdue")])
def test_a_limit_that_nobody_kept_is_red_on_the_page_of_the_team(
    night: Night, language: str, late: str
) -> None:
    tip, stop, phone = _sent_past(night)
    _arrives(phone, stop)
    for minutes, is_late in ((1, False), (-1, True)):
        with scope.system("a test moves the limit of a tip that nobody has reached"):
            due = LATER + timedelta(minutes=minutes)
            Tip.objects.filter(pk=tip.pk).update(arrived_at=None, due_at=due)
        with clock.frozen(LATER):
            page = night.cast.patroller.browser(language).get(reverse("patrols:mine"))
        sees(page, f"{clock.local(due):%H:%M}")
        assert (f" · {late}</p>" in page.content.decode()) is is_late


def test_from_the_tip_to_the_arrival_the_promise_to_the_caller_is_kept(night: Night) -> None:
    tip, stop, phone = _sent_past(night)
    (shift,) = phone.bundle().json()["runs"]
    (shown,) = [one for one in shift["stops"] if one["place"] == MARKET]
    assert shown["planned_at"] <= f"{PATROL + timedelta(minutes=55):%Y-%m-%dT%H:%M}"
    _arrives(phone, stop)
    with clock.frozen(LATER):
        for language, danger in (("zh-hans", "老人"), ("en", "Elderly")):
            mine = night.cast.patroller.browser(language).get(reverse("patrols:mine"))
            sees(mine, MARKET, "一位老人躺着", danger)
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


def _of(tip: Tip) -> list[tuple[str, str, str]]:
    """The runs of a tip in their order: team, state, reason."""
    with scope.system("a test looks"):
        rows = Dispatch.objects.filter(tip=tip).select_related("team").order_by("pk")
        return [(run.team.name, run.state, run.reason) for run in rows]


def _state(tip: Tip) -> str:
    with scope.system("a test looks"):
        tip.refresh_from_db()
    return tip.state


def test_a_second_dispatcher_is_told_who_has_the_tip_and_another_team_goes_as_support(
    night: Night,
) -> None:
    tip, stop, phone = _sent_past(night)
    mine = stop.route.team
    (other,) = {night.one, night.two} - {mine}
    with clock.frozen(PATROL):
        board = night.cast.dispatcher.browser().get(reverse("dispatch:board"))
        words = night.cast.dispatcher.browser("en").get(reverse("dispatch:board"))
    expected = f"{clock.local(stop.arrives_at):%H:%M}"
    sees(board, mine.name, f"巡查途中，计划 {expected} 到")
    does_not_see(board, "&lt;span")
    sees(words, f"on patrol, planned there at {expected}")
    actor = night.cast.dispatcher.actor
    with scope.enter(scope.of_actor(actor)):
        with pytest.raises(dispatch.AlreadyAssigned, match=mine.name):
            dispatch.assign(actor=actor, at=PATROL, tip=tip, team=other)
        dispatch.assign(actor=actor, at=PATROL, tip=tip, team=other, is_support=True)
    _arrives(phone, stop)
    assert _of(tip) == [(mine.name, "arrived", ""), (other.name, "assigned", "")]


def test_a_tip_that_somebody_has_is_not_given_to_a_patrol_too(night: Night) -> None:
    tip, stop, _phone = _sent_past(night)
    with scope.enter(scope.of_actor(night.actor)):
        event = Happening.from_json(PatrolReplan.objects.get().event)
        twice = night.propose(replace(event, place=str(uuid4())))
        with pytest.raises(dispatch.AlreadyAssigned, match=stop.route.team.name):
            night.confirm(twice)
    assert len(_of(tip)) == 1


def _undone(night: Night, _stop: PatrolStop, _phone: Phone) -> None:
    with scope.enter(scope.of_actor(night.actor)):
        replan = PatrolReplan.objects.get()
        patrols.undo(actor=night.actor, at=LATER, replan=replan)


def _broken_off(night: Night, stop: PatrolStop, _phone: Phone) -> None:
    with scope.enter(scope.of_actor(night.actor)):
        run = PatrolRun.objects.get(team=stop.route.team)
        patrols.break_off(actor=night.actor, at=LATER, run=run, reason="车坏了")


def _passed_by(_night: Night, stop: PatrolStop, phone: Phone) -> None:
    with clock.frozen(LATER):
        answer = phone.send(phone.make("visit.pass_by", stop.public_id, reason="路断了"))
    assert states(answer) == ["applied"], answer.content.decode()


@pytest.mark.parametrize(
    ("happens", "why"),
    [(_undone, "撤销临时调整"), (_broken_off, "巡查中止：车坏了"), (_passed_by, "路断了")],
)
def test_a_tip_that_the_patrol_does_not_come_to_any_more_waits_again_with_its_clock(
    night: Night, happens: Callable[[Night, PatrolStop, Phone], None], why: str
) -> None:
    tip, stop, phone = _sent_past(night)
    assert _state(tip) == "assigned"
    happens(night, stop, phone)
    assert (_state(tip), tip.arrived_at) == ("new", None)
    assert _of(tip) == [(stop.route.team.name, "recalled", why)]
    with scope.system("a test looks"):
        owed = Duty.objects.get(kind="dispatch.arrive", subject_id=tip.public_id)
        dispatch.watch_stops(at=LATER)
    assert owed.state == "open"
    assert _state(tip) == "new"


def test_a_team_that_is_lost_gives_its_tip_to_the_other_one_once(night: Night) -> None:
    tip, stop, _phone = _sent_past(night)
    (other,) = {night.one, night.two} - {stop.route.team}
    later = PATROL + timedelta(minutes=1)
    lost = night.propose(Happening(TEAM_LOST, team=str(stop.route.team.public_id)), later)
    night.confirm(lost, later)
    assert [row[:2] for row in _of(tip)] == [
        (stop.route.team.name, "recalled"),
        (other.name, "assigned"),
    ]
    assert _state(tip) == "assigned"


def test_recalled_from_the_board_the_patrol_passes_by(night: Night) -> None:
    tip, stop, phone = _sent_past(night)
    actor = night.cast.dispatcher.actor
    with scope.enter(scope.of_actor(actor)):
        run = Dispatch.objects.select_related("tip", "team").get(tip=tip)
        dispatch.recall(actor=actor, at=PATROL, run=run, reason="家人接走了")
    with scope.system("a test looks"):
        visit = PatrolVisit.objects.get(spot_id=stop.spot_id)
    assert (visit.state, visit.reason) == ("skipped", "家人接走了")
    assert _state(tip) == "new"
    assert all(one["state"] != "planned" or one["place"] != MARKET
               for one in phone.bundle().json()["runs"][0]["stops"])  # fmt: skip


def test_nobody_at_the_stop_is_the_result_of_the_tip_and_pressed_back_it_is_there_again(
    night: Night,
) -> None:
    tip, stop, phone = _sent_past(night)
    _arrives(phone, stop)
    with clock.frozen(LATER + timedelta(minutes=6)):
        phone.send(phone.make("visit.nobody", stop.public_id, note="问过门卫"))
    team = stop.route.team.name
    assert _of(tip) == [(team, "not_found", "巡查队到过，没有人：问过门卫")]
    assert (_state(tip), tip.arrived_at) == ("new", LATER)
    with scope.system("a test looks"):
        (owed,) = Duty.objects.filter(subject_id=tip.public_id, kind="dispatch.decide")
    assert (owed.state, owed.due_at) == ("open", LATER + timedelta(minutes=11))
    with clock.frozen(LATER + timedelta(minutes=8)):
        phone.send(phone.make("visit.take_back", stop.public_id))
    assert [row[:2] for row in _of(tip)] == [(team, "not_found"), (team, "arrived")]
    with scope.system("a test looks"):
        owed.refresh_from_db()
    assert owed.state == "done"
    with clock.frozen(LATER + timedelta(minutes=9)):
        phone.send(phone.make("visit.met", stop.public_id, count=1))
    assert [row[:2] for row in _of(tip)] == [(team, "not_found"), (team, "done")]
    assert _state(tip) == "on_scene"


def test_the_team_reads_of_the_tip_at_its_stop_and_its_contact_ends_it(night: Night) -> None:
    tip, stop, phone = _sent_past(night)
    bundle = phone.bundle().json()
    (shown,) = [one for one in bundle["runs"][0]["stops"] if one["place"] == MARKET]
    assert bundle["dispatches"] == []
    assert (shown["words"], shown["dangers"]) == (tip.seen_text, tip.urgent_flags)
    _arrives(phone, stop)
    query = QueryDict(f"stop={stop.public_id}")
    with scope.enter(scope.of_actor(night.cast.patroller.actor)), clock.frozen(LATER):
        setting = setting_of(night.cast.patroller.actor, query)
    assert setting.tip == tip
    assert str(setting.run.public_id) == shown["dispatch"] if setting.run else False
