"""Hold photos and videos from the nightly deletion while something about them is open (X13)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, journal, live, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import DutyClosed, complete_duty, open_duty
from nuantu.persons.models import EvidenceHold
from nuantu.persons.selectors.holds import HOLD
from nuantu.planbook import deadlines

REVIEW: Final = "evidence.hold_review"
TERM: Final = "keep.hold_review"
WHY: Final = "a hold of an overseer belongs to whoever holds the evidence"
_SUMMARY: Final = {"place": "保全影像证据", "keep": "继续保全影像证据", "end": "解除影像证据保全"}


class HoldRefused(Refusal):
    """The evidence cannot be held in this way."""


@dataclass(frozen=True, slots=True)
class About:
    """Whose evidence is held: the subject, its place and holder, and its case where it has one."""

    subject: Subject
    division_code: str
    owner_org: str
    case_id: UUID | None


def place_hold(
    *,
    actor: Actor,
    at: datetime,
    about: About,
    cause: str,
    reason: str,
    review_date: date,
    asked_by: str = "",
) -> EvidenceHold:
    """Hold the photos and videos of a case or a patrol until somebody ends it.

    That it is looked at again by `review_date` is owed as a duty, which does not keep the case from
    being closed. Raises HoldRefused without a
    reason, for a day that is over or farther away than `keep.hold_review`.
    """
    if not reason.strip():
        raise HoldRefused(_("请写明为什么要保全。"), field="reason")
    _must_be_near(about.division_code, review_date, at)
    with transaction.atomic(), scope.system(WHY):
        hold = EvidenceHold.objects.create(
            division_code=about.division_code,
            owner_org=about.owner_org,
            case_id=about.case_id,
            recorded_at=at,
            subject_kind=about.subject.kind,
            subject_id=about.subject.public_id,
            cause=cause,
            reason=reason.strip()[:300],
            asked_by=asked_by.strip()[:120],
            placed_by=actor.name,
            review_date=review_date,
        )
        _owe_review(actor, at, hold)
        _note("place", actor, at, hold)
    return hold


def keep_hold(
    *, actor: Actor, at: datetime, hold: EvidenceHold, reason: str, review_date: date
) -> EvidenceHold:
    """It was looked at and is needed still, until the next day of review. Raises HoldRefused."""
    if not reason.strip():
        raise HoldRefused(_("请写明为什么还要保全。"), field="reason")
    _must_be_near(hold.division_code, review_date, at)
    with transaction.atomic(), scope.system(WHY):
        held = _held(hold)
        held.reason, held.review_date = reason.strip()[:300], review_date
        _tick(actor, at, held)
        _owe_review(actor, at, held)
        held.save(update_fields=["reason", "review_date"])
        _note("keep", actor, at, held)
    return held


def end_hold(*, actor: Actor, at: datetime, hold: EvidenceHold, reason: str) -> EvidenceHold:
    """What was open is settled: the term of keeping counts again. Raises HoldRefused."""
    if not reason.strip():
        raise HoldRefused(_("请写明怎么办结、为什么可以解除。"), field="reason")
    with transaction.atomic(), scope.system(WHY):
        held = _held(hold)
        held.ended_at, held.ended_by, held.ended_reason = at, actor.name, reason.strip()[:300]
        held.save(update_fields=["ended_at", "ended_by", "ended_reason"])
        _tick(actor, at, held)
        _note("end", actor, at, held)
    return held


def _held(hold: EvidenceHold) -> EvidenceHold:
    found = EvidenceHold.objects.select_for_update().get(pk=hold.pk)
    if not found.is_open:
        raise HoldRefused(_("这次保全已经解除。"))
    return found


def _must_be_near(division_code: str, day: date, at: datetime) -> None:
    today = clock.local(at).date()
    most = int(rules_at(division_code, at).need(TERM).number)
    if not today < day <= today + timedelta(days=most):
        raise HoldRefused(_("复核日期应在明天到 %(n)s 天以内。") % {"n": most}, field="review_date")


def _owe_review(actor: Actor, at: datetime, hold: EvidenceHold) -> None:
    ruling = rules_at(hold.division_code, at).need(TERM)
    open_duty(
        actor=actor,
        at=at,
        kind=REVIEW,
        title="复核影像证据保全",
        title_en="Review the hold on photos and videos",
        subject=Subject(HOLD, hold.public_id),
        owner_org=hold.owner_org,
        division_code=hold.division_code,
        due_at=deadlines.end_of(hold.review_date),
        basis=ruling.source[:200],
    )


def _tick(actor: Actor, at: datetime, hold: EvidenceHold) -> None:
    """The review was made, whichever way it was decided."""
    owed = Duty.objects.filter(subject_kind=HOLD, subject_id=hold.public_id)
    duty = owed.filter(kind=REVIEW, state=Duty.State.OPEN).first()
    if duty is None:
        return
    try:
        complete_duty(actor=actor, at=at, duty=duty, evidence=hold.public_id)
    except DutyClosed:
        return


def _note(deed: str, actor: Actor, at: datetime, hold: EvidenceHold) -> None:
    journal.record(
        verb=f"persons.hold.{deed}",
        actor=actor,
        at=at,
        subjects=[Subject(hold.subject_kind, hold.subject_id), Subject(HOLD, hold.public_id)],
        division_code=hold.division_code,
        owner_org=hold.owner_org,
        case_id=hold.case_id,
        summary=_SUMMARY[deed],
        changes={"cause": hold.cause, "review_date": hold.review_date.isoformat()},
    )
    live.hint("persons", hold.division_code, hold.owner_org)
