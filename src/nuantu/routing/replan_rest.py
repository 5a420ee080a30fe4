"""What is left of a week at a moment of a shift: the problem of the rest, and the way back.

What was done stays done; each team on the road starts where its last fixed stop ends. The rest is a
problem like any other, so the same search plans it and the same checker reads it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nuantu.routing.objective import timed
from nuantu.routing.plan import Plan
from nuantu.routing.problem import Closure, Depot, Done, Location, Problem, Shift, Team, Travel
from nuantu.routing.replan_roads import grown

Key = tuple[str, int]
Stops = Mapping[Key, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment: night of the week and minutes after 18:00."""

    night: int
    minute: float


@dataclass(frozen=True)
class Rest:
    """The problem of the rest.

    `heads`: stops that stay, by shift; `tails`: those that may change. `waiting`: shifts of tonight
    that had made their last stop already, and wait there for what comes.
    """

    problem: Problem
    heads: Stops
    tails: Stops
    waiting: tuple[Key, ...] = ()

    def whole(self, tails: Stops) -> dict[Key, tuple[str, ...]]:
        """Routes of the whole week again."""
        return {key: (*head, *tails.get(key, ())) for key, head in self.heads.items()}


def rest_of(
    problem: Problem,
    plan: Plan,
    now: Moment,
    lost: Sequence[Key],
    promised_min: float,
    from_night: int = 0,
    soon: Collection[str] = (),
) -> Rest:
    """Split a plan at a moment. `lost`: shifts that nobody drives on; `promised_min`: minutes ahead
    in which a stop stays with its team; `from_night`: all nights before it stay as they are; `soon`:
    urgent stops, which stay where they are, and what is before them too."""
    has_hours = any(team.max_hours is not None for team in problem.team_by_id.values())
    routes = {route.key: route.stops for route in plan.routes}
    heads: dict[Key, tuple[str, ...]] = {}
    tails: dict[Key, tuple[str, ...]] = {}
    shifts: list[Shift] = []
    stands: dict[str, str] = {}
    used: dict[str, float] = {}
    waiting: list[Key] = []
    for shift in problem.shifts:
        stops = tuple(stop for stop in routes.get(shift.key, ()) if stop in problem.by_id)
        is_lost, is_kept = shift.key in lost, shift.night < from_night
        urgent = () if is_lost else soon
        size = fixed(problem, shift, stops, now, -1.0 if is_lost else promised_min, urgent)
        size = len(stops) if is_kept else size
        heads[shift.key], tails[shift.key] = stops[:size], stops[size:]
        ends = timed(problem, shift, stops[:size]).back if has_hours else shift.start_min
        if not is_lost and not is_kept and shift.night >= now.night:
            left = _from_here(problem, shift, stops[:size], now)
            if shift.night == now.night and left.start_min < now.minute:
                left = replace(left, start_min=now.minute)
                waiting.append(shift.key)
            ends = left.start_min if size else shift.start_min  # who waits is on duty meanwhile
            if left.start_min <= left.end_min:
                shifts.append(left)
            if size:
                stands[shift.team] = stops[size - 1]
        used[shift.team] = used.get(shift.team, 0.0) + (ends - shift.start_min) / 60
    left_over = _problem(problem, heads, shifts, stands, used)
    return Rest(left_over, heads, tails, tuple(waiting))


HERE = "@"


def fixed(
    problem: Problem,
    shift: Shift,
    stops: Sequence[str],
    now: Moment,
    promised_min: float,
    soon: Collection[str] = (),
) -> int:
    """How many stops are done, under way or promised for the next minutes (-1: only those done), or
    come before one of `soon`."""
    if shift.night != now.night:
        return len(stops) if shift.night < now.night else 0
    clock = timed(problem, shift, stops)
    found = 0
    for number, arrive in enumerate(clock.arrivals):
        leave = clock.arrivals[number - 1] + problem.by_id[stops[number - 1]].service_min
        begins = leave if number else shift.start_min
        is_under_way = promised_min >= 0 and begins < now.minute
        if arrive <= now.minute + max(0.0, promised_min) or is_under_way:
            found = number + 1
    return max([found, *(number for number, stop in enumerate(stops, 1) if stop in soon)])


def _from_here(problem: Problem, shift: Shift, head: Sequence[str], now: Moment) -> Shift:
    """The part of a shift that is left."""
    if shift.night != now.night:
        return shift
    if not head:
        return replace(shift, start_min=max(shift.start_min, now.minute), held=None)
    arrive = timed(problem, shift, head).arrivals[-1]
    free = arrive + problem.by_id[head[-1]].service_min
    return replace(shift, start_depot=HERE + shift.team, start_min=free, held=None)


def _problem(
    problem: Problem,
    heads: Stops,
    shifts: Sequence[Shift],
    stands: Mapping[str, str],
    used: Mapping[str, float],
) -> Problem:
    done = {(visit.location, visit.night) for visit in problem.done}
    done |= {(stop, key[1]) for key, stops in heads.items() for stop in stops}
    spots = [(team, problem.by_id[stop]) for team, stop in stands.items()]
    depots = [Depot(HERE + team, p.x, p.y, p.on_globe) for team, p in spots]
    return replace(
        problem,
        depots=(*problem.depots, *depots),
        shifts=tuple(shifts),
        travel=_travel(problem, list(stands.values())),
        teams=tuple(_rested(team, used) for team in problem.team_by_id.values()),
        done=tuple(Done(*visit) for visit in sorted(done)),
        closures=(*problem.closures, *_from_there(problem, stands)),
    )


def _from_there(problem: Problem, stands: Mapping[str, str]) -> list[Closure]:
    """A team that stands at one end of a closed way cannot drive it either."""
    return [
        replace(closure, one=HERE + team, other=other)
        for closure in problem.closures
        for team, stop in stands.items()
        for one, other in ((closure.one, closure.other), (closure.other, closure.one))
        if stop == one
    ]


def _rested(team: Team, used: Mapping[str, float]) -> Team:
    if team.max_hours is None:
        return team
    return replace(team, max_hours=max(0.0, team.max_hours - used.get(team.id, 0.0)))


def _travel(problem: Problem, stands: Sequence[str]) -> Travel:
    """A matrix gets a row for each team on the road: that of the location where it stands."""
    travel = problem.travel
    if travel.matrix is None:
        return travel
    first, row = len(problem.depots), problem.place_index
    standing = [row["location", stop] for stop in stands]
    rows = np.array([*range(first), *standing, *range(first, len(problem.places))])
    minutes = np.array(travel.matrix, np.float32)[np.ix_(rows, rows)]
    return replace(travel, matrix=[memoryview(row) for row in minutes])


def not_left_yet(problem: Problem, plan: Plan, now: Moment) -> Problem:
    """The problem in which shifts of tonight that have no stop can leave from now on only."""
    busy = {route.key for route in plan.routes if route.stops}

    def late(shift: Shift) -> Shift:
        if shift.key in busy or shift.night != now.night:
            return shift
        return replace(shift, start_min=min(max(shift.start_min, now.minute), shift.end_min))

    return replace(problem, shifts=tuple(map(late, problem.shifts)))


def with_location(problem: Problem, place: Location, like: str = "") -> Problem:
    """The problem with one more location, or another version of one that it has. `like`: the id of
    the location at which it lies, where that is known."""
    if place.id in problem.by_id:
        places = tuple(place if old.id == place.id else old for old in problem.locations)
        return replace(problem, locations=places)
    travel = grown(problem, place, like)
    return replace(problem, locations=(*problem.locations, place), travel=travel)
