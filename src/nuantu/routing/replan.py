"""Plan the rest of a week anew when something happens during a shift.

What was done stays done, the stop a team drives to stays, and what is promised to a team for the next
half hour stays if it can. Insertion gives a first plan at once; half a second of search from there
wins back the promises that insertion lost, and is held to a share of stops that change team.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from nuantu.routing.plan import Plan, Route
from nuantu.routing.problem import Location, Matrix, Problem, Travel
from nuantu.routing.replan_rest import (
    Key,
    Moment,
    Rest,
    Stops,
    not_left_yet,
    rest_of,
    with_location,
)
from nuantu.routing.search.engine import Budget, Chain, Progress, Search, ready, routes_of
from nuantu.routing.search.pack import all_minutes, pack
from nuantu.routing.solve import finished

SECONDS, CADENCE_SECONDS = 0.5, 5.0
PROMISED_MIN = 30.0
MOST_CHANGED = 0.2
HEAT = 0.02
CLOSED = 1e5  # minutes of a way that cannot be driven


@dataclass(frozen=True, slots=True)
class TeamLost:
    """A team that drives no further tonight, nor on the nights named."""

    team: str
    nights: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UrgentStop:
    """A visit that is owed tonight, at a known location or at a new one."""

    place: Location


@dataclass(frozen=True, slots=True)
class RoadClosed:
    """The way between two places, both ways; `minutes` where a longer one is left.

    Places are ids of locations or depots.
    """

    one: str
    other: str
    minutes: float = CLOSED


@dataclass(frozen=True, slots=True)
class CadenceRaised:
    """From a night on, locations (none named: all) are owed `times` as many visits, as far as one
    a night goes, and may be visited on nights in a row."""

    night: int
    times: float = 2.0
    locations: tuple[str, ...] = ()


Event = TeamLost | UrgentStop | RoadClosed | CadenceRaised


@dataclass(frozen=True)
class Replanned:
    """The new plan of the whole week and what it costs to change little.

    `problem`: as the event left it, with the teams held that waited for what comes; `rest`: what was still open; `tails`: its stops by shift.
    `remaining`: stops of the old plan that were still to come tonight and are still made tonight;
    `changed`: those of them that another team makes. `stability_cost`: value given up to keep
    `changed` within its limit.
    """

    problem: Problem
    rest: Rest
    tails: Stops
    remaining: int
    changed: int
    stability_cost: float

    @cached_property
    def rest_plan(self) -> Plan:
        """The plan of the rest, with its sums."""
        return finished(self.rest.problem, self.tails, 0.0, None, with_bound=False)

    @cached_property
    def plan(self) -> Plan:
        """The plan of the whole week."""
        whole = self.rest.whole(self.tails)
        return finished(self.problem, whole, 0.0, None, with_bound=False)


def replan(
    problem: Problem,
    plan: Plan,
    now: Moment,
    event: Event,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    first: Callable[[Replanned], None] | None = None,
) -> Replanned:
    """The best plan of the rest that changes little. `first` hears the plan that insertion gives.

    `seconds` of computing (none given: half of one, five for a cadence, which changes every night
    to come), or `iterations` instead. Errors: KeyError for an
    event at places or teams that the problem does not know.
    """
    ready()
    after = not_left_yet(problem_after(problem, plan, now, event), plan, now)
    lost = _lost(problem, now, event)
    rest = rest_of(after, plan, now, lost, PROMISED_MIN)
    if not rest.problem.shifts or not rest.problem.locations:
        return _told(after, rest, rest.tails, {}, now, 0.0)
    chain = _chain(rest, seed)
    if chain.missing and isinstance(event, UrgentStop):
        looser = rest_of(after, plan, now, lost, 0.0)
        other = _chain(looser, seed)
        if other.missing < chain.missing:
            rest, chain = looser, other
    if first:
        first(_told(after, rest, rest.tails, routes_of(chain), now, 0.0))
    if iterations is None and seconds is None:
        seconds = CADENCE_SECONDS if isinstance(event, CadenceRaised) else SECONDS
    budget = Budget(seconds if iterations is None else None, iterations)
    guard = _Guard(chain, rest.tails, now)
    Search([chain], budget, HEAT).go(guard.look)
    given_up = max(0.0, guard.held[1] - chain.cost) if guard.held[0] == chain.missing else 0.0
    return _told(after, rest, rest.tails, guard.stops, now, given_up)


def _chain(rest: Rest, seed: int) -> Chain:
    start = [Route(team, night, tuple(v)) for (team, night), v in rest.tails.items() if v]
    return Chain(pack(rest.problem), seed, start)


class _Guard:
    """Holds the best plan that moves few of tonight's stops to another team; promises come first."""

    def __init__(self, chain: Chain, before: Stops, now: Moment) -> None:
        self.chain, self.before, self.now = chain, before, now
        self.stops = routes_of(chain)
        self.held = (chain.missing, chain.cost)

    def look(self, _progress: Progress) -> None:
        found = (self.chain.missing, self.chain.cost)
        if found >= self.held:
            return
        stops = routes_of(self.chain)
        remaining, changed = moved(self.before, stops, self.now)
        if changed <= MOST_CHANGED * remaining or found[0] < self.held[0]:
            self.stops, self.held = stops, found


