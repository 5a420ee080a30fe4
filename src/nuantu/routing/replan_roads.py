"""A road matrix that gets a row for a place it does not know, without the roads it was made from."""

from dataclasses import dataclass, replace
from statistics import median

import numpy as np
from numpy.typing import NDArray

from nuantu.routing.problem import Location, Problem, Travel, straight_km

JUDGES = 8  # ways from the nearest place by which the last bit is timed


@dataclass(frozen=True, slots=True)
class Over:
    """The place of the matrix over which all ways go: its row and id, and the last bit in straight
    kilometres and minutes."""

    row: int
    name: str
    km: float
    minutes: float


def over(problem: Problem, place: Location) -> Over:
    """The nearest place of the matrix, and how long it takes from there, at the pace of the ways
    around it. Errors: ValueError where the problem has no place at all."""
    away = [straight_km(one, place) for one in problem.places]
    row = min(range(len(away)), key=lambda each: away[each])
    return Over(row, problem.places[row].id, away[row], away[row] * _pace(problem, row))


def _pace(problem: Problem, row: int) -> float:
    """Minutes a straight kilometre from a place to those around it, both ways."""
    matrix, here = problem.travel.matrix or (), problem.places[row]
    away = {n: straight_km(here, other) for n, other in enumerate(problem.places)}
    around = sorted((n for n, km in away.items() if km > 0), key=lambda n: away[n])[:JUDGES]
    paces = [(matrix[row][n] + matrix[n][row]) / 2 / away[n] for n in around]
    return float(median(paces)) if paces else Travel().by_distance(1.0)


def grown(problem: Problem, place: Location, like: str = "") -> Travel:
    """The travel with a row and a column for one more location at the end.

    They are those of the place `like`, or of the nearest one and the last bit from there. Where there
    is no matrix nothing changes.
    """
    travel = problem.travel
    if travel.matrix is None:
        return travel
    row, extra = problem.row_named(like) if like else 0, 0.0
    if not like:
        nearest = over(problem, place)
        row, extra = nearest.row, nearest.minutes
    size = len(problem.places)
    minutes: NDArray[np.float32] = np.zeros((size + 1, size + 1), np.float32)
    minutes[:size, :size] = np.array(travel.matrix, np.float32)
    minutes[size, :size] = minutes[row, :size] + extra
    minutes[:size, size] = minutes[:size, row] + extra
    rows = np.ascontiguousarray(minutes)
    return replace(travel, matrix=[memoryview(rows[line]) for line in range(size + 1)])
