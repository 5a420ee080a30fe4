"""Stations and hospitals."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.places.models import Hospital, Station
from nuantu.places.services.spots import Spot, apply, record, spot_fields


class StationHasBuilding(Refusal):
    """An organisation has one building in use; close the old one first."""


def add_station(
    *, actor: Actor, at: datetime, spot: Spot, organisation_code: str, phone: str
) -> Station:
    """Enter the building of a rescue station, held by the station itself.

    Raises StationHasBuilding and the refusals of `spot_fields`.
    """
    station = Station(
        **spot_fields(spot),
        organisation_id=organisation_code,
        owner_org=organisation_code,
        phone=phone.strip(),
        recorded_at=at,
    )
    try:
        with transaction.atomic():
            station.save()
    except IntegrityError as error:
        raise StationHasBuilding(
            _("这家救助管理站已登记了在用的站址，请先停用原站址。"), field="organisation_code"
        ) from error
    record(station, "add", actor=actor, at=at, summary=f"登记救助管理站 {station.name}")
    return station


def change_station(
    *, actor: Actor, at: datetime, station: Station, spot: Spot, phone: str
) -> Station:
    """Move a station or correct its phone. Raises AlreadyClosed and the refusals of `spot_fields`."""
    columns: dict[str, Any] = {**spot_fields(spot), "phone": phone.strip()}
    with transaction.atomic():
        changes = apply(station, columns)
        if changes:
            station.save()
            record(
                station,
                "change",
                actor=actor,
                at=at,
                summary=f"修改救助管理站 {station.name}",
                changes=changes,
            )
    return station


def add_hospital(
    *,
    actor: Actor,
    at: datetime,
    spot: Spot,
    phone: str,
    is_designated: bool = False,
    is_psychiatric: bool = False,
    organisation_code: str = "",
    owner_org: str = "",
) -> Hospital:
    """Enter a hospital; `organisation_code` where it takes hand-overs itself.

    Raises the refusals of `spot_fields`.
    """
    hospital = Hospital(
        **spot_fields(spot),
        organisation_id=organisation_code or None,
        owner_org=owner_org or actor.org_code,
        phone=phone.strip(),
        is_designated=is_designated,
        is_psychiatric=is_psychiatric,
        recorded_at=at,
    )
    with transaction.atomic():
        hospital.save()
        record(hospital, "add", actor=actor, at=at, summary=f"登记医院 {hospital.name}")
    return hospital


def change_hospital(
    *,
    actor: Actor,
    at: datetime,
    hospital: Hospital,
    spot: Spot,
    phone: str,
    is_designated: bool = False,
    is_psychiatric: bool = False,
) -> Hospital:
    """Correct a hospital. Raises AlreadyClosed and the refusals of `spot_fields`."""
    columns: dict[str, Any] = {
        **spot_fields(spot),
        "phone": phone.strip(),
        "is_designated": is_designated,
        "is_psychiatric": is_psychiatric,
    }
    with transaction.atomic():
        changes = apply(hospital, columns)
        if changes:
            hospital.save()
            record(
                hospital,
                "change",
                actor=actor,
                at=at,
                summary=f"修改医院 {hospital.name}",
                changes=changes,
            )
    return hospital
