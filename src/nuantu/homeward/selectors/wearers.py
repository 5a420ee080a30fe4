"""Wearers in a list and one by one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import mean
from typing import Any, Final, overload
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import brief_keys, clock, vault
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.homeward.models import (
    Alarm,
    AlarmKind,
    Consent,
    Fence,
    Giver,
    LastFix,
    Purpose,
    Wearer,
    Wearing,
)
from nuantu.homeward.rules import fences as rules
from nuantu.homeward.rules.packing import unpack_state
from nuantu.homeward.rules.watching import URGENT, Spot
from nuantu.homeward.selectors.looks import LINES, deeds
from nuantu.persons.selectors import Card, card_of

MOST_COUNTED: Final = 1000


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to: words of a name or number; now, alarm, silent, low or ended."""

    words: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An alarm that waits for an answer, since when."""

    label: str
    began_at: datetime
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A wearer as the list shows him."""

    wearer: Wearer
    card: Card
    band: str
    last: LastFix | None
    alarms: tuple[Waiting, ...]
    url: str


def url_of(public_id: UUID) -> str:
    """The page of a wearer."""
    return reverse("homeward:wearer", args=[public_id])


def label_of(public_id: UUID) -> str:
    """How a wearer is called where nothing of him may be told."""
    found = Wearer.objects.filter(public_id=public_id).values_list("number", flat=True).first()
    return _("手环佩戴人 %(number)s") % {"number": found or ""}


def human_of(public_id: UUID) -> UUID | None:
    """The record of the person who wears it."""
    found = Wearer.objects.filter(public_id=public_id).values_list("person__public_id", flat=True)
    return found.first()


def about_human(person_id: UUID) -> Iterable[UUID]:
    """The services of a person."""
    return Wearer.objects.filter(person__public_id=person_id).values_list("public_id", flat=True)


class Found(Sequence[Wearer]):
    """Wearers in the order of need, read a page at a time; no more than MOST_COUNTED are counted and paged.

    Whose alarm waits is asked first, and only the shown ones are read whole: a hundred thousand others cost nothing.
    """

    def __init__(self, found: "QuerySet[Wearer]", *groups: set[int]) -> None:
        self._found, self._groups = found, groups

    def __len__(self) -> int:
        return self._found[:MOST_COUNTED].count()

    @overload
    def __getitem__(self, part: int) -> Wearer: ...
    @overload
    def __getitem__(self, part: slice) -> list[Wearer]: ...
    def __getitem__(self, part: int | slice) -> Wearer | list[Wearer]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        start, stop = part.start or 0, MOST_COUNTED if part.stop is None else part.stop
        keys, others = list[int](), self._found
        for group in filter(None, self._groups):
            keys += self._newest(self._found.filter(pk__in=group), stop)
            others = others.exclude(pk__in=group)
        if len(keys) < stop:
            keys += self._newest(others, stop - len(keys))
        rows = Wearer.objects.select_related("person", "last_fix").in_bulk(keys[start:stop])
        return [rows[key] for key in keys[start:stop] if key in rows]

    @staticmethod
    def _newest(found: "QuerySet[Wearer]", most: int) -> list[int]:
        return list(found.order_by("-began_at", "-pk").values_list("pk", flat=True)[:most])


def wearers(filters: Filters, at: datetime) -> Found:
    """Wearers the reader may see, who needs somebody first."""
    waiting = Alarm.objects.filter(answered_at=None, due_at__lte=at)
    told = set(waiting.values_list("wearer_id", "kind"))
    alarmed = {pk for pk, _kind in told}
    urgent = {pk for pk, kind in told if kind in URGENT}
    found = Wearer.objects.filter(ended_at__isnull=filters.state != "ended")
    if filters.words:
        named = Q(person__is_restricted=False, person__search_text__contains=filters.words.lower())
        found = found.filter(named | Q(number__iexact=filters.words))
    if filters.state == "alarm":
        found = found.filter(pk__in=alarmed)
    if filters.state == "low":
        found = found.filter(last_fix__battery__lte=F("low_battery"))
    if filters.state == "silent":
        found = found.filter(alarms__kind=AlarmKind.SILENT, alarms__ended_at=None)
    return Found(found, urgent, alarmed - urgent)


def rows_of(found: Iterable[Wearer], at: datetime) -> list[Row]:
    """The rows of a page; two queries whatever its length."""
    shown = list(found)
    bands = dict(
        Wearing.objects.filter(wearer__in=shown, taken_at=None).values_list(
            "wearer_id", "wristband__number"
        )
    )
    alarms: dict[int, list[Waiting]] = defaultdict(list)
    due = Alarm.objects.filter(wearer__in=shown, answered_at=None, due_at__lte=at)
    for wearer, kind, began in due.order_by("began_at").values_list(
        "wearer_id", "kind", "began_at"
    ):
        alarms[wearer].append(Waiting(str(AlarmKind(kind).label), began, kind in URGENT))
    return [
        Row(
            wearer=one,
            card=card_of(one.person, at),
            band=bands.get(one.pk, ""),
            last=getattr(one, "last_fix", None),
            alarms=tuple(sorted(alarms[one.pk], key=lambda waiting: not waiting.is_urgent)),
            url=url_of(one.public_id),
        )
        for one in shown
    ]


