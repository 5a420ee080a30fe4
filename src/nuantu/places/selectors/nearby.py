"""What is near a point."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import ExpressionWrapper, F, FloatField, QuerySet, Value
from django.db.models.functions import Power
from django.urls import reverse

from nuantu.accounts import selectors as accounts
from nuantu.accounts.models import Division
from nuantu.accounts.rules.divisions import level_of
from nuantu.core.reference import remembered
from nuantu.places.models import Hospital, KeyLocation, Place, ReliefPoint, Station
from nuantu.places.rules.datums import Point
from nuantu.places.rules.geometry import METRES_PER_DEGREE, haversine_metres
from nuantu.places.rules.nearest import PointIndex
from nuantu.routing import travel_minutes

PUBLIC_KINDS = ("station", "hospital", "relief_point")
KINDS = ("key_location", *PUBLIC_KINDS)
TOWN_REACH_METRES = 10_000.0


def queries() -> dict[str, QuerySet[Any]]:
    """All places by kind, closed ones too, as far as the scope shows."""
    return {
        "key_location": KeyLocation.objects.all(),
        "station": Station.objects.all(),
        "hospital": Hospital.objects.all(),
        "relief_point": ReliefPoint.objects.all(),
    }


def in_use(kind: str) -> QuerySet[Any]:
    """Places of a kind that are not closed and that the scope shows. Raises KeyError."""
    return queries()[kind].filter(closed_at=None)


def naming(kind: str) -> tuple[Callable[[UUID], str], Callable[[UUID], str | None]]:
    """How a journal line calls a place of this kind, and where its page is."""

    def label(public_id: UUID) -> str:
        found = queries()[kind].filter(public_id=public_id).values_list("name", flat=True).first()
        return str(found or kind)

    def url(public_id: UUID) -> str | None:
        return reverse(f"places:{kind}", args=[public_id])

    return label, url


def counts() -> dict[str, int]:
    """How many places of each kind are in use, as far as the scope shows."""
    return {kind: in_use(kind).count() for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Near:
    """A place and its distance as the crow flies."""

    place: Place
    kind: str
    metres: float

    @property
    def point(self) -> Point:
        """Where it stands."""
        return Point(self.place.lat, self.place.lon)

    @property
    def url(self) -> str:
        """Its page."""
        return reverse(f"places:{self.kind}", args=[self.place.public_id])


def near(
    lat: float, lon: float, kind: str, limit: int = 5, *, within_metres: float | None = None
) -> list[Near]:
    """The nearest places of a kind that the scope shows, nearest first.

    `kind`: key_location, station, hospital or relief_point. Raises KeyError for another one.
    """
    return _nearest(in_use(kind), kind, Point(lat, lon), limit, within_metres)


def nearest_station(lat: float, lon: float) -> Near | None:
    """The nearest rescue station."""
    return next(iter(near(lat, lon, "station", 1)), None)


def nearest_relief_point(lat: float, lon: float, *, is_open: bool = True) -> Near | None:
    """The nearest relief point, by default among those that are open (P1-45)."""
    points = in_use("relief_point")
    points = points.filter(is_open=True) if is_open else points
    return next(iter(_nearest(points, "relief_point", Point(lat, lon), 1, None)), None)


def nearest_hospital(lat: float, lon: float, *, is_psychiatric: bool = False) -> Near | None:
    """The nearest designated hospital; one for psychiatric patients where asked."""
    hospitals = in_use("hospital").filter(is_designated=True)
    hospitals = hospitals.filter(is_psychiatric=True) if is_psychiatric else hospitals
    return next(iter(_nearest(hospitals, "hospital", Point(lat, lon), 1, None)), None)


def around(place: Place) -> list[tuple[Near, float]]:
    """The nearest station, open relief point and designated hospital, with minutes by car."""
    found = (
        nearest_station(place.lat, place.lon),
        nearest_relief_point(place.lat, place.lon),
        nearest_hospital(place.lat, place.lon),
    )
    return [
        (item, travel_minutes((place.lat, place.lon), item.point))
        for item in found
        if item is not None and item.place.public_id != place.public_id
    ]


def responsible_station(division_code: str) -> Station | None:
    """The building of the station that answers for a place: the county's, else the prefecture's."""
    organisation = accounts.station_of(division_code)
    if organisation is None:
        return None
    return Station.objects.filter(organisation=organisation, closed_at=None).first()


def division_at(lat: float, lon: float) -> str:
    """The 12-digit code of the nearest located town, of its county where no town is near.

    Town borders are not known: a point within 10 km of a town's centre is said to lie there; "" when
    the table of divisions has no located place.
    """
    nearest = located_divisions().nearest(Point(lat, lon), 8)
    towns = [(metres, code) for metres, code in nearest if level_of(code) == "town"]
    if towns and towns[0][0] <= TOWN_REACH_METRES:
        return towns[0][1]
    if not nearest:
        return ""
    return nearest[0][1] if level_of(nearest[0][1]) == "county" else county_code(nearest[0][1])


def located_divisions() -> PointIndex[str]:
    """Counties and towns with a point of their own, remembered until the table changes."""
    return remembered("divisions", "places.located", _load_located)


def _load_located() -> PointIndex[str]:
    rows = Division.objects.filter(
        level__in=[Division.Level.COUNTY, Division.Level.TOWN],
        is_approximate=False,
        lat__isnull=False,
        valid_to=None,
    ).values_list("lat", "lon", "code")
    return PointIndex((Point(lat or 0.0, lon or 0.0), code) for lat, lon, code in rows)


def county_code(code: str) -> str:
    """The 12-digit code of the county a division lies in."""
    return code[:6].ljust(12, "0")


def _nearest(
    rows: QuerySet[Any], kind: str, point: Point, limit: int, within_metres: float | None
) -> list[Near]:
    if within_metres is not None:
        reach = within_metres / METRES_PER_DEGREE
        rows = rows.filter(lat__range=(point.lat - reach, point.lat + reach))
    found = [
        Near(place, kind, haversine_metres(point, Point(place.lat, place.lon)))
        for place in _by_distance(rows, point)[:limit]
    ]
    return [item for item in found if within_metres is None or item.metres <= within_metres]


def _by_distance(rows: QuerySet[Any], point: Point) -> QuerySet[Any]:
    """In the order of the distance on a flat map around the point."""
    narrow = math.cos(math.radians(point.lat))
    squared = Power(F("lat") - Value(point.lat), 2) + Power(
        (F("lon") - Value(point.lon)) * Value(narrow), 2
    )
    measured: QuerySet[Any] = rows.annotate(
        squared_degrees=ExpressionWrapper(squared, output_field=FloatField())
    )
    return measured.order_by("squared_degrees", "pk")
