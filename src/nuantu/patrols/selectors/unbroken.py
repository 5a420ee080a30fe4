"""Where the patrols of a season broke off: locations not visited for too long, weeks without a plan."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, QuerySet

from nuantu.core import clock, scope
from nuantu.operations.rules.places import county_of
from nuantu.operations.selectors import level_of, operations_at, rules_at
from nuantu.patrols.models import PatrolVisit, PatrolWeek
from nuantu.patrols.rules import halves
from nuantu.patrols.selectors.coverage import DONE
from nuantu.places.models import KeyLocation
from nuantu.planbook import deadlines

WHEN = "when a location was last visited tells nothing about who was met there"


@dataclass(frozen=True, slots=True)
class Broken:
    """A key location that waits for longer than the term; `last_at` is None before its first visit."""

    place: KeyLocation
    last_at: datetime | None
    since: datetime


def season_begins(county: str, at: datetime) -> datetime | None:
    """From when on the plans in force are carried out here; None without a plan."""
    begun = (
        max(deadlines.start_of(one.start_date), one.started_at) for one in operations_at(county, at)
    )
    return min(begun, default=None)


def broken_places(county: str, at: datetime) -> list[Broken]:
    """The locations that nobody visited for `patrol.unbroken` days of the level, longest first.

    Counted from the last visit, the entry of the location or the beginning of the season, whichever
    came last. The reader's scope limits the locations. Two queries.
    """
    term = rules_at(county, at).need("patrol.unbroken", level=level_of(county, at).level)
    return places_unseen(county, at, timedelta(days=term.number))


def places_unseen(county: str, at: datetime, term: timedelta) -> list[Broken]:
    """The locations that nobody visited for longer than a term of the season."""
    begun = season_begins(county, at)
    if begun is None:
        return []
    places = list(_places(county))
    with scope.system(WHEN):
        rows = PatrolVisit.objects.filter(key_location__in=places, state__in=DONE).order_by()
        last = dict(rows.values_list("key_location_id").annotate(Max("left_at")))
    found = []
    for place in places:
        last_at = last.get(place.pk)
        since = max(last_at or begun, begun, place.recorded_at)
        if at - since > term:
            found.append(Broken(place, last_at, since))
    return sorted(found, key=lambda one: (one.since, one.place.name))


def kinds_of(county: str) -> list[str]:
    """The classes of the key locations of a county."""
    return sorted(set(_places(county).values_list("kind", flat=True)))


def running_monday(at: datetime) -> date:
    """The Monday of the patrol week that a moment lies in; before 06:00 it is still Sunday."""
    monday = halves.monday_of(clock.local(at).date())
    return monday if halves.week_begins(monday) <= at else monday - timedelta(days=halves.DAYS)


def weeks_without_plan(county: str, at: datetime) -> list[date]:
    """The Mondays of the season whose week has no published plan, the newest first.

    The week ahead counts as soon as `patrol.next_week` hours are left before it begins.
    """
    begun = season_begins(county, at)
    if begun is None or not _places(county).exists():
        return []
    monday = running_monday(at)
    ahead = timedelta(hours=rules_at(county, at).need("patrol.next_week").number)
    begins = halves.week_begins(monday + timedelta(days=halves.DAYS))
    if begins - ahead <= at and operations_at(county, begins):
        monday += timedelta(days=halves.DAYS)
    first = running_monday(begun)
    with scope.system("which weeks have a plan tells nothing about where teams go"):
        published = PatrolWeek.objects.filter(
            division_code=county_of(county),
            state=PatrolWeek.State.PUBLISHED,
            first_day__gte=first,
        )
        known = set(published.values_list("first_day", flat=True))
    weeks = range(0, (monday - first).days + 1, halves.DAYS)
    return [day for day in (monday - timedelta(days=n) for n in weeks) if day not in known]


def _places(county: str) -> QuerySet[KeyLocation]:
    prefix = county_of(county)[:6]
    rows = KeyLocation.objects.filter(closed_at=None, division_code__startswith=prefix)
    return rows.order_by("division_code", "name", "pk")
