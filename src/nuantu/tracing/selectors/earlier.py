"""Reports that a station made when he had left it: records of his own earlier stay, nobody's who misses him."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from nuantu.core import clock, scope
from nuantu.persons.models import Person, PersonLink
from nuantu.persons.selectors.same import likely_same, links_of, same_humans
from nuantu.stays.models import Stay
from nuantu.tracing.models import Match, MissingReport, Source

NEAR: Final = timedelta(days=2)
WHY: Final = "whoever decides learns that the report is of a stay of the same person elsewhere, and of nobody else's"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The earlier stay behind a report and the day he left. `is_linked`: both records are known to be one human;
    else somebody has to say first whether they are."""

    left_day: date
    is_linked: bool


def earlier_of(found: Sequence[Match], reports: Mapping[int, MissingReport]) -> set[int]:
    """Keys of the pairs whose report is of his own earlier stay, under any record of the same human; a few queries."""
    from_stations = [
        match
        for match in found
        if (report := reports.get(match.report_id)) and _lost_from_station(report)
    ]
    if not from_stations:
        return set()
    same = same_humans({match.person_id for match in from_stations})
    left = _left(Q(person__in={person for group in same.values() for person in group}))
    return {
        match.pk
        for match in from_stations
        if _left_then(reports[match.report_id], left, same[match.person_id])
    }


def earlier_stay(match: Match, at: datetime) -> Earlier | None:
    """His own earlier stay behind the report of a pair: under a record that is known to be his, at whatever station,
    else under one like his that the reader sees and that nobody has decided on."""
    with scope.system(WHY):
        report = MissingReport.objects.filter(pk=match.report_id).first()
        if report is None or not _lost_from_station(report):
            return None
        linked = same_humans({match.person_id})[match.person_id]
        day = _left_then(report, _left(Q(person__in=linked)), linked)
    if day is not None:
        return Earlier(day, is_linked=True)
    alike = _left(Q(person__public_id__in=_undecided(match.person, at)))
    day = _left_then(report, alike, alike)
    return Earlier(day, is_linked=False) if day else None


def _lost_from_station(report: MissingReport) -> bool:
    return report.source == Source.STATION and report.lost_date is not None


def _undecided(person: Person, at: datetime) -> list[UUID]:
    """Other records of which nobody has said yet whether they are of the same human."""
    likely = [row.card.public_id for row in likely_same(person, at)]
    asked = [
        row.card.public_id
        for row in links_of(person, at)
        if row.link.state == PersonLink.State.PROPOSED
    ]
    return [*likely, *asked]


def _left(whose: Q) -> dict[int, list[date]]:
    """The days on which they left a station, by the key of the person."""
    days: dict[int, list[date]] = {}
    rows = Stay.objects.filter(whose, left_at__isnull=False)
    for person_id, left_at in rows.values_list("person_id", "left_at"):
        if left_at is not None:
            days.setdefault(person_id, []).append(clock.local(left_at).date())
    return days


def _left_then(
    report: MissingReport, left: Mapping[int, list[date]], people: Iterable[int]
) -> date | None:
    """On which day one of these left a station about when the report says that he was lost."""
    lost = report.lost_date
    days = [day for person in people for day in left.get(person, ())]
    return next((day for day in days if lost and abs(day - lost) <= NEAR), None)
