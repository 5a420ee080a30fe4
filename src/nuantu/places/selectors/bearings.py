"""A point in words, from what is known around it."""

from nuantu.accounts.models import Division
from nuantu.core.reference import remembered
from nuantu.places.rules.bearings import Described, describe
from nuantu.places.rules.datums import Point
from nuantu.places.rules.nearest import PointIndex
from nuantu.places.selectors.nearby import KINDS, division_at, in_use

LANDMARK_REACH_METRES = 2_000.0


def describe_point(lat: float, lon: float) -> Described | None:
    """The nearest known place with distance and side, else the same from the middle of the town or
    county; None where no division has a point.

    For staff: it may name a key location, which the public is not told.
    """
    point = Point(lat, lon)
    division = Division.objects.filter(code=division_at(lat, lon)).first()
    if division is None:
        return None
    centre = None
    if division.lat is not None and division.lon is not None:
        centre = Point(division.lat, division.lon)
    nearest = remembered("places", "places.landmarks", _landmarks).nearest(point)
    if nearest and nearest[0][0] <= LANDMARK_REACH_METRES:
        name, at = nearest[0][1]
        return describe(point, area=division.name, centre=centre, landmark=name, at=at)
    return describe(point, area=division.name, centre=centre)


def _landmarks() -> PointIndex[tuple[str, Point]]:
    """Every place in use whose own point is known."""
    points = [
        (name, Point(lat, lon))
        for kind in KINDS
        for name, lat, lon in in_use(kind)
        .filter(is_approximate=False)
        .values_list("name", "lat", "lon")
    ]
    return PointIndex((point, (name, point)) for name, point in points)
