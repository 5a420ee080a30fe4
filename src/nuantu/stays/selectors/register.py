"""The register of stays: narrowed, paged from a day backwards, exported under its heading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.persons.models import Person
from nuantu.persons.selectors import Card, cards_of
from nuantu.persons.selectors.search import Filters as PersonFilters
from nuantu.persons.selectors.search import people
from nuantu.stays.models import Leaving, Stay

MOST_COUNTED: Final = 1000
"""So many are counted and paged; whoever wants older ones narrows by day or name."""
MOST_NAMED: Final = 500
EXPORT_MOST: Final = 5000


@dataclass(frozen=True, slots=True)
class Filters:
    """What the register is narrowed to; empty means everything of the station."""

    words: str = ""
    state: str = ""
    way: str = ""
    sex: str = ""
    from_date: date | None = None
    to_date: date | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Filters":
        """From the cleaned values of the filter form."""
        return cls(
            words=str(values.get("q") or "").strip(),
            state=str(values.get("state") or ""),
            way=str(values.get("way") or ""),
            sex=str(values.get("sex") or ""),
            from_date=values.get("from_date"),
            to_date=values.get("to_date"),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register."""

    stay: Stay
    card: Card
    way: str
    nights: int


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.LOCAL)


def register(actor: Actor, org: str, filters: Filters) -> QuerySet[Stay]:
    """Stays of a station, the latest entry first; a name, a sound or a number finds them."""
    found = Stay.objects.filter(owner_org=org)
    if filters.words:
        found = found.filter(_called(actor, filters.words))
    if filters.state:
        found = found.filter(left_at__isnull=filters.state == "here")
    if filters.way:
        found = found.filter(leaving__way=filters.way)
    if filters.sex:
        found = found.filter(sex=filters.sex)
    if filters.from_date:
        found = found.filter(entered_at__gte=_start(filters.from_date))
    if filters.to_date:
        found = found.filter(entered_at__lt=_start(filters.to_date + timedelta(days=1)))
    return found.order_by("-entered_at", "-id")


def _called(actor: Actor, words: str) -> Q:
    """By number, or by who is called so: the people are looked for first, then their stays."""
    called = people(actor, PersonFilters(words=words)).values_list("pk", flat=True)
    return Q(number=words.upper()) | Q(person_id__in=list(called[:MOST_NAMED]))


def rows_of(stays: Sequence[Stay], at: datetime) -> list[Row]:
    """Lines with cards and ways; a fixed number of queries."""
    persons = Person.objects.select_related("photo").in_bulk([stay.person_id for stay in stays])
    cards = dict(zip(persons, cards_of(persons.values(), at), strict=True))
    ways = {row.stay_id: row for row in Leaving.objects.filter(stay__in=stays)}
    return [
        Row(
            stay,
            cards[stay.person_id],
            str(ways[stay.pk].get_way_display()) if stay.pk in ways else "",
            _nights(stay, at),
        )
        for stay in stays
    ]


def _nights(stay: Stay, at: datetime) -> int:
    last = clock.local(stay.left_at or at).date()
    return (last - clock.local(stay.entered_at).date()).days


def headings() -> list[str]:
    """The heads of the exported register."""
    return [
        _("在站编号"),
        _("人员"),
        _("性别"),
        _("年龄"),
        _("入站时间"),
        _("离站时间"),
        _("夜数"),
        _("离站方式"),
    ]


def export_rows(found: QuerySet[Stay], at: datetime) -> list[tuple[object, ...]]:
    """The register as lines of a sheet; restricted people stay masked."""
    lines: list[tuple[object, ...]] = [
        (
            row.stay.number,
            row.card.called,
            row.card.sex,
            row.card.age,
            row.stay.entered_at,
            row.stay.left_at,
            row.nights,
            row.way,
        )
        for row in rows_of(list(found[:EXPORT_MOST]), at)
    ]
    if found[EXPORT_MOST : EXPORT_MOST + 1].exists():
        more = _("只导出前 %(most)s 条，后面还有。请缩小筛选范围分次导出。")
        lines.append((more % {"most": EXPORT_MOST},))
    return lines
