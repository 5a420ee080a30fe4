"""Hand-overs offered to and by an organisation."""

from django.db.models import F, QuerySet

from nuantu.core import subjects
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.operations.models import Handover


def incoming(actor: Actor) -> QuerySet[Handover]:
    """What other organisations offer to the reader's, open offers first."""
    return _ordered(Handover.objects.filter(to_org=actor.org_code))


def outgoing(actor: Actor) -> QuerySet[Handover]:
    """What the reader's organisation has offered to others."""
    return _ordered(Handover.objects.filter(owner_org=actor.org_code))


def overseen(actor: Actor) -> QuerySet[Handover]:
    """Hand-overs between other organisations of an overseen area."""
    between = Handover.objects.exclude(to_org=actor.org_code).exclude(owner_org=actor.org_code)
    return _ordered(between)


def waiting_count(actor: Actor) -> int:
    """How many offers wait for the reader's organisation."""
    return Handover.objects.filter(to_org=actor.org_code, state=Handover.State.OFFERED).count()


def subject_of(handover: Handover) -> tuple[str, str | None]:
    """What is handed over: its label and page, as the owning package says."""
    subject = Subject(handover.subject_kind, handover.subject_id)
    return subjects.label(subject), subjects.url(subject)


def _ordered(found: QuerySet[Handover]) -> QuerySet[Handover]:
    """Open offers first, then the latest answers."""
    return found.order_by(F("answered_at").desc(nulls_first=True), "-offered_at")
