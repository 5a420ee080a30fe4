"""The invented places of the demo prefecture, entered as real ones are."""

from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

import yaml
from django.db import transaction

from nuantu.accounts.models import Organisation
from nuantu.core.actors import Actor
from nuantu.places.models import KeyLocation
from nuantu.places.services.facilities import add_hospital, add_station
from nuantu.places.services.key_locations import VisitTerms, add_key_location
from nuantu.places.services.relief_points import (
    PointDetails,
    add_relief_point,
    open_relief_point,
    shut_relief_point,
)
from nuantu.places.services.spots import Spot


def load_demo(*, actor: Actor, at: datetime) -> int:
    """Enter the demo's places; answer how many. A second call finds them there and enters none.

    Needs the divisions of 5226 and the demo's organisations. A place is held by the township's
    office where the demo has one, else by the county's bureau.
    """
    text = files("nuantu.places").joinpath("data/demo.yaml").read_text("utf-8")
    data: dict[str, list[dict[str, Any]]] = yaml.load(text, Loader=yaml.CSafeLoader)
    if KeyLocation.objects.filter(name=data["key_locations"][0]["name"]).exists():
        return 0
    known = set(Organisation.objects.values_list("code", flat=True))
    with transaction.atomic():
        for entry in data["key_locations"]:
            add_key_location(
                actor=actor,
                at=at,
                spot=_spot(entry),
                kind=entry["kind"],
                owner_org=_owner(entry, known),
                terms=VisitTerms(
                    is_night_only=entry.get("night", False),
                    must_go_with_police=entry.get("police", False),
                    open_hours=entry.get("open", ""),
                ),
            )
        for entry in data["stations"]:
            add_station(
                actor=actor,
                at=at,
                spot=_spot(entry),
                organisation_code=entry["organisation"],
                phone=entry["phone"],
            )
        for entry in data["hospitals"]:
            add_hospital(
                actor=actor,
                at=at,
                spot=_spot(entry),
                phone=entry["phone"],
                is_designated=entry.get("designated", False),
                is_psychiatric=entry.get("psychiatric", False),
                organisation_code=entry.get("organisation", ""),
                owner_org=f"MZ-{entry['town'][:6]}",
            )
        for entry in data["relief_points"]:
            _relief_point(entry, known, actor=actor, at=at)
    return sum(len(entries) for entries in data.values())


def _relief_point(entry: dict[str, Any], known: set[str], *, actor: Actor, at: datetime) -> None:
    point = add_relief_point(
        actor=actor,
        at=at,
        spot=_spot(entry),
        details=PointDetails(
            kind=entry["kind"],
            contact_unit=entry["unit"],
            contact_person=entry["person"],
            phone=entry["phone"],
            hours=entry["hours"],
            places_count=entry["capacity"],
            has_sign=entry["sign"],
        ),
        owner_org=_owner(entry, known),
    )
    if "open_hours_ago" in entry:
        said_at = at - timedelta(hours=entry["open_hours_ago"])
        open_relief_point(actor=actor, at=said_at, point=point)
    elif "shut" in entry:
        shut_relief_point(actor=actor, at=at, point=point, reason=entry["shut"])


def _spot(entry: dict[str, Any]) -> Spot:
    return Spot(
        name=entry["name"],
        division_code=entry["town"],
        lat=entry["lat"],
        lon=entry["lon"],
        address=entry.get("address", ""),
        is_confirmed=True,
    )


def _owner(entry: dict[str, Any], known: set[str]) -> str:
    office = f"SS-{entry['town']}"
    return office if office in known else f"MZ-{entry['town'][:6]}"
