"""Whom a message covers, with the real table of divisions."""

from functools import cache
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.accounts.rules.divisions import read_divisions
from nuantu.warnings.rules.areas import concerns, coverage
from nuantu.warnings.rules.covers import Basis, Country, Coverage
from nuantu.warnings.rules.gazetteer import Gazetteer, forms_of
from nuantu.warnings.rules.message import Point
from nuantu.warnings.rules.parsing import parse
from tests.warnings.wording import CAP, NATIONAL, RECEIVED, one


@cache
def country() -> Country:
    """黔东南州 in the real table; nothing of it is invented."""
    rows = list(
        read_divisions(files("nuantu.accounts").joinpath("data/divisions.tsv.gz").read_bytes())
    )
    wide = ("province", "prefecture", "county")
    points: dict[str, tuple[Point, ...]] = {
        row.code: ((row.lat, row.lon),)
        for row in rows
        if row.level == "county" and row.lat is not None and row.lon is not None
    }
    return Country(
        names=Gazetteer(
            (r.code, r.name)
            for r in rows
            if r.level in wide or (r.level == "town" and r.code[:4] == "5226")
        ),
        counties=tuple(r.code for r in rows if r.level == "county" and r.code[:4] == "5226"),
        points=points,
        own="522600000000",
    )


def covered(text: str, own: str = "522600000000") -> Coverage:
    """Whom the only message of a text covers."""
    places = country()
    return coverage(one(text), Country(places.names, places.counties, places.points, own))


def names(found: Coverage) -> list[str]:
    """Short names of the counties covered."""
    return [country().names.name_of(cover.division_code)[:-1] for cover in found.covers]


def test_the_prefecture_has_its_sixteen_counties() -> None:
    """The table under the tests is the real one."""
    assert len(country().counties) == 16


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("黔东南苗族侗族自治州", "黔东南州"),
        ("黔东南苗族侗族自治州", "黔东南"),
        ("广西壮族自治区", "广西"),
        ("新疆维吾尔自治区", "新疆"),
        ("三都水族自治县", "三都"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江县"),
        ("凯里市", "凯里"),
    ],
)
def test_a_division_is_called_by_its_short_forms(name: str, form: str) -> None:
    """Texts leave out the names of peoples and the kind of division."""
    assert form in forms_of(name)


def test_a_county_covers_itself_and_a_prefecture_all_of_its_counties() -> None:
    """By the issuer, where the text says no more."""
    assert names(covered("凯里市气象台21日17时发布寒潮蓝色预警信号：预计我市降温8℃。")) == ["凯里"]
    assert len(covered("黔东南州气象台21日17时发布寒潮蓝色预警信号：全州降温8℃。").covers) == 16


def test_codes_come_before_everything_else() -> None:
    """A code covers every county below it; the text does not narrow it."""
    assert names(coverage(one(CAP), country())) == ["凯里", "黄平"]
    assert names(coverage(one(NATIONAL), country())) == ["凯里", "雷山", "麻江", "丹寨"]
    whole = CAP.replace("<value>522601000000</value>", "<value>522600000000</value>")
    assert len(coverage(one(whole), country()).covers) == 16


def test_a_towns_code_covers_its_county_in_part() -> None:
    """The part is the name of the town."""
    found = coverage(
        one(CAP.replace("<value>522622</value>", "<value>522631100000</value>")), country()
    )
    part = {cover.division_code: cover.part for cover in found.covers}
    assert part["522631000000"]


