"""What is owed to a person next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nuantu.core import subjects
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock


@dataclass(frozen=True, slots=True)
class Owed:
    """One open duty of a case as the page shows it."""

    title: str
    clock: Clock
    due_at: datetime
    owner_org: str
    url: str


def next_duties(case_ids: Iterable[UUID], at: datetime) -> list[Owed]:
    """Open duties of these cases, the most pressing first; those about a case that stay with
    another house when it moves are among them for that house."""
    ids = list(case_ids)
    about = Q(case_id__in=ids) | Q(subject_kind="case", subject_id__in=ids)
    rows = Duty.objects.filter(about, state=Duty.State.OPEN).order_by("due_at")
    return [
        Owed(
            title=row.said,
            clock=row.clock(at),
            due_at=row.due_at,
            owner_org=row.owner_org,
            url=subjects.url(Subject("duty", row.public_id)) or "",
        )
        for row in rows[:20]
    ]


def open_titles(case_id: UUID) -> list[str]:
    """What still stands open in a case, for the refusal to close it."""
    rows = Duty.objects.filter(case_id=case_id, state=Duty.State.OPEN).order_by("due_at")
    return [row.said for row in rows[:5]]
