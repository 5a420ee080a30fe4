"""One resident's care page."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from nuantu.stays.models import CareEntry, Stay
from nuantu.stays.selectors.beds import bed_words
from nuantu.stays.selectors.board import Resident, residents
from nuantu.stays.selectors.care.day import Cared, cared, slot_at

SHOWN = 60


@dataclass(frozen=True, slots=True)
class CarePage:
    """Who he is, what he had today, and the log by day; words are hidden of a restricted person."""

    stay: Stay
    resident: Resident
    today: Cared
    bed: str
    days: tuple[tuple[date, tuple[CareEntry, ...]], ...]
    hides_words: bool

    @property
    def meals(self) -> list[tuple[str, str]]:
        """Today's meals up to now, in words, with how each went."""
        return [(str(CareEntry.Slot(slot).label), state) for slot, state in self.today.meals]


def care_page(stay: Stay, at: datetime) -> CarePage:
    """Read the page; the caller has authorised the reader."""
    (resident,) = residents([stay], at)
    (now,) = cared([resident], slot_at(stay.division_code, at), at)
    rows = CareEntry.objects.filter(stay=stay).order_by("-on_date", "-happened_at", "-pk")[:SHOWN]
    days = groupby(rows, key=lambda entry: entry.on_date)
    return CarePage(
        stay=stay,
        resident=resident,
        today=now,
        bed=bed_words(resident.bed.bed) if resident.bed else "",
        days=tuple((day, tuple(entries)) for day, entries in days),
        hides_words=resident.card.is_masked,
    )


def day_in(text: str) -> date | None:
    """The day that an address names; None where it names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
