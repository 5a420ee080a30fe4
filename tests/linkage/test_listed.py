"""A gazetteer tells where places lie that the registry does not name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nuantu.linkage import store
from nuantu.linkage.asking import PARTS, asking
from nuantu.linkage.columns import Found
from nuantu.linkage.index import Index
from nuantu.linkage.kernel_places import LISTED, VILLAGES
from nuantu.linkage.listed import Listed
from tests.linkage import people

HERE = {"province": "湖南省", "city": "怀化市", "county": "溆浦县", "town": "", "village": ""}
IN_TOWN, IN_COUNTY, OLD_COUNTY, OLD_VILLAGE = 20, 21, 22, 23


@dataclass(frozen=True)
class Former:
    """An earlier name."""

    level: int
    row: int
    name: str


@dataclass(frozen=True)
class Divisions:
    """A small gazetteer."""

    names: Sequence[Sequence[str]]
    parents: Sequence[NDArray[np.int32]]
    old: Sequence[Former] = field(default=())


@cache
def listed() -> Listed:
    """Two counties of Huaihua; 团结村 took in 红旗村, which had taken in 老屋村."""
    parents = ([-1], [0], [0, 0], [0, 0, 0, 1], [0, 0, 1, 2, 3, *[1] * 20])
    names = (
        ("湖南省",), ("怀化市",), ("溆浦县", "洪江市"), ("低庄镇", "桥江镇", "龙潭镇", "安江镇"),
        ("枫香坪村村民委员会", "团结村村民委员会", "水隘村村民委员会", "鸭塘垅村村民委员会", "岔头村村民委员会",
         *(f"{one}家湾村村民委员会" for one in "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许")),
    )  # fmt: skip
    former = (
        Former(2, 1, "黔阳县"),
        Former(4, 1, "红旗村村民委员会"),
        Former(4, 1, "老屋村村民委员会"),
    )
    return Listed(Divisions(names, [np.array(one, np.int32) for one in parents], former))


@cache
def index(with_list: bool = True) -> Index:
    """Made reports; some know only the town or the county, one has an old county, one an old village."""
    rows = people.made(1_000, seed=8)
    rows[IN_TOWN] |= HERE | {"town": "低庄镇"}
    rows[IN_COUNTY] |= HERE
    rows[OLD_COUNTY] |= HERE | {"county": "黔阳县", "town": "安江镇"}
    rows[OLD_VILLAGE] |= HERE | {"town": "低庄镇", "village": "红旗村村民委员会"}
    return Index(people.registry_of(rows), None, listed() if with_list else None)


def places(found: Sequence[str], row: int, with_list: bool = True) -> float:
    """What pieces of places say for a report, in nats."""
    of = index(with_list)
    with asking(of.coded, Found(places=found), of.parameters) as question:
        return float(of.parts(question, of.rows_of([row]))[0, PARTS.index("place")])


@pytest.mark.parametrize(
    ("fragment", "row"),
    [
        ("枫香坪", IN_TOWN),
        ("风香平", IN_TOWN),
        ("枫香坪", IN_COUNTY),
        ("Fengxiangping cun", IN_TOWN),
        ("鸭塘垅", IN_COUNTY),
        ("龙潭镇", IN_COUNTY),
        ("洪江", OLD_COUNTY),
        ("老屋", OLD_VILLAGE),
        ("团结村", OLD_VILLAGE),
    ],
)
def test_a_place_from_which_nobody_was_reported_tells_where_he_is_from(
    fragment: str, row: int
) -> None:
    """Heard as a homophone, spelt in letters, of a report without a town, renamed, and merged twice."""
    assert places([fragment], row) > max(places([fragment], row, with_list=False), 0.0) + 0.8
    assert places([fragment], row) > places([fragment], people.CHILD) + 1.0


def test_a_village_speaks_louder_for_its_town_than_for_its_county() -> None:
    assert places(["枫香坪"], IN_TOWN) > places(["枫香坪"], IN_COUNTY)


def test_reports_that_come_later_and_an_index_from_a_file_know_the_list(tmp_path: Path) -> None:
    grown = index().changed(people.registry_of([people.made(30)[3] | HERE], first=5_000))
    assert 5_000 in grown.search(Found(places=("鸭塘垅",))).rid[:2]
    store.save(index(), tmp_path / "reports.index", 7)
    again, generation = store.load(tmp_path / "reports.index", listed())
    asked = Found(places=("枫香坪", "洪江"))
    assert generation == 7
    assert np.allclose(again.search(asked).score, index().search(asked).score)


def test_a_village_that_a_report_names_is_not_listed_a_second_time() -> None:
    of = index().coded.places
    names = np.repeat(np.arange(len(of.bearers.starts) - 1), np.diff(of.bearers.starts))
    level, node, above = of.bearers.nodes[:, 0], of.bearers.nodes[:, 1], of.bearers.nodes[:, 2]
    own, listed_ = level == VILLAGES, level == LISTED
    pairs = set(zip(names[own].tolist(), above[own].tolist(), strict=True))
    assert pairs & set(zip(*(one.tolist() for one in _listed_in_full()), strict=True))
    assert not pairs & set(zip(names[listed_].tolist(), node[listed_].tolist(), strict=True))


def _listed_in_full() -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    found = index().coded.places.beside
    assert found is not None
    return found.villages