@pytest.mark.parametrize(
    "text",
    [
        "湖南省怀化市气象台21日17时发布寒潮蓝色预警信号：预计靖州、会同等地降温",
        "西安市气象台21日18时00分继续发布道路结冰黄色预警信号：预计新城区、碑林区、雁塔区道路结冰",
        "北京市朝阳区气象台21日18时发布大风蓝色预警信号",
        "中央气象台11月21日06时发布寒潮橙色预警：贵州西北部、云南北部降温",
        "中央气象台11月21日06时发布大风蓝色预警：黄海、华北东部",
        "贵州省气象台21日17时发布寒潮蓝色预警：预计毕节市、六盘水市、遵义市西部降温",
    ],
)
def test_another_area_covers_nobody_here(text: str) -> None:
    """Another province, another prefecture, another corner of ours."""
    found = covered(text)
    assert found.is_located
    assert not found.covers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("黔东南州气象台21日17时发布寒潮蓝色预警：预计凯里市、麻江县、丹寨县降温8℃", ["凯里", "麻江", "丹寨"]),
        ("黔东南州气象台21日17时发布寒潮蓝色预警：预计我州西部的凯里、麻江气温下降", ["凯里", "麻江"]),
        ("黔东南州气象台21日17时解除凯里市、麻江县寒潮蓝色预警信号，其余县市继续生效", ["凯里", "麻江"]),
        ("黔东南州气象台21日18时将凯里、麻江两县市寒潮蓝色预警升级为黄色", ["凯里", "麻江"]),
        ("寒潮蓝色预警：岑巩县、镇远县，21日17时", ["镇远", "岑巩"]),
    ],
)  # fmt: skip
def test_a_list_of_counties_is_the_subject(text: str, expected: list[str]) -> None:
    """A prefecture that names counties means those."""
    assert names(covered(text)) == expected


def test_what_a_text_only_stresses_does_not_narrow_it() -> None:
    """全州大部…，其中黎平、榕江可达10℃ covers all."""
    found = covered(
        "黔东南州气象台21日17时发布寒潮蓝色预警信号：预计全州大部最低气温下降8℃以上，其中黎平、榕江可达10℃。"
    )
    assert len(found.covers) == 16
    assert found.covers[0].part == "全州大部"


def test_what_a_text_takes_out_is_not_covered() -> None:
    """全州除榕江、从江以外."""
    found = names(covered("黔东南州气象台21日17时发布寒潮蓝色预警：预计全州除榕江、从江以外降温"))
    assert len(found) == 14
    assert not {"榕江", "从江"} & set(found)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (
            "从江县气象台21日17时发布大雾橙色预警信号：预计我县洛香镇、贯洞镇将出现大雾",
            "洛香镇、贯洞镇",
        ),
        ("榕江县气象台21日17时发布暴雨蓝色预警信号：预计榕江县西部乡镇有暴雨", "榕江县西部"),
        (
            "雷山县气象局21日17时发布道路结冰黄色预警：我县海拔一千米以上乡镇道路结冰",
            "海拔1000米以上乡镇",
        ),
        ("台江县气象台21日17时发布暴雨蓝色预警：预计我县南部有暴雨", "我县南部"),
    ],
)
def test_part_of_a_county_is_covered_with_its_part(text: str, part: str) -> None:
    """Towns, a direction, an altitude: the county is covered and the part is kept."""
    found = covered(text)
    assert [cover.part for cover in found.covers] == [part]


def test_a_list_limited_by_altitude_keeps_the_limit() -> None:
    """天柱、锦屏海拔800米以上地区."""
    found = covered(
        "黔东南州气象局21日17时发布道路结冰黄色预警：我州天柱、锦屏等县海拔800米以上地区将出现道路结冰"
    )
    assert {cover.part for cover in found.covers} == {"海拔800米以上地区"}


def test_an_altitude_behind_a_closed_list_limits_only_what_follows() -> None:
    """剑河、台江、雷山三县及丹寨县海拔1000米以上的乡镇."""
    found = covered(
        "州气象台22日12时36分发布寒潮蓝色预警："
        "剑河、台江、雷山三县及丹寨县海拔１０００米以上的乡镇气温将下降８～１０℃"
    )
    assert {c.division_code[:6]: c.part for c in found.covers} == {
        "522629": "",
        "522630": "",
        "522634": "",
        "522636": "海拔1000米以上的乡镇",
    }


