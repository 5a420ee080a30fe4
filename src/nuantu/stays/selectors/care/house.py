"""Menus of a week and beds whose bedding is due."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Q

from nuantu.core import clock
from nuantu.operations.selectors import rules_at
from nuantu.stays.models import Bed, BeddingChange, BedStay, Menu
from nuantu.stays.rules.care import Bedding, bedding_due

WEEK = 7
A_WEEK, HALF_WEEK = timedelta(days=WEEK), timedelta(days=WEEK // 2)


@dataclass(frozen=True, slots=True)
class MenuDay:
    """One day of the week with its menu, if there is one."""

    day: date
    menu: Menu | None
    is_today: bool
    may_change: bool


def week_of(org: str, at: datetime, first: date) -> list[MenuDay]:
    """Seven days from `first` on."""
    today = clock.local(at).date()
    days = [first + timedelta(days=n) for n in range(WEEK)]
    found = {row.on_date: row for row in Menu.objects.filter(owner_org=org, on_date__in=days)}
    return [MenuDay(day, found.get(day), day == today, day >= today) for day in days]


@dataclass(frozen=True, slots=True)
class BedLine:
    """One bed with when its bedding was changed last and is due."""

    bed: Bed
    changed_at: datetime | None
    due_at: datetime
    is_after_leaving: bool

    @property
    def is_due(self) -> bool:
        return self.due_at <= clock.now()


@dataclass(frozen=True, slots=True)
class BeddingPage:
    """Beds whose bedding is due now, then those that follow; every how many days, and the law."""

    due: tuple[BedLine, ...]
    later: tuple[BedLine, ...]
    days: int
    source: str


def bedding(org: str, division_code: str, at: datetime) -> BeddingPage:
    """Every bed in use whose bedding has a day; a fixed number of queries."""
    ruling = rules_at(division_code, at).need("care.bedding")
    beds = Bed.objects.filter(
        room__zone__owner_org=org, room__zone__closed_at=None, closed_at=None
    ).select_related("room__zone")
    states = _states(list(beds.values_list("pk", flat=True)))
    lines = []
    for bed in beds.order_by("room__zone__position", "room__name", "pk"):
        state = states[bed.pk]
        due_at = bedding_due(state, ruling.number)
        if due_at is not None:
            lines.append(BedLine(bed, state.changed_at, due_at, due_at == state.vacated_at))
    return BeddingPage(
        due=tuple(line for line in lines if line.due_at <= at),
        later=tuple(sorted((x for x in lines if x.due_at > at), key=lambda x: x.due_at)),
        days=int(ruling.number),
        source=ruling.source,
    )


def _states(beds: list[int]) -> dict[int, Bedding]:
    done = BeddingChange.objects.filter(bed__in=beds).values_list("bed")
    changed: dict[int, datetime] = dict(done.annotate(last=Max("changed_at")))
    nights = BedStay.objects.filter(bed__in=beds).values_list("bed")
    used = nights.annotate(
        left=Max("period__endswith"),
        came=Max("period__startswith", filter=Q(period__endswith=None)),
    )
    found: dict[int, Bedding] = defaultdict(Bedding)
    for pk, left, came in used:
        found[pk] = Bedding(changed.get(pk), came, left)
    return found
