"""A point is said as people say it: near what, how far, on which side."""

import pytest

from nuantu.core import clock
from nuantu.places import services
from nuantu.places.rules.bearings import describe
from nuantu.places.rules.datums import Point
from nuantu.places.selectors import describe_point
from tests.cast import Cast

TOWN = Point(26.60, 108.03)
BRIDGE = Point(26.56, 108.06)


@pytest.mark.parametrize(
    ("lat", "lon", "zh", "en"),
    [
        (26.5582, 108.06, "三棵树镇 · 大桥南约 200 米", "三棵树镇 · about 200 m south of 大桥"),
        (26.56, 108.0603, "三棵树镇 · 大桥旁", "三棵树镇 · beside 大桥"),
        (
            26.565,
            108.065,
            "三棵树镇 · 大桥东北约 750 米",
            "三棵树镇 · about 750 m northeast of 大桥",
        ),
        (26.56, 108.045, "三棵树镇 · 大桥西约 1.5 公里", "三棵树镇 · about 1.5 km west of 大桥"),
    ],
)
def test_a_point_near_a_landmark(lat: float, lon: float, zh: str, en: str) -> None:
    said = describe(Point(lat, lon), area="三棵树镇", centre=TOWN, landmark="大桥", at=BRIDGE)
    assert (said.zh, said.en) == (zh, en)


def test_a_town_that_stands_in_the_landmarks_name_is_not_said_twice() -> None:
    said = describe(BRIDGE, area="三棵树镇", centre=TOWN, landmark="三棵树镇卫生院", at=BRIDGE)
    assert said.zh == "三棵树镇卫生院旁"


@pytest.mark.parametrize(
    ("point", "zh", "en"),
    [
        (
            Point(26.57, 108.03),
            "三棵树镇中心南约 3.3 公里",
            "About 3.3 km south of the centre of 三棵树镇",
        ),
        (Point(26.6005, 108.03), "三棵树镇中心", "Centre of 三棵树镇"),
    ],
)
def test_a_point_far_from_everything_is_said_from_the_middle_of_the_town(
    point: Point, zh: str, en: str
) -> None:
    said = describe(point, area="三棵树镇", centre=TOWN)
    assert (said.zh, said.en) == (zh, en)


def test_an_area_without_a_point_is_only_named() -> None:
    assert describe(BRIDGE, area="三棵树镇", centre=None).zh == "三棵树镇"


@pytest.mark.django_db
def test_a_place_that_opens_or_closes_changes_the_words(cast: Cast) -> None:
    before = describe_point(26.5583, 108.0660)
    assert before is not None
    assert "中心" in before.zh
    spot = services.Spot(name="大桥", division_code="522601100000", lat=26.5601, lon=108.066)
    made = services.add_key_location(
        actor=cast.section_head.actor, at=clock.now(), spot=spot, kind="bridge_culvert"
    )
    after = describe_point(26.5583, 108.0660)
    assert after is not None
    assert after.zh == "三棵树镇 · 大桥南约 200 米"
    services.close_place(actor=cast.section_head.actor, at=clock.now(), place=made, reason="拆除")
    assert describe_point(26.5583, 108.0660) == before
