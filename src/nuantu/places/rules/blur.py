"""How exactly each audience may know where somebody was found.

The team needs the spot; statistics and maps of encounters get the middle of a 500 m square; the
public gets nothing (DESIGN section 7). The squares are fixed on the globe, so that blurring the
same place a hundred times tells nothing more than once.
"""

import math
from enum import StrEnum

from nuantu.places.rules.datums import Point
from nuantu.places.rules.geometry import METRES_PER_DEGREE

GRID_METRES = 500.0


class Audience(StrEnum):
    """Who looks at a position."""

    TEAM = "team"
    STATISTICS = "statistics"
    PUBLIC = "public"


def blurred(point: Point, audience: Audience, *, grid_metres: float = GRID_METRES) -> Point | None:
    """The point as this audience may know it; None for the public."""
    if audience is Audience.TEAM:
        return point
    if audience is Audience.PUBLIC:
        return None
    return square_centre(point, grid_metres)


def square_centre(point: Point, grid_metres: float = GRID_METRES) -> Point:
    """The middle of the square the point lies in; the middle of a square stays where it is.

    Rows have one height everywhere; within a row all squares have the width that the row's middle
    latitude gives, so each square is `grid_metres` on both sides.
    """
    row_height = grid_metres / METRES_PER_DEGREE
    lat = (math.floor(point.lat / row_height) + 0.5) * row_height
    width = row_height / max(math.cos(math.radians(lat)), 0.01)
    lon = (math.floor(point.lon / width) + 0.5) * width
    return Point(round(lat, 6), round(lon, 6))
