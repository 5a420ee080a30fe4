"""The door: who waits, who is being received, what was decided today, on which grounds one refuses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language

from nuantu.accounts.models import Organisation
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.encounters.models import Encounter
from nuantu.encounters.services.owing import BRING
from nuantu.operations.models import Duty, Handover
from nuantu.operations.selectors import rules_at
from nuantu.persons.models import Case, Person
from nuantu.persons.selectors import Card, Filters, cards_of, people
from nuantu.persons.selectors.same import same_human
from nuantu.planbook import deadlines
from nuantu.stays.models import ArrivalMode, Belonging, Inquiry, Reception, Stay, Way
from nuantu.stays.rules import eligibility
from nuantu.stays.rules.leaving import ARRIVE

MOST_FOUND = 12
_MODES = {
    Organisation.Kind.POLICE: ArrivalMode.POLICE,
    Organisation.Kind.URBAN: ArrivalMode.URBAN,
    Organisation.Kind.HOSPITAL: ArrivalMode.HOSPITAL,
    Organisation.Kind.STATION: ArrivalMode.STATION,
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whom another organisation hands over, on his way or at the door."""

    handover: Handover
    card: Card | None
    giver: str


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody accepted from another station: whether he was seen out there, and is late since."""

    of: Waiting
    is_on_his_way: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody whom a team of this station met and brings in; `due_at` is when he should be there."""

    contact: Encounter
    card: Card
    due_at: datetime
    is_late: bool


@dataclass(frozen=True, slots=True)
class AtDoor:
    """A reception as a list shows it."""

    reception: Reception
    card: Card


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody on record who may be the one at the door, and whether he stays here already."""

    card: Card
    stay: Stay | None


def mode_of_giver(org: str) -> str:
    """How somebody comes whom this organisation hands over."""
    kind = Organisation.objects.filter(code=org).values_list("kind", flat=True).first()
    return _MODES.get(Organisation.Kind(kind), ArrivalMode.TEAM) if kind else ArrivalMode.TEAM


def giver_name(org: str) -> str:
    """What the giver is called."""
    return Organisation.objects.filter(code=org).values_list("name", flat=True).first() or org


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """What other organisations hand over to this station and wait to have answered."""
    rows = list(
        Handover.objects.filter(
            to_org=actor.org_code, state=Handover.State.OFFERED, case_id__isnull=False
        ).order_by("offered_at")[:50]
    )
    return _with_givers(rows, at)


def _with_givers(rows: Sequence[Handover], at: datetime) -> list[Waiting]:
    cases = {
        case.case_id: case
        for case in Case.objects.filter(case_id__in=[r.case_id for r in rows]).select_related(
            "person__photo"
        )
    }
    held = [case.person for case in cases.values()]
    cards = dict(zip([p.pk for p in held], cards_of(held, at), strict=True))
    givers = dict(
        Organisation.objects.filter(code__in={r.owner_org for r in rows}).values_list(
            "code", "name"
        )
    )
    return [
        Waiting(
            row,
            cards.get(cases[row.case_id].person_id) if row.case_id in cases else None,
            givers.get(row.owner_org, row.owner_org),
        )
        for row in rows
    ]


def _taken_over(org: str, at: datetime) -> QuerySet[Handover]:
    """Whom another station hands over and this one accepted, while his reception did not begin."""
    received = Reception.objects.filter(
        owner_org=org, case_id=OuterRef("case_id"), asked_at__gte=OuterRef("answered_at")
    )
    rows = Handover.objects.filter(
        to_org=org,
        state=Handover.State.ACCEPTED,
        purpose=stored(Way.STATION.label),
        giver_reads_until__gt=at,
    )
    return rows.exclude(Exists(received)).order_by("answered_at")


def expected(actor: Actor, at: datetime) -> list[Expected]:
    """Whom another station brings after this one accepted, the longest accepted first."""
    rows = list(_taken_over(actor.org_code, at)[:50])
    due = dict(
        Duty.objects.filter(
            owner_org=actor.org_code,
            kind=ARRIVE,
            state=Duty.State.OPEN,
            case_id__in=[row.case_id for row in rows],
        ).values_list("case_id", "due_at")
    )
    return [
        Expected(one, one.handover.case_id in due, due.get(one.handover.case_id, at) < at)
        for one in _with_givers(rows, at)
    ]


def _awaited(org: str) -> QuerySet[Duty]:
    return Duty.objects.filter(owner_org=org, kind=BRING, state=Duty.State.OPEN)


def bringing(org: str, people_asked: Iterable[Person]) -> list[Encounter]:
    """Contacts after which one of these people is on the way to this station, the latest first."""
    awaited = _awaited(org).values("subject_id")
    rows = Encounter.objects.filter(public_id__in=awaited, person__in=list(people_asked))
    return list(rows.order_by("-happened_at"))


def arrival_of(actor: Actor, person: Person) -> tuple[str, str]:
    """How somebody on record comes and who brings him: a team, another station, else he himself."""
    known = same_human(person)
    met = bringing(actor.org_code, known)
    if met:
        return ArrivalMode.TEAM, met[0].recorded_by
    held = Case.objects.filter(person__in=known).values("case_id")
    handed = _taken_over(actor.org_code, clock.now()).filter(case_id__in=held).first()
    return (ArrivalMode.STATION, giver_name(handed.owner_org)) if handed else (ArrivalMode.SELF, "")


def coming(actor: Actor, at: datetime) -> list[Coming]:
    """Whom the station's own teams bring in and who is not here yet, the earliest due first."""
    due = dict(_awaited(actor.org_code).order_by("due_at").values_list("subject_id", "due_at")[:50])
    rows = Encounter.objects.filter(public_id__in=due).select_related("person__photo", "team")
    found = sorted(rows, key=lambda one: due[one.public_id])
    cards = cards_of([one.person for one in found], at)
    return [
        Coming(one, card, due[one.public_id], due[one.public_id] < at)
        for one, card in zip(found, cards, strict=True)
    ]


