"""A proven bound for a prefecture: prices zone by zone, then one look over everything.

A zone is a depot with its shifts and the locations nearest to it; its prices are found as those of a
county are. Any prices at all prove a bound, as long as every crew is then let loose on all
locations, those of other zones at their prices too: what that adds is the transfer between zones.
"""

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from nuantu.routing.bound import encounters_bound
from nuantu.routing.bounding.folding import MOST_NIGHTS, SIDES
from nuantu.routing.bounding.grid import Doubles, grid_of
from nuantu.routing.bounding.proof import SINGLE, Proof
from nuantu.routing.bounding.walks import best_walks, entries, tables_for
from nuantu.routing.problem import Problem, Shift
from nuantu.routing.search.minutes import all_minutes

STEP = 0.5  # minutes, for the prices and for the last look

Zone = tuple[Problem, list[int]]


def zone_bound(
    problem: Problem,
    *,
    seconds: float = 300.0,
    progress: Callable[[int, float], None] | None = None,
) -> float:
    """No plan of this problem expects more encounters than this.

    `seconds` of computing for the prices of all zones together; the last look takes what it
    takes (about 0.1 s for each kind of shift and 500² pairs of locations). `progress` hears the zone
    and its own bound.
    """
    simple = encounters_bound(problem)
    if not problem.locations or not problem.shifts or problem.nights > MOST_NIGHTS:
        return simple
    zones = zones_of(problem)
    visits, rows, end = np.zeros((SIDES, len(problem.locations))), 0.0, time.process_time()
    end += seconds
    for number, (zone, places) in enumerate(zones):
        left = (end - time.process_time()) / (len(zones) - number)
        grid = grid_of(zone, STEP)
        if grid.chunk < 1:
            return simple
        proof = Proof(zone, grid)
        found = proof.go(max(0.0, left), None)
        visits[:, places] = proof.master.of_visits(proof.centre)
        rows += proof.of_rows(proof.centre)
        if progress:
            progress(number, found)
    found = rows + sum(_most(problem, shifts, visits) for shifts in _alike(problem))
    return min(simple, found * (1 + SINGLE))


def zones_of(problem: Problem) -> list[Zone]:
    """Problems of the depots that shifts leave from, with the rows of their locations."""
    first = len(problem.depots)
    homes = {shift.start_depot for shift in problem.shifts}
    rows = [row for row, depot in enumerate(problem.depots) if depot.id in homes]
    nearest = all_minutes(problem)[rows, first:].argmin(axis=0)
    found = []
    for number, row in enumerate(rows):
        places = np.flatnonzero(nearest == number).tolist()
        if places:
            shifts = [s for s in problem.shifts if s.start_depot == problem.depots[row].id]
            found.append((_part(problem, places, shifts), places))
    return found


def _part(problem: Problem, places: list[int], shifts: list[Shift]) -> Problem:
    names = {problem.locations[place].id for place in places}
    travel, first = problem.travel, len(problem.depots)
    if travel.matrix is not None:
        own = np.array([*range(first), *(first + place for place in places)])
        rows = [np.asarray(travel.matrix[row], np.float32)[own] for row in own.tolist()]
        travel = replace(travel, matrix=[memoryview(row) for row in rows])
    return replace(
        problem,
        locations=tuple(problem.locations[place] for place in places),
        shifts=tuple(shifts),
        travel=travel,
        done=tuple(visit for visit in problem.done if visit.location in names),
        closures=(),
    )


def _alike(problem: Problem) -> list[list[Shift]]:
    """Shifts of one depot, so that few tables are held at once."""
    found: dict[tuple[str, float], list[Shift]] = {}
    for shift in problem.shifts:
        found.setdefault((shift.start_depot, shift.start_min), []).append(shift)
    return list(found.values())


def _most(problem: Problem, shifts: list[Shift], visits: Doubles) -> float:
    """What these shifts can gain at the prices, each going wherever it likes."""
    grid = grid_of(replace(problem, shifts=tuple(shifts), closures=()), STEP)
    tables, everywhere = tables_for(grid), entries(grid)
    total = 0.0
    for number, crew in enumerate(grid.crews):
        gain, _walks = best_walks(grid, number, visits[crew.side], tables, 0, everywhere)
        total += crew.shifts * max(0.0, gain)
    return total
