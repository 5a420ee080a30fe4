"""Bedding washed and put on anew."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.stays.models import Bed, BeddingChange
from nuantu.stays.services.lines import note_house


class BeddingRefused(Refusal):
    """This change of bedding cannot be put down."""


def change_bedding(*, actor: Actor, at: datetime, beds: Sequence[Bed]) -> list[BeddingChange]:
    """The bedding of these beds was changed; one journal line. Raises BeddingRefused without beds."""
    if not beds:
        raise BeddingRefused(_("请勾选已经换洗的床位。"))
    with transaction.atomic():
        rows = BeddingChange.objects.bulk_create(
            BeddingChange(bed=bed, changed_at=at, changed_by=actor.name) for bed in beds
        )
        words = "、".join(f"{bed.room.name}-{bed.label}" for bed in beds)
        note_house(
            verb="stays.bedding.change",
            actor=actor,
            at=at,
            row=beds[0].room.zone,
            summary=f"换洗床品：{words}",
        )
    return rows