def _with_cards(rows: Iterable[Reception], at: datetime) -> list[AtDoor]:
    found = list(rows)
    cards = cards_of([row.person for row in found], at)
    return [AtDoor(row, card) for row, card in zip(found, cards, strict=True)]


def receptions(org: str) -> QuerySet[Reception]:
    """Receptions of a station."""
    return Reception.objects.filter(owner_org=org).select_related("person__photo")


def open_reception_of(actor: Actor, person: Person) -> Reception | None:
    """The reception of somebody that goes on already in the reader's station."""
    rows = receptions(actor.org_code).filter(person=person, state=Reception.State.OPEN)
    return rows.first()


def open_ones(actor: Actor, at: datetime) -> list[AtDoor]:
    """Receptions that are not decided, the longest first."""
    rows = receptions(actor.org_code).filter(state=Reception.State.OPEN)
    return _with_cards(rows.order_by("asked_at")[:50], at)


def decided_today(actor: Actor, at: datetime) -> list[AtDoor]:
    """What was decided today, the latest first."""
    since = deadlines.start_of(clock.local(at).date())
    rows = receptions(actor.org_code).filter(decided_at__gte=since)
    return _with_cards(rows.order_by("-decided_at")[:50], at)


def found(actor: Actor, words: str, at: datetime) -> list[Found]:
    """People on record by name, sound, looks, number or receipt: searched before anybody is entered."""
    if not words.strip():
        return []
    return found_of(actor, list(people(actor, Filters(words=words.strip()))[:MOST_FOUND]), at)


def found_of(actor: Actor, rows: Sequence[Person], at: datetime) -> list[Found]:
    """Cards of people who may be the one at the door; two queries."""
    here = {
        stay.person_id: stay
        for stay in Stay.objects.filter(person__in=rows, left_at=None, owner_org=actor.org_code)
    }
    cards = cards_of(rows, at)
    return [Found(card, here.get(row.pk)) for row, card in zip(rows, cards, strict=True)]


def grounds(
    division_code: str, at: datetime, kind: str = "reception.ground"
) -> list[tuple[str, str]]:
    """Grounds of refusing or ending help as choices, in the language of the page."""
    is_english = (get_language() or "").startswith("en")
    name = "says_en" if is_english else "says"
    return [
        (rule.key, str(rule.value.get(name) or rule.value.get("says")))
        for rule in rules_at(division_code, at).rules(kind)
        if isinstance(rule.value, dict)
    ]


def ground_source(
    division_code: str, at: datetime, ground: str, kind: str = "reception.ground"
) -> str:
    """The law that a ground rests on."""
    rules = rules_at(division_code, at).rules(kind)
    return next((rule.source for rule in rules if rule.key == ground), "")


def asked_of(reception: Reception) -> eligibility.Asked:
    """What was found out so far, as the rules take it."""
    return eligibility.Asked(
        security=reception.security,
        telling=reception.telling,
        is_hospital_needed=reception.is_hospital_needed,
        is_protected=reception.is_protected,
        has_means=reception.has_means,
        is_cash_only=reception.is_cash_only,
        has_refused_deposit=reception.has_refused_deposit,
    )


def things_of(reception: Reception) -> list[Belonging]:
    """What was handed in."""
    return list(reception.belongings.order_by("taken_at", "pk"))


def inquiries_of(reception: Reception) -> list[Inquiry]:
    """What others were asked."""
    return list(reception.inquiries.order_by("asked_at", "pk"))
