"""Doors to daily care: cards, searches, complaints, medicines."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404

from nuantu.core.actors import Actor
from nuantu.core.models import StoredFile
from nuantu.stays.access.permissions import ANSWER, CARE, MEDICINE, ROLL
from nuantu.stays.access.rows import own_row
from nuantu.stays.access.staying import bed_for, own_stay_for
from nuantu.stays.models import Bed, Complaint, Dose, Medication, RollCall, Room, Search, Stay


def care_of(actor: Actor, public_id: UUID) -> Stay:
    """A stay in the actor's own station, for those who care for residents."""
    return own_stay_for(actor, public_id, CARE)


def cared_for(actor: Actor, ids: Iterable[UUID]) -> list[Stay]:
    """These stays of the actor's own station, left ones too, for those who care for residents.
    Raises Http404 where one of them is not there."""
    wanted = set(ids)
    found = list(
        Stay.objects.select_related("person").filter(owner_org=actor.org_code, public_id__in=wanted)
    )
    if len(found) != len(wanted) or not actor.may(CARE):
        raise Http404
    return found


def care_bed_for(actor: Actor, public_id: UUID) -> Bed:
    """A bed of the actor's own station, for those who care for residents."""
    return bed_for(actor, public_id, CARE)


def spot_for(actor: Actor, kind: str, public_id: UUID) -> Stay | Bed | Room:
    """What the card of a resident, bed or room stands for, in the actor's own station."""
    if kind == "stay":
        return care_of(actor, public_id)
    if kind == "bed":
        return bed_for(actor, public_id, CARE)
    found = Room.objects.filter(public_id=public_id, zone__owner_org=actor.org_code).first()
    if found is None or kind != "room" or not actor.may(CARE):
        raise Http404
    return found


def search_for(actor: Actor, public_id: UUID) -> Search:
    """A search of the actor's own station."""
    rows = Search.objects.select_related("stay__person__photo")
    return own_row(rows, actor, public_id, ROLL)


def roll_photo_for(actor: Actor, public_id: UUID) -> StoredFile:
    """The photo of a roll-call of the actor's own station."""
    row = RollCall.objects.select_related("photo").filter(public_id=public_id).first()
    if row is None or row.owner_org != actor.org_code or row.photo is None or not actor.may(ROLL):
        raise Http404
    return row.photo


def complaint_for(actor: Actor, public_id: UUID) -> Complaint:
    """A complaint that the actor's organisation answers, unless it is about himself."""
    found = Complaint.objects.filter(public_id=public_id, owner_org=actor.org_code).first()
    if found is None or found.about_id == actor.public_id or not actor.may(ANSWER):
        raise Http404
    return found


def health_of(actor: Actor, public_id: UUID) -> Stay:
    """A stay in the actor's own station, for those who read medical words."""
    return own_stay_for(actor, public_id, MEDICINE)


def medication_for(actor: Actor, public_id: UUID) -> Medication:
    """A medicine of a resident of the actor's own station."""
    rows = Medication.objects.select_related("stay__person")
    return own_row(rows, actor, public_id, MEDICINE)


def dose_for(actor: Actor, public_id: UUID) -> Dose:
    """A dose of a resident of the actor's own station."""
    rows = Dose.objects.select_related("medication__stay__person")
    return own_row(rows, actor, public_id, MEDICINE, through="medication__")
