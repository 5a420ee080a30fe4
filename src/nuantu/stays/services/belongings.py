"""Things handed in at the door: listed, sealed, kept, given back against a signature."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import files
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.models import StoredFile
from nuantu.core.sentences import stored
from nuantu.stays.models import Belonging, Reception
from nuantu.stays.services.after_door import keep_things
from nuantu.stays.services.lines import note

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

PURPOSE = "belonging"
_GOES_WITH_HIM = frozenset({Belonging.End.RETURNED, Belonging.End.HANDED_ON})


class BelongingRefused(Refusal):
    """The thing cannot be listed or given back as asked."""


def take_belonging(
    *,
    actor: Actor,
    at: datetime,
    reception: Reception,
    kind: str,
    item: str,
    quantity: int = 1,
    cash_fen: int = 0,
    description: str = "",
    seal_number: str = "",
    kept_in: str = "",
    photo: "UploadedFile[bytes] | None" = None,
) -> Belonging:
    """List one thing. Cash is counted in fen.

    Raises BelongingRefused for cash without an amount, PhotoRefused for a file that is no photo.
    """
    if kind == Belonging.Kind.CASH and cash_fen <= 0:
        raise BelongingRefused(_("现金要写清金额。"), field="cash")
    with transaction.atomic():
        row = Belonging.objects.create(
            reception=reception,
            kind=kind,
            item=item.strip()[:60],
            quantity=quantity,
            cash_fen=cash_fen if kind == Belonging.Kind.CASH else 0,
            description=description.strip()[:200],
            seal_number=seal_number.strip()[:24],
            kept_in=kept_in.strip()[:40],
            photo=store_picture(actor, at, reception, photo, PURPOSE) if photo else None,
            taken_at=at,
            taken_by=actor.name,
        )
        note(
            verb="stays.belonging.take",
            actor=actor,
            at=at,
            row=reception,
            person=reception.person,
            summary=f"收存物品：{stored(row.get_kind_display)}",
            changes={"kind": kind, "quantity": quantity},
            sealed={"item": row.item, "cash_fen": row.cash_fen},
        )
    return row


def store_picture(
    actor: Actor, at: datetime, reception: Reception, photo: "UploadedFile[bytes]", purpose: str
) -> StoredFile:
    """A picture that was taken at the door, of a thing or of its owner. Raises PhotoRefused."""
    return files.store(
        upload=photo,
        division_code=reception.division_code,
        owner_org=reception.owner_org,
        case_id=reception.case_id,
        purpose=purpose,
        actor=actor,
        at=at,
    )


def end_belonging(
    *,
    actor: Actor,
    at: datetime,
    belonging: Belonging,
    end: str,
    is_signed_for: bool = False,
    note_text: str = "",
) -> Belonging:
    """Give one thing back against a signature, hand it to police or to whoever takes its owner over,
    or dispose of it with consent.

    Raises BelongingRefused: not kept any more, forbidden things given back, no signature and no
    word why.
    """
    with transaction.atomic():
        row = Belonging.objects.select_for_update().get(pk=belonging.pk)
        if row.end:
            raise BelongingRefused(_("这件物品已经办结。"))
        if end in _GOES_WITH_HIM and row.kind == Belonging.Kind.FORBIDDEN:
            raise BelongingRefused(_("违禁品不归还，请选移交公安或本人同意处理。"), field="end")
        if not is_signed_for and not note_text.strip():
            raise BelongingRefused(_("没有本人签收的，请写明原因和见证人。"), field="note_text")
        row.end, row.ended_at, row.ended_by = end, at, actor.name
        row.is_signed_for, row.end_note = is_signed_for, note_text.strip()[:200]
        row.save()
        note(
            verb="stays.belonging.end",
            actor=actor,
            at=at,
            row=row.reception,
            person=row.reception.person,
            summary=f"物品办结：{stored(row.get_end_display)}",
            changes={"end": end, "note": row.end_note},
            sealed={"item": row.item},
        )
        keep_things(actor=actor, at=at, row=row.reception)
    return row
