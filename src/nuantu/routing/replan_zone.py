"""A part of a large problem around something that happened, so that its plan is made anew at once.

Whole teams belong to a zone or not. What the others do at its locations counts as done, so no promise
is counted twice and no gap is broken; what they do elsewhere stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nuantu.routing.plan import Plan
from nuantu.routing.problem import Depot, Done, Location, Problem, Travel, straight_km
from nuantu.routing.replan_rest import Key, Moment

MOST_WHOLE = 600  # locations up to which the whole problem is planned anew
ZONE_PLACES = 300  # locations that the teams of a zone visit together, about
NEAREST = 60  # more around the event, whoever visits them

Places = Sequence[Depot | Location]


@dataclass(frozen=True)
class Zone:
    """`problem` and `plan` of the zone; `beyond`: routes of all other teams."""

    problem: Problem
    plan: Plan
    beyond: Mapping[Key, Sequence[str]]


def whole(problem: Problem, plan: Plan) -> Zone:
    """Everything in one zone."""
    return Zone(problem, plan, {})


def zone_around(problem: Problem, plan: Plan, now: Moment, sites: Places, team: str = "") -> Zone:
    """The teams nearest to the sites, `team` among them, with the locations they visit this week."""
    teams = _teams(problem, plan, now, sites, team)
    inside = {stop for route in plan.routes if route.team in teams for stop in route.stops}
    places = [place for place in problem.locations if place.id in inside]
    others = [place for place in problem.locations if place.id not in inside]
    around = sorted(others, key=lambda place: _away(place, sites))[:NEAREST]
    names = {place.id for place in (*places, *around)}
    own = [route for route in plan.routes if route.team in teams]
    apart = [route for route in plan.routes if route.team not in teams]
    done = {(visit.location, visit.night) for visit in problem.done if visit.location in names}
    done |= {(stop, route.night) for route in apart for stop in route.stops if stop in names}
    rows = [row for row, place in enumerate(problem.locations) if place.id in names]
    known = names | {depot.id for depot in problem.depots}
    part = replace(
        problem,
        locations=tuple(problem.locations[row] for row in rows),
        shifts=tuple(shift for shift in problem.shifts if shift.team in teams),
        teams=tuple(crew for crew in problem.teams if crew.id in teams),
        travel=_travel(problem, rows),
        done=tuple(Done(*visit) for visit in sorted(done)),
        closures=tuple(c for c in problem.closures if {c.one, c.other} <= known),
    )
    return Zone(part, replace(plan, routes=tuple(own)), {r.key: r.stops for r in apart})


def _away(place: Depot | Location, sites: Places) -> float:
    return min(straight_km(place, site) for site in sites)


def _teams(problem: Problem, plan: Plan, now: Moment, sites: Places, team: str) -> set[str]:
    """Teams by their nearest stop or depot tonight, until they visit enough locations."""
    home = {depot.id: depot for depot in problem.depots}
    tonight = [shift for shift in problem.shifts if shift.night == now.night]
    away = {shift.team: _away(home[shift.start_depot], sites) for shift in tonight}
    visits: dict[str, set[str]] = {}
    for route in plan.routes:
        visits.setdefault(route.team, set()).update(route.stops)
        if route.night == now.night:
            stops = [problem.by_id[stop] for stop in route.stops if stop in problem.by_id]
            nearest = [_away(place, sites) for place in stops]
            away[route.team] = min([*nearest, away.get(route.team, float("inf"))])
    found, seen = {team} - {""}, set[str](visits.get(team, ()))
    for name in sorted(away, key=lambda each: (away[each], each)):
        if len(seen) >= ZONE_PLACES:
            break
        found.add(name)
        seen |= visits.get(name, set())
    return found


def _travel(problem: Problem, rows: Sequence[int]) -> Travel:
    """The rows of a matrix that are left."""
    travel, first = problem.travel, len(problem.depots)
    if travel.matrix is None:
        return travel
    own = np.array([*range(first), *(first + row for row in rows)])
    minutes = [np.asarray(travel.matrix[row], np.float32)[own] for row in own.tolist()]
    return replace(travel, matrix=[memoryview(row) for row in minutes])
