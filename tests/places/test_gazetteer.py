"""Every division of the country by code and name, with what it was called before."""

from pathlib import Path

import pytest

from nuantu.places.rules.gazetteer import (
    CITY,
    COUNTY,
    FILE,
    PROVINCE,
    TOWN,
    VILLAGE,
    Gazetteer,
    GazetteerDamaged,
    read_gazetteer,
)


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return read_gazetteer()


def test_a_cut_or_foreign_file_is_refused(tmp_path: Path) -> None:
    cut = tmp_path / "cut.xz"
    cut.write_bytes(FILE.read_bytes()[:100_000])
    foreign = tmp_path / "foreign.xz"
    foreign.write_bytes(b"not xz at all")
    for path in (cut, foreign):
        with pytest.raises(GazetteerDamaged, match=path.name):
            read_gazetteer(path)


def test_a_code_that_is_not_in_this_edition_is_refused(places: Gazetteer) -> None:
    for code in ("99", "5226011", "522699", "52260x", ""):
        with pytest.raises(KeyError):
            places.row(code)


def test_a_village_leads_up_to_its_province_and_its_code_back_to_it(places: Gazetteer) -> None:
    level, row = places.row("110101001001")
    assert (level, places.names[VILLAGE][row]) == (VILLAGE, "多福巷社区居委会")
    assert places.code(VILLAGE, row) == "110101001001"
    above = [places.names[to][places.above(VILLAGE, row, to)] for to in (TOWN, COUNTY, PROVINCE)]
    assert above == ["东华门街道", "东城区", "北京市"]
    assert [len(names) for names in places.names] == [31, 342, 2978, 41352, 620573]


def test_points_and_old_names_belong_to_the_division_that_has_them(places: Gazetteer) -> None:
    kaili = places.row("522601")
    assert places.points[kaili] == pytest.approx((26.586, 107.98), abs=0.05)
    kaiyuan = next(
        (level, row) for (level, row), names in places.old_names.items() if "开远县" in names
    )
    assert places.names[COUNTY][kaiyuan[1]] == "开远市"
    assert all(one.level in (CITY, COUNTY) and 1980 <= one.year <= 2026 for one in places.old)
