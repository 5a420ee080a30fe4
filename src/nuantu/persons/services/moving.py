"""Facts that were put down about the wrong person move to the right one."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.core.erasure import opened
from nuantu.core.subjects import Subject
from nuantu.core.typed import GONE
from nuantu.persons.models import Case, FactKind, Person, PersonFact
from nuantu.persons.rules import naming
from nuantu.persons.services.lines import note
from nuantu.persons.services.people import refresh_search

BIRTHS: Final = (FactKind.BIRTH_DATE, FactKind.ID_NUMBER)
WHY: Final = "what was put down about the wrong person moves to the right one"


def move_facts(*, actor: Actor, at: datetime, facts: Iterable[PersonFact], to: Case) -> int:
    """Tie facts to another case and its person, sealed anew under that case's key; how many.

    A name or birth date that the headline of the first person had from them leaves it. One line of
    the journal stands with both. Facts whose words were erased stay where they are.
    """
    with scope.system(WHY):
        rows = [fact for fact in facts if not fact.is_sealed or _words(fact)]
        cases = {fact.case_id for fact in rows if fact.case_id}
        for fact in rows:
            words, before = _words(fact), fact.person
            fact.person, fact.case_id = to.person, to.case_id
            fact.division_code, fact.owner_org = to.division_code, to.owner_org
            if fact.is_sealed:
                vars(fact)["secret"] = words
            fact.save()
            _leave_headline(before, fact)
            _reach_headline(to.person, fact)
        for case in Case.objects.filter(case_id__in=cases).select_related("person"):
            note(
                verb="persons.fact.move",
                actor=actor,
                at=at,
                person=case.person,
                case=case,
                summary="记到了别人名下的内容已移走",
                changes={"kinds": sorted({fact.kind for fact in rows})},
                others=(Subject("person", to.person.public_id), Subject("case", to.public_id)),
            )
    return len(rows)


def _words(fact: PersonFact) -> str:
    """The words of a sealed fact, empty once they were erased."""
    if not fact.is_sealed:
        return fact.value
    found = opened(fact.secret)
    return "" if found == GONE else found


def _leave_headline(person: Person, fact: PersonFact) -> None:
    """The card no longer says what was somebody else's."""
    left = person.facts.order_by("-noted_at", "-pk")
    if fact.kind == FactKind.NAME and person.name == fact.value[:60]:
        other = left.filter(kind=FactKind.NAME).first()
        person.name = other.value[:60] if other else ""
        if person.called_as == fact.value[:80]:
            sex = naming.sex_word(person.sex, None, 0)
            looks = naming.called(sex_word=sex, looks=person.looks)
            person.called_as = person.name or looks or naming.NAMELESS
    if fact.kind in BIRTHS and not left.filter(kind__in=BIRTHS).exists():
        person.birth_date = None
    _save(person)


def _reach_headline(person: Person, fact: PersonFact) -> None:
    """Whoever has no name yet gets the one that was his."""
    if fact.kind == FactKind.NAME and not person.name:
        person.name, person.called_as = fact.value[:60], fact.value[:80]
    _save(person)


def _save(person: Person) -> None:
    aliases = person.facts.filter(kind__in=(FactKind.ALIAS, FactKind.NAME))
    refresh_search(person, tuple(aliases.values_list("value", flat=True)))
    person.save()
