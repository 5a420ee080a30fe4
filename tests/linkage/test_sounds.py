"""Sounds, names and places are compared as they are heard."""

import numpy as np
import pytest

from nuantu.linkage.columns import Found
from nuantu.linkage.dialects import hearing, kindred, region_of, regions
from nuantu.linkage.explain import record_of
from nuantu.linkage.names import surname_table
from nuantu.linkage.parameters import Parameters
from nuantu.linkage.place_names import core
from nuantu.linkage.sounds import sounds, split
from tests.linkage import people


def test_every_rate_of_hearing_is_a_distribution() -> None:
    assert np.allclose(hearing().sum(axis=2), 1.0, atol=1e-4)
    assert float(hearing().min()) > 0.0


def test_l_is_heard_as_n_in_hunan_more_than_in_shandong() -> None:
    said, heard = sounds().number("luo"), sounds().number("nuo")
    rates = hearing()[:, said, heard]
    assert rates[region_of()[43]] > 5 * rates[region_of()[37]]
    assert len(rates) == len(regions()) + 1


@pytest.mark.parametrize(
    ("written", "parts"), [("zhuang", ("zh", "uang")), ("ju", ("j", "v")), ("an", ("", "an"))]
)
def test_a_syllable_is_an_initial_and_a_final(written: str, parts: tuple[str, str]) -> None:
    assert split(written) == parts


def test_surnames_are_read_in_their_own_way() -> None:
    assert sounds().of_surname[ord("单")] == sounds().number("shan")
    assert sounds().of[ord("单")] == sounds().number("dan")


def test_a_rare_surname_that_agrees_says_more_than_a_common_one() -> None:
    names = people.index().coded.names
    rare = surname_table(names, "欧阳", Parameters())[0, names.surnames.index("欧阳")]
    common = surname_table(names, "王", Parameters())[0, names.surnames.index("王")]
    assert rare > common > 0.0


@pytest.mark.parametrize(
    ("name", "level", "left"),
    [
        ("黔东南苗族侗族自治州", 1, "黔东南"),
        ("温县", 2, "温县"),
        ("石桥社区居民委员会", 4, "石桥"),
        ("低庄镇", 3, "低庄"),
    ],
)
def test_a_place_is_known_without_its_kind(name: str, level: int, left: str) -> None:
    assert core(name, level) == left


def test_accents_of_one_region_are_kin_and_others_are_not() -> None:
    assert kindred(44, 45)
    assert kindred(37, 41)
    assert not kindred(44, 21)
    assert not kindred(44, 0)


def test_a_county_under_its_old_name_is_still_the_county() -> None:
    """Half of the reports from 三台县 say 潼川县: the towns tell that it is one place."""
    rows = people.made(1_500)
    for row in rows[::2]:
        if row["county"] == "三台县":
            row["county"] = "潼川县"
    index = type(people.index())(people.registry_of(rows))
    assert index.tree.same_county
    ranking = index.search(Found(places=("潼川县", "塔山镇")), 80)
    counties = {record_of(index, int(row)).home[2] for row in index.rows_of(ranking.rid.tolist())}
    assert counties == {"三台县", "潼川县"}
