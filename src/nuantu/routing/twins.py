"""Locations that stand twice: other ids, one place."""

import math
from typing import Final

from nuantu.routing.distance import haversine_metres
from nuantu.routing.problem import Location, Problem

NEAR_METRES: Final = 10.0
CELL: Final = 0.01  # degrees or kilometres; no less than NEAR_METRES below 89 degrees of latitude


def twins(problem: Problem) -> tuple[tuple[str, str], ...]:
    """Pairs of locations at most NEAR_METRES apart, in the order of the problem: one of them is
    probably a mistake, and both are promised visits."""
    cells: dict[tuple[bool, int, int], list[Location]] = {}
    found: list[tuple[str, str]] = []
    for place in problem.locations:
        column, row = int(place.x // CELL), int(place.y // CELL)
        around = [(c, r) for c in range(column - 1, column + 2) for r in range(row - 1, row + 2)]
        near = (other for c, r in around for other in cells.get((place.on_globe, c, r), ()))
        found += [(other.id, place.id) for other in near if _metres(other, place) <= NEAR_METRES]
        cells.setdefault((place.on_globe, column, row), []).append(place)
    return tuple(found)


def _metres(one: Location, other: Location) -> float:
    if one.on_globe:
        return haversine_metres((one.y, one.x), (other.y, other.x))
    return 1000 * math.hypot(one.x - other.x, one.y - other.y)
