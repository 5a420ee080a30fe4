"""Which record, and which cases, are about one human."""

from collections.abc import Iterable
from uuid import UUID

from nuantu.persons.models import Case, Person
from nuantu.persons.selectors.same import same_human


def records_of(human: UUID) -> list[UUID]:
    """His record and every one confirmed to be of the same human."""
    found = Person.objects.filter(public_id=human).first()
    return [one.public_id for one in same_human(found)] if found else []


def human_of_case(case: UUID) -> UUID | None:
    """Whose case it is."""
    return Case.objects.filter(public_id=case).values_list("person__public_id", flat=True).first()


def cases_of(human: UUID) -> Iterable[UUID]:
    """The cases of all his records."""
    rows = Case.objects.filter(person__public_id__in=records_of(human))
    return rows.values_list("public_id", flat=True)
