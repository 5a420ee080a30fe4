"""Hand-overs offered to and by an organisation."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db.models import F, QuerySet

from nuantu.accounts.models import Grant
from nuantu.core import subjects
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.operations.models import Handover
from nuantu.operations.models.handovers import PREVIEW


class Scoped(Protocol):
    """A row with the columns that row-level security looks at."""

    owner_org: str
    division_code: str
    case_id: UUID | None


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


def note_shown(handover: Handover, actor: Actor) -> str:
    """What the giver wrote along; gone for a receiver whose offer was declined or taken back."""
    is_gone = handover.state in (Handover.State.DECLINED, Handover.State.WITHDRAWN)
    return "" if is_gone and _is_only_receiver(handover, actor) else handover.note


def link_shown(handover: Handover, actor: Actor, url: str | None) -> str | None:
    """The page of what is handed over, while the reader still gets in there and his role opens it."""
    if not subjects.may_open(actor, handover.subject_kind):
        return None
    is_gone = handover.state in (Handover.State.DECLINED, Handover.State.WITHDRAWN)
    return None if is_gone and _is_only_receiver(handover, actor) else url


def _is_only_receiver(handover: Handover, actor: Actor) -> bool:
    """The offer was all that opened this to the reader: he neither gave nor oversees it."""
    oversees = bool(actor.prefix) and handover.division_code.startswith(actor.prefix)
    return actor.org_code == handover.to_org and not oversees


def may_open_sealed(actor: Actor, rows: Iterable[Scoped], at: datetime) -> bool:
    """Whether one of these rows is open to the reader by more than an unanswered offer.

    The preview of a hand-over shows the case, not what is sealed in it: that is opened by whoever
    holds or oversees the case, or reads it on another grant. One query, and only for a reader
    with nothing but grants.
    """
    found = list(rows)
    if any(
        row.owner_org == actor.org_code
        or (actor.prefix and row.division_code.startswith(actor.prefix))
        for row in found
    ):
        return True
    cases = [row.case_id for row in found if row.case_id]
    live = Grant.objects.filter(
        organisation_id=actor.org_code,
        case_id__in=cases,
        ended_at=None,
        since__lte=at,
        until__gt=at,
    )
    return bool(cases) and live.exclude(purpose=PREVIEW).exists()


def _ordered(found: QuerySet[Handover]) -> QuerySet[Handover]:
    """Open offers first, then the latest answers."""
    return found.order_by(F("answered_at").desc(nulls_first=True), "-offered_at")
