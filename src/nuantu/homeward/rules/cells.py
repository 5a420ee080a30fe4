"""Squares of the map, in which wearers are counted: 0.01 degree, and larger ones of eight by eight of them."""

import math
from dataclasses import dataclass
from typing import Final

SIDE: Final = 0.01
LEVELS: Final = (0, 3, 6)
MOST_CELLS: Final = 1_600


@dataclass(frozen=True, slots=True)
class View:
    """The part of the map that is looked at, in degrees."""

    south: float
    west: float
    north: float
    east: float


def cell_of(lat: float, lon: float) -> tuple[int, int]:
    """Column and row of a point."""
    return math.floor(lon / SIDE), math.floor(lat / SIDE)


def centre_of(level: int, x: int, y: int) -> tuple[float, float]:
    """Latitude and longitude of the middle of a square."""
    side = SIDE * (1 << level)
    return (y + 0.5) * side, (x + 0.5) * side


def window(view: View, level: int) -> tuple[int, int, int, int]:
    """First and last column, first and last row of what is looked at."""
    (x1, y1), (x2, y2) = cell_of(view.south, view.west), cell_of(view.north, view.east)
    return x1 >> level, x2 >> level, y1 >> level, y2 >> level


def level_for(view: View) -> int:
    """The finest squares that are few enough for the view."""
    for level in LEVELS:
        x1, x2, y1, y2 = window(view, level)
        if (x2 - x1 + 1) * (y2 - y1 + 1) <= MOST_CELLS:
            return level
    return LEVELS[-1]


def read_view(text: str) -> View | None:
    """`south,west,north,east` of an address; None for anything else."""
    parts = text.split(",")
    try:
        south, west, north, east = (float(part) for part in parts)
    except ValueError:
        return None
    is_fair = -90 <= south < north <= 90 and -180 <= west < east <= 180
    return View(south, west, north, east) if is_fair else None
