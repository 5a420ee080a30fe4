"""A team is sent and says how far it is; two who press at once are told who was first."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections

from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.models import JournalEntry
from nuantu.dispatch import services
from nuantu.dispatch.models import Dispatch, TeamPosition, Tip
from nuantu.dispatch.rules.phones import PhoneSaid
from nuantu.dispatch.rules.reports import Report
from nuantu.dispatch.selectors.candidates import candidates, point_offers, team_cards
from nuantu.operations.models import Duty, Team
from tests import builders
from tests.cast import Cast, assemble

EVENING = builders.EVENING
SOON = EVENING + timedelta(minutes=9)


@pytest.mark.django_db
@pytest.mark.usefixtures("evening")
class TestSteps:
    """One run from the dispatcher to the spot."""

    @pytest.mark.rule("P9-20", "P9-22", "P1-44")
    def test_arrival_keeps_the_promise(self, cast: Cast, team: Team) -> None:
        tip = builders.a_tip()
        at = tip.received_at
        run = services.assign(
            actor=cast.dispatcher.actor, at=at, tip=tip, team=team, guess_minutes=7
        )
        patroller = cast.patroller.actor
        for step, minutes, state in (
            (services.accept, 1, "assigned"),
            (services.depart, 2, "moving"),
            (services.arrive, 11, "on_scene"),
        ):
            run = step(actor=patroller, at=at + timedelta(minutes=minutes), run=run)
            tip.refresh_from_db()
            assert tip.state == state
        duty = Duty.objects.get(kind="dispatch.arrive")
        assert (duty.state, duty.done_at) == ("done", at + timedelta(minutes=11))
        assert tip.arrived_at == run.arrived_at == at + timedelta(minutes=11)
        assert (run.accepted_at, run.guess_minutes) == (at + timedelta(minutes=1), 7)

    def test_a_step_pressed_twice_counts_once(self, cast: Cast, team: Team) -> None:
        run = services.assign(
            actor=cast.dispatcher.actor, at=EVENING, tip=builders.a_tip(), team=team
        )
        first = services.accept(actor=cast.patroller.actor, at=EVENING, run=run)
        again = services.accept(actor=cast.patroller.actor, at=SOON, run=run)
        assert again.accepted_at == first.accepted_at == EVENING
        assert JournalEntry.objects.filter(verb="dispatch.run.accept").count() == 1

    def test_a_lost_line_may_skip_steps(self, cast: Cast, team: Team) -> None:
        run = services.assign(
            actor=cast.dispatcher.actor, at=EVENING, tip=builders.a_tip(), team=team
        )
        run = services.arrive(actor=cast.patroller.actor, at=SOON, run=run)
        assert run.accepted_at == run.departed_at == run.arrived_at == SOON

    def test_a_wrong_phone_clock_stands_apart(self, cast: Cast, team: Team) -> None:
        run = services.assign(
            actor=cast.dispatcher.actor, at=EVENING, tip=builders.a_tip(), team=team
        )
        yesterday = SOON - timedelta(days=1)
        said = PhoneSaid(at=yesterday, lat=26.5742, lon=107.9781, accuracy_metres=12)
        run = services.arrive(actor=cast.patroller.actor, at=SOON, run=run, phone=said)
        assert (run.arrived_at, run.claimed_arrived_at) == (SOON, yesterday)
        line = JournalEntry.objects.get(verb="dispatch.run.arrive")
        assert line.happened_at == SOON
        assert line.changes["phone_skew_seconds"] == -86400
        assert TeamPosition.objects.get().lat == 26.5742

    def test_a_run_that_has_ended_goes_no_further(self, cast: Cast, team: Team) -> None:
        run = services.assign(
            actor=cast.dispatcher.actor, at=EVENING, tip=builders.a_tip(), team=team
        )
        services.recall(actor=cast.dispatcher.actor, at=EVENING, run=run, reason="派错了")
        with pytest.raises(services.WrongStep, match="已召回"):
            services.depart(actor=cast.patroller.actor, at=SOON, run=run)

    @pytest.mark.parametrize("step", [services.decline, services.recall, services.not_found])
    def test_breaking_off_needs_its_reason(
        self, cast: Cast, team: Team, step: Callable[..., Dispatch]
    ) -> None:
        run = services.assign(
            actor=cast.dispatcher.actor, at=EVENING, tip=builders.a_tip(), team=team
        )
        with pytest.raises(services.ReasonMissing) as refused:
            step(actor=cast.dispatcher.actor, at=SOON, run=run, reason="  ")
        assert refused.value.field == "reason"

    def test_a_declined_tip_waits_again_and_its_clock_goes_on(self, cast: Cast, team: Team) -> None:
        tip = builders.a_tip()
        due = tip.due_at
        run = services.assign(actor=cast.dispatcher.actor, at=EVENING, tip=tip, team=team)
        services.decline(actor=cast.patroller.actor, at=SOON, run=run, reason="车坏了")
        tip.refresh_from_db()
        assert (tip.state, tip.assigned_at, tip.due_at) == ("new", None, due)
        (found,) = candidates(tip, team_cards(tip.division_code, SOON), SOON)
        assert "declined" in found.obstacles

    def test_not_found_means_having_been_there(self, cast: Cast, team: Team) -> None:
        tip = builders.a_tip()
        run = services.assign(actor=cast.dispatcher.actor, at=EVENING, tip=tip, team=team)
        run = services.depart(actor=cast.patroller.actor, at=EVENING, run=run)
        run = services.not_found(actor=cast.patroller.actor, at=SOON, run=run, reason="桥下没有人")
        tip.refresh_from_db()
        assert (run.state, run.arrived_at, tip.state) == ("not_found", SOON, "new")
        assert Duty.objects.get(kind="dispatch.arrive").state == "done"

    def test_a_second_team_is_sent_expressly(
        self, cast: Cast, team: Team, second_team: Team
    ) -> None:
        tip = builders.a_tip()
        dispatcher = cast.dispatcher.actor
        services.assign(actor=dispatcher, at=EVENING, tip=tip, team=team)
        with pytest.raises(services.AlreadyAssigned, match="甲队"):
            services.assign(actor=dispatcher, at=SOON, tip=tip, team=second_team)
        run = services.assign(actor=dispatcher, at=SOON, tip=tip, team=second_team, is_support=True)
        assert run.is_live

    def test_a_busy_team_is_sent_only_by_somebody_who_knows(self, cast: Cast, team: Team) -> None:
        dispatcher = cast.dispatcher.actor
        services.assign(actor=dispatcher, at=EVENING, tip=builders.a_tip(), team=team)
        other = builders.a_tip("三棵树镇政府门口")
        with pytest.raises(services.TeamBusy):
            services.assign(actor=dispatcher, at=SOON, tip=other, team=team)
        assert services.assign(
            actor=dispatcher, at=SOON, tip=other, team=team, may_be_busy=True
        ).is_live

    def test_a_check_in_changes_no_state(self, cast: Cast, team: Team) -> None:
        run = services.assign(
            actor=cast.dispatcher.actor, at=EVENING, tip=builders.a_tip(), team=team
        )
        run = services.check_in(actor=cast.patroller.actor, at=SOON, run=run)
        assert (run.state, run.checked_in_at) == ("assigned", SOON)


@pytest.mark.django_db
@pytest.mark.usefixtures("evening")
class TestGuidance:
    """No team can come in time."""

    @pytest.mark.rule("P1-45")
    def test_the_nearest_open_point_is_asked_and_its_help_keeps_the_promise(
        self, cast: Cast
    ) -> None:
        tip = builders.a_tip()
        point = builders.a_relief_point(cast)
        (offer,) = point_offers(tip, EVENING)
        assert offer.point == point
        asked = services.ask_relief_point(
            actor=cast.dispatcher.actor,
            at=EVENING,
            tip=tip,
            point_id=point.public_id,
            point_name=point.name,
            point_phone=point.phone,
            minutes=offer.minutes,
            guidance="先看人是否清醒，给热水和棉被",
        )
        assert "P1-45" in asked.basis
        for state, words in (("helping", "人清醒，已给棉被"), ("helped", "")):
            said = services.answer_guidance(
                actor=cast.dispatcher.actor, at=SOON, guidance=asked, state=state, answer=words
            )
            assert (said.state, said.answer) == (state, "人清醒，已给棉被")
        tip = services.close_tip(actor=cast.dispatcher.actor, at=SOON, tip=tip, outcome="on_spot")
        assert Duty.objects.get(kind="dispatch.arrive").state == "done"

    def test_a_point_is_asked_once_and_must_be_told_something(self, cast: Cast) -> None:
        tip, point = builders.a_tip(), builders.a_relief_point(cast)

        def ask(guidance: str) -> None:
            services.ask_relief_point(
                actor=cast.dispatcher.actor,
                at=EVENING,
                tip=tip,
                point_id=point.public_id,
                point_name=point.name,
                point_phone=point.phone,
                minutes=None,
                guidance=guidance,
            )

        with pytest.raises(services.GuidanceRefused):
            ask("")
        ask("给热水")
        with pytest.raises(services.GuidanceRefused):
            ask("给热水")


def both(work: Callable[[Actor], object], actors: list[Actor]) -> list[object]:
    """Two people press at the same moment, each on a connection of his own."""
    start = Barrier(len(actors))

    def press(actor: Actor) -> object:
        start.wait(5)
        try:
            with scope.enter(scope.of_actor(actor)):
                return work(actor)
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actors)) as pool:
        return list(pool.map(press, actors))


@pytest.mark.django_db(transaction=True)
class TestRaces:
    """Real transactions on two connections."""

    def test_of_two_dispatchers_one_sends_and_the_other_is_told_who(self) -> None:
        cast = assemble()
        tip, teams = builders.a_tip(), [builders.a_team(cast), builders.a_team(cast, "乙队")]
        choice = {cast.dispatcher.actor: teams[0], cast.leader.actor: teams[1]}
        results = both(
            lambda actor: services.assign(actor=actor, at=EVENING, tip=tip, team=choice[actor]),
            list(choice),
        )
        assert Dispatch.objects.count() == 1
        (lost,) = [result for result in results if isinstance(result, Refusal)]
        winner = Dispatch.objects.get()
        assert isinstance(lost, services.AlreadyAssigned)
        assert winner.assigned_by in str(lost)
        assert winner.team.name in str(lost)

    def test_one_free_team_is_not_sent_to_two_places(self) -> None:
        cast = assemble()
        team = builders.a_team(cast)
        tips = {
            cast.dispatcher.actor: builders.a_tip(),
            cast.leader.actor: builders.a_tip("三棵树镇政府门口"),
        }
        results = both(
            lambda actor: services.assign(actor=actor, at=EVENING, tip=tips[actor], team=team),
            list(tips),
        )
        assert Dispatch.objects.count() == 1
        assert sum(isinstance(result, services.TeamBusy) for result in results) == 1
        assert Tip.objects.filter(state="assigned").count() == 1

    def test_a_recall_and_an_arrival_do_not_both_happen(self) -> None:
        cast = assemble()
        run = builders.a_run(cast)

        def press(actor: Actor) -> Dispatch:
            if actor.name == cast.patroller.name:
                return services.decline(actor=actor, at=SOON, run=run, reason="车坏了")
            return services.arrive(actor=actor, at=SOON, run=run)

        results = both(press, [cast.patroller.actor, cast.dispatcher.actor])
        run.refresh_from_db()
        assert sum(isinstance(result, services.WrongStep) for result in results) == 1
        assert run.state in ("arrived", "declined")
        assert (run.arrived_at is None) == (run.state == "declined")

    def test_the_same_form_from_two_browsers_is_one_tip(self) -> None:
        cast = assemble()
        report = Report(place_text="南桥桥洞", idempotency_key="one-and-the-same")
        results = both(
            lambda actor: services.take_tip(actor=cast.operator.actor, at=EVENING, report=report),
            [cast.operator.actor, cast.dispatcher.actor],
        )
        assert Tip.objects.count() == 1
        assert len({result.code for result in results if isinstance(result, services.Taken)}) == 1
        assert connection.vendor == "postgresql"
