"""The journal line of a change to a person: it names no one, so it may outlive a restriction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from nuantu.core import events, journal, live
from nuantu.core.actors import Actor
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.core.together import wait
from nuantu.persons.models import Case, Person


def note(
    *,
    verb: str,
    actor: Actor,
    at: datetime,
    person: Person,
    case: Case | None,
    summary: str,
    basis: str = "",
    is_basis_typed: bool = False,
    changes: dict[str, Any] | None = None,
    sealed: dict[str, Any] | None = None,
    others: tuple[Subject, ...] = (),
    happened_at: datetime | None = None,
) -> JournalEntry:
    """Write one line about a person (and the case it happened in) and tell open pages."""
    holder = case or person
    subjects = [Subject("person", person.public_id)]
    if case is not None:
        subjects.append(Subject("case", case.public_id))
    entry = journal.record(
        verb=verb,
        actor=actor,
        at=at,
        subjects=[*subjects, *others],
        division_code=holder.division_code,
        owner_org=holder.owner_org,
        case_id=holder.case_id,
        summary=summary,
        basis=basis,
        is_basis_typed=is_basis_typed,
        changes=changes,
        sealed=sealed,
        happened_at=happened_at,
    )
    live.hint("persons", holder.division_code, holder.owner_org)
    return entry


def tell_corrected(person: Person, *, is_of_sex: bool = False) -> None:
    """Announce that age, sex or a class of somebody was put right: where he lives may not fit any more."""
    words = "sex" if is_of_sex else "age"
    events.announce("persons.person_corrected", person=str(person.public_id), what=words)


def tell_told(person: Person) -> None:
    """Announce, once for a piece of work, that something was told of somebody or taken back."""
    if not wait(_announce_told, person.public_id):
        _announce_told([person.public_id])


def _announce_told(people: list[UUID]) -> None:
    for public_id in dict.fromkeys(people):
        events.announce("persons.fact_told", person=str(public_id))


def tell_identified(person: Person) -> None:
    """Announce that somebody verified who this is: whatever searches him may end."""
    events.announce("persons.person_identified", person=str(person.public_id))
