"""Who comes to an urgent place first: right after what is promised for the next minutes."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from nuantu.routing.objective import timed
from nuantu.routing.plan import Plan, Route
from nuantu.routing.problem import Problem, Shift
from nuantu.routing.replan_rest import Key, Moment, fixed
from nuantu.routing.replan_zone import Zone

NEARLY = 10.0  # minutes; who is there so little later may go instead, where that keeps more
MOST_TEAMS = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """One team that goes to the place next: when it is there, its shift, the route it then has."""

    arrives: float
    shift: Shift
    stops: tuple[str, ...]


def with_turns(
    zone: Zone, now: Moment, lost: Sequence[Key], soon: Collection[str], promised_min: float
) -> list[Zone]:
    """The zone, with each urgent stop that nobody has yet given to whoever is there first; several
    where several teams are there at about the same time. What is promised for the next minutes comes
    before it, unless nobody could be there then, or nobody by the minute that `soon` names for it."""
    found = [zone]
    for name in unserved(zone.plan, now, lost, soon):
        base, latest = found[0], latest_of(soon, name)
        given: list[Turn] = []
        for promised in (promised_min, 0.0):
            if not given or given[0].arrives > latest:
                tried = turns(base.problem, base.plan, now, lost, name, soon, promised)
                given = tried if not given or _in_time(tried, latest) else given
        if given:
            both = (_given(base.problem, base.plan, turn) for turn in given)
            found = [replace(base, problem=own, plan=plan) for own, plan in both]
    return found


def latest_of(soon: Collection[str], name: str) -> float:
    """The minute by which somebody should be at an urgent stop, without end where none is named."""
    return soon[name] if isinstance(soon, Mapping) else math.inf


def _in_time(given: Sequence[Turn], latest: float) -> bool:
    return bool(given) and given[0].arrives <= latest


def with_clocks(problem: Problem, part: Problem) -> Problem:
    """The problem with the clocks of the shifts as a part of it has them."""
    known = part.shift_by_key
    return replace(problem, shifts=tuple(known.get(s.key, s) for s in problem.shifts))


def unserved(plan: Plan, now: Moment, lost: Sequence[Key], soon: Collection[str]) -> list[str]:
    """The urgent stops that no team of tonight has on its route, those that are due first first."""
    routes = (r for r in plan.routes if r.night == now.night and r.key not in lost)
    served = {stop for route in routes for stop in route.stops}
    return sorted(set(soon) - served, key=lambda name: (latest_of(soon, name), name))


def turns(
    problem: Problem,
    plan: Plan,
    now: Moment,
    lost: Sequence[Key],
    name: str,
    soon: Collection[str],
    promised_min: float,
) -> list[Turn]:
    """The turns of the teams that can be at the stop `name` (nearly) first, earliest first; of those
    only the ones in time where the first is. Nothing where nobody can be there and back tonight."""
    routes = {route.key: route.stops for route in plan.routes}
    found: list[Turn] = []
    for shift in problem.shifts:
        if shift.night == now.night and shift.key not in lost:
            stops = tuple(stop for stop in routes.get(shift.key, ()) if stop in problem.by_id)
            size = fixed(problem, shift, stops, now, promised_min, soon)
            turn = _turn(
                problem, plan, _standing(problem, shift, stops[:size], now), stops, size, name
            )
            found += [turn] if turn else []
    found.sort(key=lambda one: (one.arrives, one.shift.team))
    latest = latest_of(soon, name)
    until = found[0].arrives + NEARLY if found else 0.0
    if _in_time(found, latest):
        until = min(until, latest)
    return [turn for turn in found if turn.arrives <= until][:MOST_TEAMS]


def _standing(problem: Problem, shift: Shift, head: Sequence[str], now: Moment) -> Shift:
    """The shift of a team that has nothing to do now waited where it is until now."""
    if not head:
        return shift
    free = timed(problem, shift, head).arrivals[-1] + problem.by_id[head[-1]].service_min
    return replace(shift, held=(len(head), now.minute)) if free < now.minute else shift


def _turn(
    problem: Problem, plan: Plan, shift: Shift, stops: tuple[str, ...], size: int, name: str
) -> Turn | None:
    """The turn of one team, None where it may not go or is not back in time."""
    place, team = problem.by_id[name], problem.team_by_id[shift.team]
    head = (*stops[:size], name)
    way = timed(problem, shift, head)
    arrives, leaves = way.arrivals[-1], way.arrivals[-1] + place.service_min
    is_open = not place.windows or any(a <= arrives and leaves <= b for a, b in place.windows)
    loaded = sum(problem.by_id[stop].load for stop in head)
    may_go = (
        set(place.needs) <= set(team.skills)
        and is_open
        and shift.night not in place.closed_nights
        and (team.seats is None or loaded <= team.seats)
        and way.back <= shift.end_min + shift.overtime_min
        and (team.max_hours is None or _hours(problem, plan, shift, way.back) <= team.max_hours)
    )
    return Turn(arrives, shift, (*head, *stops[size:])) if may_go else None


def _hours(problem: Problem, plan: Plan, shift: Shift, back: float) -> float:
    """Hours of the team on the nights before and on this one, until it is back."""
    known = problem.shift_by_key
    before = [r for r in plan.routes if r.team == shift.team and r.night < shift.night]
    rows = [(known[r.key], r.stops) for r in before if r.key in known]
    spent = sum(timed(problem, own, stops).back - own.start_min for own, stops in rows)
    return (spent + back - shift.start_min) / 60


def _given(problem: Problem, plan: Plan, turn: Turn) -> tuple[Problem, Plan]:
    key = turn.shift.key
    shifts = tuple(turn.shift if shift.key == key else shift for shift in problem.shifts)
    others = (route for route in plan.routes if route.key != key)
    routes = (*others, Route(*key, turn.stops))
    return replace(problem, shifts=shifts), replace(plan, routes=routes)
