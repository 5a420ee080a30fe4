"""The contact book as the list, the export and a part of a return show it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.core import clock
from nuantu.homeward.models.returns import ReturnPlan
from nuantu.homeward.models.stations import StationContact
from nuantu.homeward.rules.contacts import said
from nuantu.operations.selectors import rules_at

MOST_OFFERED: Final = 500
# what the columns are called on the export, the template and in what is to be mended
LABELS: Final[Mapping[str, str | Promise]] = {
    "place_code": gettext_lazy("区划代码"),
    "place_words": gettext_lazy("地区"),
    "name": gettext_lazy("名称"),
    "phones": gettext_lazy("电话"),
    "address": gettext_lazy("地址"),
    "note": gettext_lazy("备注"),
    "confirmed": gettext_lazy("最近核对"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the book is narrowed to: words of place, name, phone or code; a province; all or the old lines."""

    words: str = ""
    province: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the list shows it; `is_old`: nobody has confirmed it for longer than `station.old`."""

    contact: StationContact
    is_old: bool
    url: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A station that a part of a return may name (LV-05): the words, and whether they are old."""

    words: str
    is_old: bool


def old_before(division_code: str, at: datetime) -> date:
    """A line that was last confirmed on this day or before is old (`station.old`, days)."""
    days = int(rules_at(division_code, at).need("station.old").number)
    return clock.local(at).date() - timedelta(days=days)


def label_of(public_id: UUID) -> str:
    """What a station is called."""
    found = StationContact.objects.filter(public_id=public_id).values_list("name", flat=True)
    return found.first() or _("外地救助站")


def url_of(public_id: UUID) -> str:
    """The page of a line."""
    return reverse("homeward:contact", args=[public_id])


def contacts(filters: Filters, old: date) -> QuerySet[StationContact]:
    """Lines in force, by place."""
    found = StationContact.objects.filter(closed_at=None)
    for word in filters.words.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(place_words__icontains=word)
            | Q(address__icontains=word)
            | Q(phones__contains=word)
            | Q(place_code__startswith=word)
        )
    if filters.province:
        found = found.filter(place_code__startswith=filters.province)
    if filters.state == "old":
        found = found.filter(confirmed_date__lte=old)
    return found.order_by("place_code", "name", "pk")


def rows_of(found: Iterable[StationContact], old: date) -> list[Row]:
    """The rows of a page; no query of its own."""
    return [Row(one, one.confirmed_date <= old, url_of(one.public_id)) for one in found]


def other_old(contact: StationContact, at: datetime) -> int:
    """How many other lines of that book are old."""
    rows = StationContact.objects.filter(owner_org=contact.owner_org, closed_at=None)
    old = old_before(contact.division_code, at)
    return rows.filter(confirmed_date__lte=old).exclude(pk=contact.pk).count()


def offered(plan: ReturnPlan, at: datetime) -> list[Offer]:
    """Stations for a part of a return: those of the home province first."""
    old, home = old_before(plan.division_code, at), plan.home_division[:2]
    rows = StationContact.objects.filter(closed_at=None).order_by("place_code", "name", "pk")
    near = sorted(rows[:MOST_OFFERED], key=lambda one: one.place_code[:2] != home)
    return [
        Offer(said(one.name, one.address, one.phones), one.confirmed_date <= old) for one in near
    ]


def headings() -> list[str]:
    """The columns of the exported book; it can be brought in again."""
    return [*(str(label) for label in LABELS.values()), _("核对人")]


def sheet(found: Iterable[StationContact]) -> Iterator[Sequence[object]]:
    """The exported book."""
    for one in found:
        day = one.confirmed_date.isoformat()
        told = (one.place_code, one.place_words, one.name, one.phones, one.address, one.note)
        yield (*told, day, one.confirmed_by)
