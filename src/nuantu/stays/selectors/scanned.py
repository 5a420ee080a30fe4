"""Whom a scanned or typed code means: the card of a resident or a bed, or the number of a stay."""

import re
from typing import Final
from uuid import UUID

from nuantu.core.actors import Actor
from nuantu.stays.models import BedStay, Stay

_CARD: Final = re.compile(r"/stays/care/at/(stay|bed)/([0-9a-f-]{36})/?$")
_NUMBER: Final = re.compile(r"^S\d{6}-\d{6}-[0-9A-Z]{4}$")


def cases_of_code(actor: Actor, text: str) -> set[UUID]:
    """Cases of the stay that a code names: an earlier card brings the person up again."""
    words = text.strip()
    if card := _CARD.search(words.lower()):
        kind, key = card.groups()
        return _cases_of_card(kind, key)
    if _NUMBER.match(words.upper()):
        found = Stay.objects.filter(number=words.upper()).values_list("case_id", flat=True)
        return {case_id for case_id in found if case_id}
    return set()


def _cases_of_card(kind: str, text: str) -> set[UUID]:
    try:
        public_id = UUID(text)
    except ValueError:
        return set()
    if kind == "bed":
        lies = BedStay.objects.filter(bed__public_id=public_id, period__endswith=None)
        return {key for key in lies.values_list("stay__case_id", flat=True) if key}
    found = Stay.objects.filter(public_id=public_id).values_list("case_id", flat=True)
    return {key for key in found if key}
