"""Cards with a QR code for rooms, beds and residents: the code is an address with an id, no name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import segno
from django.urls import reverse

from nuantu.stays.models import Bed, BedStay, Room, Stay
from nuantu.stays.selectors.beds import bed_words
from nuantu.stays.selectors.board import residents, stays_here


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """One card: two lines to read and the picture of its code.

    The card of a resident says his bed and number, so that one who finds it learns no name.
    """

    title: str
    line: str
    picture: str


def _page_of(kind: str, key: UUID) -> str:
    return reverse("stays:care_spot", args=[kind, key])


_address: list[Callable[[str, UUID], str]] = [_page_of]


def register_card_address(address: Callable[[str, UUID], str]) -> None:
    """A package above says what stands in the code of a card of this kind and id, in place of the page."""
    _address[:] = [address]


def cards(org: str, kind: str, at: datetime, here: str) -> list[PrintedCard]:
    """The cards of a station of one kind; `here` is the address of the site without a slash."""
    makers = {"room": _rooms, "bed": _beds, "stay": _residents}
    known = kind if kind in makers else "room"
    return [
        PrintedCard(title, line, _picture(here + _address[0](known, key)))
        for title, line, key in makers[known](org, at)
    ]


def _rooms(org: str, at: datetime) -> Iterator[tuple[str, str, UUID]]:
    found = Room.objects.filter(zone__owner_org=org, zone__closed_at=None)
    for room in found.select_related("zone").order_by("zone__position", "name"):
        yield room.name, room.zone.name, room.public_id


def _beds(org: str, at: datetime) -> Iterator[tuple[str, str, UUID]]:
    found = Bed.objects.filter(room__zone__owner_org=org, room__zone__closed_at=None)
    for bed in found.select_related("room__zone").order_by(
        "room__zone__position", "room__name", "pk"
    ):
        yield f"{bed.room.name}-{bed.label}", bed.room.zone.name, bed.public_id


def _residents(org: str, at: datetime) -> Iterator[tuple[str, str, UUID]]:
    for one in residents(stays_here(org), at):
        where = bed_words(one.bed.bed) if one.bed else "—"
        yield one.stay.number, where, one.stay.public_id


def _picture(address: str) -> str:
    return str(segno.make(address, error="m").svg_data_uri(scale=3, border=2))


def sleeper(bed: UUID) -> Stay | None:
    """Whoever has the bed now."""
    row = BedStay.objects.filter(bed__public_id=bed, period__endswith=None)
    found = row.select_related("stay__person").first()
    return found.stay if found else None
