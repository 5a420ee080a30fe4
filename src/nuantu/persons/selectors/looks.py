"""Who opened what: the journal answers, and a line of the last minutes is the permission."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from nuantu.core.actors import Actor
from nuantu.core.models import JournalEntry
from nuantu.persons.models import Person

OPEN_FOR: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Opened:
    """What one actor opened of a person in the last minutes, and until when it stays open."""

    until: datetime | None
    what: frozenset[str]

    def has(self, what: str) -> bool:
        return what in self.what


NOTHING: Final = Opened(None, frozenset())


def _lines(
    persons: Iterable[Person], actor: Actor, verb: str, since: datetime
) -> list[JournalEntry]:
    return list(
        JournalEntry.objects.filter(
            verb=verb,
            actor_id=actor.public_id,
            recorded_at__gt=since,
            subjects__kind="person",
            subjects__subject_id__in=[person.public_id for person in persons],
        ).order_by("recorded_at")
    )


def opened_by(person: Person, actor: Actor, at: datetime) -> Opened:
    """What the actor has revealed of this person and may see right now."""
    lines = _lines([person], actor, "persons.person.reveal", at - OPEN_FOR)
    if not lines:
        return NOTHING
    return Opened(
        until=lines[0].recorded_at + OPEN_FOR,
        what=frozenset(line.changes.get("what", "") for line in lines),
    )


def has_read_since(person: Person, actor: Actor, since: datetime) -> bool:
    """Whether a line says already that the actor opened this record."""
    return bool(_lines([person], actor, "persons.person.read", since))