def moved(before: Stops, after: Stops, now: Moment) -> tuple[int, int]:
    """Stops that tonight has in both plans, and those of them that changed team."""
    teams = {stop: key[0] for key, stops in before.items() if key[1] == now.night for stop in stops}
    late = {stop: key[0] for key, stops in after.items() if key[1] == now.night for stop in stops}
    both = teams.keys() & late.keys()
    return len(both), sum(teams[stop] != late[stop] for stop in both)


def _told(
    after: Problem, rest: Rest, before: Stops, tails: Stops, now: Moment, given_up: float
) -> Replanned:
    remaining, changed = moved(before, tails, now)
    after = _held(after, rest, tails, now)
    return Replanned(after, rest, tails, remaining, changed, given_up)


def _held(problem: Problem, rest: Rest, tails: Stops, now: Moment) -> Problem:
    """The shifts that had made their last stop and get another one stood there until now."""
    held = {key: len(rest.heads[key]) for key in rest.waiting if tails.get(key)}
    if not held:
        return problem
    shifts = tuple(
        replace(shift, held=(held[shift.key], now.minute)) if shift.key in held else shift
        for shift in problem.shifts
    )
    return replace(problem, shifts=shifts)


def problem_after(problem: Problem, plan: Plan, now: Moment, event: Event) -> Problem:
    """The problem as the event leaves it; the lost shifts stay in it, for what was done."""
    after = replace(problem, shifts=tuple(problem.shifts))
    if isinstance(event, UrgentStop):
        return with_location(after, _urgent(problem, now, event.place))
    if isinstance(event, RoadClosed):
        return replace(after, travel=_without(problem, event))
    if isinstance(event, CadenceRaised):
        return _raised(after, plan, event)
    return after


def _urgent(problem: Problem, now: Moment, place: Location) -> Location:
    """One visit tonight; at a known place it is owed apart, under the place's id and a `!`."""
    nights = tuple(night for night in range(problem.nights) if night != now.night)
    known = problem.by_id.get(place.id)
    name = f"{place.id}!" if known else place.id
    return replace(
        known or place, id=name, visits_per_week=1, min_gap_nights=1, closed_nights=nights
    )


def _row(problem: Problem, name: str) -> int:
    index = problem.place_index
    return index["location", name] if ("location", name) in index else index["depot", name]


def _without(problem: Problem, event: RoadClosed) -> Travel:
    """A matrix without the way; where the estimate came from distance, a matrix takes its place."""
    travel, one, other = problem.travel, _row(problem, event.one), _row(problem, event.other)
    minutes = all_minutes(problem)
    minutes[one, other] = minutes[other, one] = max(event.minutes, minutes[one, other])
    rows: Matrix = [memoryview(row) for row in minutes]
    return replace(travel, matrix=rows, factor=1.0)


def _raised(problem: Problem, plan: Plan, event: CadenceRaised) -> Problem:
    """What was visited before, and the raised share of the nights that are left, one a night."""
    named = set(event.locations) or set(problem.by_id)
    left = max(0, problem.nights - event.night)
    made = Counter(visit.location for visit in problem.done if visit.night >= 0)
    for route in plan.routes:
        made.update(route.stops if route.night < event.night else ())

    def raised(place: Location) -> Location:
        if place.id not in named:
            return place
        share = place.visits_per_week * event.times * left / problem.nights
        owed = min(left, math.ceil(share - 1e-9))
        return replace(place, visits_per_week=made[place.id] + owed, min_gap_nights=1)

    return replace(problem, locations=tuple(map(raised, problem.locations)))


def _lost(problem: Problem, now: Moment, event: Event) -> Sequence[Key]:
    if not isinstance(event, TeamLost):
        return ()
    if event.team not in problem.team_by_id:
        raise KeyError(event.team)
    nights: Mapping[int, None] = dict.fromkeys((now.night, *event.nights))
    return [s.key for s in problem.shifts if s.team == event.team and s.night in nights]
