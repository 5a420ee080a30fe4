"""What a contact leaves to be done: next visit, approval, review, patient, partners, hand-over."""

from datetime import datetime, timedelta

from nuantu.accounts.models import Organisation
from nuantu.accounts.selectors import orgs_in, station_of
from nuantu.core import live, scope
from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.encounters.models import (
    Encounter,
    ModeRequest,
    Outcome,
    RefuserNotice,
    Revisit,
)
from nuantu.encounters.rules import sharing
from nuantu.encounters.rules.contact import Contact
from nuantu.encounters.services.checking import Checked
from nuantu.encounters.services.owing import (
    APPROVE,
    BRING,
    FOLLOW,
    REVIEW,
    REVISIT,
    SCREEN,
    TITLES,
    owe,
)
from nuantu.operations.selectors import leader_on_duty, rules_at
from nuantu.operations.services import offer_handover, open_duty
from nuantu.persons import services as persons
from nuantu.persons.models import Case
from nuantu.persons.rules.rescue import needs_gate
from nuantu.planbook.rules import Ruling

_PARTNERS = {
    "police": (Organisation.Kind.POLICE,),
    "city_management": (Organisation.Kind.URBAN,),
    "partner_departments": (Organisation.Kind.POLICE, Organisation.Kind.URBAN),
    "township": (Organisation.Kind.TOWNSHIP,),
    "hospital": (Organisation.Kind.HOSPITAL,),
}


def _basis(ruling: Ruling | None, otherwise: str) -> str:
    if ruling is None:
        return otherwise
    return ruling.source if ruling.is_national else f"{ruling.plan_code} {ruling.source}"


def follow_up(
    *,
    actor: Actor,
    at: datetime,
    encounter: Encounter,
    case: Case,
    contact: Contact,
    checked: Checked,
) -> None:
    """Open every promise this contact makes, inside its transaction."""
    if encounter.outcome == Outcome.REFUSED or encounter.revisit_at is not None:
        owe_revisit(actor=actor, at=at, encounter=encounter, checked=checked)
    if encounter.outcome == Outcome.REFUSED:
        _tell_partners(actor, at, encounter, checked)
    if needs_gate(encounter.rescue_mode):
        _ask_for_mode(actor, at, encounter, contact, checked)
    persons.set_rescue_mode(
        actor=actor,
        at=at,
        case=case,
        mode=encounter.rescue_mode,
        basis=contact.gate.legal_basis,
        reason=contact.gate.reason,
    )
    if encounter.outcome == Outcome.HOSPITAL:
        _follow_patient(actor, at, encounter, case)
    if encounter.to_org and encounter.to_org != actor.org_code:
        hand_over(actor=actor, at=at, encounter=encounter)
    elif encounter.outcome == Outcome.STATION:
        _bring_in(actor, at, encounter)


def owe_revisit(*, actor: Actor, at: datetime, encounter: Encounter, checked: Checked) -> Revisit:
    """The next visit as a duty of the organisation that holds the case (P9-12, X15)."""
    due = encounter.revisit_at or at + timedelta(days=checked.judgement.revisit_days)
    duty = owe(
        actor=actor,
        at=at,
        encounter=encounter,
        kind=REVISIT,
        due_at=due,
        basis=_basis(checked.judgement.revisit_ruling, "P9-12"),
        rule="P9-12",
    )
    return Revisit.objects.create(encounter=encounter, duty_id=duty.public_id, due_at=due)


def _tell_partners(actor: Actor, at: datetime, encounter: Encounter, checked: Checked) -> None:
    """Partner departments learn place and needs, only where a plan asks for it (P9-30, X60)."""
    ruling = checked.judgement.partners_told
    if ruling is None or not isinstance(ruling.value, dict):
        return
    kinds = {kind for code in ruling.value.get("tell", ()) for kind in _PARTNERS.get(code, ())}
    county = encounter.division_code[:6]
    partners = [org for kind in sorted(kinds) for org in orgs_in(county, kind)]
    days = rules_at(encounter.division_code, at).need("fact.refuser_share").number
    own = Organisation.objects.filter(code=actor.org_code).first()
    with scope.system("a partner department is told of a refuser's place and needs"):
        RefuserNotice.objects.bulk_create(
            RefuserNotice(
                division_code=encounter.division_code,
                owner_org=partner.code,
                recorded_at=at,
                encounter=encounter,
                place=encounter.place,
                needs=list(sharing.needs(encounter.conditions)),
                told_by=actor.org_name,
                phone=own.phone if own else "",
                seen_at=encounter.happened_at,
                told_at=at,
                expires_at=sharing.ends_at(at, days),
            )
            for partner in partners
            if partner.code != actor.org_code
        )
    for partner in partners:
        live.hint("refusers", encounter.division_code, partner.code)


