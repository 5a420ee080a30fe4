"""Travel times keep the properties that dispatching relies on."""

import math
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nuantu.routing import (
    DRIVE,
    MODES,
    WALK,
    Point,
    SpeedBand,
    TravelParams,
    Trip,
    drive_params,
    fit_detour,
    haversine_metres,
    nearest,
    travel_minutes,
)

points = st.tuples(st.floats(18, 54), st.floats(73, 135))
KAILI, LIPING = (26.586, 107.98), (26.231, 109.131)


@pytest.mark.parametrize(
    ("detour", "bands", "ready"),
    [
        (0.9, (SpeedBand(math.inf, 30),), 0),
        (1.3, (), 0),
        (1.3, (SpeedBand(math.inf, 0),), 0),
        (1.3, (SpeedBand(5, 40), SpeedBand(math.inf, 30)), 0),
        (1.3, (SpeedBand(5, 30),), 0),
        (1.3, (SpeedBand(9, 20), SpeedBand(5, 30), SpeedBand(math.inf, 40)), 0),
        (1.3, (SpeedBand(math.inf, 30),), -1),
    ],
)
def test_figures_no_road_can_have_are_refused(detour: float, bands: Any, ready: float) -> None:
    """A factor below 1, a speed that falls with distance or an open end are refused."""
    with pytest.raises(ValueError, match="must"):
        TravelParams(detour, bands, ready, source="test")


def test_negative_factor_and_unknown_mode_are_refused() -> None:
    """The caller hears of a wrong argument at once."""
    with pytest.raises(ValueError, match="factor"):
        travel_minutes(KAILI, LIPING, factor=-1)
    with pytest.raises(KeyError):
        travel_minutes(KAILI, LIPING, mode="fly")


def test_distance_between_two_seats_is_the_surveyed_one() -> None:
    """凯里 to 黎平 is 121 km as the crow flies."""
    assert haversine_metres(KAILI, LIPING) == pytest.approx(121_200, rel=0.01)


@given(points, points)
def test_distance_and_time_are_the_same_both_ways(a: Point, b: Point) -> None:
    """Symmetry, for every mode."""
    assert haversine_metres(a, b) == pytest.approx(haversine_metres(b, a))
    for mode in MODES:
        assert travel_minutes(a, b, mode=mode) == pytest.approx(travel_minutes(b, a, mode=mode))


@given(points, points, points)
def test_a_detour_over_a_third_place_is_never_shorter(a: Point, b: Point, c: Point) -> None:
    """The triangle inequality holds for metres and for minutes."""
    assert haversine_metres(a, c) <= haversine_metres(a, b) + haversine_metres(b, c) + 0.01
    assert travel_minutes(a, c) <= travel_minutes(a, b) + travel_minutes(b, c) + 1e-6


@given(points, points, st.floats(0, 5), st.floats(0, 5))
def test_time_grows_with_the_factor(a: Point, b: Point, one: float, other: float) -> None:
    """Ice on the road never makes a trip faster."""
    low, high = sorted((one, other))
    assert travel_minutes(a, b, factor=low) <= travel_minutes(a, b, factor=high)


@given(points, st.floats(0.001, 3), st.floats(0.001, 3))
def test_time_grows_with_the_distance_across_the_speed_bands(
    a: Point, one: float, other: float
) -> None:
    """No jump at the end of a band lets a farther place be reached sooner."""
    low, high = sorted((one, other))
    near, far = (a[0] - low, a[1]), (a[0] - high, a[1])
    assert travel_minutes(a, near) <= travel_minutes(a, far) + 1e-9


@given(points)
def test_no_way_takes_no_time(a: Point) -> None:
    """Somebody at the spot needs no minutes to get ready for the drive."""
    assert travel_minutes(a, a) == 0


def test_ten_straight_kilometres_by_hand() -> None:
    """10 km × 1.4 = 14 km of road: 3 at 24, 9 at 34, 2 at 45 km/h and 3 minutes to get ready."""
    north = (26.0 + 10_000 / haversine_metres((26.0, 108.0), (27.0, 108.0)), 108.0)
    expected = 3 + 3 / 24 * 60 + 9 / 34 * 60 + 2 / 45 * 60
    assert travel_minutes((26.0, 108.0), north) == pytest.approx(expected, rel=1e-6)
    assert travel_minutes((26.0, 108.0), north, WALK) == pytest.approx(12.5 / 4.5 * 60, rel=1e-6)


def test_figures_of_a_plan_are_used_as_they_stand() -> None:
    """A plan's speed, factor and minutes to get ready give the time of the textbook."""
    params = drive_params(speed_kmh=30, detour=1.5, ready_minutes=5, source="P9")
    metres = haversine_metres(KAILI, LIPING)
    assert travel_minutes(KAILI, LIPING, params) == pytest.approx(5 + metres * 1.5 / 1000 / 30 * 60)


@given(points, st.lists(points, max_size=20), st.integers(-1, 25))
def test_nearest_are_the_fewest_minutes_in_order(
    origin: Point, places: list[Point], k: int
) -> None:
    """Nothing left out is nearer than anything returned."""
    found = nearest(origin, places, k)
    minutes = [time for _, time in found]
    assert len(found) == min(max(k, 0), len(places))
    assert minutes == sorted(minutes)
    rest = sorted(travel_minutes(origin, place, DRIVE) for place in places)
    assert minutes == pytest.approx(rest[: len(minutes)])


@given(
    st.floats(1.05, 2.5),
    st.lists(st.tuples(points, points), min_size=20, max_size=40),
    st.integers(0, 8),
)
def test_fit_recovers_the_factor_of_the_roads_despite_dinner_stops(
    truth: float, pairs: Any, stops: int
) -> None:
    """With a fifth of the trips spoilt, the single-speed factor is found again within 1 %."""
    params = TravelParams(1.3, (SpeedBand(math.inf, 36),), 4, source="test")
    real = TravelParams(truth, params.bands, 4, source="truth")
    far = [(a, b) for a, b in pairs if haversine_metres(a, b) > 1000]
    assume(len(far) >= 20)
    trips = [
        Trip(a, b, travel_minutes(a, b, real) * (1 if i >= stops // 2 else 3))
        for i, (a, b) in enumerate(far)
    ]
    assert fit_detour(trips, params).detour == pytest.approx(truth, rel=0.01)


def test_few_trips_change_nothing() -> None:
    """Three evenings are no calibration."""
    assert fit_detour([Trip(KAILI, LIPING, 200)] * 3) is DRIVE
