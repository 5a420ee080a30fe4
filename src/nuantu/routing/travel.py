"""Estimated travel time from straight distance, detour factor and speed by distance.

There is no road network here: a straight line is lengthened by a detour factor, the first
kilometres go slower than the later ones, and getting ready costs fixed minutes. The estimate is
symmetric, grows with the distance and keeps the triangle inequality, so that a stop on the way
never makes a trip look shorter. Against a road network one calibrated speed is off by 12 to 14 %
on average; fit the factor to the own trips with `fit_detour`.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TypeVar

from nuantu.routing.distance import Located, Point, haversine_metres


@dataclass(frozen=True, slots=True)
class SpeedBand:
    """Up to `until_km` of road the speed is `kmh`; the last band has no end."""

    until_km: float
    kmh: float


@dataclass(frozen=True, slots=True)
class TravelParams:
    """How a mode of travel is estimated.

    `detour`: road kilometres per straight kilometre, at least 1. `bands`: speeds that do not
    fall with distance, the last one without end. `ready_minutes`: fixed, counted when there is any
    way to go. `source`: where the figures come from, shown beside every estimate.
    """

    detour: float
    bands: tuple[SpeedBand, ...]
    ready_minutes: float
    source: str

    def __post_init__(self) -> None:
        """Raises ValueError for figures no road can have."""
        speeds = [band.kmh for band in self.bands]
        ends = [band.until_km for band in self.bands]
        if self.detour < 1 or self.ready_minutes < 0:
            message = "detour must be at least 1 and ready_minutes at least 0"
            raise ValueError(message)
        if not speeds or min(speeds) <= 0 or speeds != sorted(speeds):
            message = "speeds must be above 0 and must not fall with distance"
            raise ValueError(message)
        if ends != sorted(set(ends)) or not math.isinf(ends[-1]):
            message = "bands must end in rising order and the last one never"
            raise ValueError(message)


DRIVE = TravelParams(
    detour=1.4,
    bands=(SpeedBand(3, 24), SpeedBand(12, 34), SpeedBand(math.inf, 45)),
    ready_minutes=3,
    source="默认估计：山区县道，直线距离×1.4，时速24/34/45公里，出车3分钟；未按本地行程校准",
)
WALK = TravelParams(
    detour=1.25,
    bands=(SpeedBand(math.inf, 4.5),),
    ready_minutes=0,
    source="默认估计：步行，直线距离×1.25，时速4.5公里；未按本地行程校准",
)
MODES = {"drive": DRIVE, "walk": WALK}


def drive_params(
    *, speed_kmh: float, detour: float, ready_minutes: float, source: str
) -> TravelParams:
    """Driving with one speed, as a plan or the national defaults set it (kinds travel.*)."""
    return TravelParams(detour, (SpeedBand(math.inf, speed_kmh),), ready_minutes, source)


def travel_minutes(
    origin: Point | Located,
    destination: Point | Located,
    params: TravelParams | None = None,
    *,
    mode: str = "drive",
    factor: float = 1.0,
) -> float:
    """Estimated minutes from door to door.

    `params` wins over `mode` ("drive" or "walk"). `factor` stretches the moving time (1.5 for ice
    on the road). Errors: KeyError for an unknown mode, ValueError for a factor below 0.
    """
    if factor < 0:
        message = "factor must not be negative"
        raise ValueError(message)
    return _minutes(haversine_metres(origin, destination), params or MODES[mode], factor)


def _minutes(metres: float, params: TravelParams, factor: float = 1.0) -> float:
    if metres == 0:
        return 0.0
    return params.ready_minutes + factor * _moving_minutes(metres, params)


def _moving_minutes(metres: float, params: TravelParams) -> float:
    road_km = metres / 1000 * params.detour
    minutes, begun = 0.0, 0.0
    for band in params.bands:
        length = min(road_km, band.until_km) - begun
        if length <= 0:
            break
        minutes += length / band.kmh * 60
        begun = band.until_km
    return minutes


P = TypeVar("P", bound="Point | Located")


def nearest(
    origin: Point | Located,
    destinations: Sequence[P],
    k: int = 1,
    params: TravelParams = DRIVE,
) -> list[tuple[P, float]]:
    """The `k` nearest destinations with their minutes, nearest first; ties keep their order."""
    timed = [(place, travel_minutes(origin, place, params)) for place in destinations]
    return sorted(timed, key=lambda pair: pair[1])[: max(k, 0)]


@dataclass(frozen=True, slots=True)
class Trip:
    """One trip that really happened, from the recorded departure to the recorded arrival."""

    origin: Point
    destination: Point
    minutes: float


def fit_detour(
    trips: Iterable[Trip], params: TravelParams = DRIVE, *, at_least: int = 20
) -> TravelParams:
    """The same parameters with the detour factor that puts half of the trips below the estimate.

    The median ratio is used, so that a team that stopped for dinner does not move it. Fewer than
    `at_least` trips of more than 500 m change nothing: the parameters come back as they were.
    """
    ratios = [
        max(trip.minutes - params.ready_minutes, 0.0) / _moving_minutes(metres, params)
        for trip in trips
        if (metres := haversine_metres(trip.origin, trip.destination)) > 500
    ]
    if len(ratios) < at_least:
        return params
    detour = max(1.0, params.detour * median(ratios))
    return replace(params, detour=detour, source=f"按{len(ratios)}次实际行程校准")
