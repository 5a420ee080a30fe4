"""Plan the rest of a week anew when something happens during a shift.

What was done stays done, the stop a team drives to stays, and what is promised to a team for the next
half hour stays if it can. Insertion gives a first plan at once; half a second of search from there
wins back the promises that insertion lost, and is held to a share of stops that change team.
"""

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from nuantu.routing.plan import Plan, Route
from nuantu.routing.problem import Closure, Depot, Location, Problem
from nuantu.routing.replan_rest import (
    Key,
    Moment,
    Rest,
    Stops,
    not_left_yet,
    rest_of,
    with_location,
)
from nuantu.routing.replan_zone import MOST_WHOLE, Zone, whole, zone_around
from nuantu.routing.search.chain import Chain
from nuantu.routing.search.engine import Budget, Progress, Search, ready, routes_of
from nuantu.routing.search.pack import pack
from nuantu.routing.solve import finished

SECONDS, CADENCE_SECONDS = 0.5, 5.0
PROMISED_MIN = 30.0
MOST_CHANGED = 0.2
HEAT = 0.01
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
    """The way between two places, both ways, from now on; `minutes` where a longer one is left.

    Places are ids of locations or depots. Who is under way on it gets through.
    """

    one: str
    other: str
    minutes: float = CLOSED


@dataclass(frozen=True, slots=True)
class CadenceRaised:
    """From a night on, locations (none named: all) are owed `times` as many visits, as far as one
    a night goes, and may be visited on nights in a row. Nights before it stay as they are."""

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
    `changed` within its limit; the rest would be worth `value_freely` without it. `beyond`: routes
    of teams too far away to take part.
    """

    problem: Problem
    rest: Rest
    tails: Stops
    remaining: int
    changed: int
    stability_cost: float
    beyond: Stops = field(default_factory=dict)

    @property
    def value_freely(self) -> float:
        """The best value of the rest that was found, whichever team makes which stop."""
        return (self.rest_plan.value or 0.0) + self.stability_cost

    @cached_property
    def rest_plan(self) -> Plan:
        """The plan of the rest, with its sums."""
        return finished(self.rest.problem, self.tails, 0.0, None, with_bound=False)

    @cached_property
    def plan(self) -> Plan:
        """The plan of the whole week."""
        stops = {**self.beyond, **self.rest.whole(self.tails)}
        return finished(self.problem, stops, 0.0, None, with_bound=False)


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
    zone = _zone(after, plan, now, event)
    kept = event.night if isinstance(event, CadenceRaised) else 0
    rest = rest_of(zone.problem, zone.plan, now, lost, PROMISED_MIN, kept)
    told = _Teller(after, zone.beyond, now)
    if not rest.problem.shifts or not rest.problem.locations:
        return told(rest, {}, 0.0)
    chain = _chain(rest, seed)
    if chain.missing and isinstance(event, UrgentStop):
        looser = rest_of(zone.problem, zone.plan, now, lost, 0.0)
        other = _chain(looser, seed)
        if other.missing < chain.missing:
            rest, chain = looser, other
    if first:
        first(told(rest, routes_of(chain), 0.0))
    if iterations is None and seconds is None:
        seconds = CADENCE_SECONDS if isinstance(event, CadenceRaised) else SECONDS
    budget = Budget(seconds if iterations is None else None, iterations)
    guard = _Guard(chain, rest.tails, now)
    if isinstance(event, CadenceRaised):
        chains = [chain, Chain(chain.packed, seed + 1)]
        guard.look_at(Search(chains, budget, may_squeeze=True).go())
    else:
        Search([chain], budget, HEAT).go(guard.look)
    return told(rest, guard.stops, guard.given_up)


def _zone(problem: Problem, plan: Plan, now: Moment, event: Event) -> Zone:
    """What takes part: everything, unless the problem is large and the event has a place."""
    if len(problem.locations) <= MOST_WHOLE or isinstance(event, CadenceRaised):
        return whole(problem, plan)
    if isinstance(event, TeamLost):
        stops = [s for r in plan.routes if r.key == (event.team, now.night) for s in r.stops]
        homes = {s.start_depot for s in problem.shifts if s.team == event.team}
        names = {*stops[-1:]} or homes
        return zone_around(problem, plan, now, _places(problem, names), event.team)
    if isinstance(event, RoadClosed):
        return zone_around(problem, plan, now, _places(problem, {event.one, event.other}))
    return zone_around(problem, plan, now, (event.place,))


def _places(problem: Problem, names: Collection[str]) -> list[Depot | Location]:
    return [problem.places[problem.row_named(name)] for name in sorted(names)]


def _chain(rest: Rest, seed: int) -> Chain:
    start = [Route(team, night, tuple(v)) for (team, night), v in rest.tails.items() if v]
    return Chain(pack(rest.problem), seed, start)


class _Guard:
    """Holds the best plan that moves few of tonight's stops to another team; promises come first."""

    def __init__(self, chain: Chain, before: Stops, now: Moment) -> None:
        self.chain, self.before, self.now = chain, before, now
        self.stops = routes_of(chain)
        self.held = (chain.missing, chain.cost)

    def look_at(self, chain: Chain) -> None:
        """Go on with another chain."""
        self.chain = chain
        self.look()

    def look(self, _progress: Progress | None = None) -> None:
        found = (self.chain.missing, self.chain.cost)
        if found >= self.held:
            return
        stops = routes_of(self.chain)
        remaining, changed = moved(self.before, stops, self.now)
        if changed <= MOST_CHANGED * remaining or found[0] < self.held[0]:
            self.stops, self.held = stops, found

    @property
    def given_up(self) -> float:
        """Value that the best plan found has more than the one held, where both keep the same."""
        is_alike = self.held[0] == self.chain.missing
        return max(0.0, self.held[1] - self.chain.cost) if is_alike else 0.0


def moved(before: Stops, after: Stops, now: Moment) -> tuple[int, int]:
    """Stops that tonight has in both plans, and those of them that changed team."""
    teams = {stop: key[0] for key, stops in before.items() if key[1] == now.night for stop in stops}
    late = {stop: key[0] for key, stops in after.items() if key[1] == now.night for stop in stops}
    both = teams.keys() & late.keys()
    return len(both), sum(teams[stop] != late[stop] for stop in both)


@dataclass(frozen=True)
class _Teller:
    """Puts an answer together for the whole problem."""

    after: Problem
    beyond: Stops
    now: Moment

    def __call__(self, rest: Rest, tails: Stops, given_up: float) -> Replanned:
        remaining, changed = moved(rest.tails, tails, self.now)
        after = _held(self.after, rest, tails, self.now)
        return Replanned(after, rest, tails, remaining, changed, given_up, self.beyond)


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
        for name in (event.one, event.other):
            problem.row_named(name)
        closure = Closure(event.one, event.other, event.minutes, now.night, now.minute)
        return replace(after, closures=(*problem.closures, closure))
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
