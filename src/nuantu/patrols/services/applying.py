"""Write changed routes of a running week: the plan, and the runs that are under way."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F

from nuantu.operations.models import Team
from nuantu.patrols.models import PatrolRoute, PatrolRun, PatrolStop, PatrolVisit, PatrolWeek
from nuantu.patrols.rules import halves
from nuantu.patrols.rules.replanning import Timetable
from nuantu.patrols.selectors.asking import turns_of
from nuantu.patrols.services.register_rows import visit_of
from nuantu.patrols.services.rows import EARLIEST, places_of
from nuantu.routing.problem import Problem

ASIDE: Final = 1000  # numbers that no stop has, while the others change theirs
Visit = PatrolVisit.State


def apply(
    week: PatrolWeek,
    tables: Iterable[Timetable],
    walked: Mapping[tuple[str, int], Collection[str]],
    problem: Problem,
    at: datetime,
) -> None:
    """Give routes and runs the stops of the timetables; what was walked stays as it is.

    `walked`: locations that a team visited, by team and half. `problem`: what the week promises.
    """
    rows = list(tables)
    teams = {str(row.public_id): row for row in Team.objects.filter(
        public_id__in={table.team for table in rows})}  # fmt: skip
    routes = [
        (table, _route(week, table, teams[table.team], at)) for table in rows if table.team in teams
    ]
    for table, route in routes:
        _write_stops(week, route, table, walked.get(table.key, ()), problem)
    _mark_promised(week, {place.id: place.visits_per_week for place in problem.locations})
    for table, route in routes:
        _pass_on(week, route, table, teams[table.team])
        if not table.stops:
            route.delete()


def _route(week: PatrolWeek, table: Timetable, team: Team, at: datetime) -> PatrolRoute:
    back = halves.moment_of(week.first_day, table.half, table.back)
    route = PatrolRoute.objects.filter(week=week, team=team, half=table.half).first()
    if route is None:
        turn, shift = turns_of([team], week.first_day, EARLIEST)[team.pk][table.half]
        leaves = max(at, halves.moment_of(week.first_day, table.half, turn.start_min))
        route = PatrolRoute(week=week, team=team, half=table.half, shift_id=shift, leaves_at=leaves)
    route.back_at = max(route.leaves_at, back)
    route.save()
    return route


def _write_stops(
    week: PatrolWeek,
    route: PatrolRoute,
    table: Timetable,
    walked: Collection[str],
    problem: Problem,
) -> None:
    """The stops of a route; those that stay keep their row, those walked their planned times."""
    held = PatrolStop.objects.filter(route=route)
    rows = {row.location_id: row for row in held.select_related("key_location")}
    minutes = dict(table.stops)
    places = places_of(week, minutes)
    order = [stop for stop in minutes if stop in places]
    held.exclude(pk__in=[row.pk for stop, row in rows.items() if stop in places]).delete()
    held.update(number=F("number") + ASIDE)
    for number, stop in enumerate(order, 1):
        row = rows.get(stop) or PatrolStop(route=route, **places[stop])
        row.number = number
        if stop not in rows or stop not in walked:
            stays = timedelta(minutes=problem.by_id[stop].service_min)
            row.arrives_at = halves.moment_of(week.first_day, table.half, minutes[stop])
            row.leaves_at = row.arrives_at + stays
        row.save()


def _mark_promised(week: PatrolWeek, promises: Mapping[str, int]) -> None:
    """Say again which visits count for a promise: the first ones up to its number."""
    seen: dict[str, int] = {}
    rows = PatrolStop.objects.filter(route__week=week).select_related("key_location")
    for row in rows.order_by("route__half", "arrives_at", "pk"):
        place = row.location_id
        seen[place] = seen.get(place, 0) + 1
        is_promised = seen[place] <= promises.get(place, 0)
        if row.is_promised is not is_promised:
            PatrolStop.objects.filter(pk=row.pk).update(is_promised=is_promised)


def _pass_on(week: PatrolWeek, route: PatrolRoute, table: Timetable, team: Team) -> None:
    """Give the run of a team that is out, or that nobody has walked yet, the stops of its route.

    Stops that were reached or passed by stay. One that stays to come keeps its row, because a phone
    without signal may be about to report it.
    """
    open_states = [PatrolRun.State.UNDER_WAY, PatrolRun.State.NOT_BEGUN]
    rows = PatrolRun.objects.select_for_update().filter(first_day=week.first_day, half=table.half)
    run = rows.filter(team=team, state__in=open_states).first()
    if run is None:
        return
    visits = list(run.visits.select_related("key_location").order_by("number"))
    settled = [row for row in visits if row.state != Visit.PLANNED or not row.location_id]
    coming = {row.location_id: row for row in visits if row not in settled}
    been = {row.location_id for row in settled if row.state != Visit.SKIPPED}
    held = PatrolStop.objects.filter(route=route).select_related("key_location")
    stops = [stop for stop in held.order_by("number") if stop.location_id not in been]
    wanted = {stop.location_id for stop in stops}
    run.visits.filter(pk__in=[row.pk for key, row in coming.items() if key not in wanted]).delete()
    run.visits.filter(pk__in=[row.pk for row in coming.values()]).update(number=F("number") + ASIDE)
    last = max((row.number for row in settled), default=0)
    for number, stop in enumerate(stops, last + 1):
        row = coming.get(stop.location_id) or visit_of(run, number, stop)
        row.number, row.planned_at, row.is_promised = number, stop.arrives_at, stop.is_promised
        row.save()
    run.planned_until = route.back_at
    run.save(update_fields=["planned_until"])
