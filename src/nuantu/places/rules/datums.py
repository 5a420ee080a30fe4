"""Coordinates between WGS-84, GCJ-02 and BD-09.

Chinese map services publish shifted coordinates, GCJ-02 (高德, 腾讯) or BD-09 (百度), some 300 to
700 m off; 天地图 serves CGCS2000 unshifted. Everything stored is WGS-84 (CGCS2000 to the
centimetre); conversion happens at the edge and the datum that was told is kept as a label.
Both inverses are solved by iteration, so a round trip in China comes back within a centimetre.
"""

import math
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

_AXIS = 6_378_245.0  # Krasovsky 1940, as GCJ-02 uses it
_ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943_23
_BD_TURN = math.pi * 3000 / 180
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271


class Point(NamedTuple):
    """Latitude and longitude in degrees."""

    lat: float
    lon: float


class Datum(StrEnum):
    """What a pair of numbers was measured in."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def is_shifted_area(point: Point) -> bool:
    """Whether GCJ-02 shifts here: the rectangle around China that map services use."""
    return _SOUTH <= point.lat <= _NORTH and _WEST <= point.lon <= _EAST


def wgs84_to_gcj02(point: Point) -> Point:
    """The shifted point; the same point outside China."""
    if not is_shifted_area(point):
        return point
    north, east = _shift(point)
    return Point(point.lat + north, point.lon + east)


def gcj02_to_wgs84(point: Point) -> Point:
    """The true point; the same point outside China."""
    if not is_shifted_area(point):
        return point
    return _solved(wgs84_to_gcj02, point)


def gcj02_to_bd09(point: Point) -> Point:
    """Baidu's turn and stretch on top of GCJ-02; the same point outside China."""
    if not is_shifted_area(point):
        return point
    radius = math.hypot(point.lat, point.lon) + 0.00002 * math.sin(point.lat * _BD_TURN)
    angle = math.atan2(point.lat, point.lon) + 0.000003 * math.cos(point.lon * _BD_TURN)
    return Point(radius * math.sin(angle) + 0.006, radius * math.cos(angle) + 0.0065)


def bd09_to_gcj02(point: Point) -> Point:
    """Baidu's turn undone; the same point outside China."""
    if not is_shifted_area(point):
        return point
    return _solved(gcj02_to_bd09, point)


def bd09_to_wgs84(point: Point) -> Point:
    """The true point of a Baidu coordinate."""
    return gcj02_to_wgs84(bd09_to_gcj02(point))


def wgs84_to_bd09(point: Point) -> Point:
    """The Baidu coordinate of a true point."""
    return gcj02_to_bd09(wgs84_to_gcj02(point))


def to_wgs84(point: Point, datum: Datum) -> Point:
    """The true point of a coordinate in any of the three."""
    return _TO_WGS84[datum](point)


def from_wgs84(point: Point, datum: Datum) -> Point:
    """The coordinate that a map in `datum` shows for a true point."""
    return _FROM_WGS84[datum](point)


def _same(point: Point) -> Point:
    return point


_TO_WGS84: dict[Datum, Callable[[Point], Point]] = {
    Datum.WGS84: _same,
    Datum.GCJ02: gcj02_to_wgs84,
    Datum.BD09: bd09_to_wgs84,
}
_FROM_WGS84: dict[Datum, Callable[[Point], Point]] = {
    Datum.WGS84: _same,
    Datum.GCJ02: wgs84_to_gcj02,
    Datum.BD09: wgs84_to_bd09,
}


def _solved(forward: Callable[[Point], Point], target: Point) -> Point:
    """The point whose image is `target`: the shift hardly changes over its own length."""
    guess = target
    for _ in range(6):
        image = forward(guess)
        guess = Point(guess.lat + target.lat - image.lat, guess.lon + target.lon - image.lon)
    return guess


def _shift(point: Point) -> tuple[float, float]:
    """Degrees north and east that GCJ-02 adds."""
    x, y = point.lon - 105.0, point.lat - 35.0
    shared = _waves(x, ((20.0, 6.0), (20.0, 2.0)))
    north = (
        (-100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)))
        + shared
        + _waves(y, ((20.0, 1.0), (40.0, 1 / 3), (160.0, 1 / 12), (320.0, 1 / 30)))
    )
    east = (
        (300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)))
        + shared
        + _waves(x, ((20.0, 1.0), (40.0, 1 / 3), (150.0, 1 / 12), (300.0, 1 / 30)))
    )
    phi = math.radians(point.lat)
    curve = 1 - _ECCENTRICITY_SQUARED * math.sin(phi) ** 2
    meridian = _AXIS * (1 - _ECCENTRICITY_SQUARED) / (curve * math.sqrt(curve))
    parallel = _AXIS / math.sqrt(curve) * math.cos(phi)
    return math.degrees(north / meridian), math.degrees(east / parallel)


def _waves(value: float, terms: tuple[tuple[float, float], ...]) -> float:
    return sum(height * math.sin(rate * value * math.pi) for height, rate in terms) * 2 / 3
