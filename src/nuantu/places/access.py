"""The only door to places: who may read them is in the database, who may change them is here."""

from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from nuantu.core.actors import Actor
from nuantu.places.models import Hospital, KeyLocation, Place, ReliefPoint, Station

READ = "places.map.read"
MANAGE_LOCATIONS = "places.key_location.manage"
EXPORT_LOCATIONS = "places.key_location.export"
MANAGE_FACILITIES = "places.facility.manage"
MANAGE_POINTS = "places.relief_point.manage"
OPEN_POINTS = "places.relief_point.open"

P = TypeVar("P", bound=Place)


def _one(rows: QuerySet[P], actor: Actor, public_id: UUID) -> P:
    """A place the actor sees, closed ones too. Raises Http404 for one he does not."""
    found = rows.filter(public_id=public_id).first()
    if found is None or not actor.may(READ):
        raise Http404
    return found


def key_location_for(actor: Actor, public_id: UUID) -> KeyLocation:
    """One key location of the actor's prefecture. Raises Http404."""
    return _one(KeyLocation.objects.all(), actor, public_id)


def relief_point_for(actor: Actor, public_id: UUID) -> ReliefPoint:
    """One relief point. Raises Http404."""
    return _one(ReliefPoint.objects.all(), actor, public_id)


def station_for(actor: Actor, public_id: UUID) -> Station:
    """One station. Raises Http404."""
    return _one(Station.objects.all(), actor, public_id)


def hospital_for(actor: Actor, public_id: UUID) -> Hospital:
    """One hospital. Raises Http404."""
    return _one(Hospital.objects.all(), actor, public_id)


def may_change(actor: Actor, place: Place, permission: str) -> bool:
    """Whether the actor may change this place: the permission, and holder or overseer of it."""
    if not actor.may(permission):
        return False
    is_holder = place.owner_org == actor.org_code
    is_overseer = bool(actor.prefix) and place.division_code.startswith(actor.prefix)
    return actor.is_system or is_holder or is_overseer


def changeable_key_location_for(actor: Actor, public_id: UUID) -> KeyLocation:
    """A key location to edit. Raises Http404 where the actor may not."""
    return _changeable(key_location_for(actor, public_id), actor, MANAGE_LOCATIONS)


def changeable_relief_point_for(actor: Actor, public_id: UUID) -> ReliefPoint:
    """A relief point to edit. Raises Http404 where the actor may not."""
    return _changeable(relief_point_for(actor, public_id), actor, MANAGE_POINTS)


def openable_relief_point_for(actor: Actor, public_id: UUID) -> ReliefPoint:
    """A relief point to open, shut or confirm. Raises Http404 where the actor may not."""
    return _changeable(relief_point_for(actor, public_id), actor, OPEN_POINTS)


def changeable_station_for(actor: Actor, public_id: UUID) -> Station:
    """A station to edit. Raises Http404 where the actor may not."""
    return _changeable(station_for(actor, public_id), actor, MANAGE_FACILITIES)


def changeable_hospital_for(actor: Actor, public_id: UUID) -> Hospital:
    """A hospital to edit. Raises Http404 where the actor may not."""
    return _changeable(hospital_for(actor, public_id), actor, MANAGE_FACILITIES)


def _changeable(place: P, actor: Actor, permission: str) -> P:
    if place.is_closed or not may_change(actor, place, permission):
        raise Http404
    return place
