"""The places that a registry names, as a tree of five levels with an index of their names by sound.

A node is a path (province, city, county, town, village); a level that a report leaves out is a node
with an empty name. The index finds names that begin or end with a sound of the same class.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.columns import Words
from nuantu.linkage.dialects import region_of, regions
from nuantu.linkage.place_names import LONGEST, cores_of
from nuantu.linkage.sounds import PLANE, folds, sounds
from nuantu.linkage.written import plain_words

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

LEAST_SHARED = 3  # towns of one name that make two counties of a city the same county
SHARED = 0.5


@dataclass(frozen=True)
class Level:
    """Nodes of one level. `parent`: shape (nodes,), into the level above; `people`: reports below."""

    names: tuple[str, ...]
    parent: Ints
    people: Floats
    name_of: Ints  # into Tree.cores, -1 for none


@dataclass(frozen=True)
class Tree:
    """All places of a registry.

    `cores`: distinct names without their kind; `letters`: their characters as code points, shape
    (cores, LONGEST), 0 after the end; `lengths`: how many; `common`: how often a character stands
    in a name, shape (65536,), sums to 1.
    """

    levels: tuple[Level, ...]
    cores: tuple[str, ...]
    letters: NDArray[np.uint16]
    lengths: NDArray[np.int8]
    common: Floats
    same_county: Mapping[int, tuple[int, ...]]

    @cached_property
    def province_of(self) -> tuple[Ints, ...]:
        """The province of each node, level by level."""
        found = [np.arange(len(self.levels[0].names), dtype=np.int32)]
        for level in self.levels[1:]:
            found.append(found[-1][level.parent])
        return tuple(found)


def grow(home: Sequence[Words]) -> tuple[Tree, Ints, Ints]:
    """The tree of homes; the town and the village node of each row."""
    rows = len(home[0])
    node, parts, nodes = np.zeros(rows, np.int64), [], []
    for words in map(plain_words, home):
        paths, first, inverse = np.unique(
            node * (len(words.values) + 1) + words.codes, return_index=True, return_inverse=True
        )
        parent = node[first].astype(np.int32)
        people = np.bincount(inverse, minlength=len(paths)).astype(np.float64)
        parts.append(([words[int(row)] for row in first], parent, people))
        node = inverse.astype(np.int64)
        nodes.append(node.astype(np.int32))
    return _tree(parts), nodes[3], nodes[4]


def _tree(parts: list[tuple[list[str], Ints, Floats]]) -> Tree:
    numbers: dict[str, int] = {}
    levels = []
    for level, (names, parent, people) in enumerate(parts):
        name_of = [
            numbers.setdefault(one, len(numbers)) if one else -1 for one in cores_of(names, level)
        ]
        levels.append(Level(tuple(names), parent, people, np.array(name_of, np.int32)))
    cores = tuple(numbers)
    return planted(levels, cores, *spelt(cores), same(levels))


def planted(
    levels: Sequence[Level],
    cores: tuple[str, ...],
    letters: NDArray[np.uint16],
    lengths: NDArray[np.int8],
    same_county: Mapping[int, tuple[int, ...]],
) -> Tree:
    """A tree from its levels and the names of their nodes."""
    weight = np.zeros(len(cores))
    for one in levels:
        known = one.name_of >= 0
        weight += np.bincount(one.name_of[known], one.people[known], minlength=len(cores))
    common = np.bincount(
        letters.ravel(), np.repeat(weight, letters.shape[1]), minlength=PLANE
    ).astype(np.float64)
    common[0] = 0.0
    return Tree(
        tuple(levels), cores, letters, lengths, common / max(common.sum(), 1.0), same_county
    )


def spelt(words: Sequence[str]) -> tuple[NDArray[np.uint16], NDArray[np.int8]]:
    """Characters as code points, shape (words, LONGEST), and lengths; a rare plane becomes 1."""
    lengths = np.array([min(len(one), LONGEST) for one in words], np.int8)
    joined = "".join(one[:LONGEST].ljust(LONGEST, "\0") for one in words)
    points = np.frombuffer(joined.encode("utf-32-le"), np.uint32).reshape(len(words), LONGEST)
    return np.where(points < PLANE, points, 1).astype(np.uint16), lengths


def same(levels: Sequence[Level]) -> dict[int, tuple[int, ...]]:
    """Counties of one city that share half of their towns: one county under an old and a new name."""
    towns: defaultdict[int, set[str]] = defaultdict(set)
    for name, county in zip(levels[3].names, levels[3].parent.tolist(), strict=True):
        if name:
            towns[county].add(name)
    cities: defaultdict[int, list[int]] = defaultdict(list)
    for county in towns:
        cities[int(levels[2].parent[county])].append(county)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for counties in cities.values():
        for place, one in enumerate(counties):
            for other in counties[place + 1 :]:
                shared = len(towns[one] & towns[other])
                fewer = min(len(towns[one]), len(towns[other]))
                if shared >= LEAST_SHARED and shared >= SHARED * fewer:
                    found[one].append(other)
                    found[other].append(one)
    return {one: tuple(others) for one, others in found.items()}


def regions_of_provinces(tree: Tree) -> Ints:
    """The region of speech of each province, by its name; `len(regions())` for none."""
    by_name = {name: region_of()[code] for name, code in PROVINCES.items()}
    none = len(regions())
    return np.array([by_name.get(one[:2], none) for one in tree.levels[0].names], np.int32)


# The first two characters of each province and its code (GB/T 2260).
PROVINCES: Mapping[str, int] = {
    "北京": 11, "天津": 12, "河北": 13, "山西": 14, "内蒙": 15, "辽宁": 21, "吉林": 22, "黑龙": 23,
    "上海": 31, "江苏": 32, "浙江": 33, "安徽": 34, "福建": 35, "江西": 36, "山东": 37, "河南": 41,
    "湖北": 42, "湖南": 43, "广东": 44, "广西": 45, "海南": 46, "重庆": 50, "四川": 51, "贵州": 52,
    "云南": 53, "西藏": 54, "陕西": 61, "甘肃": 62, "青海": 63, "宁夏": 64, "新疆": 65, "台湾": 71,
    "香港": 81, "澳门": 82,
}  # fmt: skip


@dataclass(frozen=True)
class NameIndex:
    """Names by length, side and class of sound: row `key` of `starts` opens a stretch of `names`.

    `spellings`: the letters of each, shape (2 · names, LONGEST).
    """

    starts: Ints
    names: Ints
    spellings: NDArray[np.uint16]
    classes: int

    def key(self, length: int, side: int, sound_class: int) -> int:
        """Where the names of a length stand that begin (side 0) or end (1) with a class."""
        return (length * 2 + side) * self.classes + sound_class


def index_of(letters: NDArray[np.uint16], long: NDArray[np.int8]) -> NameIndex:
    """Each name stands twice: by its first and by its last sound. `long`: how many letters each has."""
    classes = int(folds().max()) + 1
    class_of = folds()[sounds().of]
    rows, lengths = np.arange(len(letters)), long.astype(np.int64)
    last = letters[rows, np.maximum(lengths - 1, 0)]
    keys = np.concatenate(
        [
            (lengths * 2) * classes + class_of[letters[:, 0]],
            (lengths * 2 + 1) * classes + class_of[last],
        ]
    )
    order = np.argsort(keys, kind="stable")
    starts = np.searchsorted(keys[order], np.arange((LONGEST + 2) * 2 * classes + 1))
    names = np.concatenate([rows, rows])[order].astype(np.int32)
    return NameIndex(starts.astype(np.int32), names, np.ascontiguousarray(letters[names]), classes)
