"""Coordinates as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.places.rules.datums import Datum
from nuantu.places.rules.typed import parse_coordinates


@pytest.mark.parametrize(
    "text",
    [
        "",
        "26号",
        "凯里市北京路26号107室",
        "13800138000",
        "2024-01-02",
        "26.58",
        "26.58,107.97,3",
        "26°61′ N 107°E",
        "N26 N107",
        "26,58 107,97",
        "8月3日",
        "26.58，107.97 旁边桥下",
        "12 34",
    ],
)
def test_what_is_not_a_pair_of_coordinates_is_left_to_the_address(text: str) -> None:
    """House numbers, phones, dates, words around: none is a coordinate."""
    assert parse_coordinates(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "26.58,107.97",
        "107.97,26.58",
        "107.97 E 26.58 N",
        "N26.58 E107.97",
        "26.58°N 107.97°E",
        "２６．５８，１０７．９７",
        "北纬26°34′48″ 东经107°58′12″",
        "东经107°58′12″，北纬26°34′48″",
        "１０７度58分12秒 26度34分48秒",
        "北纬26.58度，东经107.97度",
        "lat=26.58&lng=107.97",
        "geo:26.58,107.97",
        "POINT(107.97 26.58)",
        "纬度26.58 经度107.97",
        "E107°58.2' N26°34.8'",
        "坐标：107.97，26.58",
    ],
)
def test_every_usual_way_of_writing_is_read(text: str) -> None:
    """All of these are the same spot in 凯里."""
    typed = parse_coordinates(text)
    assert typed is not None
    assert typed.point == pytest.approx((26.58, 107.97))


@pytest.mark.parametrize(
    ("text", "datum"),
    [
        ("高德 26.58,107.97", Datum.GCJ02),
        ("百度地图 26.58,107.97", Datum.BD09),
        ("WGS84 26.58,107.97", Datum.WGS84),
        ("26.58,107.97", None),
    ],
)
def test_the_name_of_a_map_tells_the_datum(text: str, datum: Datum | None) -> None:
    """A coordinate pasted with the map's name is converted without asking."""
    typed = parse_coordinates(text)
    assert typed is not None
    assert typed.datum is datum


@given(st.floats(18, 53).map(lambda v: round(v, 6)), st.floats(73, 135).map(lambda v: round(v, 6)))
def test_any_chinese_point_is_read_in_either_order(lat: float, lon: float) -> None:
    """Latitude and longitude never overlap in China, so the order tells itself."""
    for text in (f"{lat:.6f},{lon:.6f}", f"{lon:.6f} {lat:.6f}"):
        typed = parse_coordinates(text)
        assert typed is not None
        assert typed.point == pytest.approx((lat, lon))


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    """Emoji, control characters and noise give an answer, not an error."""
    parse_coordinates(text)
