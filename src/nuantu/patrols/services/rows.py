"""What every write of a week shares: the lock, the journal line, the routes as rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from nuantu.core import journal, live
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.operations.models import Team
from nuantu.patrols.models import PatrolRoute, PatrolStop, PatrolWeek
from nuantu.patrols.rules import halves, planned
from nuantu.patrols.selectors.asking import turns_of
from nuantu.patrols.selectors.situation import begun
from nuantu.patrols.selectors.spots import spots_of
from nuantu.places.models import KeyLocation
from nuantu.routing.plan import Plan
from nuantu.routing.problem import Problem

KIND = "patrol_week"
EARLIEST = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def held(week: PatrolWeek) -> PatrolWeek:
    """The row as it stands now, locked until the transaction ends."""
    return PatrolWeek.objects.select_for_update().get(pk=week.pk)


def told(week: PatrolWeek, verb: str, actor: Actor, at: datetime, summary: str,
         changes: Mapping[str, Any] | None = None, basis: str = "") -> None:  # fmt: skip
    """Write the journal line of a deed and tell open pages."""
    journal.record(
        verb=f"patrols.week.{verb}",
        actor=actor,
        at=at,
        subjects=[Subject(KIND, week.public_id)],
        division_code=week.division_code,
        owner_org=week.owner_org,
        summary=f"{summary}：{week.first_day:%Y-%m-%d}",
        basis=basis,
        changes=dict(changes or {}),
    )
    live.hint("patrols", week.division_code, week.owner_org)


def write_plan(
    week: PatrolWeek,
    problem: Problem,
    plan: Plan,
    helping: Sequence[Mapping[str, Any]] = (),
    *,
    at: datetime,
) -> None:
    """Replace the routes of a week by those of a plan, and its figures by the plan's.

    Routes that the plan could not touch, because their turn had begun when it was asked for, stay.
    `helping` are the shifts that would mend this plan; those of the plan before are forgotten.
    """
    for route in week.routes.select_related("team", "shift"):
        if (str(route.team.public_id), route.half) in problem.shift_by_key or not begun(route, at):
            route.delete()
    teams = {str(row.public_id): row for row in Team.objects.filter(
        public_id__in={route.team for route in plan.routes})}  # fmt: skip
    turns = turns_of(teams.values(), week.first_day, EARLIEST)
    routes = PatrolRoute.objects.bulk_create(
        [_route(week, problem, route, teams[route.team], turns) for route in plan.routes]
    )
    _write_stops(week, problem, plan, routes)
    week.promised = sum(place.visits_per_week for place in problem.locations)
    week.missing_before, week.missing = week.missing, planned.missing(plan.unmet)
    week.encounters, week.value, week.bound = plan.encounters, plan.value, plan.bound
    week.unmet, week.mends = [asdict(item) for item in plan.unmet], list(helping)
    week.planned_at = at
    week.save(update_fields=["promised", "missing_before", "missing", "encounters", "value",
                             "bound", "unmet", "mends", "planned_at"])  # fmt: skip


def _route(week: PatrolWeek, problem: Problem, route: Any, team: Team, turns: Any) -> PatrolRoute:
    turn = problem.shift_by_key[route.key]
    known = turns.get(team.pk, {}).get(route.night)
    back = route.end_min if route.end_min is not None else turn.end_min
    return PatrolRoute(
        week=week,
        team=team,
        shift_id=known[1] if known else None,
        half=route.night,
        leaves_at=halves.moment_of(week.first_day, route.night, turn.start_min),
        back_at=halves.moment_of(week.first_day, route.night, back),
    )


def places_of(week: PatrolWeek, wanted: Collection[str]) -> dict[str, dict[str, Any]]:
    """The columns of a stop by what the problem calls its place: a key location in our sight, or a
    point that an urgent visit of the week asked for."""
    found: dict[str, dict[str, Any]] = {
        event.place: {
            "spot_id": event.place,
            "place": event.name[:200],
            "lat": event.lat,
            "lon": event.lon,
        }
        for event in spots_of(week)
        if event.place in wanted
    }
    rows = KeyLocation.objects.filter(public_id__in=set(wanted) - found.keys())
    for public_id, pk in rows.values_list("public_id", "pk"):
        found[str(public_id)] = {"key_location_id": pk}
    return found


def _write_stops(week: PatrolWeek, problem: Problem, plan: Plan, routes: list[PatrolRoute]) -> None:
    """The stops of a plan; one at a location that is gone from our sight is left out."""
    wanted = {stop for route in plan.routes for stop in route.stops}
    places = places_of(week, wanted)
    counted = planned.promised(problem, plan)
    stops = []
    for row, route in zip(routes, plan.routes, strict=True):
        arrivals = route.arrive_min or ()
        for number, (stop, minute) in enumerate(zip(route.stops, arrivals, strict=True), 1):
            if stop not in places:
                continue
            leaves = minute + problem.by_id[stop].service_min
            stops.append(
                PatrolStop(
                    route=row,
                    number=number,
                    **places[stop],
                    arrives_at=halves.moment_of(week.first_day, route.night, minute),
                    leaves_at=halves.moment_of(week.first_day, route.night, leaves),
                    is_promised=(stop, route.night) in counted,
                )
            )
    PatrolStop.objects.bulk_create(stops)
