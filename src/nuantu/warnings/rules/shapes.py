"""Whether a point lies in the polygons and circles of a CAP area."""

import math

from nuantu.warnings.rules.message import Area, Circle, Point

_EARTH_KM = 6371.0


def is_inside(point: Point, area: Area) -> bool:
    """Whether a point lies in any polygon or circle of an area."""
    return any(_in_polygon(point, polygon) for polygon in area.polygons) or any(
        _in_circle(point, circle) for circle in area.circles
    )


def _in_polygon(point: Point, polygon: tuple[Point, ...]) -> bool:
    """Even-odd rule; the ring need not be closed."""
    lat, lon = point
    inside = False
    for index, (lat_a, lon_a) in enumerate(polygon):
        lat_b, lon_b = polygon[index - 1]
        if (lat_a > lat) != (lat_b > lat):
            crossing = lon_a + (lat - lat_a) * (lon_b - lon_a) / (lat_b - lat_a)
            inside ^= lon < crossing
    return inside


def _in_circle(point: Point, circle: Circle) -> bool:
    lat_a, lat_b = math.radians(point[0]), math.radians(circle.centre[0])
    half = math.radians(point[1] - circle.centre[1]) / 2
    chord = (
        math.sin((lat_a - lat_b) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half) ** 2
    )
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, chord))) <= circle.radius_km
