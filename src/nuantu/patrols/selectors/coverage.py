"""What the patrols reached: locations on the map, the months in figures, stops to learn from."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuantu.core import clock
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import PatrolRun, PatrolVisit
from nuantu.patrols.rules import halves
from nuantu.places.models import KeyLocation
from nuantu.places.selectors.layers import Feature
from nuantu.routing.learning.stops import COLUMNS

Visit = PatrolVisit.State
DONE = (Visit.NOBODY, Visit.MET)


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the register in figures."""

    first_day: date
    runs: int
    finished: int
    visited: int
    zeros: int
    met: int
    people: int
    skipped: int
    doubts: int
    photos: int
    videos: int
    kilometres: int

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        following = (self.first_day + timedelta(days=32)).replace(day=1)
        return following - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reached:
    """A key location with its last visit and how often it was visited in the term."""

    place: KeyLocation
    last_at: datetime | None
    visits: int
    people: int
    is_gap: bool


def reached(runs: QuerySet[PatrolRun], division_prefix: str, at: datetime) -> list[Reached]:
    """The key locations of an area; a gap is one that nobody visited for `patrol.coverage` days.

    Two queries. The reader's scope limits the runs.
    """
    places = list(
        KeyLocation.objects.filter(
            closed_at=None, division_code__startswith=division_prefix
        ).order_by("division_code", "name", "pk")
    )
    since = at - timedelta(days=term(division_prefix, at))
    rows = (
        PatrolVisit.objects.filter(run__in=runs.values("pk"), state__in=DONE)
        .exclude(key_location=None)
        .order_by()
        .values("key_location_id")
        .annotate(
            last=Max("left_at"),
            often=Count("pk", filter=Q(left_at__gte=since)),
            met=Sum("people_count", filter=Q(left_at__gte=since), default=0),
        )
    )
    found = {row["key_location_id"]: row for row in rows}
    return [_reached(place, found.get(place.pk, {}), since) for place in places]


def term(division_prefix: str, at: datetime) -> int:
    """After how many days without a visit a location is a gap."""
    return int(rules_at(division_prefix.ljust(12, "0"), at).need("patrol.coverage").number)


def _reached(place: KeyLocation, row: Mapping[str, Any], since: datetime) -> Reached:
    last = row.get("last")
    last_at = last if isinstance(last, datetime) else None
    visits, people = (int(row.get(name) or 0) for name in ("often", "met"))
    return Reached(place, last_at, visits, people, is_gap=last_at is None or last_at < since)


def features(rows: list[Reached], *, gaps: bool) -> Iterator[Feature]:
    """The locations that were visited in the term, or those that were not, as marks."""
    for row in rows:
        if row.is_gap is not gaps:
            continue
        place = row.place
        yield Feature(
            place.lat,
            place.lon,
            place.name,
            url=reverse("places:key_location", args=[place.public_id]),
            note=_note(row),
            key=str(place.public_id),
            is_approximate=place.is_approximate,
        )


def _note(row: Reached) -> str:
    if row.last_at is None:
        return _("登记里还没有巡查过")
    said = _("最近一次 %(day)s") % {"day": f"{clock.local(row.last_at):%m-%d %H:%M}"}
    if row.is_gap:
        return said
    often = ngettext("%(n)s 次，见到 %(people)s 人", "%(n)s 次，见到 %(people)s 人", row.visits)
    return f"{said} · {often % {'n': row.visits, 'people': row.people}}"


def months(runs: QuerySet[PatrolRun]) -> list[Month]:
    """The months of some runs, the newest first; a run belongs to the month it was planned in."""
    month = TruncMonth("planned_since", tzinfo=clock.LOCAL)
    done, skipped = Q(visits__state__in=DONE), Q(visits__state=Visit.SKIPPED)
    stops = {
        row["month"]: row
        for row in runs.order_by()
        .annotate(month=month)
        .values("month")
        .annotate(
            visited=Count("visits", filter=done),
            zeros=Count("visits", filter=Q(visits__state=Visit.NOBODY)),
            met=Count("visits", filter=Q(visits__state=Visit.MET)),
            people=Sum("visits__people_count", default=0),
            skipped=Count("visits", filter=skipped),
            doubts=Count("visits", filter=Q(visits__isnull=False) & ~Q(visits__doubts=[])),
        )
    }
    is_video = Q(visits__photos__file__media_type__startswith="video/")
    kept = {
        row["month"]: row
        for row in runs.order_by()
        .annotate(month=month)
        .values("month")
        .annotate(
            photos=Count("visits__photos", filter=~is_video),
            videos=Count("visits__photos", filter=is_video),
        )
    }
    rows = (
        runs.order_by()
        .annotate(month=month)
        .values("month")
        .annotate(
            runs=Count("pk"),
            finished=Count("pk", filter=Q(state=PatrolRun.State.FINISHED)),
            driven=Sum(F("km_in") - F("km_out"), default=0),
        )
        .order_by("-month")
    )
    return [_month(row, {**stops[row["month"]], **kept[row["month"]]}) for row in rows]


def _month(row: Mapping[str, Any], stops: Mapping[str, Any]) -> Month:
    first = row["month"]
    names = ("visited", "zeros", "met", "people", "skipped", "doubts", "photos", "videos")
    counted = {name: int(stops[name]) for name in names}
    own = {"runs": row["runs"], "finished": row["finished"], "kilometres": row["driven"]}
    day = first.date() if isinstance(first, datetime) else date.min
    return Month(day, **own, **counted)


def learning_csv(runs: QuerySet[PatrolRun]) -> str:
    """The stops of the nights in the format of `patrol learn`, at known key locations.

    A patrol day lasts from 06:00 to 06:00; the format knows the hours from 18:00 on. Of two stops
    at one place and minute the later stands. What is doubted is left out: it would teach nonsense.
    """
    visits = (
        PatrolVisit.objects.filter(run__in=runs.values("pk"), state__in=DONE, doubts=[])
        .exclude(key_location=None)
        .select_related("run", "key_location")
        .order_by("arrived_at", "pk")
    )
    rows: dict[tuple[str, str, str], tuple[object, ...]] = {}
    for visit in visits.iterator(chunk_size=2000):
        if not halves.is_night(visit.run.half) or visit.arrived_at is None:
            continue
        local = clock.local(visit.arrived_at)
        place = str(visit.key_location.public_id) if visit.key_location else ""
        night = f"{halves.day_of(visit.run.first_day, visit.run.half):%Y-%m-%d}"
        key = (place, night, f"{local:%H:%M}")
        rows[key] = (*key, visit.people_count, visit.run.level)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows.values())
    return buffer.getvalue()
