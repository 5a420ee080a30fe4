"""Every deed in the search for who somebody is is one journal line, on his timeline too."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Protocol

from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.persons.models import Person

SEARCH: Final = "identity_search"
REQUEST: Final = "identity_request"


class Held(Protocol):
    """A row of a case."""

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
    kind: str = SEARCH,
    changes: Mapping[str, Any] | None = None,
    sealed: Mapping[str, Any] | None = None,
    basis: str = "",
    happened_at: datetime | None = None,
) -> None:
    """Write the line; what was heard or answered tells who he is and lies sealed."""
    subjects = [Subject("person", person.public_id), Subject("case", row.case_id)]
    if kind:
        subjects.append(Subject(kind, row.public_id))
    journal.record(
        verb=verb,
        actor=actor,
        at=at,
        subjects=subjects,
        division_code=row.division_code,
        owner_org=row.owner_org,
        case_id=row.case_id,
        summary=summary,
        changes=dict(changes or {}),
        sealed=dict(sealed) if sealed else None,
        basis=basis,
        is_basis_typed=bool(basis),
        happened_at=happened_at,
    )
