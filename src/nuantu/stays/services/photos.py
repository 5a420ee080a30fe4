"""Finding somebody by his picture: a purpose once, every look written down; taking the picture."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.persons import services as persons
from nuantu.persons.models import Case, Person
from nuantu.stays.models import Reception
from nuantu.stays.services.belongings import store_picture

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

PURPOSE = "portrait"
SHORTEST_PURPOSE = 4
GROUNDS = {"agreed": "本人同意拍照", "duty": "不能表达意愿，为查明身份拍照"}


class PhotosRefused(Refusal):
    """The photos stay closed, or the picture is not taken."""


def open_photos(*, actor: Actor, at: datetime, purpose: str) -> None:
    """Open the photo wall to the actor for some minutes: the line is the permission.

    Raises PhotosRefused without a purpose an auditor can read.
    """
    words = " ".join(purpose.split())
    if len(words) < SHORTEST_PURPOSE:
        raise PhotosRefused(_("请写明查看目的，例如“来人说不清姓名”。"), field="purpose")
    journal.record(
        verb="stays.photos.open",
        actor=actor,
        at=at,
        subjects=[Subject("user", UUID(actor.public_id))],
        division_code=actor.division_code,
        owner_org=actor.org_code,
        summary="打开照片墙",
        basis=words,
    )


def note_photos_seen(*, actor: Actor, at: datetime, people: Sequence[Person]) -> None:
    """Write on the record of everybody on the page that his picture was looked at."""
    if people:
        journal.record(
            verb="stays.photos.read",
            actor=actor,
            at=at,
            subjects=[Subject("person", person.public_id) for person in people],
            division_code=actor.division_code,
            owner_org=actor.org_code,
            summary="在照片墙上看到",
        )


def take_portrait(
    *,
    actor: Actor,
    at: datetime,
    reception: Reception,
    photo: "UploadedFile[bytes]",
    ground: str,
) -> None:
    """Take somebody's picture at the door, with his consent or because he cannot say who he is.

    Raises PhotosRefused without one of the two grounds, PhotoRefused for a file that is no photo.
    """
    if ground not in GROUNDS:
        raise PhotosRefused(_("请选拍照的依据。"), field="ground")
    with transaction.atomic():
        file = store_picture(actor, at, reception, photo, PURPOSE)
        persons.set_photo(
            actor=actor,
            at=at,
            person=reception.person,
            case=Case.objects.get(case_id=reception.case_id),
            photo=file,
            basis=GROUNDS[ground],
        )
