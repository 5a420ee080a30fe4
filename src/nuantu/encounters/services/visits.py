"""The next visit: met again, or not, with the result."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import journal, live
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.encounters.models import Encounter, Revisit
from nuantu.encounters.rules.refusals import latest_revisit
from nuantu.encounters.services.owing import REVISIT, owe
from nuantu.operations.models import Duty
from nuantu.operations.selectors import level_of, rules_at
from nuantu.operations.services import complete_duty


class RevisitRefused(Refusal):
    """The result of a visit cannot be written as asked."""


def answer_revisit(*, actor: Actor, at: datetime, revisit: Revisit, met: Encounter) -> Revisit:
    """The person was met again: the new contact keeps the promise."""
    _settle(actor, at, revisit, Revisit.Result.MET, "", met)
    return revisit


def complete_revisit(
    *, actor: Actor, at: datetime, revisit: Revisit, result: str, note: str
) -> Revisit:
    """Nobody was met: write what was found. Not seen promises one more visit (X15).

    Raises RevisitRefused for an unknown result, without a note, or when it was answered before.
    """
    if result not in Revisit.Result.values or result in (
        "",
        Revisit.Result.MET,
        Revisit.Result.WITHDRAWN,
    ):
        raise RevisitRefused(_("请选择回访结果；见到了人请登记一次接触。"), field="result")
    if not note.strip():
        raise RevisitRefused(_("请写明看到了什么、问过谁。"), field="note")
    with transaction.atomic():
        _settle(actor, at, revisit, Revisit.Result(result), note.strip()[:300], None)
        if result == Revisit.Result.NOT_SEEN:
            _again(actor, at, revisit)
    return revisit


def _settle(
    actor: Actor,
    at: datetime,
    revisit: Revisit,
    result: Revisit.Result,
    note: str,
    met: Encounter | None,
) -> None:
    with transaction.atomic():
        changed = Revisit.objects.filter(pk=revisit.pk, result="").update(
            result=result, note=note, done_at=at, done_by=actor.name, met=met
        )
        if not changed:
            raise RevisitRefused(_("这次回访已经登记过了。"))
        revisit.refresh_from_db()
        duty = Duty.objects.filter(public_id=revisit.duty_id, state=Duty.State.OPEN).first()
        if duty is not None:
            words = note or stored(result.label)
            complete_duty(actor=actor, at=at, duty=duty, note=words[:200])
        encounter = revisit.encounter
        journal.record(
            verb="encounters.revisit.complete",
            actor=actor,
            at=at,
            subjects=[
                Subject("person", encounter.person.public_id),
                Subject("case", encounter.case_ref),
                Subject("encounter", encounter.public_id),
            ],
            division_code=encounter.division_code,
            owner_org=encounter.owner_org,
            case_id=encounter.case_id,
            summary=f"回访结果：{stored(result.label)}",
            changes={"result": str(result), "note": note},
        )
        live.hint("encounters", encounter.division_code, encounter.owner_org)


def _again(actor: Actor, at: datetime, revisit: Revisit) -> Revisit:
    """Not seen once is no end: the next visit is due after the interval of today's level."""
    encounter = revisit.encounter
    level = level_of(encounter.division_code, at).level
    ruling = rules_at(encounter.division_code, at).find("refusal.revisit", level=level)
    due = latest_revisit(at, ruling.number if ruling else 1.0)
    duty = owe(
        actor=actor,
        at=at,
        encounter=encounter,
        kind=REVISIT,
        due_at=due,
        basis=ruling.source if ruling else "P9-12",
        rule="P9-12",
    )
    return Revisit.objects.create(encounter=encounter, duty_id=duty.public_id, due_at=due)
