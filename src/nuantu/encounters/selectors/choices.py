"""What the contact form offers: people met near by, houses that take over, items of the kit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from nuantu.accounts.models import Organisation
from nuantu.accounts.selectors import orgs_in, station_of
from nuantu.core.actors import Actor
from nuantu.encounters.models import Encounter
from nuantu.persons.models import Person
from nuantu.persons.selectors import Card, cards_of
from nuantu.places.selectors import responsible_station
from nuantu.routing import haversine_metres

NEAR_METRES: Final = 800
LOOK_BACK: Final = timedelta(days=21)
MOST: Final = 6


@dataclass(frozen=True, slots=True)
class Houses:
    """Organisations that may take somebody over, by how the contact ends."""

    stations: tuple[Organisation, ...]
    hospitals: tuple[Organisation, ...]
    police: tuple[Organisation, ...]


def houses(division_code: str) -> Houses:
    """The responsible station first, then those of the county, then of the prefecture."""
    kinds = (Organisation.Kind.STATION, Organisation.Kind.HOSPITAL, Organisation.Kind.POLICE)
    found = {kind: _near(division_code, kind) for kind in kinds}
    responsible = station_of(division_code)
    stations = list(found[Organisation.Kind.STATION])
    if responsible is not None:
        stations = [responsible, *(org for org in stations if org.code != responsible.code)]
    return Houses(
        tuple(stations), found[Organisation.Kind.HOSPITAL], found[Organisation.Kind.POLICE]
    )


def _near(division_code: str, kind: str) -> tuple[Organisation, ...]:
    county, prefecture = division_code[:6], division_code[:4]
    rows = list(orgs_in(prefecture, kind))
    rows.sort(key=lambda org: (not org.division_id.startswith(county), org.code))
    return tuple(rows)


def met_near_by(
    actor: Actor, *, lat: float | None, lon: float | None, place: str, at: datetime
) -> list[Card]:
    """People the actor's organisation met around here lately, so that nobody is entered twice.

    By distance where both points are known, else by the same words of the place.
    """
    recent = (
        Encounter.objects.filter(owner_org=actor.org_code, happened_at__gt=at - LOOK_BACK)
        .select_related("person__photo")
        .order_by("-happened_at")[:200]
    )
    found: dict[int, Person] = {}
    for encounter in recent:
        if _is_here(encounter, lat, lon, place):
            found.setdefault(encounter.person_id, encounter.person)
    return cards_of(list(found.values())[:MOST], at)


def _is_here(encounter: Encounter, lat: float | None, lon: float | None, place: str) -> bool:
    if (
        lat is not None
        and lon is not None
        and encounter.lat is not None
        and encounter.lon is not None
    ):
        return haversine_metres((lat, lon), (encounter.lat, encounter.lon)) <= NEAR_METRES
    return bool(place) and encounter.place == place


@dataclass(frozen=True, slots=True)
class HelpCard:
    """What is left with somebody so that he can ask for help later (P1-09, P9-12)."""

    name: str
    address: str
    phone: str


def help_card(actor: Actor) -> HelpCard:
    """The station that answers for the actor's area: name, address, phone of day and night."""
    station = responsible_station(actor.division_code)
    if station is not None:
        return HelpCard(station.name, station.address, station.phone)
    organisation = station_of(actor.division_code)
    if organisation is not None:
        return HelpCard(organisation.name, "", organisation.phone)
    return HelpCard(actor.org_name, "", "")


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Organisation names by code; one query."""
    return dict(Organisation.objects.filter(code__in=set(codes)).values_list("code", "name"))
