"""People who are made up for measuring: the same seeds make the same people, and each level its noise."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from bench.identity.country import Country
from bench.identity.hearing import Hearing, Writing
from bench.identity.names import NameTable, own_names
from bench.identity.people import People, people, reports
from bench.identity.queries import Station

VILLAGES = 40
SIZE = 150


@pytest.fixture(scope="module")
def country() -> Country:
    """One county of Hunan whose name changed, one of Liaoning; villages of two towns."""
    county = np.arange(VILLAGES) % 2

    def of(*names: str) -> np.ndarray[Any, np.dtype[np.object_]]:
        return np.array(names, object)[county]

    return Country(
        (of("湖南省", "辽宁省"), of("怀化市", "大连市"), of("洪江市", "普兰店区"), of("安江镇", "皮口街道"),
         of("稔禾溪村村民委员会", "夹心子社区居委会")),
        county,
        np.array(["431281", "210214"], object),
        {0: ["黔阳县"]},
    )  # fmt: skip


@pytest.fixture(scope="module")
def names() -> NameTable:
    return own_names()


def _hearing(names: NameTable, table: int = 0) -> Hearing:
    words = names.given["M", 1950].first
    given = Writing(dict(zip(words.values, words.shares, strict=True)))
    surname = Writing({"王": 9, "黄": 3, "汪": 1, "李": 8, "倪": 1, "罗": 2})
    return Hearing({"given": given, "surname": surname, "place": given}, table)


def _who(country: Country, names: NameTable, seed: int = 1) -> People:
    return people(np.random.default_rng(seed), SIZE, country, names)


def _asked(station: Station, who: People, level: str) -> list[Mapping[str, Any]]:
    return [station.row(np.random.default_rng([7, one]), who, one, level) for one in range(SIZE)]


def test_the_same_seed_makes_the_same_people_and_another_seed_makes_others(
    country: Country, names: NameTable
) -> None:
    one, same, other = (
        reports(np.random.default_rng(2), _who(country, names, seed), country, 10)
        for seed in (1, 1, 2)
    )
    assert all((one[column] == same[column]).all() for column in one)
    assert (one["given"] != other["given"]).mean() > 0.9
    assert "黔阳县" in one["county"]
    assert one["rid"][0] == 10


@pytest.mark.slow
def test_hard_noise_hurts_more_than_mild_noise_and_the_fourth_level_tells_no_county(
    country: Country, names: NameTable
) -> None:
    station, who = Station(country, _hearing(names)), _who(country, names)
    heard = {level: _asked(station, who, level) for level in ("L1", "L3", "L4")}
    full = {
        level: np.mean([row["h_given"] == who.given[one] for one, row in enumerate(rows)])
        for level, rows in heard.items()
    }
    assert full["L1"] > 2 * full["L3"] > 0
    assert heard["L1"] == _asked(station, who, "L1")
    assert all(row["found_county"] == "" and "|" not in row["places"] for row in heard["L4"])
    assert {row["found_county"][:2] for row in heard["L3"]} == {"21", "43"}


def test_another_noise_table_has_other_rates_of_the_same_kind(names: NameTable) -> None:
    written, drawn, again = _hearing(names), _hearing(names, 5), _hearing(names, 5)
    rates = [
        [list(change.rates.values()) for change in one.changes] for one in (written, drawn, again)
    ]
    assert rates[1] == rates[2] != rates[0]
    assert max(max(row) for row in rates[1]) <= 0.8
    assert written.group("431281") == "xiang"
    assert written.group("440511") == "min"