@pytest.mark.parametrize(
    "text",
    [
        "中央气象台11月21日06时继续发布寒潮蓝色预警：西北地区东部、西南地区东部等地降温6～8℃",
        "中央气象台11月21日06时继续发布寒潮蓝色预警：陕西北部、贵州东南部、广西北部等地降温10℃",
        "中央气象台11月21日06时发布寒潮黄色预警：预计贵州东部和南部、湖南大部降温8℃",
        "中央气象台发布寒潮黄色预警：我国中东部大部降温",
        "中央气象台11月21日18时解除寒潮蓝色预警",
    ],
)
def test_the_national_centre_is_located_by_its_regions(text: str) -> None:
    """贵州东南部 is us, 西南地区东部 holds us; its lifting is for everybody."""
    found = covered(text)
    assert len(found.covers) == 16
    assert {cover.basis for cover in found.covers} == {Basis.REGION}


def test_our_own_city_is_meant_by_a_bare_word() -> None:
    """市气象台, 我州: the reader's own division decides."""
    assert names(covered("市气象台21日17时发布寒潮蓝色预警信号", own="522601000000")) == ["凯里"]
    assert len(covered("州气象台21日17时发布寒潮蓝色预警信号").covers) == 16


def test_nobody_knows_for_whom() -> None:
    """A bare 市气象台 in a prefecture of counties is not guessed."""
    found = covered("市气象台21日17时发布寒潮蓝色预警信号")
    assert not found.is_located
    assert not found.covers


def test_a_shape_covers_the_counties_whose_points_lie_in_it() -> None:
    """A polygon without codes; a circle too."""
    bare = CAP.replace("CPEAS Geographic Code", "other-SAME")
    box = "<polygon>26.4,107.8 26.8,107.8 26.8,108.1 26.4,108.1 26.4,107.8</polygon>"
    found = coverage(one(bare.replace("<areaDesc>黔东南州", f"{box}<areaDesc>黔东南州")), country())
    assert "凯里" in names(found)
    assert len(found.covers) < 16
    circle = "<circle>26.58,107.98 5</circle>"
    found = coverage(
        one(bare.replace("<areaDesc>黔东南州", f"{circle}<areaDesc>黔东南州")), country()
    )
    assert names(found) == ["凯里"]


def test_names_of_an_area_without_codes_are_looked_up() -> None:
    """areaDesc 凯里市、麻江县."""
    bare = CAP.replace("CPEAS Geographic Code", "other-SAME").replace(
        "<areaDesc>黔东南州", "<areaDesc>凯里市、麻江县"
    )
    assert names(coverage(one(bare), country())) == ["凯里", "麻江"]


@given(st.sampled_from(range(16)))
def test_every_county_is_found_by_its_name_its_code_and_its_issuer(position: int) -> None:
    """No county of the prefecture has a name that the text reader misses."""
    code = country().counties[position]
    name = country().names.name_of(code)
    for text in (
        f"{name}气象台21日17时发布寒潮蓝色预警信号",
        f"黔东南州气象台21日17时发布寒潮蓝色预警信号：预计{name}降温",
        f"贵州省{name}气象局发布寒潮蓝色预警",
    ):
        assert [cover.division_code for cover in covered(text).covers] == [code], text


def test_an_update_that_leaves_us_out_may_still_end_something() -> None:
    """An update of our prefecture counts though it covers none of ours; Hunan's never does."""
    places = country()
    for text, expected in (
        ("贵州省气象台21日17时继续发布寒潮蓝色预警：预计毕节市降温", True),
        ("中央气象台21日17时继续发布寒潮蓝色预警：新疆北部", True),
        ("湖南省气象台21日17时解除寒潮蓝色预警", False),
        ("贵州省气象台21日17时发布寒潮蓝色预警：预计毕节市降温", False),
    ):
        (message,) = parse(text.encode(), "", RECEIVED)
        assert concerns(message, coverage(message, places), places) is expected, text


@pytest.mark.parametrize("words", ["省的西部", "我省的西部", "我省西部"])
def test_the_part_of_a_province_is_read_with_and_without_de(words: str) -> None:
    """省的西部 is how the provincial observatory writes; 凯里 does not lie there."""
    found = covered(f"贵州省气象台11月21日18时发布寒潮蓝色预警：预计{words}降温8℃。")
    assert names(found) == []
