"""Who opened what of homeward: a line of the last minutes is the permission, or is not written again."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.models import JournalEntry, JournalSubject
from nuantu.core.subjects import Subject
from nuantu.homeward.models import Wearer
from nuantu.persons.selectors.looks import OPEN_FOR

READ, TRACK = "homeward.wearer.read", "homeward.wearer.reveal"
MAP: Final = "homeward.map.read"
SUBJECT: Final = "wearer"
LINES: Final = 40
_READS: Final = r"\.(read|export)$"


def deeds(subject: Subject) -> list[JournalEntry]:
    """What happened to it, the newest LINES; a mere read stands on the page of who looked."""
    return list(journal.timeline(subject).exclude(verb__regex=_READS)[:LINES])


def newest(
    subject: Subject, actor: Actor, verb: str, since: datetime, summary: str = ""
) -> JournalEntry | None:
    """The last line with this verb, and these words where some are given, that the actor left on a
    subject since then."""
    lines = JournalEntry.objects.filter(
        verb=verb,
        actor_id=actor.public_id,
        recorded_at__gt=since,
        subjects__kind=subject.kind,
        subjects__subject_id=subject.public_id,
    )
    if summary:
        lines = lines.filter(summary=summary)
    return lines.order_by("-recorded_at").first()


def track_open_until(wearer: Wearer, actor: Actor, at: datetime) -> datetime | None:
    """Until when the actor may see the track, for the purpose that he gave."""
    line = newest(Subject(SUBJECT, wearer.public_id), actor, TRACK, at - OPEN_FOR)
    return line.recorded_at + OPEN_FOR if line else None


def seen_on_map_since(wearers: Collection[UUID], actor: Actor, since: datetime) -> set[UUID]:
    """Of which of these a line says already that the actor saw them on the map."""
    lines = JournalSubject.objects.filter(
        kind=SUBJECT,
        subject_id__in=wearers,
        entry__verb=MAP,
        entry__actor_id=actor.public_id,
        entry__recorded_at__gt=since,
    )
    return set(lines.values_list("subject_id", flat=True))


def has_read_since(wearer: Wearer, actor: Actor, since: datetime) -> bool:
    """Whether a line says already that the actor opened this page."""
    return newest(Subject(SUBJECT, wearer.public_id), actor, READ, since) is not None
