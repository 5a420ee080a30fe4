"""Hide a photo of a stop that nobody should pass around, show it again, open it for a purpose."""

from datetime import datetime

from django.db import transaction

from nuantu.core import hiding
from nuantu.core.actors import Actor
from nuantu.core.hiding import HidingRefused
from nuantu.patrols.models import PatrolPhoto
from nuantu.patrols.services.register_rows import told_of_run


def hide_photo(*, actor: Actor, at: datetime, photo: PatrolPhoto, why: str) -> PatrolPhoto:
    """Show a photo or video to nobody without a purpose. Raises HidingRefused where it is hidden."""
    with transaction.atomic():
        held = _held(photo)
        _told(held, "hide", actor, at, held.hide(actor=actor, at=at, why=why))
    return held


def show_photo(*, actor: Actor, at: datetime, photo: PatrolPhoto) -> PatrolPhoto:
    """Show a photo to whoever reads the register again. Raises HidingRefused where it is not hidden."""
    with transaction.atomic():
        held = _held(photo)
        _told(held, "show", actor, at, held.show())
    return held


def reveal_photo(*, actor: Actor, at: datetime, photo: PatrolPhoto, purpose: str) -> None:
    """Open a hidden photo to the actor for ten minutes; the line of the journal is the permission.

    Raises HidingRefused without a purpose that an auditor can read.
    """
    words = hiding.stated(purpose)
    with transaction.atomic():
        _told(photo, "reveal", actor, at, "查看遮盖的影像", words)


def _held(photo: PatrolPhoto) -> PatrolPhoto:
    rows = PatrolPhoto.objects.select_for_update(of=("self",)).select_related("visit__run__team")
    return rows.get(pk=photo.pk)


def _told(
    photo: PatrolPhoto, deed: str, actor: Actor, at: datetime, summary: str, basis: str = ""
) -> None:
    said = {"photo": str(photo.public_id), "location": photo.visit.place}
    told_of_run(photo.visit.run, f"photo.{deed}", actor, at, summary, said, basis)


__all__ = ["HidingRefused", "hide_photo", "reveal_photo", "show_photo"]
