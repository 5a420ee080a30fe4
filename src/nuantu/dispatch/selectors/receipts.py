"""What somebody with a receipt code may know."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from nuantu.core import scope
from nuantu.core.fields import keyed_hash
from nuantu.core.ids import RECEIPT_LENGTH, tidy_receipt
from nuantu.dispatch.models import StillThere, Tip


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """How far the answer has come; no name, no team, nothing about the person that was found.

    `place_text` is what the reporter said. Words that the program found for his point may name a key
    location and are not told.
    """

    tip: Tip
    place_text: str
    state: str
    received_at: datetime
    due_at: datetime
    assigned_at: datetime | None
    arrived_at: datetime | None
    closed_at: datetime | None
    changed_at: datetime
    outcome: str
    follows_another: bool
    is_outside_area: bool
    reopened_count: int
    said_at: tuple[datetime, ...]


def receipt_hash(code: str) -> str:
    """The keyed hash under which a tip lies; the code itself is stored nowhere."""
    return keyed_hash(f"receipt-code:{code}")


def tip_of_receipt(typed: str) -> Tip | None:
    """The tip behind what somebody typed as a code; None for an unknown one.

    Reads in the public scope with the hash set: the database shows that row and no other.
    """
    code = tidy_receipt(typed)
    if len(code) != RECEIPT_LENGTH:
        return None
    digest = receipt_hash(code)
    with scope.public(digest):
        return Tip.objects.filter(receipt_hash=digest).first()


def _said(tip: Tip) -> tuple[datetime, ...]:
    with scope.system("a reporter sees that his word has arrived"):
        return tuple(
            StillThere.objects.filter(tip=tip)
            .order_by("-said_at")
            .values_list("said_at", flat=True)
        )


def receipt_view(tip: Tip) -> ReceiptView:
    """The public side of a tip; a confirmed duplicate shows how the tip it follows stands."""
    shown = tip
    if tip.follows_id:
        with scope.system("a reporter of the same person learns what came of it"):
            shown = Tip.objects.get(pk=tip.follows_id)
    return ReceiptView(
        tip=tip,
        place_text=_("您给出的位置") if tip.place_text_en else tip.place_text,
        state=shown.state,
        received_at=tip.received_at,
        due_at=shown.due_at,
        assigned_at=shown.assigned_at,
        arrived_at=shown.arrived_at,
        closed_at=shown.closed_at,
        changed_at=max(tip.changed_at, shown.changed_at),
        outcome=shown.outcome,
        follows_another=bool(tip.follows_id),
        is_outside_area=tip.is_outside_area,
        reopened_count=shown.reopened_count,
        said_at=_said(tip),
    )
