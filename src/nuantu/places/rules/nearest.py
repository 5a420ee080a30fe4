"""The nearest of many points, without looking at all of them."""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from nuantu.places.rules.datums import Point
from nuantu.places.rules.geometry import METRES_PER_DEGREE, haversine_metres

T = TypeVar("T")

CELL_DEGREES = 0.25
MOST_RINGS = 16  # four degrees; what is farther is found by looking at everything


class PointIndex(Generic[T]):
    """Points in cells of a quarter degree. Built once, asked often, never changed."""

    def __init__(self, items: Iterable[tuple[Point, T]]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Point, T]]] = defaultdict(list)
        for point, item in items:
            self._cells[_cell(point)].append((point, item))
        self._size = sum(len(cell) for cell in self._cells.values())

    def __len__(self) -> int:
        return self._size

    def nearest(self, point: Point, k: int = 1) -> list[tuple[float, T]]:
        """The `k` nearest items with their metres, nearest first."""
        if not (-90 <= point.lat <= 90 and -180 <= point.lon <= 180):
            return []
        found: list[tuple[float, T]] = []
        for ring in range(MOST_RINGS):
            found.extend(
                (haversine_metres(point, other), item)
                for cell in _ring(_cell(point), ring)
                for other, item in self._cells.get(cell, ())
            )
            found.sort(key=lambda pair: pair[0])
            if len(found) == self._size or (
                len(found) >= k and found[k - 1][0] <= ring * _least_metres(point)
            ):
                return found[:k]
        everything = (pair for cell in self._cells.values() for pair in cell)
        measured = [(haversine_metres(point, other), item) for other, item in everything]
        return sorted(measured, key=lambda pair: pair[0])[:k]


def _cell(point: Point) -> tuple[int, int]:
    return math.floor(point.lat / CELL_DEGREES), math.floor(point.lon / CELL_DEGREES)


def _ring(cell: tuple[int, int], distance: int) -> Iterable[tuple[int, int]]:
    """The cells exactly so many steps away."""
    row, column = cell
    if distance == 0:
        yield cell
        return
    for step in range(-distance, distance + 1):
        yield row - distance, column + step
        yield row + distance, column + step
    for step in range(-distance + 1, distance):
        yield row + step, column - distance
        yield row + step, column + distance


def _least_metres(point: Point) -> float:
    """What one ring of cells is wide at least, a little to the poles of the point."""
    outer = min(abs(point.lat) + 4, 89.0)
    return CELL_DEGREES * METRES_PER_DEGREE * math.cos(math.radians(outer))
