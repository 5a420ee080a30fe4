"""Classic periodic instances for the libraries: each location has sets of days to choose from.

Sets are balanced by load at first. Then the library that searches (PyVRP) and a step that moves
locations to the set whose days they would lengthen least take turns.
"""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from bench.patrol_weeks import Classic
from bench.peers import by_ortools, by_pyvrp, by_vroom
from bench.peers.visits import Clock, Nights, Stops, Week, every_visit
from nuantu.routing.objective import timed
from nuantu.routing.problem import Problem

TURNS = 6
Sets = dict[int, tuple[int, ...]]


def by_turns(instance: Classic, seconds: float, seed: int) -> Stops:
    """PyVRP on the days chosen, then other days; the shortest week of all turns."""
    week, dice = Week(instance.problem), np.random.default_rng(seed)
    options = _options(instance)
    sets, found = _first(instance, dice), dict[float, Stops]()
    turns = TURNS if any(len(s) > 1 for all_sets in options.values() for s in all_sets) else 1
    for turn in range(turns):
        visits = every_visit(week, _spans(options, sets), peak=False)
        clock = Clock(seconds / turns)
        stops = by_pyvrp.routes(week, visits, instance.problem.shifts, clock, seed + turn)
        if not stops:
            sets = _first(instance, dice)
            continue
        found[_length(instance.problem, stops)] = stops
        sets = _nearer(week, options, sets, found[min(found)], dice)
    return found[min(found)] if found else {}


def by_ortools_once(instance: Classic, seconds: float, seed: int) -> Stops:
    """OR-Tools on days balanced by load."""
    week, options = Week(instance.problem), _options(instance)
    sets = _first(instance, np.random.default_rng(seed))
    return by_ortools.routes(week, _spans(options, sets), Clock(seconds))


def by_vroom_once(instance: Classic, seconds: float, seed: int) -> Stops:
    """VROOM on days balanced by load."""
    week, options = Week(instance.problem), _options(instance)
    sets = _first(instance, np.random.default_rng(seed))
    return by_vroom.routes(week, _spans(options, sets), Clock(seconds))


def _options(instance: Classic) -> dict[int, list[tuple[int, ...]]]:
    return {
        number: [tuple(days) for days in instance.night_sets[place.id]]
        for number, place in enumerate(instance.problem.locations)
    }


def _first(instance: Classic, dice: np.random.Generator) -> Sets:
    """Large loads first, each on the days that hold least so far."""
    places, options = instance.problem.locations, _options(instance)
    held = np.zeros(instance.problem.nights)
    found: Sets = {}
    for place in sorted(options, key=lambda p: (-places[p].load, dice.random())):
        sets = [options[place][k] for k in dice.permutation(len(options[place]))]
        found[place] = min(sets, key=lambda days: max(held[list(days)], default=0.0))
        held[list(found[place])] += places[place].load
    return found


def _spans(options: Mapping[int, list[tuple[int, ...]]], sets: Sets) -> Nights:
    """A single visit on any of the days that lie together; several each on its own day."""
    found: dict[int, tuple[tuple[int, ...], ...]] = {}
    for place, chosen in sets.items():
        days = sorted({day for one in options[place] for day in one})
        is_any = len(chosen) == 1 and days == list(range(days[0], days[-1] + 1))
        found[place] = (tuple(days),) if is_any else tuple((day,) for day in chosen)
    return found


def _length(problem: Problem, stops: Stops) -> float:
    return sum(
        timed(problem, problem.shift_by_key[key], names).travel for key, names in stops.items()
    )


def _nearer(
    week: Week,
    options: Mapping[int, list[tuple[int, ...]]],
    sets: Sets,
    stops: Stops,
    dice: np.random.Generator,
) -> Sets:
    """Some locations take the set whose days they would lengthen least, with a little chance."""
    row = {place.id: week.row(n) for n, place in enumerate(week.problem.locations)}
    found = dict(sets)
    for place, chosen in sets.items():
        if len(options[place]) < 2 or len(chosen) < 2 or dice.random() < 0.5:
            continue
        cost = {}
        for days in options[place]:
            added = sum(_added(week, week.row(place), day, stops, row) for day in days)
            cost[added * (0.95 + 0.1 * dice.random())] = days
        found[place] = cost[min(cost)]
    return found


def _added(week: Week, spot: int, day: int, stops: Stops, row: Mapping[str, int]) -> float:
    """The least detour of a day's routes without the spot over the spot."""
    best = 2 * float(week.minutes[0, spot])
    for (_team, night), names in stops.items():
        if night != day:
            continue
        way = [0, *(row[name] for name in names if row[name] != spot), 0]
        for a, b in pairwise(way):
            detour = week.minutes[a, spot] + week.minutes[spot, b] - week.minutes[a, b]
            best = min(best, float(detour))
    return best
