"""People found by what one happens to know of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from nuantu.core.actors import Actor
from nuantu.core.fields import keyed_hash
from nuantu.persons.models import Case, Person, PersonClass, PersonFact
from nuantu.persons.rules.id_number import tidy
from nuantu.persons.selectors.extensions import cases_found

SHORTEST = 2
TAIL = 4


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
        held = PersonClass.objects.filter(
            person=OuterRef("pk"), code=filters.code, withdrawn_at=None
        )
        found = found.filter(Exists(held))
    return found.select_related("photo").order_by("-last_met_at", "-pk")


def _may_be_number(words: str) -> bool:
    """Whether it may be a case number or its last four letters; a name is not looked for among them."""
    tail = len(words) == TAIL and words.isascii()
    return tail or any(letter.isdigit() for letter in words)


def _matches(actor: Actor, words: str) -> Q:
    """Names, sounds and looks of open records; restricted ones only by a whole name or number.

    A part of a name would tell whose record is hidden.
    """
    text = words.lower()
    open_words = Q(is_restricted=False)
    for part in text.split():
        open_words &= Q(search_text__contains=part)
    query = open_words | Q(is_restricted=True, name=words)
    number = tidy(words)
    if len(number) >= 6:
        hashed = PersonFact.objects.filter(secret_hash__in=[keyed_hash(number), keyed_hash(words)])
        query |= Q(pk__in=hashed.values("person_id"))
    cases = Q(number__icontains=words) if _may_be_number(words) else Q(pk__in=())
    found: set[UUID] = cases_found(actor, words)
    if found:
        cases |= Q(case_id__in=found)
    return query | Q(pk__in=Case.objects.filter(cases).values("person_id"))
