"""Records that may be, or are, one human; only among what the reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from nuantu.core import clock
from nuantu.persons.models import FactKind, Person, PersonFact, PersonLink
from nuantu.persons.rules.same_person import Sketch, why_same
from nuantu.persons.rules.sounds import sound_of
from nuantu.persons.selectors.cards import Card, cards_of
from nuantu.persons.selectors.words import spoken_of

MOST = 8
NAME_KINDS = (FactKind.NAME, FactKind.ALIAS)


@dataclass(frozen=True, slots=True)
class Likely:
    """Another record and why it may be the same human."""

    card: Card
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """Another record and what was decided about the pair."""

    card: Card
    link: PersonLink


def _sketch(person: Person, at: datetime, facts: Iterable[PersonFact]) -> Sketch:
    held = list(facts)
    names = {person.name, *(f.value for f in held if f.kind in NAME_KINDS)} - {""}
    return Sketch(
        names=frozenset(names),
        sounds=frozenset(sound_of(name) for name in names),
        sex=person.sex,
        age=person.age_on(clock.local(at).date()),
        number_hashes=frozenset(f.secret_hash for f in held if f.kind == FactKind.ID_NUMBER),
    )


def _facts_by_person(persons: Iterable[Person]) -> dict[int, list[PersonFact]]:
    found: dict[int, list[PersonFact]] = {}
    kinds = (*NAME_KINDS, FactKind.ID_NUMBER)
    for fact in PersonFact.objects.filter(person__in=list(persons), kind__in=kinds):
        found.setdefault(fact.person_id, []).append(fact)
    return found


def likely_same(person: Person, at: datetime) -> list[Likely]:
    """Records nobody has decided on yet, strongest reason first. Restricted ones come masked."""
    own = _sketch(person, at, person.facts.all())
    near = [spoken_of(sound) for sound in own.sounds]
    if own.number_hashes:
        hashes = list(own.number_hashes)
        holders = PersonFact.objects.filter(kind=FactKind.ID_NUMBER, secret_hash__in=hashes)
        near.append(holders.values("person_id"))
    if not near:
        return []
    first, *others_near = near
    decided = set(_live_links(person).values_list("first_id", "second_id"))
    others = [
        other
        for other in _latest(first.union(*others_near)).exclude(pk=person.pk)[:50]
        if (min(person.pk, other.pk), max(person.pk, other.pk)) not in decided
    ]
    facts = _facts_by_person(others)
    found = [
        (other, reasons)
        for other in others
        if (reasons := why_same(own, _sketch(other, at, facts.get(other.pk, ()))))
    ]
    strength = {"number": 0, "name": 1, "sound": 2}
    found.sort(key=lambda item: strength[item[1][0]])
    cards = cards_of([other for other, _reasons in found[:MOST]], at)
    return [Likely(card, reasons) for card, (_other, reasons) in zip(cards, found, strict=False)]


def _latest(ids: QuerySet[Any, Any]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=ids).order_by("-last_met_at")


def _live_links(person: Person) -> QuerySet[PersonLink]:
    return PersonLink.objects.filter(Q(first=person) | Q(second=person)).exclude(
        state=PersonLink.State.UNDONE
    )


def links_of(person: Person, at: datetime) -> list[Linked]:
    """What was said about this record and others, open questions first."""
    links = list(_live_links(person).select_related("first", "second").order_by("-proposed_at"))
    others = [link.second if link.first_id == person.pk else link.first for link in links]
    order = {
        PersonLink.State.PROPOSED: 0,
        PersonLink.State.CONFIRMED: 1,
        PersonLink.State.REJECTED: 2,
    }
    found = [Linked(card, link) for card, link in zip(cards_of(others, at), links, strict=True)]
    return sorted(found, key=lambda item: order[PersonLink.State(item.link.state)])


def same_human(person: Person) -> list[Person]:
    """This record and every record confirmed to be the same human, step by step."""
    known = {person.pk: person}
    fresh = [person]
    while fresh:
        ids = [found.pk for found in fresh]
        links = PersonLink.objects.filter(
            Q(first_id__in=ids) | Q(second_id__in=ids), state=PersonLink.State.CONFIRMED
        ).select_related("first", "second")
        fresh = []
        for link in links:
            for other in (link.first, link.second):
                if other.pk not in known:
                    known[other.pk] = other
                    fresh.append(other)
    return list(known.values())


def same_humans(persons: Iterable[int]) -> dict[int, set[int]]:
    """For each record all records of the same human, itself among them: links that were confirmed, and the
    same ID number. A few queries whatever their number; among what the reader may see."""
    root: dict[int, int] = {}

    def top(one: int) -> int:
        while root.setdefault(one, one) != one:
            one = root[one]
        return one

    asked = set(persons)
    known, fresh = set(asked), set(asked)
    while fresh:
        pairs = _pairs(fresh)
        for first, second in pairs:
            root[top(first)] = top(second)
        fresh = {one for pair in pairs for one in pair} - known
        known |= fresh
    groups: dict[int, set[int]] = {}
    for one in known:
        groups.setdefault(top(one), set()).add(one)
    return {one: groups[top(one)] for one in asked}


def _pairs(ids: set[int]) -> list[tuple[int, int]]:
    """Records that are confirmed to be one human with one of these, or share an ID number with it."""
    links = PersonLink.objects.filter(
        Q(first_id__in=ids) | Q(second_id__in=ids), state=PersonLink.State.CONFIRMED
    )
    numbers = PersonFact.objects.filter(kind=FactKind.ID_NUMBER).exclude(secret_hash="")
    own = dict(numbers.filter(person__in=ids).values_list("secret_hash", "person_id"))
    others = numbers.filter(secret_hash__in=list(own)).values_list("secret_hash", "person_id")
    return [
        *links.values_list("first_id", "second_id"),
        *((own[text], other) for text, other in others if own[text] != other),
    ]
