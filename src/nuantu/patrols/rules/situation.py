"""A week in the middle of a half: what was walked is done, the rest is a problem of its own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from nuantu.patrols.rules.planned import Key, Stops
from nuantu.routing.objective import timed
from nuantu.routing.problem import Done, Problem, Shift


@dataclass(frozen=True, slots=True)
class Walk:
    """What one team made of its route in one half, as location ids in the order of the way.

    `free_min`: the minute of the patrol day at which it left its last stop; now, while it stands
    at one. `is_over`: it reported back or was broken off.
    """

    done: tuple[str, ...]
    left: tuple[str, ...]
    free_min: float
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """The rest of a week at a minute of a half: its problem, and the routes as they stand."""

    problem: Problem
    stops: Stops
    half: int
    minute: float


def situation(
    problem: Problem,
    planned: Stops,
    walks: Mapping[Key, Walk],
    lost: Collection[Key],
    half: int,
    minute: float,
) -> Situation:
    """The rest of a week. `lost`: turns that nobody walks any more.

    What nobody registered as walked before this half was not visited. A stop that a team passed by
    is neither done nor to come.
    """
    gone = {key for key, walk in walks.items() if walk.is_over or key[1] < half}
    gone |= set(lost) | {key for key in walks if key not in problem.shift_by_key}
    done = {(visit.location, visit.night) for visit in problem.done}
    done |= {(stop, key[1]) for key in gone & walks.keys() for stop in walks[key].done}
    shifts: list[Shift] = []
    stops: dict[Key, tuple[str, ...]] = {}
    for shift in problem.shifts:
        if shift.night < half or shift.key in gone:
            continue
        walk = walks.get(shift.key)
        order = (*walk.done, *walk.left) if walk else tuple(planned.get(shift.key, ()))
        order = tuple(dict.fromkeys(stop for stop in order if stop in problem.by_id))
        shifts.append(_as_driven(problem, shift, order, walk, minute, is_now=shift.night == half))
        stops[shift.key] = order
    made = tuple(Done(*visit) for visit in sorted(done) if visit[0] in problem.by_id)
    return Situation(replace(problem, shifts=tuple(shifts), done=made), stops, half, minute)


def _as_driven(
    problem: Problem,
    shift: Shift,
    order: tuple[str, ...],
    walk: Walk | None,
    minute: float,
    *,
    is_now: bool,
) -> Shift:
    """The shift with the clock of what was driven: earlier where the team was faster than planned,
    held where it was slower, waiting at its base where it has not gone out."""
    if not is_now or not order:
        return shift
    made = [stop for stop in (walk.done if walk else ()) if stop in problem.by_id]
    if walk is None or not made:
        waits = shift.start_min < minute
        return replace(shift, held=(0, minute)) if waits else shift
    count = len(dict.fromkeys(made))
    clock = timed(problem, shift, order[:count])
    left = clock.arrivals[-1] + problem.by_id[order[count - 1]].service_min
    if left > walk.free_min:
        shift = replace(shift, start_min=shift.start_min - (left - walk.free_min))
    coming = timed(problem, replace(shift, held=(count, walk.free_min)), order).arrivals[count:]
    is_late = bool(coming) and coming[0] <= minute
    return replace(shift, held=(count, minute if is_late else walk.free_min))