def headings() -> list[str]:
    """The columns of the exported list."""
    return [
        _("编号"),
        _("佩戴人"),
        _("手环"),
        _("最近信号"),
        _("电量"),
        _("未处理告警"),
        _("轨迹保存（天）"),
    ]


def sheet(rows: Iterable[Row]) -> Iterator[Sequence[object]]:
    """The exported list; no place of anybody is in it."""
    for row in rows:
        yield (
            row.wearer.number,
            row.card.called,
            row.band,
            row.last.heard_at if row.last and row.last.heard_at else "",
            row.last.battery if row.last and row.last.battery is not None else "",
            _("、").join(one.label for one in row.alarms),
            row.wearer.term_days,
        )


def last_spot(last: LastFix | None, at: datetime, term_days: int) -> Spot | None:
    """Where somebody was last, while his term lasts and its key is there."""
    if last is None or last.sealed is None or last.track_key is None:
        return None
    try:
        state = unpack_state(brief_keys.unseal(last.track_key.public_id, bytes(last.sealed)))
    except brief_keys.BriefKeyGone:
        return None
    spot = state.last
    return spot if spot and at - spot.at < timedelta(days=term_days) else None


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One purpose and what was agreed to it."""

    purpose: str
    label: str
    consent: Consent | None
    is_live: bool


@dataclass(frozen=True, slots=True)
class WearerPage:
    """What the page of one wearer shows."""

    wearer: Wearer
    card: Card
    last: LastFix | None
    spot: Spot | None
    centre: tuple[float, float] | None
    wearing: Wearing | None
    consents: list[ConsentRow]
    fences: list[Fence]
    alarms: list[Alarm]
    lines: list[JournalEntry]


def wearer_page(wearer: Wearer, at: datetime) -> WearerPage:
    """Read the page; the caller has authorised the reader."""
    last = LastFix.objects.select_related("track_key").filter(wearer=wearer).first()
    wearing = wearer.wearings.select_related("wristband").filter(taken_at=None).first()
    spot = last_spot(last, at, wearer.term_days)
    fences = list(wearer.fences.filter(ended_at=None).order_by("pk"))
    return WearerPage(
        wearer=wearer,
        card=card_of(wearer.person, at),
        last=last,
        spot=spot,
        centre=(spot.lat, spot.lon) if spot else _middle(fences),
        wearing=wearing,
        consents=consent_rows(wearer, clock.local(at).date()),
        fences=fences,
        alarms=list(wearer.alarms.filter(due_at__lte=at).order_by("-began_at")[:LINES]),
        lines=deeds(Subject("wearer", wearer.public_id)),
    )


def _middle(fences: Sequence[Fence]) -> tuple[float, float] | None:
    """Where the map is drawn of somebody whose place is not known: around his first fence."""
    if not fences:
        return None
    corners = rules.read(fences[0].shape.open()).corners
    return mean(lat for lat, _lon in corners), mean(lon for _lat, lon in corners)


def consent_rows(wearer: Wearer, today: date) -> list[ConsentRow]:
    """Each purpose with the consent that stands for it, if any."""
    now = {one.purpose: one for one in wearer.consents.filter(ended_at=None)}
    found = []
    for purpose in Purpose:
        one = now.get(purpose)
        found.append(
            ConsentRow(purpose, str(purpose.label), one, one is not None and one.is_live(today))
        )
    return found


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call about a wearer."""

    name: str
    relation: str
    phone: str


def contacts(wearer: Wearer) -> list[Contact]:
    """Who agreed for him and can be called; the caller has authorised the reader and says that he read."""
    found: dict[str, Contact] = {}
    for one in wearer.consents.filter(ended_at=None, given_by=Giver.GUARDIAN).order_by("pk"):
        try:
            name, phone = one.giver_name.open(), one.giver_phone.open()
        except vault.KeyDestroyed:
            continue
        found.setdefault(name, Contact(name, one.relation, phone))
    return list(found.values())


def fence_ways(wearer: Wearer) -> list[dict[str, Any]]:
    """The borders of his fences, as GeoJSON lines."""
    return [
        {
            "type": "Feature",
            "geometry": {
                "type": "LineString",
                "coordinates": [
                    [round(lon, 6), round(lat, 6)]
                    for lat, lon in rules.read(fence.shape.open()).ring()
                ],
            },
            "properties": {
                "key": str(fence.public_id),
                "label": fence.name,
                "mark": fence.name,
                "style": 1,
                "dash": 1,
                "note": "",
                "url": "",
            },
        }
        for fence in wearer.fences.filter(ended_at=None).select_related("wearer").order_by("pk")
    ]
