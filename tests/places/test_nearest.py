"""The index of points finds what looking at all of them finds."""

import math

from hypothesis import given
from hypothesis import strategies as st

from nuantu.places.rules.datums import Point
from nuantu.places.rules.geometry import haversine_metres
from nuantu.places.rules.nearest import PointIndex

points = st.builds(Point, st.floats(18, 53), st.floats(74, 134))
close = st.builds(Point, st.floats(26, 27), st.floats(107.5, 109))


@given(st.lists(close, min_size=1, max_size=40), close, st.integers(1, 5))
def test_nearest_few_are_those_of_an_exhaustive_search(
    places: list[Point], point: Point, k: int
) -> None:
    """Within a prefecture, cell borders or not."""
    index = PointIndex((place, number) for number, place in enumerate(places))
    expected = sorted(haversine_metres(point, place) for place in places)[:k]
    found = [metres for metres, _ in index.nearest(point, k)]
    assert found == expected
    assert len(index) == len(places)


@given(st.lists(points, min_size=1, max_size=8), points)
def test_far_points_are_found_too(places: list[Point], point: Point) -> None:
    """A sparse country does not end the search early."""
    index = PointIndex((place, place) for place in places)
    nearest = index.nearest(point, 1)[0][0]
    assert nearest == min(haversine_metres(point, place) for place in places)


def test_nothing_near_nothing() -> None:
    """No points and no numbers give no answer, not an error."""
    assert PointIndex[int]([]).nearest(Point(26, 108)) == []
    assert PointIndex([(Point(26, 108), 1)]).nearest(Point(math.nan, 108)) == []
