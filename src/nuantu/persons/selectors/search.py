"""People found by what one happens to know of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from nuantu.core.actors import Actor
from nuantu.core.fields import keyed_hash
from nuantu.persons.models import NUMBER_TAIL, Case, Person, PersonClass, PersonFact
from nuantu.persons.rules.classes import HARMED_BY_SOMEBODY
from nuantu.persons.rules.id_number import tidy
from nuantu.persons.selectors.extensions import cases_found
from nuantu.persons.selectors.words import spoken_of


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty means everything."""

    words: str = ""
    state: str = ""
    code: str = ""
    sex: str = ""
    org: str = ""
    county: str = ""

    @classmethod
    def of(cls, values: Mapping[str, object]) -> "Filters":
        """From the cleaned values of the filter form."""
        return cls(
            words=str(values.get("q") or "").strip(),
            state=str(values.get("state") or ""),
            code=str(values.get("code") or ""),
            sex=str(values.get("sex") or ""),
            org=str(values.get("org") or ""),
            county=str(values.get("county") or ""),
        )


def people(actor: Actor, filters: Filters) -> QuerySet[Person]:
    """People whose cases the actor may see, last met first."""
    found = Person.objects.all()
    if filters.words:
        found = found.filter(_matches(actor, filters.words))
    if filters.sex:
        found = found.filter(sex=filters.sex)
    seen = Case.objects.filter(person=OuterRef("pk"))
    narrowed = seen
    if filters.state:
        narrowed = narrowed.filter(state=filters.state)
    if filters.org:
        narrowed = narrowed.filter(owner_org=filters.org)
    if filters.county:
        narrowed = narrowed.filter(division_code__startswith=filters.county[:6])
    if narrowed is not seen:
        found = found.filter(Exists(narrowed))
    if filters.code:
        found = found.filter(_of_class(filters))
    return found.select_related("photo").order_by("-last_met_at", "-pk")


def _of_class(filters: Filters) -> Q:
    """People with the class in force. A whole name and the mark of who was harmed would together say
    whose record is hidden."""
    held = Q(
        Exists(
            PersonClass.objects.filter(person=OuterRef("pk"), code=filters.code, withdrawn_at=None)
        )
    )
    if filters.words and filters.code in HARMED_BY_SOMEBODY:
        return held & Q(is_restricted=False)
    return held


def _may_be_number(words: str) -> bool:
    """Whether it may be a case number or its last four letters; a name is not looked for among them."""
    tail = len(words) == NUMBER_TAIL and words.isascii()
    return tail or any(letter.isdigit() for letter in words)


def _matches(actor: Actor, words: str) -> Q:
    """Names, sounds and looks of open records; restricted ones only by a whole name or number.

    A part of a name would tell whose record is hidden. Each way to somebody is a query of its own
    that has its index; one condition with all of them would read everybody.
    """
    ways: list[QuerySet[Any, Any]] = []
    number = tidy(words)
    if len(number) >= 6:
        hashed = PersonFact.objects.filter(secret_hash__in=[keyed_hash(number), keyed_hash(words)])
        ways.append(hashed.values("person_id"))
    if _may_be_number(words):
        ending = Case.objects.filter(number_tail=words[-NUMBER_TAIL:].upper())
        ways.append(ending.filter(number__iendswith=words).values("person_id"))
    found: set[UUID] = cases_found(actor, words)
    if found:
        ways.append(Case.objects.filter(case_id__in=found).values("person_id"))
    return Q(pk__in=_called(words).union(*ways))


def _called(words: str) -> QuerySet[Any, Any]:
    found = Person.objects.filter(Q(is_restricted=False) | Q(name=words))
    for part in words.lower().split():
        found = found.filter(pk__in=spoken_of(part), search_text__contains=part)
    return found.values("pk")
