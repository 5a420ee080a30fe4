"""Division codes and the packaged table of divisions."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.accounts.rules.divisions import (
    LEVELS,
    BadDivisionTable,
    contains,
    edition_of,
    full_code,
    level_of,
    read_csv_divisions,
    read_divisions,
    short_code,
)

TABLE = Path(__file__).parents[2] / "src/nuantu/accounts/data/divisions.tsv.gz"


@pytest.fixture(scope="module")
def rows() -> dict[str, object]:
    return {row.code: row for row in read_divisions(TABLE.read_bytes())}


@pytest.mark.parametrize("code", ["", "5", "522", "52260", "52260a", "５２２６", "5226010010011"])
def test_code_of_another_length_or_alphabet_is_refused(code: str) -> None:
    """Only 2, 4, 6, 9 or 12 ASCII digits are a division code."""
    with pytest.raises(ValueError, match="not a division code"):
        full_code(code)


@pytest.mark.parametrize(
    ("short", "level"),
    list(zip(["52", "5226", "522601", "522601100", "522601100201"], LEVELS, strict=True)),
)
def test_short_and_full_code_say_the_same_level(short: str, level: str) -> None:
    """The zeros at the end say how high in the tree a division stands."""
    assert short_code(full_code(short)) == short
    assert level_of(short) == level_of(full_code(short)) == level


@given(st.from_regex(r"[1-8][0-9]{11}", fullmatch=True))
def test_every_division_contains_itself_and_lies_in_its_province(code: str) -> None:
    """Containment is reflexive and holds upwards."""
    assert contains(code, code)
    assert contains(code[:2], code)
    assert full_code(short_code(code)) == code


def test_a_county_does_not_contain_its_neighbour() -> None:
    """凯里市 does not contain 黄平县, and a prefecture contains both."""
    assert not contains("522601", "522622000000")
    assert contains("5226", "522622000000")


@pytest.mark.slow
def test_packaged_table_holds_the_whole_country_to_the_towns(rows: Any) -> None:
    """34 provinces, 342 prefectures, 2,975 counties, 41,351 towns, villages of 5226 only."""
    counts = {level: sum(1 for r in rows.values() if r.level == level) for level in LEVELS}
    assert counts == {
        "province": 34,
        "prefecture": 342,
        "county": 2975,
        "town": 41351,
        "village": 2438,
    }
    assert edition_of(TABLE.read_bytes()) == "2023-06-30"


def test_every_row_has_a_parent_in_the_table_and_a_point_in_china(rows: Any) -> None:
    """No row hangs in the air, and none lies outside the country's bounds."""
    for row in rows.values():
        assert row.level == "province" or row.parent_code in rows
        assert row.lat is not None
        assert row.lon is not None
        assert 3 < row.lat < 54
        assert 73 < row.lon < 136


def test_town_without_a_point_uses_its_county_seat_and_says_so(rows: Any) -> None:
    """西门街道 is not in GeoNames: it stands at the seat of 凯里市, approximate."""
    town, county = rows["522601003000"], rows["522601000000"]
    assert (town.lat, town.lon) == (county.lat, county.lon)
    assert town.is_approximate
    assert not county.is_approximate


def test_prefecture_without_counties_has_its_towns_directly(rows: Any) -> None:
    """东莞 has no counties: its towns hang on the prefecture."""
    assert rows["441900003000"].parent_code == "441900000000"
    assert rows["441900003000"].level == "town"


def test_prefix_reads_one_subtree_and_its_ancestors() -> None:
    """A reader of one prefecture gets its province too, and nobody else."""
    rows = list(read_divisions(TABLE.read_bytes(), prefix="5226"))
    assert [row.code for row in rows[:2]] == ["520000000000", "522600000000"]
    assert all(row.code.startswith("5226") for row in rows[1:])
    assert sum(1 for row in rows if row.level == "county") == 16
    assert sum(1 for row in rows if row.level == "town") == 217


def test_newer_table_is_read_from_csv_in_any_order_with_chinese_headings() -> None:
    """A table pasted from the statistics site is accepted; children may come first."""
    text = "统计用区划代码,名称\n522601001000,城西街道\n522601,凯里市\n"
    rows = list(read_csv_divisions(text))
    assert [(r.code, r.level, r.parent_code) for r in rows] == [
        ("522601000000", "county", None),
        ("522601001000", "town", "522601000000"),
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name\n凯里市\n", "column named code"),
        ("code,name\n5226x1,凯里市\n", "line 2"),
        ("code,name\n522601,\n", "line 2: the name is empty"),
        ("code,name\n522601,凯里市\n522601000000,凯里\n", "line 3"),
        ("", "first line"),
    ],
)
def test_bad_table_says_where_it_is_bad(text: str, complaint: str) -> None:
    """The refusal names the line."""
    with pytest.raises(BadDivisionTable, match=complaint):
        list(read_csv_divisions(text))


def test_file_of_another_kind_is_refused() -> None:
    """A gzip file without the edition line was not made by the build tool."""
    import gzip

    with pytest.raises(BadDivisionTable, match="edition"):
        edition_of(gzip.compress(b"code,name\n"))
