"""The only door from a request to a person or a case; outsiders get not-found."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.http import Http404

from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject, kind_of
from nuantu.operations.selectors.handovers import Scoped, may_open_sealed
from nuantu.persons.models import (
    Case,
    EvidenceHold,
    Person,
    PersonClass,
    PersonFact,
    PersonLink,
)
from nuantu.persons.selectors.cases import case_shown, cases_of, open_case_of
from nuantu.persons.selectors.holds import may_be_held

READ, WRITE = "persons.person.read", "persons.person.write"
REVEAL = "persons.person.reveal"
ERASE = "persons.case.erase"
HOLD = "persons.evidence.hold"


def person_for(actor: Actor, public_id: UUID, permission: str = READ) -> Person:
    """A person one of whose cases the actor may see, else not found."""
    if actor.may(permission):
        found = Person.objects.select_related("photo").filter(public_id=public_id).first()
        if found is not None:
            return found
    raise Http404


def row_opening(actor: Actor, public_id: UUID) -> Person | Case:
    """The row through which the actor sees a person: the person, or the case that opens him.

    A receiver or a former holder reads a person by the grant on a case; that is why he can.
    """
    person = person_for(actor, public_id)
    is_overseen = bool(actor.prefix) and person.division_code.startswith(actor.prefix)
    if person.owner_org == actor.org_code or is_overseen:
        return person
    return case_shown(person, actor) or person


def person_to_reveal(actor: Actor, public_id: UUID, at: datetime) -> Person:
    """A person whose hidden identity the actor may open; with a mere preview, not found."""
    person = person_for(actor, public_id, REVEAL)
    if not may_reveal(actor, cases_of(person), at):
        raise Http404
    return person


def may_reveal(actor: Actor, rows: Iterable[Scoped], at: datetime) -> bool:
    """Whether the actor may open what is sealed in these rows: not before a hand-over is accepted."""
    return actor.may(REVEAL) and may_open_sealed(actor, rows, at)


def case_for(actor: Actor, public_id: UUID, permission: str = READ) -> Case:
    """A case the actor may see, else not found."""
    if actor.may(permission):
        found = Case.objects.select_related("person").filter(public_id=public_id).first()
        if found is not None:
            return found
    raise Http404


def person_to_change(actor: Actor, public_id: UUID, permission: str = WRITE) -> tuple[Person, Case]:
    """A person with the open case that the actor's own organisation holds; readers get not-found."""
    person = person_for(actor, public_id, permission)
    case = open_case_of(person, actor.org_code)
    if case is None:
        raise Http404
    return person, case


def may_change(actor: Actor, case: Case | None, permission: str = WRITE) -> bool:
    """Whether the actor may write to this case: only its holder, only while it is open."""
    return (
        case is not None
        and case.is_open
        and case.owner_org == actor.org_code
        and actor.may(permission)
    )


def case_to_close(actor: Actor, public_id: UUID) -> Case:
    """An open case that the actor's organisation holds, for those who may close."""
    case = case_for(actor, public_id, "persons.case.close")
    if case.owner_org != actor.org_code:
        raise Http404
    return case


def may_erase(actor: Actor, case: Case) -> bool:
    """Whether the actor's organisation holds or oversees this closed case; a grant is not enough."""
    is_overseen = bool(actor.prefix) and case.division_code.startswith(actor.prefix)
    is_ours = case.owner_org == actor.org_code or is_overseen
    return is_ours and not case.is_open and actor.may(ERASE)


def case_to_erase(actor: Actor, public_id: UUID) -> Case:
    """A closed case that the actor's organisation holds or oversees, for those who may erase."""
    case = case_for(actor, public_id, ERASE)
    if not may_erase(actor, case):
        raise Http404
    return case


def fact_for(actor: Actor, person: Person, public_id: UUID) -> PersonFact:
    """A fact of this person in a case the actor may see."""
    found = PersonFact.objects.filter(person=person, public_id=public_id).first()
    if found is None or not actor.may(READ):
        raise Http404
    return found


def fact_to_reveal(actor: Actor, person: Person, public_id: UUID, at: datetime) -> PersonFact:
    """A sealed fact that the actor may open; of a case that is only offered to him, not found."""
    found = fact_for(actor, person, public_id)
    if not may_reveal(actor, [found], at):
        raise Http404
    return found


def class_for(actor: Actor, case: Case, public_id: UUID) -> PersonClass:
    """A class given in this case."""
    found = PersonClass.objects.filter(case_id=case.case_id, public_id=public_id).first()
    if found is None or found.is_veiled or not actor.may(WRITE):
        raise Http404
    return found


def link_for(actor: Actor, public_id: UUID) -> PersonLink:
    """An opinion on two records, for those who see both and may decide."""
    if actor.may("persons.link.decide"):
        found = (
            PersonLink.objects.select_related("first", "second").filter(public_id=public_id).first()
        )
        if found is not None:
            return found
    raise Http404


def _is_ours(actor: Actor, row: Scoped) -> bool:
    """Whether the actor's organisation holds or oversees a row; a grant is not enough."""
    is_overseen = bool(actor.prefix) and row.division_code.startswith(actor.prefix)
    return row.owner_org == actor.org_code or is_overseen


def may_hold(actor: Actor, row: Scoped) -> bool:
    """Whether the actor may keep the evidence of this row from deletion."""
    return actor.may(HOLD) and _is_ours(actor, row)


def about_to_hold(actor: Actor, kind: str, public_id: UUID) -> Scoped:
    """The case or patrol whose photos and videos may be held: the actor's own, or overseen."""
    known = kind_of(kind) if may_be_held(kind) else None
    if known is None or known.fetch is None:
        raise Http404
    row: Scoped = known.fetch(actor, public_id)
    if not may_hold(actor, row):
        raise Http404
    return row


def hold_for(actor: Actor, public_id: UUID) -> EvidenceHold:
    """A hold on what the actor's organisation holds or oversees, for those who decide on holds."""
    found = EvidenceHold.objects.filter(public_id=public_id).first()
    if found is None or not may_hold(actor, found):
        raise Http404
    return found


def subject_of(hold: EvidenceHold) -> Subject:
    """What a hold is about."""
    return Subject(hold.subject_kind, hold.subject_id)
