"""The only door from a request to a person or a case; outsiders get not-found."""

from uuid import UUID

from django.http import Http404

from nuantu.core.actors import Actor
from nuantu.persons.models import Case, Person, PersonClass, PersonFact, PersonLink
from nuantu.persons.selectors.cases import open_case_of

READ, WRITE = "persons.person.read", "persons.person.write"


def person_for(actor: Actor, public_id: UUID, permission: str = READ) -> Person:
    """A person one of whose cases the actor may see, else not found."""
    if actor.may(permission):
        found = Person.objects.select_related("photo").filter(public_id=public_id).first()
        if found is not None:
            return found
    raise Http404


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


def fact_for(actor: Actor, person: Person, public_id: UUID) -> PersonFact:
    """A fact of this person in a case the actor may see."""
    found = PersonFact.objects.filter(person=person, public_id=public_id).first()
    if found is None or not actor.may(READ):
        raise Http404
    return found


def class_for(actor: Actor, case: Case, public_id: UUID) -> PersonClass:
    """A class given in this case."""
    found = PersonClass.objects.filter(case_id=case.case_id, public_id=public_id).first()
    if found is None or not actor.may(WRITE):
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
