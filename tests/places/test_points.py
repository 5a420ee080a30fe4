"""Coordinates are asked about when in doubt and refused only when they cannot be."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.accounts.rules.divisions import read_divisions
from nuantu.places.rules.datums import Datum, Point, from_wgs84
from nuantu.places.rules.geometry import haversine_metres, outline_at, read_outlines
from nuantu.places.rules.points import Reason, State, Surroundings, judge_point

SOURCE = Path(__file__).parents[2] / "src/nuantu"
OUTLINES = read_outlines(json.loads((SOURCE / "places/data/provinces.geojson").read_text("utf-8")))
TABLE = (SOURCE / "accounts/data/divisions.tsv.gz").read_bytes()
GUIZHOU = next(outline for outline in OUTLINES if outline.code == "52")
STATION_SQUARE = Point(26.5950, 107.9731)
KAILI = Surroundings(
    province=GUIZHOU,
    outlines=OUTLINES,
    known=(
        Point(26.586, 107.98),
        Point(26.5637, 108.0658),
        Point(26.65, 107.7833),
        Point(26.72, 108.06),
    ),
    landmarks=(STATION_SQUARE,),
)


@pytest.mark.parametrize(
    ("point", "reason"),
    [
        ((math.nan, 107.9), Reason.NOT_NUMBERS),
        ((0.0, 0.0), Reason.OUTSIDE_COUNTRY),
        ((48.85, 2.35), Reason.OUTSIDE_COUNTRY),
        ((39.9, 116.4), Reason.OUTSIDE_PROVINCE),
        ((116.4, 39.9), Reason.OUTSIDE_PROVINCE),
    ],
)
def test_what_cannot_be_in_the_county_is_refused(
    point: tuple[float, float], reason: Reason
) -> None:
    """Nowhere, abroad or clearly in another province, also with the numbers swapped."""
    judgement = judge_point(Point(*point), KAILI)
    assert (judgement.state, judgement.reason) == (State.REFUSED, reason)


def test_the_province_it_lies_in_instead_is_named() -> None:
    """北京 is named, with the kilometres, so that the clerk sees the slip."""
    judgement = judge_point(Point(39.9, 116.4), KAILI)
    assert judgement.figures["province"] == "11"
    assert int(judgement.figures["kilometres"]) > 1000


def test_swapped_numbers_are_offered_the_right_way_round() -> None:
    """107.97, 26.58 typed as latitude, longitude."""
    judgement = judge_point(Point(107.98, 26.586), KAILI)
    assert (judgement.state, judgement.reason) == (State.ASK, Reason.SWAPPED)
    assert judgement.suggestion == Point(26.586, 107.98)


def test_point_just_over_the_border_is_asked_about() -> None:
    """The outline has a hundred corners: a few kilometres outside may well be inside."""
    border = next(
        Point(27.0, lon / 100)
        for lon in range(10900, 11100)
        if not GUIZHOU.holds(Point(27.0, lon / 100))
    )
    judgement = judge_point(border, KAILI)
    assert (judgement.state, judgement.reason) == (State.ASK, Reason.NEAR_BORDER)


def test_point_far_from_every_known_place_is_asked_about_never_refused() -> None:
    """In the province but 80 km from everything known in the county."""
    judgement = judge_point(Point(25.9, 108.5), KAILI)
    assert (judgement.state, judgement.reason) == (State.ASK, Reason.FAR_FROM_COUNTY)
    assert int(judgement.figures["kilometres"]) > 60


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_point_that_meets_a_landmark_only_after_conversion_is_asked_about(datum: Datum) -> None:
    """Copied from 高德 or 百度: the converted point is offered."""
    copied = from_wgs84(STATION_SQUARE, datum)
    judgement = judge_point(copied, KAILI)
    assert (judgement.state, judgement.reason) == (State.ASK, Reason.MAYBE_SHIFTED)
    assert judgement.figures["datum"] == datum.value
    assert judgement.suggestion is not None
    assert haversine_metres(judgement.suggestion, STATION_SQUARE) < 1


def test_point_at_a_landmark_fits() -> None:
    """Somebody at the square is at the square."""
    assert judge_point(STATION_SQUARE, KAILI).state is State.OK


def test_every_located_town_of_guizhou_lies_in_its_outline() -> None:
    """The coarse outline refuses no known town."""
    rows = [row for row in read_divisions(TABLE, prefix="52") if row.level in {"county", "town"}]
    exact = [Point(row.lat or 0, row.lon or 0) for row in rows if not row.is_approximate]
    assert len(exact) > 150
    assert all(GUIZHOU.holds(point) for point in exact)


@given(st.floats(18, 53), st.floats(74, 134))
def test_distance_to_an_outline_is_zero_exactly_inside(lat: float, lon: float) -> None:
    """Inside means no distance, outside a positive one, for every province."""
    point = Point(lat, lon)
    home = outline_at(point, OUTLINES)
    for outline in OUTLINES[::8]:
        assert (outline.metres_outside(point) == 0) == outline.holds(point)
    assert home is None or home.holds(point)


@given(
    st.floats(allow_nan=True, allow_infinity=True), st.floats(allow_nan=True, allow_infinity=True)
)
def test_no_pair_of_numbers_breaks_it(lat: float, lon: float) -> None:
    """Whatever a form sends is judged."""
    assert judge_point(Point(lat, lon), KAILI).state in State
