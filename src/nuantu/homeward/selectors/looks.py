"""Who opened what of a wearer: a line of the last minutes is the permission."""

from datetime import datetime
from typing import Final

from nuantu.core.actors import Actor
from nuantu.core.models import JournalEntry
from nuantu.homeward.models import Wearer
from nuantu.persons.selectors.looks import OPEN_FOR

READ, TRACK = "homeward.wearer.read", "homeward.wearer.track"
SUBJECT: Final = "wearer"


def _newest(wearer: Wearer, actor: Actor, verb: str, since: datetime) -> JournalEntry | None:
    lines = JournalEntry.objects.filter(
        verb=verb,
        actor_id=actor.public_id,
        recorded_at__gt=since,
        subjects__kind=SUBJECT,
        subjects__subject_id=wearer.public_id,
    )
    return lines.order_by("-recorded_at").first()


def track_open_until(wearer: Wearer, actor: Actor, at: datetime) -> datetime | None:
    """Until when the actor may see the track, for the purpose that he gave."""
    line = _newest(wearer, actor, TRACK, at - OPEN_FOR)
    return line.recorded_at + OPEN_FOR if line else None


def has_read_since(wearer: Wearer, actor: Actor, since: datetime) -> bool:
    """Whether a line says already that the actor opened this page."""
    return _newest(wearer, actor, READ, since) is not None
