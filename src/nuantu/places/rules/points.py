"""Is this coordinate believable? Ask when in doubt, refuse only what cannot be.

A tip is worth more than its coordinate: a point that is far from everything known is asked
about, never refused. Refused is only what lies outside the country or clearly in another province.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from nuantu.places.rules.datums import Datum, Point, to_wgs84
from nuantu.places.rules.geometry import Outline, distance_to_nearest, outline_at

BORDER_TOLERANCE_METRES = 10_000.0  # the packaged outlines have about a hundred corners each
FAR_METRES = 20_000.0
FAR_METRES_WHERE_LITTLE_IS_KNOWN = 35_000.0
FEW_KNOWN_PLACES = 4
AT_A_LANDMARK_METRES = 80.0
OFF_A_LANDMARK_METRES = 200.0
_COUNTRY = (3.0, 54.0, 73.0, 136.0)  # south, north, west, east with the islands


class State(StrEnum):
    """What becomes of a coordinate."""

    OK = "ok"
    ASK = "ask"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why; the page turns it into a sentence."""

    FITS = "fits"
    NOT_NUMBERS = "not_numbers"
    SWAPPED = "swapped"
    OUTSIDE_COUNTRY = "outside_country"
    OUTSIDE_PROVINCE = "outside_province"
    NEAR_BORDER = "near_border"
    FAR_FROM_COUNTY = "far_from_county"
    MAYBE_SHIFTED = "maybe_shifted"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known where the point should lie.

    `province`: its outline, None where there is none (台湾). `outlines`: all provinces, to name
    the one it lies in instead. `known`: located places of the county (towns, seat, landmarks).
    `landmarks`: surveyed points people stand at; a GeoNames town is none. `far_metres` overrides
    the distance from everything known at which it is asked.
    """

    province: Outline | None
    outlines: Sequence[Outline] = ()
    known: Sequence[Point] = ()
    landmarks: Sequence[Point] = ()
    far_metres: float | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """State, reason, a better point where one can be offered, and figures for the sentence."""

    state: State
    reason: Reason
    suggestion: Point | None = None
    figures: dict[str, str | int] = field(default_factory=dict)


def judge_point(point: Point, around: Surroundings) -> Judgement:
    """What to do with a WGS-84 coordinate that somebody gave, in the order of how sure we are."""
    if not all(math.isfinite(value) for value in point):
        return Judgement(State.REFUSED, Reason.NOT_NUMBERS)
    if not _is_in_country(point):
        return _judge_outside_country(point, around)
    if around.province is not None:
        outside = around.province.metres_outside(point)
        if outside > BORDER_TOLERANCE_METRES:
            home = outline_at(point, around.outlines)
            figures: dict[str, str | int] = {"kilometres": round(outside / 1000)}
            if home:
                figures["province"] = home.code
            return Judgement(State.REFUSED, Reason.OUTSIDE_PROVINCE, figures=figures)
        if outside > 0:
            return Judgement(
                State.ASK, Reason.NEAR_BORDER, figures={"kilometres": math.ceil(outside / 1000)}
            )
    return _judge_inside(point, around)


def _is_in_country(point: Point) -> bool:
    south, north, west, east = _COUNTRY
    return south <= point.lat <= north and west <= point.lon <= east


def _judge_outside_country(point: Point, around: Surroundings) -> Judgement:
    swapped = Point(point.lon, point.lat)
    if not _is_in_country(swapped):
        return Judgement(State.REFUSED, Reason.OUTSIDE_COUNTRY)
    turned = judge_point(swapped, around)
    if turned.state is State.REFUSED:
        return turned
    return Judgement(State.ASK, Reason.SWAPPED, suggestion=swapped)


def _judge_inside(point: Point, around: Surroundings) -> Judgement:
    shifted = _unshifted_landmark(point, around.landmarks)
    if shifted:
        return shifted
    distance = distance_to_nearest(point, around.known)
    if around.known and distance > far_limit(around):
        figures: dict[str, str | int] = {"kilometres": round(distance / 1000)}
        return Judgement(State.ASK, Reason.FAR_FROM_COUNTY, figures=figures)
    return Judgement(State.OK, Reason.FITS)


def far_limit(around: Surroundings) -> float:
    """Metres from the nearest known place at which a point is asked about."""
    if around.far_metres is not None:
        return around.far_metres
    is_sparse = len(around.known) < FEW_KNOWN_PLACES
    return FAR_METRES_WHERE_LITTLE_IS_KNOWN if is_sparse else FAR_METRES


def _unshifted_landmark(point: Point, landmarks: Sequence[Point]) -> Judgement | None:
    """A point that meets a landmark only after conversion was probably copied from 高德 or 百度."""
    if distance_to_nearest(point, landmarks) <= OFF_A_LANDMARK_METRES:
        return None
    for datum in (Datum.GCJ02, Datum.BD09):
        true_point = to_wgs84(point, datum)
        if distance_to_nearest(true_point, landmarks) <= AT_A_LANDMARK_METRES:
            rounded = Point(round(true_point.lat, 6), round(true_point.lon, 6))
            figures: dict[str, str | int] = {"datum": datum.value}
            return Judgement(State.ASK, Reason.MAYBE_SHIFTED, suggestion=rounded, figures=figures)
    return None
