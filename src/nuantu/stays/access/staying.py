"""Doors to stays, receptions, beds and rooms, masked where somebody is restricted."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.http import Http404

from nuantu.core.actors import Actor
from nuantu.core.models import StoredFile
from nuantu.operations.models import Handover
from nuantu.persons import access as persons
from nuantu.persons.models import Person
from nuantu.persons.selectors import opened_by
from nuantu.persons.selectors.pages import IDENTITY
from nuantu.stays.access.permissions import APPROVE, DECIDE, HOUSE, READ, RECEIVE
from nuantu.stays.access.rows import own_row
from nuantu.stays.models import (
    Bed,
    Belonging,
    Ending,
    Extension,
    Inquiry,
    Reception,
    Room,
    Stay,
    WomensCarer,
    Zone,
)

Masked = TypeVar("Masked", Stay, Reception)


def stay_for(actor: Actor, public_id: UUID, permission: str = READ) -> Stay:
    """A stay the actor may see, else not found."""
    if actor.may(permission):
        found = (
            Stay.objects.select_related("person__photo", "reception", "with_stay__person")
            .filter(public_id=public_id)
            .first()
        )
        if found is not None:
            return found
    raise Http404


def own_stay_for(actor: Actor, public_id: UUID, permission: str) -> Stay:
    """A stay in the actor's own station, for somebody with the permission."""
    stay = stay_for(actor, public_id, permission)
    if stay.owner_org != actor.org_code:
        raise Http404
    return stay


def zone_for(actor: Actor, public_id: UUID) -> Zone:
    """A zone of the actor's own station, for those who set up the house."""
    return own_row(Zone.objects.all(), actor, public_id, HOUSE)


def bed_for(actor: Actor, public_id: UUID, permission: str = HOUSE) -> Bed:
    """A bed of the actor's own station."""
    rows = Bed.objects.select_related("room__zone")
    return own_row(rows, actor, public_id, permission, through="room__zone__")


def reception_for(actor: Actor, public_id: UUID, permission: str = READ) -> Reception:
    """A reception the actor may see, else not found."""
    if actor.may(permission):
        found = (
            Reception.objects.select_related("person__photo", "stay")
            .filter(public_id=public_id)
            .first()
        )
        if found is not None:
            return found
    raise Http404


def own_reception_for(actor: Actor, public_id: UUID) -> Reception:
    """A reception of the actor's own station, for those who receive."""
    found = reception_for(actor, public_id, RECEIVE)
    if found.owner_org != actor.org_code:
        raise Http404
    return found


def belonging_for(actor: Actor, public_id: UUID) -> Belonging:
    """A thing kept by the actor's own station."""
    rows = Belonging.objects.select_related("reception__person")
    return own_row(rows, actor, public_id, RECEIVE, through="reception__")


def thing_photo_for(actor: Actor, public_id: UUID, at: datetime) -> StoredFile:
    """The photo of a thing kept by a station that the actor sees; of a restricted person's only
    after a reveal."""
    thing = (
        Belonging.objects.select_related("photo", "reception__person")
        .filter(public_id=public_id)
        .first()
    )
    if thing is None or thing.photo is None or not actor.may(READ):
        raise Http404
    if is_masked(actor, thing.reception.person, at):
        raise Http404
    return thing.photo


def is_masked(actor: Actor, person: Person, at: datetime) -> bool:
    """Whether somebody is a restricted person whom the actor did not open in these minutes."""
    return person.is_restricted and not opened_by(person, actor, at).has(IDENTITY)


def may_reveal(actor: Actor, row: Stay | Reception, at: datetime) -> bool:
    """Whether the actor may open who the person of a stay or reception is, once he gave a purpose."""
    return persons.may_reveal(actor, [row], at)


def stay_to_reveal(actor: Actor, public_id: UUID, at: datetime) -> Stay:
    """A stay whose person the actor may open, else not found."""
    return _to_reveal(actor, stay_for(actor, public_id), at)


def reception_to_reveal(actor: Actor, public_id: UUID, at: datetime) -> Reception:
    """A reception of the actor's station whose person he may open, else not found."""
    return _to_reveal(actor, own_reception_for(actor, public_id), at)


def _to_reveal(actor: Actor, row: Masked, at: datetime) -> Masked:
    if not may_reveal(actor, row, at):
        raise Http404
    return row


def inquiry_for(actor: Actor, public_id: UUID) -> Inquiry:
    """A question asked by the actor's own station."""
    rows = Inquiry.objects.select_related("reception__person")
    return own_row(rows, actor, public_id, RECEIVE, through="reception__")


def ending_for(actor: Actor, public_id: UUID) -> Ending:
    """A request to end help in the actor's own station, for those who approve."""
    rows = Ending.objects.select_related("stay__person")
    return own_row(rows, actor, public_id, APPROVE)


def womens_carer_for(actor: Actor, public_id: UUID) -> WomensCarer:
    """A woman who cares for women in the actor's own station, for those who set up the house."""
    rows = WomensCarer.objects.select_related("user")
    return own_row(rows, actor, public_id, HOUSE)


def room_for(actor: Actor, public_id: UUID) -> Room:
    """A room of the actor's own station, for those who set up the house."""
    rows = Room.objects.select_related("zone")
    return own_row(rows, actor, public_id, HOUSE, through="zone__")


def extension_for(actor: Actor, public_id: UUID) -> Extension:
    """A longer stay in the actor's own station, for those who decide and file."""
    rows = Extension.objects.select_related("stay__person")
    return own_row(rows, actor, public_id, DECIDE, through="stay__")


def arrival_for(actor: Actor, public_id: UUID) -> Handover:
    """A person handed over to the actor's own station, for those who receive."""
    found = Handover.objects.filter(public_id=public_id, to_org=actor.org_code).first()
    if found is None or found.case_id is None or not actor.may(RECEIVE):
        raise Http404
    return found


def known_person_for(actor: Actor, public_id: UUID) -> Person:
    """Somebody on record who came to the door."""
    if not actor.may(RECEIVE):
        raise Http404
    return persons.person_for(actor, public_id)
