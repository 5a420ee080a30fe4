"""Who was met: known or new, in the open case or a new one."""

from datetime import datetime

from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.dispatch.models import Tip
from nuantu.dispatch.services import tie_to_case
from nuantu.encounters.rules.contact import Contact
from nuantu.encounters.services.checking import Checked
from nuantu.persons import services as persons
from nuantu.persons.models import Case, Certainty, FactKind, Person

# PI-01, 未成年人保护法 第4条: the record of whoever may be a minor is masked.
MINOR_REASON = "可能未成年"
ON_SCENE = "现场接触"


def case_of(
    *,
    actor: Actor,
    at: datetime,
    contact: Contact,
    checked: Checked,
    person: Person | None,
    tip: Tip | None,
) -> Case:
    """The case the contact belongs to: the open one, or a new one of a known or new person."""
    if person is None:
        person = _enter(actor, at, contact, checked)
    case, _is_new = persons.continue_case(
        actor=actor,
        at=at,
        person=person,
        division_code=contact.place.division_code,
        source=stored(tip.get_channel_display) if tip else "街面巡查",
        place=contact.place.words,
        opened_at=contact.happened_at,
    )
    persons.met_again(person=person, at=contact.happened_at)
    if tip is not None:
        tie_to_case(tip=tip, case=case)
    _put_down(actor, at, contact, checked, case)
    if tip is not None:
        tie_to_case(tip=tip, case=case)
    return case


def _enter(actor: Actor, at: datetime, contact: Contact, checked: Checked) -> Person:
    who = contact.who
    is_minor = "minor" in checked.judgement.bands
    return persons.register_person(
        actor=actor,
        at=at,
        division_code=contact.place.division_code,
        name=who.name,
        sex=who.sex,
        age=who.age,
        looks=who.looks,
        place=contact.place.words,
        minor_line=checked.judgement.lines.minor,
        restricted_reason=MINOR_REASON if is_minor else "",
        met_at=contact.happened_at,
    )


def _put_down(actor: Actor, at: datetime, contact: Contact, checked: Checked, case: Case) -> None:
    """Classes and what the person said, with certainty and source."""
    persons.assign_classes(
        actor=actor,
        at=at,
        case=case,
        codes=checked.judgement.classes,
        certainty=Certainty.ESTIMATED,
        source=ON_SCENE,
    )
    facts = list(contact.who.facts)
    if (contact.who.name and contact.who.name != case.person.name) or (
        contact.who.name and not case.person.facts.filter(kind=FactKind.NAME).exists()
    ):
        facts.append((FactKind.NAME, contact.who.name))
    for kind, value in facts:
        if value.strip():
            is_said = kind in (FactKind.NAME, FactKind.ORIGIN, FactKind.CAUSE, FactKind.PHONE)
            persons.add_fact(
                actor=actor,
                at=at,
                person=case.person,
                case=case,
                kind=kind,
                value=value,
                certainty=Certainty.CLAIMED if is_said else Certainty.ESTIMATED,
                source="本人说的" if is_said else ON_SCENE,
            )


def subjects_of(case: Case, tip: Tip | None) -> list[Subject]:
    """What a line about a contact is about, the tip included, so that timelines lead to it."""
    named = [Subject("person", case.person.public_id), Subject("case", case.public_id)]
    return [*named, Subject("tip", tip.public_id)] if tip else named
