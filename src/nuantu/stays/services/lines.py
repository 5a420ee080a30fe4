"""The journal line of what happens in a station."""

from datetime import datetime
from typing import Any, Protocol

from nuantu.core import journal, live
from nuantu.core.actors import Actor
from nuantu.core.models import ScopedModel
from nuantu.core.subjects import Subject
from nuantu.persons.models import Person
from nuantu.stays.models import Stay

HINT = "stays"


class Held(Protocol):
    """A row of a case that a station holds."""

    public_id: Any
    division_code: Any
    owner_org: Any
    case_id: Any


def note(
    *,
    verb: str,
    actor: Actor,
    at: datetime,
    row: Held,
    person: Person,
    summary: str,
    kind: str = "",
    basis: str = "",
    changes: dict[str, Any] | None = None,
    sealed: dict[str, Any] | None = None,
) -> None:
    """One line about a stay, a reception or a row of that `kind`, its person and its case; open
    pages are told."""
    own = kind or ("stay" if isinstance(row, Stay) else "reception")
    subjects = [Subject("person", person.public_id), Subject(own, row.public_id)]
    if row.case_id is not None:
        subjects.append(Subject("case", row.case_id))
    journal.record(
        verb=verb,
        actor=actor,
        at=at,
        subjects=subjects,
        division_code=row.division_code,
        owner_org=row.owner_org,
        case_id=row.case_id,
        summary=summary,
        basis=basis,
        changes=changes,
        sealed=sealed,
    )
    live.hint(HINT, row.division_code, row.owner_org)


def note_house(
    *, verb: str, actor: Actor, at: datetime, row: ScopedModel, summary: str, **changes: Any
) -> None:
    """One line about the house itself: a zone and what belongs to it."""
    journal.record(
        verb=verb,
        actor=actor,
        at=at,
        subjects=[Subject("zone", row.public_id)],
        division_code=row.division_code,
        owner_org=row.owner_org,
        summary=summary,
        changes=changes,
    )
    live.hint(HINT, row.division_code, row.owner_org)
