"""Straight distances on the globe."""

import math
from typing import Protocol

EARTH_RADIUS_METRES = 6_371_008.8

Point = tuple[float, float]


class Located(Protocol):
    """Anything that stands somewhere; WGS-84 degrees."""

    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


def as_point(place: "Point | Located") -> Point:
    """(lat, lon) of a pair or of anything located."""
    return place if isinstance(place, tuple) else (place.lat, place.lon)


def haversine_metres(a: "Point | Located", b: "Point | Located") -> float:
    """Great-circle distance in metres; symmetric, 0 for the same point."""
    (lat1, lon1), (lat2, lon2) = as_point(a), as_point(b)
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half_phi = math.sin((phi2 - phi1) / 2)
    half_lambda = math.sin(math.radians(lon2 - lon1) / 2)
    h = half_phi * half_phi + math.cos(phi1) * math.cos(phi2) * half_lambda * half_lambda
    return 2 * EARTH_RADIUS_METRES * math.asin(math.sqrt(min(1.0, h)))
