"""Conversions between the three datums, distances and blur."""

import math

from hypothesis import given
from hypothesis import strategies as st

from nuantu.places.rules.blur import Audience, blurred, square_centre
from nuantu.places.rules.datums import (
    Datum,
    Point,
    bd09_to_gcj02,
    from_wgs84,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    to_wgs84,
    wgs84_to_gcj02,
)
from nuantu.places.rules.geometry import haversine_metres

in_china = st.builds(Point, st.floats(18, 53.5), st.floats(73.6, 135))
abroad = st.one_of(
    st.builds(Point, st.floats(-80, 0.8), st.floats(-179, 179)),
    st.builds(Point, st.floats(-80, 80), st.floats(-179, 72)),
)


@given(abroad, st.sampled_from(list(Datum)))
def test_outside_china_nothing_is_shifted(point: Point, datum: Datum) -> None:
    """The shift is a Chinese rule: a point abroad is the same in every datum."""
    assert from_wgs84(point, datum) == point
    assert to_wgs84(point, datum) == point


@given(in_china, st.sampled_from(list(Datum)))
def test_round_trip_in_china_comes_back_within_a_metre(point: Point, datum: Datum) -> None:
    """There and back is less than a metre, in fact less than a centimetre."""
    back = to_wgs84(from_wgs84(point, datum), datum)
    assert haversine_metres(back, point) < 0.01


@given(in_china)
def test_shift_is_never_a_kilometre_and_a_half(point: Point) -> None:
    """GCJ-02 moves every Chinese point, by some hundred metres and never by kilometres."""
    assert 1 < haversine_metres(point, wgs84_to_gcj02(point)) < 1500


def test_known_points_convert_as_published_converters_do() -> None:
    """The example of the widely used coordtransform (116.404, 39.915), forwards to 1 m.

    Its inverses are one-step approximations, so those agree to a few metres only.
    """
    point = Point(39.915, 116.404)
    shifted = Point(39.91640428150164, 116.41024449916938)
    turned = Point(39.92133699351021, 116.41036949371029)
    assert haversine_metres(wgs84_to_gcj02(point), shifted) < 1
    assert haversine_metres(gcj02_to_bd09(point), turned) < 1
    assert haversine_metres(bd09_to_gcj02(point), Point(39.90865673957631, 116.39762729119315)) < 5
    assert haversine_metres(gcj02_to_wgs84(point), Point(39.91359571849836, 116.39775550083061)) < 5


@given(in_china)
def test_baidu_goes_over_gcj02(point: Point) -> None:
    """BD-09 is a second step on GCJ-02, and both can be undone one by one."""
    shifted = wgs84_to_gcj02(point)
    assert haversine_metres(bd09_to_gcj02(gcj02_to_bd09(shifted)), shifted) < 0.01
    assert haversine_metres(gcj02_to_wgs84(shifted), point) < 0.01


@given(in_china)
def test_blur_hides_within_a_square_and_twice_is_once(point: Point) -> None:
    """Statistics see the middle of a 500 m square: at most 360 m off, always the same."""
    centre = square_centre(point)
    assert haversine_metres(point, centre) < 500 * math.sqrt(0.5) + 5
    assert square_centre(centre) == centre


@given(in_china, st.floats(-0.0005, 0.0005), st.floats(-0.0005, 0.0005))
def test_neighbours_in_a_square_cannot_be_told_apart(
    point: Point, north: float, east: float
) -> None:
    """Two places of one square blur to exactly the same point."""
    other = Point(point.lat + north, point.lon + east)
    one, two = square_centre(point), square_centre(other)
    assert one == two or haversine_metres(one, two) > 200


def test_each_audience_sees_what_it_may() -> None:
    """The team the spot, statistics the square, the public nothing."""
    spot = Point(26.586, 107.98)
    assert blurred(spot, Audience.TEAM) == spot
    assert blurred(spot, Audience.PUBLIC) is None
    assert blurred(spot, Audience.STATISTICS) not in {spot, None}
