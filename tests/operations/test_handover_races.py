"""Two who accept at the same moment, on two real connections: one gets it, one is told."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from nuantu.accounts.models import Grant
from nuantu.core import clock, journal, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty, Handover
from nuantu.operations.services import (
    HandoverRefused,
    accept_handover,
    decline_handover,
    offer_handover,
)
from nuantu.persons.models import Case
from tests import builders
from tests.cast import HOSPITAL, POLICE, TOWN, Cast, assemble

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROUNDS = 4


def _at_once(*work: tuple[Actor, Callable[[], object]]) -> list[object]:
    """Each on a connection and in the scope of its own, started together; refusals come back."""
    start = threading.Barrier(len(work))

    def press(one: tuple[Actor, Callable[[], object]]) -> object:
        actor, act = one
        try:
            with scope.enter(scope.of_actor(actor)):
                start.wait(5)
                return act()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(press, work))


def _offer(cast: Cast, case: Case, kind: str, to_org: str) -> Handover:
    return offer_handover(
        actor=cast.patroller.actor,
        at=clock.now(),
        subject=Subject(kind, case.public_id),
        case_id=case.case_id,
        to_org=to_org,
        purpose="送医",
        division_code=TOWN,
    )


def _decline(actor: Actor, handover: Handover) -> tuple[Actor, Callable[[], object]]:
    mine = Handover.objects.get(pk=handover.pk)
    return actor, lambda: decline_handover(
        actor=actor, at=clock.now(), handover=mine, reason="没有床位"
    )


def _accept(actor: Actor, handover: Handover) -> tuple[Actor, Callable[[], object]]:
    mine = Handover.objects.get(pk=handover.pk)
    return actor, lambda: accept_handover(actor=actor, at=clock.now(), handover=mine)


def test_of_two_houses_that_accept_one_case_at_once_one_holds_it() -> None:
    """Neither waits for the other for ever; the second reads that it is taken."""
    cast = assemble()
    for _round in range(ROUNDS):
        case = builders.a_case(cast)
        offers = [_offer(cast, case, "case", HOSPITAL), _offer(cast, case, "person", POLICE)]
        results = _at_once(
            _accept(cast.hospital.actor, offers[0]), _accept(cast.police.actor, offers[1])
        )
        (lost,) = [result for result in results if isinstance(result, HandoverRefused)]
        (won,) = [result for result in results if isinstance(result, Handover)]
        assert str(lost) == "这个个案已由其他单位接收，不用再答复。"
        assert Case.objects.get(pk=case.pk).owner_org == won.to_org
        states = Handover.objects.filter(case_id=case.public_id).values_list("state", flat=True)
        assert sorted(states) == ["accepted", "withdrawn"]
        previews = Grant.objects.filter(case_id=case.public_id, ended_at=None)
        assert not previews.filter(purpose="移交预览").exists()
        assert not Duty.objects.filter(kind="handover.answer", state="open").exists()
    assert not list(journal.verify())


def test_of_two_colleagues_who_answer_at_once_one_is_told_who_did() -> None:
    """Accepting and declining the same offer do not both happen."""
    cast = assemble()
    for _round in range(ROUNDS):
        handover = _offer(cast, builders.a_case(cast), "case", HOSPITAL)
        actor = cast.hospital.actor
        results = _at_once(_accept(actor, handover), _decline(actor, handover))
        (lost,) = [result for result in results if isinstance(result, HandoverRefused)]
        assert cast.hospital.name in str(lost)
        assert Handover.objects.get(pk=handover.pk).state in ("accepted", "declined")
