"""What a contact tells a paper: the record of the street, the hand-over to hospital or police."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from nuantu.core import clock, erasure
from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.encounters.models import Encounter, OfferLine, Outcome, TransferSheet
from nuantu.encounters.selectors.choices import names_of
from nuantu.encounters.selectors.shown import conditions_shown
from nuantu.papers.rules.kinds import Values
from nuantu.papers.selectors import kinds
from nuantu.persons.models import ClassCode, FactKind, Person, PersonFact
from nuantu.persons.selectors import age_words

SUBJECT = "encounter"
_HANDED = {Outcome.HOSPITAL: "medical_handover", Outcome.POLICE: "police_transfer"}


def feed_papers() -> None:
    """Tell `papers` which of its kinds a contact can fill."""
    kinds.feed("street_refusal", subject_kind=SUBJECT, gather=street_record, offers=_contacts)
    for outcome, kind in _HANDED.items():
        kinds.feed(kind, subject_kind=SUBJECT, gather=handed_over, offers=_ended(outcome))


def _contacts(case_id: UUID) -> Iterable[UUID]:
    found = Encounter.objects.filter(case_id=case_id, correction=None)
    return found.order_by("happened_at").values_list("public_id", flat=True)


def _ended(outcome: Outcome) -> kinds.Offers:
    def offers(case_id: UUID) -> Iterable[UUID]:
        found = Encounter.objects.filter(case_id=case_id, correction=None, outcome=outcome)
        return found.order_by("happened_at").values_list("public_id", flat=True)

    return offers


def moment(at: datetime | None) -> str:
    """A moment as a form writes it, in China's time."""
    return f"{clock.local(at):%Y年%m月%d日 %H:%M}" if at else ""


def of_person(person: Person, at: datetime) -> Values:
    """What every form asks of a person, from his headline and the surest of his facts."""
    facts = _facts(person)
    age = person.age_on(clock.local(at).date())
    return {
        "name": person.name or facts.get(FactKind.NAME, "") or person.called_as,
        "sex": person.sex,
        "age": stored(lambda: age_words(age)),
        "id_number": facts.get(FactKind.ID_NUMBER, ""),
        "clothing": facts.get(FactKind.CLOTHING, "") or person.looks,
        "features": facts.get(FactKind.FEATURES, ""),
        "health": facts.get(FactKind.HEALTH, ""),
        "mental_state": facts.get(FactKind.MENTAL_STATE, ""),
        "accent": facts.get(FactKind.ACCENT, ""),
        "cause": facts.get(FactKind.CAUSE, ""),
    }


def family_of(person: Person) -> list[str]:
    """How his family is reached, as it was told; what was put right is left out."""
    rows = list(PersonFact.objects.filter(person=person, kind=FactKind.FAMILY_CONTACT))
    corrected = {row.corrects_id for row in rows}
    return [erasure.opened(row.secret) for row in rows if row.pk not in corrected]


def _facts(person: Person) -> dict[str, str]:
    """The value of each kind of fact, the latest uncorrected one; sealed ones opened."""
    rows = list(PersonFact.objects.filter(person=person).order_by("noted_at", "pk"))
    corrected = {row.corrects_id for row in rows if row.corrects_id}
    return {
        row.kind: erasure.opened(row.secret) if row.is_sealed else row.value
        for row in rows
        if row.pk not in corrected
    }


def street_record(actor: Actor, encounter: Encounter, at: datetime) -> Values:
    """F-04: who was met where, what was seen, offered, answered and given."""
    offers = encounter.offers.exclude(answer=OfferLine.Answer.NOT_OFFERED).order_by("position")
    return of_person(encounter.person, encounter.happened_at) | {
        "found_at": moment(encounter.happened_at),
        "found_place": encounter.place,
        "classes": stored(
            lambda: "、".join(str(ClassCode(code).label) for code in encounter.classes)
        ),
        "informed": "yes" if encounter.is_informed else "no",
        "offered": stored(
            lambda: "；".join(f"{o.get_code_display()}（{o.get_answer_display()}）" for o in offers)
        ),
        "outcome": encounter.outcome,
        "refusal_reason": encounter.refusal_reason,
        "witness": encounter.witness,
        "goods": [
            {"item": line.label, "quantity": str(line.quantity)}
            for line in encounter.goods.order_by("pk")
            if line.quantity
        ],
        "revisit_at": moment(encounter.revisit_at),
        "team": encounter.team.name if encounter.team else encounter.recorded_by,
        "remark": encounter.note,
    }


def handed_over(actor: Actor, encounter: Encounter, at: datetime) -> Values:
    """F-05 and its like: what goes along to a hospital or the police."""
    sheet = TransferSheet.objects.filter(encounter=encounter).first() or TransferSheet()
    names = names_of([encounter.owner_org, encounter.to_org])
    values = of_person(encounter.person, encounter.happened_at)
    health = erasure.opened(sheet.health) if sheet.health else values["health"]
    return values | {
        "health": health,
        "found_at": moment(encounter.happened_at),
        "found_place": encounter.place,
        "found_story": sheet.found_story,
        "conditions": stored(
            lambda: "、".join(word for word, _mark in conditions_shown(encounter))
        ),
        "escort_unit": sheet.escort_unit or names.get(encounter.owner_org, ""),
        "escort_name": sheet.escort_name or encounter.recorded_by,
        "escort_number": sheet.escort_number,
        "escort_phone": sheet.escort_phone,
        "suspicion": sheet.suspicion,
        "belongings": [{"item": sheet.belongings}] if sheet.belongings else [],
        "receiver_unit": names.get(encounter.to_org, ""),
        "handed_over_at": moment(encounter.happened_at),
    }
