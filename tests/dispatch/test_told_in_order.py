"""Somebody from elsewhere: the police station first, then the county station (P10-24, X10, X12)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from nuantu.accounts.models import Organisation
from nuantu.core import clock, scope
from nuantu.core.errors import Refusal
from nuantu.core.models import JournalEntry
from nuantu.dispatch import services
from nuantu.dispatch.models import Notice, OrderedNotice
from nuantu.dispatch.rules.notices import Line, recipients, sequence
from nuantu.dispatch.selectors.ordered import calls_of_tip, order_of_case
from nuantu.operations.models import Duty
from nuantu.persons import services as persons
from nuantu.persons.models import Case
from tests import builders
from tests.builders import EVENING
from tests.cast import BUREAU, POLICE, Cast, Player

pytestmark = pytest.mark.django_db
TERM = timedelta(minutes=30)


def _after(minutes: int) -> datetime:
    return EVENING + timedelta(minutes=minutes)


def _a_case(cast: Cast) -> Case:
    """Somebody whom the township's officer met, and who says he is not from here."""
    actor = cast.township.actor
    with clock.frozen(EVENING):
        case = builders.a_case(cast, cast.township)
    with scope.enter(scope.of_actor(actor)):
        persons.assign_classes(
            actor=actor, at=EVENING, case=case, codes=["non_local"], source="现场接触"
        )
    return case


def _steps(case: Case) -> list[OrderedNotice]:
    return list(OrderedNotice.objects.filter(of_case=case).order_by("rank"))


def _steps_of(row: OrderedNotice) -> list[OrderedNotice]:
    return list(OrderedNotice.objects.filter(of_case=row.of_case_id).order_by("rank"))


def _tell(cast: Cast, step: OrderedNotice, at: datetime, **said: Any) -> OrderedNotice:
    actor = cast.township.actor
    with scope.enter(scope.of_actor(actor)):
        return services.tell(actor=actor, at=at, step=step, way="phone", **said)


def _refused(player: Player, step: OrderedNotice, deed: str) -> int:
    with clock.frozen(EVENING):
        return (
            player.browser().post(f"/order/{step.public_id}/{deed}/", {"way": "phone"}).status_code
        )


