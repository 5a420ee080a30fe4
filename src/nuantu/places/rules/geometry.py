"""Distances and outlines."""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nuantu.places.rules.datums import Point
from nuantu.routing import haversine_metres as _haversine_metres

METRES_PER_DEGREE = 111_195.0

Ring = Sequence[Sequence[float]]  # (longitude, latitude) pairs as in GeoJSON, closed


def haversine_metres(a: Point, b: Point) -> float:
    """Great-circle distance in metres."""
    return _haversine_metres(a, b)


def distance_to_nearest(point: Point, others: Iterable[Point]) -> float:
    """Metres to the nearest of the points, infinity if there is none."""
    return min((haversine_metres(point, other) for other in others), default=math.inf)


@dataclass(frozen=True, slots=True)
class Outline:
    """The outer border of a province: its two-digit code and one or more closed rings."""

    code: str
    rings: tuple[Ring, ...]

    def holds(self, point: Point) -> bool:
        """Whether the point lies inside one of the rings."""
        return any(_ring_holds(ring, point) for ring in self.rings)

    def metres_outside(self, point: Point) -> float:
        """0 inside, else the distance to the border in metres (flat earth near the point)."""
        if self.holds(point):
            return 0.0
        return min(_metres_to_ring(ring, point) for ring in self.rings)


def read_outlines(collection: dict[str, object]) -> list[Outline]:
    """The outlines of a GeoJSON collection whose features carry `code` (two digits)."""
    features = collection["features"]
    if not isinstance(features, list):
        message = "not a GeoJSON feature collection"
        raise TypeError(message)
    return [
        Outline(
            feature["properties"]["code"],
            tuple(polygon[0] for polygon in feature["geometry"]["coordinates"]),
        )
        for feature in features
    ]


def outline_at(point: Point, outlines: Iterable[Outline]) -> Outline | None:
    """The province that holds the point."""
    return next((outline for outline in outlines if outline.holds(point)), None)


def _ring_holds(ring: Ring, point: Point) -> bool:
    """Even-odd rule: a ray to the east crosses the ring an odd number of times."""
    is_inside = False
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        crosses = (y1 > point.lat) != (y2 > point.lat)
        if crosses and point.lon < (x2 - x1) * (point.lat - y1) / (y2 - y1) + x1:
            is_inside = not is_inside
    return is_inside


def _metres_to_ring(ring: Ring, point: Point) -> float:
    east = METRES_PER_DEGREE * math.cos(math.radians(point.lat))
    flat = [((x - point.lon) * east, (y - point.lat) * METRES_PER_DEGREE) for x, y in ring]
    return min(_metres_to_piece(a, b) for a, b in itertools.pairwise(flat))


def _metres_to_piece(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance from the origin to the piece of line between a and b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length_squared = dx * dx + dy * dy
    share = 0.0
    if length_squared > 0:
        share = max(0.0, min(1.0, -(a[0] * dx + a[1] * dy) / length_squared))
    return math.hypot(a[0] + share * dx, a[1] + share * dy)
