"""The first receiver owns until somebody accepts (首接负责)."""

from datetime import datetime, timedelta

import pytest

from nuantu.accounts.models import Grant
from nuantu.core import clock, journal, scope
from nuantu.core.ids import new_id
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty, Handover
from nuantu.operations.services import (
    HandoverRefused,
    accept_handover,
    decline_handover,
    offer_handover,
    open_duty,
    withdraw_handover,
)
from nuantu.persons.models import Case
from tests import builders
from tests.cast import HOSPITAL, POLICE, STATION, TOWN, Cast

pytestmark = pytest.mark.django_db


def _offer(cast: Cast, to_org: str) -> Handover:
    return offer_handover(
        actor=cast.patroller.actor,
        at=clock.now(),
        subject=Subject("tip", new_id()),
        case_id=None,
        to_org=to_org,
        purpose="就医",
        division_code=TOWN,
    )


def _open_duty(cast: Cast, case: Case) -> Duty:
    return open_duty(
        actor=cast.patroller.actor,
        at=clock.now(),
        kind="encounter.revisit",
        title="回访",
        subject=Subject("case", case.public_id),
        owner_org=STATION,
        division_code=TOWN,
        case_id=case.public_id,
        due_at=clock.now() + timedelta(days=3),
        basis="P9-12",
    )


@pytest.mark.parametrize(("to_org", "says"), [("YY-000000-1", "没有"), (STATION, "自己")])
def test_an_offer_to_nobody_or_to_oneself_is_refused(cast: Cast, to_org: str, says: str) -> None:
    with pytest.raises(HandoverRefused, match=says):
        _offer(cast, to_org)


def test_only_the_receiver_answers(cast: Cast) -> None:
    handover = builders.a_handover(cast, HOSPITAL)
    for player in (cast.police, cast.patroller, cast.section_head, cast.outsider):
        with pytest.raises(HandoverRefused):
            accept_handover(actor=player.actor, at=clock.now(), handover=handover)
        with pytest.raises(HandoverRefused):
            decline_handover(actor=player.actor, at=clock.now(), handover=handover, reason="x")
    with pytest.raises(HandoverRefused):
        withdraw_handover(actor=cast.hospital.actor, at=clock.now(), handover=handover)
    assert Handover.objects.get(pk=handover.pk).state == Handover.State.OFFERED


def test_a_thing_is_offered_once_at_a_time(cast: Cast) -> None:
    handover = builders.a_handover(cast, HOSPITAL)
    with pytest.raises(HandoverRefused, match="等对方答复"):
        offer_handover(
            actor=cast.patroller.actor,
            at=clock.now(),
            subject=Subject(handover.subject_kind, handover.subject_id),
            case_id=handover.subject_id,
            to_org=POLICE,
            purpose="走失",
        )


def test_until_accepted_the_giver_owns_and_the_receiver_reads(cast: Cast) -> None:
    handover = builders.a_handover(cast, HOSPITAL)
    assert Case.objects.get(public_id=handover.subject_id).owner_org == STATION
    with scope.enter(scope.of_actor(cast.hospital.actor)):
        assert Case.objects.filter(public_id=handover.subject_id).exists()
        assert Handover.objects.filter(pk=handover.pk).exists()
    with scope.enter(scope.of_actor(cast.police.actor)):
        assert not Case.objects.filter(public_id=handover.subject_id).exists()
        assert not Handover.objects.filter(pk=handover.pk).exists()


def test_the_receiver_owes_an_answer(cast: Cast) -> None:
    handover = builders.a_handover(cast, HOSPITAL)
    answer = Duty.objects.get(kind="handover.answer")
    assert answer.owner_org == HOSPITAL
    assert answer.basis_rule == "S1-27"
    accept_handover(actor=cast.hospital.actor, at=clock.now(), handover=handover)
    answer.refresh_from_db()
    assert answer.state == Duty.State.DONE