@pytest.mark.rule("P10-24")
class TestInOrder:
    """The county's plan is in force: it orders the police station before the county station."""

    @pytest.fixture(autouse=True)
    def plan(self, cast: Cast) -> None:
        builders.a_plan("P10", BUREAU)

    def test_nobody_else_records_it(self, cast: Cast) -> None:
        """Who only reads may not press, and what another place holds is not there."""
        police, _station = _steps(_a_case(cast))
        for player, status in ((cast.auditor, 403), (cast.outsider, 404)):
            for deed in ("told", "left-out", "answer"):
                assert _refused(player, police, deed) == status, (player.key, deed)
        assert _steps_of(police)[0].is_due

    def test_the_second_waits_for_the_first_and_his_clock_begins_then(self, cast: Cast) -> None:
        police, station = _steps(_a_case(cast))
        assert (police.recipient, station.recipient) == ("police", "relief_station")
        assert (police.starts_at, police.due_at) == (EVENING, EVENING + TERM)
        assert station.is_waiting
        assert "P10-24" in police.basis
        assert "X56" in police.basis
        told = _tell(cast, police, _after(12), answer="值班民警王某接，马上来")
        assert (told.told_at, told.way, told.by) == (_after(12), "phone", "陆干事")
        police, station = _steps_of(police)
        assert (station.starts_at, station.due_at) == (_after(12), _after(12) + TERM)
        duties = Duty.objects.filter(kind="dispatch.tell_in_order").order_by("pk")
        assert [duty.state for duty in duties] == ["done", "open"]
        assert duties[0].basis_rule == "P10-24"
        line = JournalEntry.objects.get(verb="dispatch.order.tell")
        assert line.summary == "已依次通知：1 派出所"

    def test_the_second_begins_when_the_term_of_the_first_is_gone_by(self, cast: Cast) -> None:
        police, station = _steps(_a_case(cast))
        with scope.system("as the job runs"):
            assert services.pass_terms(at=_after(29)) == 0
            assert services.pass_terms(at=_after(31)) == 1
            assert services.pass_terms(at=_after(32)) == 0
        police, station = _steps_of(police)
        assert (station.starts_at, police.is_due) == (EVENING + TERM, True)
        assert _tell(cast, station, _after(40)).early_reason == ""
        assert _steps_of(police)[0].is_due, "the police are still owed a call"

    def test_the_second_is_told_early_only_with_a_reason(self, cast: Cast) -> None:
        _police, station = _steps(_a_case(cast))
        with pytest.raises(Refusal, match="没有轮到救助管理站"):
            _tell(cast, station, _after(2))
        row = _tell(cast, station, _after(2), early_reason="人冻得厉害，先请站里派车")
        assert (row.state, row.early_reason) == ("told", "人冻得厉害，先请站里派车")

    def test_nobody_is_left_out_in_silence(self, cast: Cast) -> None:
        """Left out for a reason only; until then the case cannot be closed."""
        police, _station = _steps(case := _a_case(cast))
        actor = cast.township.actor
        with scope.enter(scope.of_actor(actor)):
            with pytest.raises(Refusal, match="为什么不需要通知"):
                services.leave_out(actor=actor, at=_after(1), step=police, reason=" ")
            with pytest.raises(Refusal, match="还没有依次通知：派出所、救助管理站"):
                persons.close_case(actor=actor, at=_after(1), case=case, closing="to_station")
            services.leave_out(
                actor=actor, at=_after(2), step=police, reason="民警在场，一起发现的"
            )
            with pytest.raises(Refusal, match="已经登记"):
                services.tell(actor=actor, at=_after(3), step=police, way="phone")
        assert _steps(case)[1].starts_at == _after(2)

    def test_the_answer_may_come_later(self, cast: Cast) -> None:
        police, _station = _steps(_a_case(cast))
        actor = cast.township.actor
        with scope.enter(scope.of_actor(actor)):
            with pytest.raises(Refusal, match="先登记通知"):
                services.put_answer(actor=actor, at=_after(1), step=police, answer="已来")
            services.tell(actor=actor, at=_after(1), step=police, way="phone")
            row = services.put_answer(actor=actor, at=_after(50), step=police, answer="已登记")
        assert (row.answer, row.answered_at) == ("已登记", _after(50))

    def test_a_caller_says_so_and_the_team_is_sent_all_the_same(self, cast: Cast) -> None:
        """The station holds the tip and knows of it; the police have not answered, and he is helped."""
        with clock.frozen(EVENING):
            tip = builders.a_tip(flags=("non_local",))
            run = builders.a_run(cast)
        police, station = OrderedNotice.objects.filter(tip=tip).order_by("rank")
        assert (station.state, station.way, police.state) == ("told", "system", "due")
        assert not Notice.objects.filter(tip=tip, recipient="110").exists()
        run = services.assign(
            actor=cast.dispatcher.actor, at=_after(1), tip=tip, team=run.team, may_be_busy=True
        )
        services.arrive(actor=cast.patroller.actor, at=_after(20), run=run)
        services.close_tip(actor=cast.dispatcher.actor, at=_after(25), tip=tip, outcome="station")
        police.refresh_from_db()
        tip.refresh_from_db()
        assert (tip.state, police.state) == ("closed", "due")
        assert Duty.objects.get(kind="dispatch.tell_in_order").state == "open"

    def test_a_team_sees_whom_to_call_and_the_tip_who_waits(self, cast: Cast) -> None:
        """The call button stands where the organisation has its number; the phone asks nobody to wait."""
        Organisation.objects.filter(code=POLICE).update(phone="0855-0000110")
        with clock.frozen(EVENING):
            run = builders.a_run(cast)
            tip = run.tip
            services.mark_urgent(
                actor=cast.operator.actor, at=EVENING, tip=tip, flags=["non_local"]
            )
            phone = cast.patroller.browser().get("/phone/").content.decode()
            page = cast.operator.browser().get(f"/tips/{tip.public_id}/").content.decode()
        assert 'href="tel:0855-0000110"' in phone
        assert "外地人员：依次通知" in page
        tip.refresh_from_db()
        call = {"who": "1. 派出所", "number": "0855-0000110"}
        assert calls_of_tip(tip, EVENING) == [call]

    def test_the_page_shows_who_is_next_and_who_waits(self, cast: Cast) -> None:
        case = _a_case(cast)
        lines = order_of_case(case.case_id, EVENING)
        assert [line.waits_for for line in lines] == ["", "派出所"]
        page = cast.township.browser().get(lines[0].url).content.decode()
        assert "凯里市公安局" in page
        assert "等派出所" in page


def test_without_such_a_plan_nobody_is_told_first(cast: Cast) -> None:
    """P1 makes no difference between people from here and from elsewhere (X12)."""
    builders.a_season()
    assert not _steps(_a_case(cast))


def test_where_life_hangs_on_it_all_are_told_at_once() -> None:
    lines = (
        Line(
            "any",
            frozenset({"non_local"}),
            ("police", "relief_station"),
            "P10-24",
            "any",
            "in_order",
        ),
        Line(
            "any", frozenset({"minor"}), ("hospital", "relief_station"), "S1-09", "any", "in_order"
        ),
    )
    both = frozenset({"non_local", "minor"})
    waiting = sequence(lines, finders={"citizen"}, classes=both)
    assert [one.code for one in waiting] == ["police", "relief_station"]
    at_once = recipients(lines, channel="hotline", classes=both)
    assert [one.code for one in at_once] == ["hospital", "relief_station"]
