"""Every look at what a medic wrote leaves a line."""

from datetime import datetime

from nuantu.core.actors import Actor
from nuantu.persons import services as persons
from nuantu.persons.models import Case
from nuantu.stays.selectors.health import looks
from nuantu.stays.services.lines import note


def note_look(*, actor: Actor, at: datetime, case: Case) -> None:
    """Write that the medic opened this record, once in ten minutes."""
    if looks.has_looked(actor, case, at):
        return
    note(
        verb="stays.health.read",
        actor=actor,
        at=at,
        row=case,
        person=case.person,
        kind="case",
        summary="打开医务记录",
    )


def open_record(*, actor: Actor, at: datetime, case: Case, purpose: str) -> None:
    """Open what a medic wrote to somebody else for ten minutes, for a stated purpose.

    Raises RevealRefused without one.
    """
    persons.reveal(
        actor=actor,
        at=at,
        person=case.person,
        case=case,
        what=looks.what_of(case),
        purpose=purpose,
        shown="医务记录",
    )