def test_accepting_moves_the_case_and_its_open_duties(cast: Cast) -> None:
    handover = builders.a_handover(cast, HOSPITAL)
    case = Case.objects.get(public_id=handover.subject_id)
    duty = _open_duty(cast, case)
    accept_handover(actor=cast.hospital.actor, at=clock.now(), handover=handover)
    case.refresh_from_db()
    duty.refresh_from_db()
    assert case.owner_org == HOSPITAL
    assert duty.owner_org == HOSPITAL
    verbs = {line.verb for line in journal.timeline(Subject("case", case.public_id))}
    assert {"operations.handover.offer", "operations.handover.accept"} <= verbs


def test_the_giver_reads_on_for_a_set_term(cast: Cast) -> None:
    handover = builders.a_handover(cast, HOSPITAL)
    now = clock.now()
    accept_handover(actor=cast.hospital.actor, at=now, handover=handover)
    live = Grant.objects.filter(case_id=handover.subject_id, ended_at=None)
    assert [(grant.organisation_id, grant.until - now) for grant in live] == [
        (STATION, timedelta(days=30))
    ]
    with scope.enter(scope.of_actor(cast.patroller.actor)):
        assert Case.objects.filter(public_id=handover.subject_id).exists()
    with clock.frozen(now + timedelta(days=31)), scope.enter(scope.of_actor(cast.patroller.actor)):
        assert not Case.objects.filter(public_id=handover.subject_id).exists()


def test_declining_needs_a_reason_and_ends_the_preview(cast: Cast) -> None:
    handover = builders.a_handover(cast, HOSPITAL)
    with pytest.raises(HandoverRefused, match="原因"):
        decline_handover(actor=cast.hospital.actor, at=clock.now(), handover=handover, reason=" ")
    decline_handover(
        actor=cast.hospital.actor, at=clock.now(), handover=handover, reason="没有床位"
    )
    assert Case.objects.get(public_id=handover.subject_id).owner_org == STATION
    assert not Grant.objects.filter(case_id=handover.subject_id, ended_at=None).exists()
    with scope.enter(scope.of_actor(cast.hospital.actor)):
        assert not Case.objects.filter(public_id=handover.subject_id).exists()


def test_of_two_who_accept_the_second_is_refused(cast: Cast, evening: datetime) -> None:
    handover = builders.a_handover(cast, HOSPITAL)
    same = Handover.objects.get(pk=handover.pk)
    accept_handover(actor=cast.hospital.actor, at=clock.now(), handover=handover)
    with pytest.raises(HandoverRefused, match="何医生"):
        accept_handover(actor=cast.hospital.actor, at=clock.now(), handover=same)
    with pytest.raises(HandoverRefused, match="何医生"):
        withdraw_handover(actor=cast.patroller.actor, at=clock.now(), handover=same)
    assert Grant.objects.filter(case_id=handover.subject_id, ended_at=None).count() == 1


def test_a_withdrawn_offer_leaves_nothing_open(cast: Cast) -> None:
    handover = builders.a_handover(cast, HOSPITAL)
    withdraw_handover(actor=cast.patroller.actor, at=clock.now(), handover=handover)
    assert not Duty.objects.filter(kind="handover.answer", state="open").exists()
    assert not Grant.objects.filter(case_id=handover.subject_id, ended_at=None).exists()
    assert builders.a_handover(cast, HOSPITAL).state == Handover.State.OFFERED


def test_a_second_offer_of_a_case_is_gone_once_somebody_took_the_case(cast: Cast) -> None:
    taken = builders.a_handover(cast, HOSPITAL)
    other = offer_handover(
        actor=cast.patroller.actor,
        at=clock.now(),
        subject=Subject("encounter", new_id()),
        case_id=taken.case_id,
        to_org=POLICE,
        purpose="走失",
        division_code=TOWN,
    )
    accept_handover(actor=cast.hospital.actor, at=clock.now(), handover=taken)
    with pytest.raises(HandoverRefused):
        accept_handover(actor=cast.police.actor, at=clock.now(), handover=other)
    assert Case.objects.get(public_id=taken.subject_id).owner_org == HOSPITAL
    assert not Grant.objects.filter(organisation_id=POLICE, ended_at=None).exists()
    assert not Duty.objects.filter(kind="handover.answer", state=Duty.State.OPEN).exists()
