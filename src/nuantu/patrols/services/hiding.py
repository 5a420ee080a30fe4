"""Hide a photo of a stop that nobody should pass around, show it again, open it for a purpose."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.patrols.models import PatrolPhoto
from nuantu.patrols.selectors.hidden import REVEAL
from nuantu.patrols.services.register_rows import told_of_run

SHORTEST_PURPOSE: Final = 4
Hiding = PatrolPhoto.Hiding


class HidingRefused(Refusal):
    """The photo cannot be hidden, shown or opened in this way."""


def hide_photo(*, actor: Actor, at: datetime, photo: PatrolPhoto, why: str) -> PatrolPhoto:
    """Show a photo or video to nobody without a purpose. Raises HidingRefused where it is hidden."""
    if why not in Hiding.values:
        raise HidingRefused(_("请选为什么遮盖。"), field="why")
    with transaction.atomic():
        held = _held(photo)
        if held.hidden_for:
            raise HidingRefused(_("已经遮盖。"))
        held.hidden_for, held.hidden_at, held.hidden_by = why, at, actor.name
        held.save(update_fields=["hidden_for", "hidden_at", "hidden_by"])
        _told(held, "hide", actor, at, f"遮盖影像：{stored(held.get_hidden_for_display)}")
    return held


def show_photo(*, actor: Actor, at: datetime, photo: PatrolPhoto) -> PatrolPhoto:
    """Show a photo to whoever reads the register again. Raises HidingRefused where it is not hidden."""
    with transaction.atomic():
        held = _held(photo)
        if not held.hidden_for:
            raise HidingRefused(_("没有遮盖。"))
        held.hidden_for, held.hidden_at, held.hidden_by = "", None, ""
        held.save(update_fields=["hidden_for", "hidden_at", "hidden_by"])
        _told(held, "show", actor, at, "取消遮盖影像")
    return held


def reveal_photo(*, actor: Actor, at: datetime, photo: PatrolPhoto, purpose: str) -> None:
    """Open a hidden photo to the actor for ten minutes; the line of the journal is the permission.

    Raises HidingRefused without a purpose that an auditor can read.
    """
    words = " ".join(purpose.split())
    if len(words) < SHORTEST_PURPOSE:
        raise HidingRefused(_("请写明查看目的，例如“联系家属接领”。"), field="purpose")
    with transaction.atomic():
        _told(photo, "reveal", actor, at, "查看遮盖的影像", words)


def _held(photo: PatrolPhoto) -> PatrolPhoto:
    rows = PatrolPhoto.objects.select_for_update(of=("self",)).select_related("visit__run__team")
    return rows.get(pk=photo.pk)


def _told(
    photo: PatrolPhoto, deed: str, actor: Actor, at: datetime, summary: str, basis: str = ""
) -> None:
    said = {"photo": str(photo.public_id), "location": photo.visit.place}
    verb = REVEAL if deed == "reveal" else f"photo.{deed}"
    told_of_run(photo.visit.run, verb, actor, at, summary, said, basis)
