"""The legal gate: somebody else approves, somebody reviews; without approval the measure ends."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import journal, live, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.encounters.models import ModeRequest
from nuantu.encounters.services.owing import APPROVE, END, REVIEW, keep, owe, take_off
from nuantu.operations.selectors import rules_at
from nuantu.persons import services as persons
from nuantu.persons.models import Case

WHY: Final = "who asked decides and reviews, also when the case has changed hands"


class ModeRefused(Refusal):
    """The rescue mode cannot be decided or reviewed as asked."""


def decide_mode(
    *, actor: Actor, at: datetime, request: ModeRequest, is_approved: bool, note: str = ""
) -> ModeRequest:
    """Approve or refuse a mode that is not voluntary (X01).

    Never by whoever asked. A refusal needs its reason and ends the measure: the person is told that
    he may go, as a duty of minutes; care that he wants goes on. Raises ModeRefused.
    """
    if actor.public_id == request.asked_by_id:
        raise ModeRefused(_("不能批准自己提出的救助方式，请另一位负责人批准。"))
    if not is_approved and not note.strip():
        raise ModeRefused(_("不批准要写明理由。"), field="note")
    state = ModeRequest.State.APPROVED if is_approved else ModeRequest.State.REFUSED
    encounter = request.encounter
    with transaction.atomic(), scope.system(WHY):
        changed = ModeRequest.objects.filter(pk=request.pk, state=ModeRequest.State.ASKED).update(
            state=state,
            decided_at=at,
            decided_by=actor.name,
            decided_by_id=actor.public_id,
            decision_note=note.strip()[:300],
        )
        request.refresh_from_db()
        if not changed:
            raise ModeRefused(_("%(name)s 已经作了决定。") % {"name": request.decided_by})
        keep(
            actor=actor,
            at=at,
            encounter=encounter,
            kind=APPROVE,
            note=stored(request.get_state_display),
        )
        verb = "encounters.mode.approve" if is_approved else "encounters.mode.refuse"
        _note(actor, at, request, verb, f"救助方式审批：{stored(request.get_state_display)}", note)
        if not is_approved:
            _end_measure(actor, at, request, "不批准")
    return request


def review_mode(
    *, actor: Actor, at: datetime, request: ModeRequest, keeps: bool, note: str
) -> ModeRequest:
    """Look again whether the measure is still needed; ending it makes the help voluntary.

    By somebody other than who asked; the reason is kept. Raises ModeRefused.
    """
    if actor.public_id == request.asked_by_id:
        raise ModeRefused(_("不能复核自己提出的救助方式。"))
    if request.state != ModeRequest.State.APPROVED:
        raise ModeRefused(_("还没有批准的救助方式不能复核。"))
    if not note.strip():
        raise ModeRefused(_("请写明复核看到的情况。"), field="note")
    result = ModeRequest.Review.KEEP if keeps else ModeRequest.Review.END
    with transaction.atomic(), scope.system(WHY):
        changed = ModeRequest.objects.filter(pk=request.pk, review="").update(
            review=result, reviewed_at=at, reviewed_by=actor.name, review_note=note.strip()[:300]
        )
        request.refresh_from_db()
        if not changed:
            raise ModeRefused(_("%(name)s 已经复核过了。") % {"name": request.reviewed_by})
        keep(
            actor=actor,
            at=at,
            encounter=request.encounter,
            kind=REVIEW,
            note=stored(request.get_review_display),
        )
        _note(
            actor,
            at,
            request,
            "encounters.mode.review",
            f"救助方式复核：{stored(request.get_review_display)}",
            note,
        )
        if not keeps:
            _end_measure(actor, at, request, "复核后改为自愿")
    return request


def _end_measure(actor: Actor, at: datetime, request: ModeRequest, why: str) -> None:
    """From now on the help is voluntary, and somebody owes it to the person to say so."""
    encounter = request.encounter
    case = Case.objects.select_related("person").get(case_id=encounter.case_id)
    persons.set_rescue_mode(
        actor=actor, at=at, case=case, mode=Case.Mode.VOLUNTARY, basis="", reason=why
    )
    take_off(actor=actor, at=at, encounter=encounter, reason=why, kinds=(REVIEW,))
    minutes = rules_at(encounter.division_code, at).need("vague.clock", key="rescue").number
    owe(
        actor=actor,
        at=at,
        encounter=encounter,
        kind=END,
        due_at=at + timedelta(minutes=minutes),
        basis="国务院令第381号 第十一条",
        rule="P1-05",
    )


def _note(
    actor: Actor, at: datetime, request: ModeRequest, verb: str, summary: str, note: str
) -> None:
    encounter = request.encounter
    journal.record(
        verb=verb,
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
        summary=summary,
        basis=request.legal_basis,
        changes={"mode": request.mode, "note": note.strip()},
    )
    live.hint("encounters", encounter.division_code, encounter.owner_org)