def _ask_for_mode(
    actor: Actor, at: datetime, encounter: Encounter, contact: Contact, checked: Checked
) -> None:
    """Put the legal gate down; the leader on duty decides, a review follows (X01)."""
    hours = checked.judgement.treatment.review_hours
    review_due = at + timedelta(hours=hours)
    ModeRequest.objects.create(
        encounter=encounter,
        mode=encounter.rescue_mode,
        classes=list(encounter.classes),
        legal_basis=contact.gate.legal_basis.strip()[:120],
        reason=contact.gate.reason.strip()[:300],
        has_agreed=contact.gate.has_agreed,
        is_urgent_danger=contact.gate.is_urgent_danger,
        is_incapable=contact.gate.is_incapable,
        asked_at=at,
        asked_by=actor.name,
        asked_by_id=actor.public_id,
        told_by_phone=contact.told_by_phone.strip()[:60],
        review_due_at=review_due,
    )
    leader = leader_on_duty(actor.org_code, at)
    owe(
        actor=actor,
        at=at,
        encounter=encounter,
        kind=APPROVE,
        due_at=at + timedelta(minutes=checked.judgement.approval_minutes),
        basis=contact.gate.legal_basis.strip(),
        rule="P9-13",
        assignee=leader.user if leader else None,
    )
    owe(
        actor=actor,
        at=at,
        encounter=encounter,
        kind=REVIEW,
        due_at=review_due,
        basis=contact.gate.legal_basis.strip(),
        rule="P9-13",
    )


def _follow_patient(actor: Actor, at: datetime, encounter: Encounter, case: Case) -> None:
    """The station screens at the hospital and one named person follows the patient (P1-47, P1-49).

    Owed by the responsible station even when the case goes to the hospital: it names the case as
    its subject and does not move with it.
    """
    station = station_of(encounter.division_code)
    owner = station.code if station else actor.org_code
    book = rules_at(encounter.division_code, at)
    soon = timedelta(minutes=book.need("vague.clock", key="rescue").number)
    daily = timedelta(minutes=book.need("vague.clock", key="paper").number)
    for kind, rule, term in ((SCREEN, "P1-47", soon), (FOLLOW, "P1-49", daily)):
        open_duty(
            actor=actor,
            at=at,
            kind=kind,
            title=TITLES[kind][0],
            title_en=TITLES[kind][1],
            subject=Subject("case", case.public_id),
            owner_org=owner,
            division_code=encounter.division_code,
            due_at=at + term,
            basis=f"{rule}；X56 无数字用语默认时限",
            basis_rule=rule,
        )


def _bring_in(actor: Actor, at: datetime, encounter: Encounter) -> None:
    """Nobody takes over where the team's own station does: that he arrives is owed (P2-03)."""
    term = rules_at(encounter.division_code, at).need("bring.arrive")
    owe(
        actor=actor,
        at=at,
        encounter=encounter,
        kind=BRING,
        due_at=at + timedelta(minutes=term.number),
        basis=_basis(term, "P2-03"),
        rule="P2-03",
    )


def hand_over(*, actor: Actor, at: datetime, encounter: Encounter) -> None:
    """Offer the person to the organisation that takes over; the giver answers until it accepts."""
    handover = offer_handover(
        actor=actor,
        at=at,
        subject=Subject("encounter", encounter.public_id),
        case_id=encounter.case_id,
        to_org=encounter.to_org,
        purpose=stored(Outcome(encounter.outcome).label),
        division_code=encounter.division_code,
    )
    encounter.handover_id = handover.public_id
    encounter.save(update_fields=["handover_id"])
