"""Who may read the words of a medic right now."""

from datetime import datetime, timedelta
from typing import Final

from nuantu.core.actors import Actor
from nuantu.core.models import JournalEntry
from nuantu.persons.models import Case
from nuantu.persons.selectors import opened_by

READ: Final = "stays.health.read"
AGAIN_AFTER: Final = timedelta(minutes=10)


def what_of(case: Case) -> str:
    """What the line of a reveal opens."""
    return f"health:{case.public_id}"


def is_open(actor: Actor, case: Case, at: datetime, *, is_medic: bool) -> bool:
    """A medic reads at once; somebody else after he gave a purpose."""
    return is_medic or opened_by(case.person, actor, at).has(what_of(case))


def has_looked(actor: Actor, case: Case, at: datetime) -> bool:
    """Whether a line says already that the actor opened this record."""
    return JournalEntry.objects.filter(
        verb=READ,
        actor_id=actor.public_id,
        case_id=case.case_id,
        recorded_at__gt=at - AGAIN_AFTER,
    ).exists()
