"""Invented reports of missing people: names and places put together by chance, with a few known ones."""

from functools import cache

import numpy as np

from nuantu.linkage.columns import MAN, WOMAN, Registry, Words
from nuantu.linkage.index import Index

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡罗倪"
GIVEN = "伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华建国红玉春梅文辉"
PLACES = (
    ("湖南省", "怀化市", "溆浦县", "430", ("卢峰镇", "低庄镇", "桥江镇")),
    ("湖南省", "邵阳市", "绥宁县", "430", ("长铺镇", "武阳镇", "李熙桥镇")),
    ("山东省", "菏泽市", "郓城县", "371", ("随官屯镇", "黄安镇", "杨庄集镇")),
    ("贵州省", "黔东南苗族侗族自治州", "凯里市", "522", ("三棵树镇", "舟溪镇", "旁海镇")),
    ("四川省", "绵阳市", "三台县", "510", ("芦溪镇", "塔山镇", "观桥镇")),
    ("河南省", "信阳市", "商城县", "411", ("上石桥镇", "鄢岗镇", "双椿铺镇")),
)
VILLAGES = ("新华村村民委员会", "红星村村民委员会", "梨树坪村村民委员会", "石桥社区居民委员会", "")
COUNTIES = ("431224", "430527", "371725", "522601", "510722", "411524")
SIZE = 3_000
LUO, OUYANG, CHILD = 11, 12, 13  # rows that tests know by heart


def words_of(rows: list[dict[str, object]], name: str) -> Words:
    """One column of words."""
    return Words.of(str(row[name]) for row in rows)


def registry_of(rows: list[dict[str, object]], first: int = 0) -> Registry:
    """Reports from plain rows; ids count from `first`."""

    def numbers(name: str) -> list[int]:
        return [int(str(row[name])) for row in rows]

    home = tuple(
        words_of(rows, level) for level in ("province", "city", "county", "town", "village")
    )
    return Registry(
        np.arange(first, first + len(rows)), words_of(rows, "surname"), words_of(rows, "given"),
        words_of(rows, "alias"), np.array(numbers("sex"), np.int8), np.array(numbers("birth_year"), np.int32),
        np.array(numbers("height"), np.int32), (home[0], home[1], home[2], home[3], home[4]),
        np.array(numbers("lost_day"), np.int32), words_of(rows, "lost_county"),
        np.array(numbers("marks"), np.uint64),
    )  # fmt: skip


def made(size: int = SIZE, seed: int = 5) -> list[dict[str, object]]:
    """Rows of reports."""
    rng = np.random.default_rng(seed)
    rows = [_anybody(rng) for _ in range(size)]
    rows[LUO] |= {
        "surname": "罗", "given": "兰英", "alias": "", "sex": WOMAN, "birth_year": 1968, "height": 158,
        "province": "湖南省", "city": "怀化市", "county": "溆浦县", "town": "低庄镇", "village": "梨树坪村村民委员会",
        "lost_day": 12_900, "lost_county": "431224", "marks": 1 << 7,
    }  # fmt: skip
    rows[OUYANG] |= {"surname": "欧阳", "given": "翀", "alias": "石头", "sex": MAN}
    rows[CHILD] |= {
        "birth_year": 2010,
        "lost_day": 10_000,
        "height": 122,
        "sex": MAN,
        "alias": "二娃",
    }
    return rows


def _anybody(rng: np.random.Generator) -> dict[str, object]:
    place = int(rng.integers(len(PLACES)))
    province, city, county, _, towns = PLACES[place]
    sex = int(rng.integers(1, 3))
    given = "".join(rng.choice(list(GIVEN), int(rng.integers(1, 3))))
    lost = place if rng.random() < 0.7 else int(rng.integers(len(PLACES)))
    return {
        "surname": str(rng.choice(list(SURNAMES))), "given": given,
        "alias": f"小{given[-1]}" if rng.random() < 0.2 else "", "sex": sex,
        "birth_year": int(rng.integers(1935, 2005)) if rng.random() < 0.9 else -1,
        "height": int(rng.normal(168 if sex == MAN else 157, 6)) if rng.random() < 0.75 else -1,
        "province": province, "city": city, "county": county, "town": str(rng.choice(list(towns))),
        "village": str(rng.choice(VILLAGES)), "lost_day": int(rng.integers(0, 13_000)),
        "lost_county": COUNTIES[lost], "marks": int(1 << int(rng.integers(40))) if rng.random() < 0.3 else 0,
    }  # fmt: skip


@cache
def index() -> Index:
    """The made reports, ready to be searched: built once."""
    return Index(registry_of(made()))


@cache
def many() -> Index:
    """So many made reports that most of them are left early."""
    return Index(registry_of(made(20_000, seed=6)))
