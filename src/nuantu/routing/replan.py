"""Plan the rest of a week anew when something happens during a shift.

What was done stays done, the stop a team drives to stays, and what is promised to a team for the next
half hour stays if it can. Insertion gives a first plan at once; half a second of search from there
wins back the promises that insertion lost, and pays for each stop that changes team.
"""

import gc
import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

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
from nuantu.routing.replan_soon import with_clocks, with_turns
from nuantu.routing.replan_zone import MOST_WHOLE, Zone, whole, zone_around
from nuantu.routing.search import layout
from nuantu.routing.search.chain import Chain
from nuantu.routing.search.engine import Budget, Search, ready, routes_of, worth
from nuantu.routing.search.pack import pack
from nuantu.routing.solve import finished

SECONDS, WEEK_SECONDS, CADENCE_SECONDS = 0.5, 2.0, 5.0
PROMISED_MIN = 30.0
MOST_CHANGED = 0.2
HEAT = 0.01
HELD_SHARE = 0.8  # of the budget for the plan that changes little; the rest learns what that costs
MOVED = 0.05  # mean worths of a visit that a stop costs which changes team
BEYOND = 100  # stops beyond the limit that weigh as much as a promise
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
class RoadOpened:
    """A closed way between two places can be driven again, both ways, by whoever sets out from now
    on. What was driven round it before is told by the `held` clocks of the shifts."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class CadenceRaised:
    """From a night on, locations (none named: all) are owed `times` as many visits, as far as one
    a night goes, and may be visited on nights in a row. Nights before it stay as they are."""

    night: int
    times: float = 2.0
    locations: tuple[str, ...] = ()


Event = TeamLost | UrgentStop | RoadClosed | RoadOpened | CadenceRaised


@dataclass(frozen=True)
class Replanned:
    """The new plan of the whole week and what it costs to change little.

    `problem`: as the event left it, with the teams held that waited for what comes; `rest`: what was still open; `tails`: its stops by shift.
    `remaining`: stops of the old plan that were still to come tonight and are still made tonight;
    `changed`: those of them that another team makes; `left_over`: how many of `changed` a lost team left. `stability_cost`: value given up to keep
    `changed` within its limit; the rest would be worth `value_freely` without it. `beyond`: routes
    of teams too far away to take part.
    """

    problem: Problem
    rest: Rest
    tails: Stops
    remaining: int
    changed: int
    stability_cost: float
    left_over: int = 0
    beyond: Stops = field(default_factory=dict)

    @property
    def is_beyond(self) -> bool:
        """Whether more stops change team than should: fewer would lose promises, or leave what a lost
        team was to visit."""
        return self.changed > MOST_CHANGED * self.remaining

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
    soon: Collection[str] = (),
    first: Callable[[Replanned], None] | None = None,
) -> Replanned:
    """The best plan of the rest that changes little. `first` hears the plan that insertion gives.

    `soon`: urgent visits, by the id under which they are owed, that come as early as they can: right
    after what is promised for the next half hour, before any other promise is weighed. A mapping
    names the minute (after 18:00) by which each should be reached: that half hour yields to it.
    `seconds` of computing (none given: half of one; two for a team that is lost for more nights and
    five for a cadence, which change the nights to come), or `iterations` instead. Errors: KeyError for an
    event at places or teams that the problem does not know.
    """
    _settle()
    after = not_left_yet(problem_after(problem, plan, now, event), plan, now)
    lost = _lost(problem, now, event)
    zone = _zone(after, plan, now, event)
    kept = event.night if isinstance(event, CadenceRaised) else 0
    zones = with_turns(zone, now, lost, soon, PROMISED_MIN)
    rests = [rest_of(one.problem, one.plan, now, lost, PROMISED_MIN, kept, soon) for one in zones]
    rest = rests[0]
    if not rest.problem.shifts or not rest.problem.locations:
        return Replanned(after, rest, {}, 0, 0, 0.0, beyond=zone.beyond)
    guards = [_Guard(one, seed, now) for one in rests]
    guard = min(guards, key=_Guard.missing_first)
    zone, rest = zones[guards.index(guard)], guard.rest
    told = _Teller(with_clocks(after, zone.problem), zone.beyond, now)
    wanted = urgent_name(problem, event.place) if isinstance(event, UrgentStop) else ""
    wanted = "" if any(wanted in head for head in rest.heads.values()) else wanted
    if wanted and not guard.makes(wanted):
        guard = _looser(guard, zone, lost, seed)
    if first:
        first(told(guard))
    if wanted and guard.rest is rest and guard.chain.missing:
        guard = _looser(guard, zone, lost, seed)
    if guard.chain.missing or _seconds(event) > SECONDS:
        guard.begin_from_nothing_too(seed + 1)
    guard.search(_seconds(event) if seconds is None else seconds, iterations)
    return told(guard)


@cache
def _settle() -> None:
    """Load the search, and look for garbage among what was loaded no more: that took 49 ms amid one answer."""
    ready()
    gc.freeze()


def _looser(guard: "_Guard", zone: Zone, lost: Sequence[Key], seed: int) -> "_Guard":
    """What is promised for the next half hour may change too, where that keeps more."""
    rest = rest_of(zone.problem, zone.plan, guard.now, lost, 0.0)
    return min(guard, _Guard(rest, seed, guard.now), key=_Guard.missing_first)


def _seconds(event: Event) -> float:
    if isinstance(event, CadenceRaised):
        return CADENCE_SECONDS
    return WEEK_SECONDS if isinstance(event, TeamLost) and event.nights else SECONDS


def _zone(problem: Problem, plan: Plan, now: Moment, event: Event) -> Zone:
    """What takes part: everything, unless the problem is large and the event has a place."""
    if len(problem.locations) <= MOST_WHOLE or isinstance(event, CadenceRaised):
        return whole(problem, plan)
    if isinstance(event, TeamLost):
        stops = [s for r in plan.routes if r.key == (event.team, now.night) for s in r.stops]
        homes = {s.start_depot for s in problem.shifts if s.team == event.team}
        names = {*stops[-1:]} or homes
        return zone_around(problem, plan, now, _places(problem, names), event.team)
    if isinstance(event, RoadClosed | RoadOpened):
        return zone_around(problem, plan, now, _places(problem, {event.one, event.other}))
    return zone_around(problem, plan, now, (event.place,))


def _places(problem: Problem, names: Collection[str]) -> list[Depot | Location]:
    return [problem.places[problem.row_named(name)] for name in sorted(names)]


class _Guard:
    """Searches for a plan of the rest in which few of tonight's stops change team; promises first.

    What a lost team leaves has nobody to stay with. It counts against the stops that may change, and
    may change itself.
    """

    def __init__(self, rest: Rest, seed: int, now: Moment) -> None:
        self.rest, self.now = rest, now
        driving = {shift.key for shift in rest.problem.shifts}
        tonight = {stop: key for key, stops in rest.tails.items() if key[1] == now.night
                   for stop in stops}  # fmt: skip
        homes = {stop: key for stop, key in tonight.items() if key in driving}
        self.packed = pack(rest.problem, homes=homes)
        self._hold_to(MOST_CHANGED * len(tonight) - (len(tonight) - len(homes)))
        start = [Route(team, night, tuple(v)) for (team, night), v in rest.tails.items() if v]
        self.chain = Chain(self.packed, seed, start)
        self.other: Chain | None = None
        self._hold()
        self.freely = self.value

    def missing_first(self) -> tuple[int, float]:
        """What is smaller is better."""
        return self.chain.missing, self.chain.cost

    def makes(self, stop: str) -> bool:
        """Whether a stop is made tonight."""
        return any(stop in row for key, row in self.stops.items() if key[1] == self.now.night)

    def begin_from_nothing_too(self, seed: int) -> None:
        """Let a second chain make everything anew, beside the one that begins as it stands."""
        week = self.packed.week._replace(weigh=self.packed.week.weigh.copy())
        self.other = Chain(replace(self.packed, week=week), seed)

    def search(self, seconds: float | None, steps: int | None) -> None:
        """Most of the budget for few changes, the rest to learn what they cost."""
        self._go(seconds, steps, HELD_SHARE)
        missing = self._hold()
        self.packed.week.weigh[[layout.W_MOVED, layout.W_BEYOND]] = 0.0
        self.chain.turn(0, 1.0, 1.0)
        self._go(seconds, steps, 1.0 - HELD_SHARE)
        if self.chain.missing < missing:
            self._hold()
        self.freely = max(self.value, self.chain.worth)

    def _hold(self) -> int:
        self.stops, self.value = routes_of(self.chain), self.chain.worth
        return self.chain.missing

    def _go(self, seconds: float | None, steps: int | None, share: float) -> None:
        left = None if steps is None else round(steps * share)
        budget = Budget(share * (seconds or 0.0) if left is None else None, left)
        searches = [Search([self.chain], budget, HEAT)]
        if self.other:
            searches.append(Search([self.other], budget, may_squeeze=True))
        with ThreadPoolExecutor(len(searches)) as pool:
            for going in [pool.submit(search.go) for search in searches]:
                going.result()
        if self.other and (self.other.missing, self.other.cost) < self.missing_first():
            self.chain.go_back(self.other.keep())
        self.other = None

    def _hold_to(self, most: float) -> None:
        weigh = self.packed.week.weigh
        weigh[layout.W_MOVED] = MOVED * worth(self.packed)
        weigh[layout.W_BEYOND] = weigh[layout.W_MISSING] / BEYOND
        weigh[layout.MAY_MOVE] = max(0, math.floor(most + 1e-9))


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

    def __call__(self, guard: _Guard) -> Replanned:
        rest, tails = guard.rest, guard.stops
        remaining, changed = moved(rest.tails, tails, self.now)
        after = _held(self.after, rest, tails, self.now)
        driving = {shift.key for shift in rest.problem.shifts}
        stayed = {key: stops for key, stops in rest.tails.items() if key in driving}
        left = changed - moved(stayed, tails, self.now)[1]
        cost = guard.freely - guard.value
        return Replanned(after, rest, tails, remaining, changed, cost, left, self.beyond)


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
        known = event.place.id if event.place.id in problem.by_id else ""
        return with_location(after, _urgent(problem, now, event.place), like=known)
    if isinstance(event, RoadClosed):
        for name in (event.one, event.other):
            problem.row_named(name)
        closure = Closure(event.one, event.other, event.minutes, now.night, now.minute)
        return replace(after, closures=(*problem.closures, closure))
    if isinstance(event, RoadOpened):
        return _opened(after, event)
    if isinstance(event, CadenceRaised):
        return _raised(after, plan, event)
    return after


def _opened(problem: Problem, event: RoadOpened) -> Problem:
    ends = {event.one, event.other}
    left = tuple(closure for closure in problem.closures if {closure.one, closure.other} != ends)
    if len(left) == len(problem.closures):
        raise KeyError(event.one)
    return replace(problem, closures=left)


def urgent_name(problem: Problem, place: Location) -> str:
    """The id under which an urgent visit is owed: at a known place one of its own."""
    return f"{place.id}!" if place.id in problem.by_id else place.id


def _urgent(problem: Problem, now: Moment, place: Location) -> Location:
    """One visit tonight; at a known place it is owed apart, under the place's id and a `!`."""
    nights = tuple(night for night in range(problem.nights) if night != now.night)
    known = problem.by_id.get(place.id)
    name = urgent_name(problem, place)
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
