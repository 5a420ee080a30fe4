"""Who took the list of letters out of the system."""

from datetime import datetime
from uuid import UUID

from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject


def note_export(*, actor: Actor, at: datetime, count: int) -> None:
    """Write that the list left the system: how many lines; neither words nor facts are in it."""
    journal.record(
        verb="letters.letter.export",
        actor=actor,
        at=at,
        subjects=[Subject("user", UUID(actor.public_id))],
        division_code=actor.division_code,
        owner_org=actor.org_code,
        summary=f"导出函 {count} 件",
        changes={"count": count},
    )
