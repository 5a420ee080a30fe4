"""Promises: opened, kept, late, explained, escalated; the losing side of each race."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from nuantu.core import journal, scope
from nuantu.core.actors import PUBLIC
from nuantu.core.errors import Refusal
from nuantu.core.ids import new_id
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.services import (
    DutyClosed,
    cancel_duty,
    complete_duty,
    escalate_due,
    give_breach_reason,
    open_duty,
    reopen_duty,
)
from tests import builders
from tests.cast import COUNTY, STATION, Cast

pytestmark = pytest.mark.django_db


def _duty(cast: Cast, at: datetime, *, case_id: UUID | None = None) -> Duty:
    return open_duty(
        actor=cast.operator.actor,
        at=at,
        kind="dispatch.arrive",
        title="30分钟内到达现场",
        subject=Subject("tip", new_id()),
        owner_org=STATION,
        division_code=COUNTY,
        case_id=case_id,
        basis="P9-20",
        due_at=at + timedelta(minutes=30),
    )


def _verbs(duty: Duty) -> list[str]:
    lines = journal.timeline(Subject("duty", duty.public_id))
    return [line.verb.rpartition(".")[2] for line in lines][::-1]


def test_outsiders_do_not_see_a_duty(cast: Cast, evening: datetime) -> None:
    duty = _duty(cast, evening)
    for player in (cast.outsider, cast.other_patroller, cast.hospital, cast.taxi_driver):
        with scope.enter(scope.of_actor(player.actor)):
            assert not Duty.objects.filter(pk=duty.pk).exists(), player.key
    for player in (cast.patroller, cast.section_head, cast.office):
        with scope.enter(scope.of_actor(player.actor)):
            assert Duty.objects.filter(pk=duty.pk).exists(), player.key


def test_a_duty_of_a_case_is_seen_with_its_grant(cast: Cast, evening: datetime) -> None:
    handover = builders.a_handover(cast, cast.hospital.actor.org_code)
    duty = _duty(cast, evening, case_id=handover.case_id)
    with scope.enter(scope.of_actor(cast.hospital.actor)):
        assert Duty.objects.filter(pk=duty.pk).exists()


def test_the_public_may_cause_a_duty_but_not_read_it(cast: Cast, evening: datetime) -> None:
    with scope.public():
        duty = open_duty(
            actor=PUBLIC,
            at=evening,
            kind="tip.triage",
            title="研判",
            subject=Subject("tip", new_id()),
            owner_org=STATION,
            division_code=COUNTY,
            basis="PA-17",
            due_at=evening + timedelta(minutes=5),
        )
        assert not Duty.objects.filter(pk=duty.pk).exists()


def test_a_clock_turns_amber_at_two_thirds_and_red_at_the_limit(
    cast: Cast, evening: datetime
) -> None:
    duty = _duty(cast, evening)
    states = [
        duty.clock(evening + timedelta(minutes=minute)).state for minute in (0, 19, 21, 29, 30)
    ]
    assert states == ["calm", "calm", "amber", "amber", "red"]


def test_a_duty_is_completed_once(cast: Cast, evening: datetime) -> None:
    duty = _duty(cast, evening)
    same = Duty.objects.get(pk=duty.pk)
    complete_duty(actor=cast.patroller.actor, at=evening, duty=duty, note="到了")
    with pytest.raises(DutyClosed, match="杨二"):
        complete_duty(actor=cast.leader.actor, at=evening, duty=same)
    assert _verbs(duty) == ["open", "complete"]
    assert Duty.objects.get(pk=duty.pk).done_by == "杨二"


def test_a_cancelled_duty_cannot_be_completed(cast: Cast, evening: datetime) -> None:
    duty = _duty(cast, evening)
    with pytest.raises(Refusal, match="原因"):
        cancel_duty(actor=cast.leader.actor, at=evening, duty=duty, reason=" ")
    cancel_duty(actor=cast.leader.actor, at=evening, duty=duty, reason="重复线索")
    with pytest.raises(DutyClosed, match="取消"):
        complete_duty(actor=cast.patroller.actor, at=evening, duty=duty)


def test_a_tick_can_be_undone_for_ten_minutes_by_the_same_person(
    cast: Cast, evening: datetime
) -> None:
    duty = _duty(cast, evening)
    complete_duty(actor=cast.patroller.actor, at=evening, duty=duty)
    with pytest.raises(Refusal):
        reopen_duty(actor=cast.leader.actor, at=evening, duty=duty)
    namesake = replace(cast.leader.actor, name=cast.patroller.name)
    with pytest.raises(Refusal):
        reopen_duty(actor=namesake, at=evening, duty=duty)
    with pytest.raises(Refusal):
        reopen_duty(actor=cast.patroller.actor, at=evening + timedelta(minutes=11), duty=duty)
    reopen_duty(actor=cast.patroller.actor, at=evening + timedelta(minutes=9), duty=duty)
    assert duty.state == Duty.State.OPEN
    assert duty.done_at is None


@pytest.mark.rule("P9-20")
def test_a_breach_asks_for_its_reason_once(cast: Cast, evening: datetime) -> None:
    duty = _duty(cast, evening)
    with pytest.raises(Refusal, match="没有超时"):
        give_breach_reason(actor=cast.leader.actor, at=evening, duty=duty, reason="早了")
    late = evening + timedelta(minutes=45)
    complete_duty(actor=cast.patroller.actor, at=late, duty=duty)
    with pytest.raises(Refusal, match="原因"):
        give_breach_reason(actor=cast.patroller.actor, at=late, duty=duty, reason="  ")
    give_breach_reason(actor=cast.patroller.actor, at=late, duty=duty, reason="桥面结冰")
    with pytest.raises(Refusal, match="已经写过"):
        give_breach_reason(actor=cast.leader.actor, at=late, duty=duty, reason="改口")
    assert Duty.objects.get(pk=duty.pk).breach_reason == "桥面结冰"
    assert duty.clock(late).remaining_seconds == -900


def test_the_ladder_tells_owner_leader_and_bureau_once_each(cast: Cast, evening: datetime) -> None:
    builders.a_watch(cast, evening)
    duty = _duty(cast, evening)
    for minute, taken in ((5, 0), (21, 1), (22, 0), (31, 1), (45, 0), (61, 1), (90, 0)):
        assert escalate_due(at=evening + timedelta(minutes=minute)) == taken, minute
    assert _verbs(duty) == ["open", "escalate", "escalate", "escalate"]
    told = [
        line.changes["told"]
        for line in journal.timeline(Subject("duty", duty.public_id))
        if line.verb.endswith("escalate")
    ]
    assert told[::-1] == [STATION, f"潘带班（{STATION}）", "MZ-522601"]


def test_a_duty_that_was_overlooked_climbs_every_rung(cast: Cast, evening: datetime) -> None:
    duty = _duty(cast, evening)
    assert escalate_due(at=evening + timedelta(hours=5)) == 3
    assert Duty.objects.get(pk=duty.pk).escalation == 3
    assert escalate_due(at=evening + timedelta(hours=6)) == 0


def test_what_is_done_is_not_escalated(cast: Cast, evening: datetime) -> None:
    duty = _duty(cast, evening)
    complete_duty(actor=cast.patroller.actor, at=evening, duty=duty)
    assert escalate_due(at=evening + timedelta(hours=5)) == 0


def test_the_database_refuses_a_duty_that_is_due_before_it_opens(
    cast: Cast, evening: datetime
) -> None:
    from django.db import IntegrityError, transaction

    duty = _duty(cast, evening)
    with pytest.raises(IntegrityError, match="operations_duty"), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(due_at=evening - timedelta(minutes=1))
