"""Reads that other packages rely on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nuantu.accounts.models import Division
from nuantu.core import scope
from nuantu.core.actors import SYSTEM
from nuantu.places import selectors, services
from nuantu.places.models import KeyLocation, Place
from nuantu.places.rules.datums import Datum, Point, from_wgs84
from nuantu.places.rules.types import LocationType
from nuantu.places.selectors import Filters, Near
from nuantu.places.services import PointDetails, Spot
from tests.cast import COUNTY, OTHER_COUNTY, OTHER_STATION, OTHER_TOWN, STATION, TOWN, Cast

AT = datetime(2025, 1, 10, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def add_point(name: str, lat: float, lon: float, *, town: str = TOWN, has_sign: bool = True) -> Any:
    return services.add_relief_point(
        actor=SYSTEM,
        at=AT,
        spot=Spot(name, town, lat, lon, is_confirmed=True),
        details=PointDetails("temporary", "镇政府", "陆某", "0855-0000001", has_sign=has_sign),
        owner_org="SS-522601100",
    )


def place_of(found: Near | None) -> Place:
    assert found is not None
    return found.place


@pytest.fixture
def bridge(cast: Cast) -> Any:
    return services.add_key_location(
        actor=SYSTEM,
        at=AT,
        spot=Spot("三棵树大桥桥洞（演示）", TOWN, 26.56, 108.066),
        kind="bridge_culvert",
        owner_org="MZ-522601",
    )


def test_near_is_ordered_limited_and_can_be_bounded(bridge: KeyLocation) -> None:
    square = services.add_key_location(
        actor=SYSTEM,
        at=AT,
        spot=Spot("大十字广场", "522601002000", 26.586, 107.98),
        kind="square",
        owner_org="MZ-522601",
    )
    found = selectors.near(26.561, 108.066, "key_location", 5)
    assert [item.place for item in found] == [bridge, square]
    assert found[0].metres == pytest.approx(111, abs=1)
    assert len(selectors.near(26.561, 108.066, "key_location", 1)) == 1
    assert len(selectors.near(26.561, 108.066, "key_location", 5, within_metres=500)) == 1
    with pytest.raises(KeyError):
        selectors.near(26.5, 108.0, "volcano")


def test_nearest_open_relief_point_passes_over_shut_ones(cast: Cast) -> None:
    close, far = add_point("近点", 26.56, 108.066), add_point("远点", 26.58, 108.0)
    assert selectors.nearest_relief_point(26.56, 108.066) is None
    services.open_relief_point(actor=SYSTEM, at=AT, point=far)
    assert place_of(selectors.nearest_relief_point(26.56, 108.066)) == far
    assert place_of(selectors.nearest_relief_point(26.56, 108.066, is_open=False)) == close


def test_responsible_station_is_the_county_s_even_when_another_is_nearer(cast: Cast) -> None:
    for code, county, lat, lon in (
        (STATION, COUNTY, 26.586, 107.98),
        (OTHER_STATION, OTHER_COUNTY, 26.91, 107.91),
    ):
        services.add_station(
            actor=SYSTEM,
            at=AT,
            spot=Spot(code, county, lat, lon),
            organisation_code=code,
            phone="0855-0000000",
        )
    assert place_of(selectors.nearest_station(26.90, 107.91)).owner_org == OTHER_STATION
    station = selectors.responsible_station(TOWN)
    assert station is not None
    assert station.organisation_id == STATION
    assert selectors.responsible_station("520102000000") is None


def test_hospital_for_psychiatric_patients_is_another_one(cast: Cast) -> None:
    for name, lon, is_psychiatric in (("人民医院", 107.98, False), ("精神卫生中心", 107.9, True)):
        services.add_hospital(
            actor=SYSTEM,
            at=AT,
            spot=Spot(name, COUNTY, 26.586, lon),
            phone="0855-0000000",
            is_designated=True,
            is_psychiatric=is_psychiatric,
            owner_org="MZ-522601",
        )
    assert place_of(selectors.nearest_hospital(26.586, 107.98)).name == "人民医院"
    assert (
        place_of(selectors.nearest_hospital(26.586, 107.98, is_psychiatric=True)).name
        == "精神卫生中心"
    )


def test_division_at_a_point_is_the_nearest_located_town_or_its_county(cast: Cast) -> None:
    assert selectors.division_at(26.564, 108.067) == TOWN
    assert selectors.division_at(26.91, 107.915) == OTHER_TOWN
    assert selectors.division_at(26.75, 107.93) == OTHER_COUNTY
    Division.objects.update(is_approximate=True)
    assert selectors.division_at(26.564, 108.067) == ""


@pytest.mark.parametrize(
    ("lat", "lon", "state", "words"),
    [
        (26.5637, 108.066, "ok", ""),
        (108.066, 26.5637, "ask", "填反"),
        (39.9, 116.4, "refused", "公里"),
        (0.0, 0.0, "refused", "国内"),
        (25.6, 107.4, "ask", "公里"),
    ],
)
def test_check_of_a_point_says_what_to_do_in_words(
    cast: Cast, lat: float, lon: float, state: str, words: str
) -> None:
    check = selectors.check_point(lat, lon, TOWN)
    assert check.state == state
    assert words in check.message


def test_point_copied_from_a_chinese_map_is_asked_about(bridge: KeyLocation) -> None:
    copied = from_wgs84(Point(26.56, 108.066), Datum.GCJ02)
    check = selectors.check_point(copied.lat, copied.lon, TOWN)
    assert check.state == "ask"
    assert "高德" in check.message
    assert check.suggestion == pytest.approx((26.56, 108.066), abs=1e-5)
    told = selectors.check_point(copied.lat, copied.lon, TOWN, datum="gcj02")
    assert told.state == "ok"
    assert told.point == pytest.approx((26.56, 108.066), abs=1e-5)


def test_words_find_the_bridge_for_staff_and_only_the_town_for_the_public(
    cast: Cast, bridge: KeyLocation
) -> None:
    text = "凯里市三棵树镇政府旁的桥下"
    with scope.enter(scope.of_actor(cast.operator.actor)):
        best = selectors.match_words(text, "522601")[0]
    assert (best.kind, best.public_id) == ("key_location", str(bridge.public_id))
    assert best.label == "凯里市三棵树镇 · 三棵树大桥桥洞（演示）"
    with scope.public():
        best = selectors.match_words(text, "522601")[0]
    assert (best.kind, best.division_code, best.label) == ("town", TOWN, "凯里市三棵树镇")
    assert best.is_approximate
    assert best.reasons


def test_typed_coordinates_are_a_candidate_of_their_own(cast: Cast) -> None:
    shown = from_wgs84(Point(26.5637, 108.066), Datum.GCJ02)
    best = selectors.match_words(f"高德 {shown.lon:.6f},{shown.lat:.6f}")[0]
    assert (best.lat, best.lon) == pytest.approx((26.5637, 108.066), abs=1e-5)
    assert best.division_code == TOWN
    assert best.kind == "coordinates"


def test_plan_can_add_a_type_but_not_rename_one(cast: Cast) -> None:
    selectors.register_type_source(
        lambda: [LocationType("hot_pot", "火锅城", ""), LocationType("square", "坝子", "")]
    )
    types = selectors.location_types()
    assert types["hot_pot"].label == "火锅城"
    assert types["square"].label == "广场"
    assert selectors.type_label("unheard_of") == "unheard_of"


def test_list_is_searched_filtered_and_named_in_one_query(
    bridge: KeyLocation, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        rows = list(selectors.key_location_list(Filters(q="大桥", county="522601")))
    assert [(row.county_name, row.town_name, row.owner_name) for row in rows] == [
        ("凯里市", "三棵树镇", "凯里市民政局")
    ]
    assert not selectors.key_location_list(Filters(q="没有")).exists()
    assert not selectors.key_location_list(Filters(kind="square")).exists()


@pytest.mark.rule("P1-35")
def test_points_without_a_sign_are_a_list_of_their_own(cast: Cast) -> None:
    """Clear signs at each point: those that lack one can be named."""
    bare = add_point("无标识点", 26.56, 108.066, has_sign=False)
    add_point("有标识点", 26.561, 108.066)
    assert list(selectors.relief_point_list(Filters(state="unsigned"), at=AT)) == [bare]


@pytest.mark.rule("P1-34")
def test_board_names_counties_with_nothing_open_and_no_reason(cast: Cast) -> None:
    """Open relief points, or say why not: a county with neither is named first."""
    point = add_point("镇政府点", 26.56, 108.066)
    counties = list(Division.objects.filter(code__in=[COUNTY, OTHER_COUNTY]).order_by("code"))
    here, there = selectors.relief_board(counties, at=AT)
    assert here.lacks
    assert there.lacks
    services.shut_relief_point(actor=SYSTEM, at=AT, point=point, reason="停电")
    here, _there = selectors.relief_board(counties, at=AT)
    assert not here.lacks
    services.open_relief_point(actor=SYSTEM, at=AT, point=point)
    here, _there = selectors.relief_board(counties, at=AT + timedelta(hours=13))
    assert (here.open_count, here.stale) == (1, frozenset({point.pk}))
