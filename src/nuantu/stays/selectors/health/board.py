"""The medic's page: who waits to be looked at, who is in hospital and what was heard last."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from nuantu.core.actors import Actor
from nuantu.encounters.services.owing import SCREEN as STREET_SCREEN
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.persons.models import Case, Person
from nuantu.persons.selectors import Card, cards_of
from nuantu.stays.models import (
    Bill,
    CareHospital,
    CareNews,
    CloseContact,
    Death,
    HospitalCare,
    Infection,
    Reception,
    Screening,
    Stay,
)
from nuantu.stays.selectors.health import packs
from nuantu.stays.selectors.health.bills import open_bills
from nuantu.stays.selectors.health.contacts import DONE, open_infections
from nuantu.stays.selectors.health.deaths import open_deaths

MOST = 60


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whom no medic has looked at yet."""

    case: Case
    card: Card
    since: datetime
    is_urgent: bool
    is_in_house: bool


@dataclass(frozen=True, slots=True)
class InCare:
    """A patient with his hospital, follower, last news and the promise that presses most."""

    care: HospitalCare
    card: Card
    news: CareNews | None
    duty: str
    clock: Clock | None
    is_moving: bool = False


@dataclass(frozen=True, slots=True)
class Street:
    """A patient from the street whom the station screens at the hospital (P1-47)."""

    case: Case
    card: Card
    clock: Clock


@dataclass(frozen=True, slots=True)
class Infected:
    """An infection with the number of contacts about whom something is to do."""

    infection: Infection
    waiting: int


@dataclass(frozen=True, slots=True)
class Board:
    """What needs the medic now."""

    waiting: tuple[Waiting, ...]
    cares: tuple[InCare, ...]
    street: tuple[Street, ...]
    bills: tuple[Bill, ...]
    infections: tuple[Infected, ...]
    deaths: tuple[Death, ...]
    pack: packs.Pack


def board(actor: Actor, at: datetime) -> Board:
    """The page of the actor's own station; a fixed number of queries."""
    return Board(
        waiting=tuple(_waiting(actor, at)),
        cares=tuple(in_care(actor, at)),
        street=tuple(_street(actor, at)),
        bills=tuple(open_bills(actor)),
        infections=tuple(_infections(actor)),
        deaths=tuple(open_deaths(actor)),
        pack=packs.epidemic(actor.division_code, at),
    )


def _infections(actor: Actor) -> list[Infected]:
    rows = open_infections(actor)
    waiting = Counter(
        CloseContact.objects.filter(infection__in=rows)
        .exclude(state__in=DONE)
        .values_list("infection_id", flat=True)
    )
    return [Infected(row, waiting[row.pk]) for row in rows]


def _cards(people: Iterable[Person], at: datetime) -> dict[int, Card]:
    rows = list(people)
    return dict(zip([row.pk for row in rows], cards_of(rows, at), strict=True))


def _waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """Open receptions first, the urgent before the others; then residents never looked at."""
    seen = Screening.objects.filter(case_id=OuterRef("case_id"))
    doors = list(
        Reception.objects.filter(owner_org=actor.org_code, state=Reception.State.OPEN)
        .exclude(Exists(seen.filter(screened_at__gte=OuterRef("asked_at"))))
        .select_related("person__photo")
        .order_by("-is_hospital_needed", "asked_at")[:MOST]
    )
    house = list(
        Stay.objects.filter(owner_org=actor.org_code, left_at=None)
        .exclude(Exists(seen))
        .select_related("person__photo")
        .order_by("entered_at")[:MOST]
    )
    everybody: list[Reception | Stay] = [*doors, *house]
    cases = _cases([row.case_id for row in everybody if row.case_id])
    cards = _cards([row.person for row in everybody], at)
    found = [
        Waiting(
            cases[row.case_id], cards[row.person_id], row.asked_at, row.is_hospital_needed, False
        )
        for row in doors
        if row.case_id in cases
    ]
    return found + [
        Waiting(cases[row.case_id], cards[row.person_id], row.entered_at, False, True)
        for row in house
        if row.case_id in cases
    ]


def _cases(ids: Iterable[UUID]) -> dict[UUID | None, Case]:
    rows = Case.objects.filter(case_id__in=list(ids)).select_related("person")
    return {row.case_id: row for row in rows}


def in_care(actor: Actor, at: datetime) -> list[InCare]:
    """Patients of the station, the most pressing promise first; five queries."""
    rows = list(
        HospitalCare.objects.filter(owner_org=actor.org_code)
        .exclude(state=HospitalCare.State.ENDED)
        .select_related("person__photo", "hospital", "follower")
    )
    moving = set(
        CareHospital.objects.filter(care__in=rows, arrived_at=None, dropped_at=None).values_list(
            "care_id", flat=True
        )
    )
    news: dict[int, CareNews] = {}
    for one in CareNews.objects.filter(care__in=rows).order_by("noted_at", "pk"):
        news[one.care_id] = one
    first: dict[UUID, Duty] = {}
    for duty in Duty.objects.filter(
        subject_kind="care",
        subject_id__in=[row.public_id for row in rows],
        state=Duty.State.OPEN,
    ).order_by("-due_at"):
        first[duty.subject_id] = duty
    cards = _cards([row.person for row in rows], at)
    found = [
        replace(
            _in_care(row, cards, news, first.get(row.public_id), at), is_moving=row.pk in moving
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.clock is None)


def _in_care(
    row: HospitalCare,
    cards: dict[int, Card],
    news: dict[int, CareNews],
    duty: Duty | None,
    at: datetime,
) -> InCare:
    return InCare(
        care=row,
        card=cards[row.person_id],
        news=news.get(row.pk),
        duty=duty.said if duty else "",
        clock=duty.clock(at) if duty else None,
    )


def _street(actor: Actor, at: datetime) -> list[Street]:
    duties = {
        duty.subject_id: duty
        for duty in Duty.objects.filter(
            kind=STREET_SCREEN,
            owner_org=actor.org_code,
            subject_kind="case",
            state=Duty.State.OPEN,
        ).order_by("-due_at")[:MOST]
    }
    rows = list(Case.objects.filter(public_id__in=list(duties)).select_related("person__photo"))
    cards = _cards([row.person for row in rows], at)
    return [Street(row, cards[row.person_id], duties[row.public_id].clock(at)) for row in rows]
