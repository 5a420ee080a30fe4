"""Who opened which paper: a line of the last minutes is the permission to read its content."""

from datetime import datetime, timedelta
from typing import Final

from nuantu.core.actors import Actor
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.papers.models import Paper

OPEN_FOR: Final = timedelta(minutes=10)
# Whoever just issued or signed a paper has seen it.
OPENING: Final = (
    "papers.paper.open",
    "papers.paper.issue",
    "papers.paper.reissue",
    "papers.paper.sign",
)


def open_until(actor: Actor, paper: Paper, at: datetime) -> datetime | None:
    """Until when the content stays open to the actor; None where it is closed."""
    last = (
        JournalEntry.objects.filter(
            verb__in=OPENING,
            actor_id=actor.public_id,
            recorded_at__gt=at - OPEN_FOR,
            subjects__kind="paper",
            subjects__subject_id=paper.public_id,
        )
        .order_by("-recorded_at")
        .values_list("recorded_at", flat=True)
        .first()
    )
    return last + OPEN_FOR if last else None


def is_open_to(actor: Actor, paper: Paper, at: datetime) -> bool:
    """Whether the actor may read the content right now."""
    return open_until(actor, paper, at) is not None


def are_facts_open_to(actor: Actor, kind: str, about: Subject, at: datetime) -> bool:
    """Whether the actor said a moment ago what for he reads what a paper of this kind would say."""
    return JournalEntry.objects.filter(
        verb="papers.facts.reveal",
        actor_id=actor.public_id,
        recorded_at__gt=at - OPEN_FOR,
        changes__paper_kind=kind,
        subjects__kind=about.kind,
        subjects__subject_id=about.public_id,
    ).exists()
