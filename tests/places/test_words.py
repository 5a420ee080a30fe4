"""Address words find the places they mean."""

import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.accounts.rules.divisions import read_divisions
from nuantu.places.rules.names import core_name, sounds
from nuantu.places.rules.words import Known, Why, WordIndex, match_words
from tests.examples import examples

TABLE = Path(__file__).parents[2] / "src/nuantu/accounts/data/divisions.tsv.gz"
FEATURES = {"bridge": ["桥"], "station": ["车站"], "square": ["广场"], "rescue": ["救助站"]}
BRIDGE = Known(
    "三棵树大桥桥洞（演示）", "key_location", "522601100000", 26.56, 108.06, feature="bridge"
)
SQUARE = Known(
    "凯里火车站广场（演示）", "key_location", "522601002000", 26.6, 107.97, feature="station"
)
STATION = Known("凯里市救助管理站", "station", "522601002000", 26.58, 107.98, feature="rescue")
LANDMARKS = WordIndex([BRIDGE, SQUARE, STATION], FEATURES)


@cache
def country() -> WordIndex:
    """Every division, made when the first test asks for it."""
    return WordIndex(
        Known(row.name, row.level, row.code, row.lat, row.lon, is_approximate=row.is_approximate)
        for row in read_divisions(TABLE.read_bytes())
    )


def find(text: str, prefix: str = "5226") -> Any:
    return match_words(text, [country(), LANDMARKS], prefix=prefix)


@pytest.mark.parametrize("text", ["", "今天很冷有个老人", "😀😀", "= = =", "a" * 5000, "\x00\x07"])
@pytest.mark.slow
def test_words_that_name_nothing_give_nothing(text: str) -> None:
    """Better no candidate than a wrong one."""
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("三棵树镇", "522601100000"),
        ("凯里三棵树", "522601100000"),
        ("黔东南州凯里市三棵树镇", "522601100000"),
        ("三颗树", "522601100000"),
        ("凱里市三棵樹鎮", "522601100000"),
        ("sankeshu", "522601100000"),
        ("Kaili, Sankeshu zhen", "522601100000"),
        ("黎平县平寨", "522631213000"),
        ("施秉城关镇", "522623100000"),
        ("新州", "522622100000"),
        ("麻江县宣威", "522635103000"),
        ("北京西路社区", "522601001001"),
        ("天柱县城", "522627000000"),
        ("贵阳市南明区花果园", "520102031000"),
    ],
)
def test_the_place_that_is_meant_comes_first(text: str, code: str) -> None:
    """Omitted 县 and 镇, homophones, traditional characters, pinyin, namesakes elsewhere."""
    assert find(text)[0].known.division_code == code


def test_bridge_of_the_named_town_comes_before_the_town_and_the_county() -> None:
    """凯里市三棵树镇政府旁的桥下: the only bridge there, then the town, then the county."""
    found = find("凯里市三棵树镇政府旁的桥下")
    assert [match.known.name for match in found[:3]] == [BRIDGE.name, "三棵树镇", "凯里市"]
    assert Why.KIND_OF_PLACE in found[0].reasons
    assert found[0].is_near_only


def test_part_of_a_landmark_and_a_side_are_enough() -> None:
    """火车站广场东侧 means the station square, and only near it."""
    best = find("火车站广场东侧")[0]
    assert best.known == SQUARE
    assert best.is_near_only


def test_namesakes_share_the_confidence() -> None:
    """城关镇 without a county is likely none of the dozens in the country."""
    alone = find("城关镇", prefix="")
    assert all(Why.NAMESAKES in match.reasons for match in alone)
    assert all(match.confidence < 0.5 for match in alone)
    assert find("城关镇", prefix="522623")[0].confidence > 0.8


def test_county_seat_is_never_as_sure_as_a_spot() -> None:
    """A county's name is understood, but its seat is seldom where the man lies."""
    assert find("凯里市")[0].confidence < 0.7
    assert find("三棵树镇")[0].confidence > 0.8


def test_place_outside_the_area_says_so() -> None:
    """Somebody in 黔东南 who names 南明区 is told that it lies elsewhere."""
    best = find("贵阳市南明区花果园")[0]
    assert Why.OUTSIDE_AREA in best.reasons


def test_fifty_thousand_names_are_searched_in_milliseconds() -> None:
    """A hundred searches over the whole country take less than two seconds of work on a slow machine."""
    assert len(country()) > 47_000
    find("sankeshu")
    began = time.process_time()
    for _ in range(100):
        find("凯里市三棵树镇政府旁的桥下")
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("name", "kind", "core"),
    [
        ("黔东南苗族侗族自治州", "prefecture", "黔东南"),
        ("务川仡佬族苗族自治县", "county", "务川"),
        ("雷洞瑶族水族乡", "town", "雷洞"),
        ("龙溪村村民委员会", "village", "龙溪"),
        ("忠县", "county", "忠县"),
        ("大十字广场（演示）", "key_location", "大十字广场"),
    ],
)
def test_core_of_a_name_tells_places_apart(name: str, kind: str, core: str) -> None:
    """Level words and peoples go, never below two characters."""
    assert core_name(name, kind) == core


def test_latin_letters_are_cut_into_syllables() -> None:
    """sankeshuzhen is four syllables; English words stay whole."""
    assert sounds("sankeshuzhen") == ["san", "ke", "shu", "zhen"]
    assert sounds("xyzzy") == ["xyzzy"]


@examples(200)
@given(st.text(alphabet="凯里市三棵树镇桥下广场车站黎平县abc 12，。", max_size=60))
def test_any_words_give_ordered_sane_answers(text: str) -> None:
    """At most five, confidence between 0.3 and 0.98, no place twice."""
    found = find(text)
    assert len(found) <= 5
    assert all(0.3 <= match.confidence <= 0.98 for match in found)
    assert len({match.known for match in found}) == len(found)


CALLED_AFTER = [
    "雷山路口",
    "雷山路",
    "雷山路边",
    "雷山大道红绿灯",
    "丹寨街",
    "丹寨小区",
    "黄平大道",
    "天柱桥",
    "台江路口",
    "麻江路麻江巷",
    "黎平大桥",
    "榕江花园",
    "从江路",
    "凯里路口",
    "岑巩大酒店旁",
    "锦屏酒店",
    "三穗大厦",
    "镇远路和雷山路交叉口",
    "西江路",
    "剑河宾馆",
    "施秉天桥",
    "雷山街上",
    "雷山酸汤馆",
    "雷山米粉店",
    "丹寨公寓",
]


@pytest.mark.parametrize("text", CALLED_AFTER)
def test_a_street_called_after_a_county_is_not_the_county(text: str) -> None:
    """雷山路 is a street of 凯里: neither the county nor a village that sounds alike is sure."""
    found = find(text)
    sure = [match for match in found if match.confidence >= 0.55]
    assert len({match.known.division_code[:6] for match in sure}) != 1, sure
    assert all(match.known.kind != "county" for match in sure)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("雷山", "522634000000"),
        ("雷山县城", "522634000000"),
        ("雷山医院", "522634000000"),
        ("雷山县雷山路口", "522634000000"),
        ("雷山汽车站", "522634000000"),
        ("凯里雷山路口", "522601000000"),
        ("凯里市雷山路口", "522601000000"),
        ("丹江镇雷山路", "522634100000"),
        ("三棵树路口", "522601100000"),
    ],
)
def test_the_county_that_is_really_named_is_still_found(text: str, code: str) -> None:
    assert find(text)[0].known.division_code == code
    assert find(text)[0].confidence >= 0.55
