"""Every round of a hazard: how it was mended, what the second look found. The row of the hazard keeps
the last round only; the earlier ones are read from the journal, where nothing is written over."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from nuantu.core import journal
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.stays.models import Hazard

REPAIR, RECHECK = "stays.hazard.repair", "stays.hazard.recheck"


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did it, when, with which words and which photo."""

    by: str
    at: datetime
    note: str
    photo_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A second look: mended or not."""

    is_mended: bool
    deed: Deed


@dataclass(slots=True)
class Round:
    """One repair and the looks at it."""

    number: int
    repair: Deed
    looks: list[Look] = field(default_factory=list)


def rounds_of(hazard: Hazard) -> list[Round]:
    """All rounds in their order; one query."""
    lines = journal.timeline(Subject("hazard", hazard.public_id)).filter(verb__in=(REPAIR, RECHECK))
    found: list[Round] = []
    for line in reversed(lines):
        if line.verb == REPAIR:
            found.append(Round(len(found) + 1, _deed(line)))
        elif found:
            is_mended = line.changes.get("is_mended", not line.summary.startswith("复查不合格"))
            found[-1].looks.append(Look(bool(is_mended), _deed(line)))
    return found


def _deed(line: JournalEntry) -> Deed:
    photo = line.changes.get("photo")
    return Deed(
        by=line.actor_name,
        at=line.happened_at,
        note=journal.words_of(line).get("note", ""),
        photo_id=UUID(photo) if photo else None,
    )
