"""Cases of a person."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Case as When
from django.db.models import IntegerField, QuerySet, Value
from django.db.models import When as Then

from nuantu.core.actors import Actor
from nuantu.core.models import DataKey
from nuantu.persons.models import Case, Person


def cases_of(person: Person) -> QuerySet[Case]:
    """Every case of a person that may be seen, newest first."""
    return person.cases.order_by("-opened_at", "-pk")


def erased_of(cases: Iterable[Case]) -> set[UUID]:
    """Of these cases those whose personal data were erased."""
    keys = [case.public_id for case in cases if not case.is_open]
    if not keys:
        return set()
    gone = DataKey.objects.filter(key_ref__in=keys).exclude(destroyed_at=None)
    return set(gone.values_list("key_ref", flat=True))


def open_case_of(person: Person, org_code: str) -> Case | None:
    """The open case that an organisation holds, None when it holds none."""
    return (
        person.cases.filter(owner_org=org_code, state=Case.State.OPEN)
        .select_related("person")
        .order_by("-opened_at")
        .first()
    )


def case_shown(person: Person, actor: Actor) -> Case | None:
    """The case a page speaks of: one's own open one, else an open one, else the newest."""
    own = When(
        Then(state=Case.State.OPEN, owner_org=actor.org_code, then=Value(0)),
        Then(state=Case.State.OPEN, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return person.cases.select_related("person").order_by(own, "-opened_at").first()
