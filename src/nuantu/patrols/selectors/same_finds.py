"""The other people found in a sweep, for whoever says that two rows are one person."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from nuantu.patrols.models import SweepFind
from nuantu.places.rules.datums import Point
from nuantu.routing.distance import haversine_metres

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Other:
    """Another find: how far away, how much later (or earlier) it was."""

    find: SweepFind
    metres: float | None
    apart: timedelta

    @property
    def hours(self) -> float:
        """Hours between both, whichever came first."""
        return round(abs(self.apart.total_seconds()) / 3600, 1)


def others_of(find: SweepFind, words: str = "") -> list[Other]:
    """The people found elsewhere in the sweep, the nearest first, those without a point by time; only
    rows that count. Two queries."""
    rows = SweepFind.objects.filter(
        report__area__sweep=find.report.area.sweep, what=SweepFind.What.PERSON, same_as=None
    ).exclude(pk__in=[find.pk, find.same_as_id or find.pk])
    for word in words.split():
        rows = rows.filter(
            Q(place__icontains=word)
            | Q(note__icontains=word)
            | Q(report__area__name__icontains=word)
        )
    found = [_other(find, row) for row in rows.select_related("report__area")]
    found.sort(key=lambda one: (one.metres is None, one.metres or 0.0, abs(one.apart)))
    return found[:SHOWN]


def _other(find: SweepFind, row: SweepFind) -> Other:
    here, there = _point(find), _point(row)
    metres = haversine_metres(here, there) if here and there else None
    return Other(row, metres, row.found_at - find.found_at)


def _point(find: SweepFind) -> Point | None:
    return Point(find.lat, find.lon) if find.lat is not None and find.lon is not None else None
