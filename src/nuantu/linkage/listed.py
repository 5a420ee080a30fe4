"""A gazetteer beside a registry: what lies in the towns and counties that reports name.

A fragment may name a village from which nobody was reported, or one of a report that knows only the county. The
registry cannot tell where such a village lies; a list of all divisions can. It also knows what counties and
prefectures were called before. It is handed in as a plain value: this package reads no file of places.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.place_names import cores_of
from nuantu.linkage.tree import Tree

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Nodes = tuple[Ints, Ints]
CITY, COUNTY, TOWN, VILLAGE = range(1, 5)


class Former(Protocol):
    """A division was called `name` before; `row` into its level."""

    @property
    def level(self) -> int: ...
    @property
    def row(self) -> int: ...
    @property
    def name(self) -> str: ...


class Gazetteer(Protocol):
    """Five levels of divisions, province first: names, and the row of each in the level above."""

    @property
    def names(self) -> Sequence[Sequence[str]]: ...
    @property
    def parents(self) -> Sequence[Ints]: ...
    @property
    def old(self) -> Sequence[Former]: ...


class Listed:
    """A gazetteer made ready for any registry: made once, it may serve many.

    `words`: distinct names without their kind; `word_of`: of each division, by level; `former`: (level, row, name).
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.names, self.parents = gazetteer.names, gazetteer.parents
        numbers: dict[str, int] = {}
        self.word_of = tuple(
            np.array(
                [numbers.setdefault(one, len(numbers)) for one in cores_of(names, level)], np.int32
            )
            for level, names in enumerate(self.names)
        )
        self.former = [(one.level, one.row, one.name) for one in gazetteer.old]
        self.former_word = [
            numbers.setdefault(cores_of([name], level)[0], len(numbers))
            for level, _, name in self.former
        ]
        self.words = tuple(numbers)

    def called(self, level: int) -> Iterator[tuple[int, str]]:
        """(row, name) of each division of a level, with its earlier names."""
        yield from enumerate(self.names[level])
        yield from ((row, name) for of, row, name in self.former if of == level)


@dataclass(frozen=True)
class Beside:
    """What a gazetteer adds to a tree; names are numbered as in `words`, which begin with those of the tree.

    `villages`: (name, node) of the towns of the tree in which a village of the name lies, once for each; `count`: how many
    villages each town of the tree has; `towns`: (name, node) of the counties known without a town, as their
    nameless towns; `share`: one in how many towns of its county that is; `aliases`: (level, name, node).
    """

    words: tuple[str, ...]
    villages: Nodes
    count: Floats
    towns: Nodes
    share: Floats
    aliases: Sequence[tuple[int, int, int]]
    counties: Mapping[int, tuple[int, ...]]


def beside(tree: Tree, listed: Listed) -> Beside:
    """The gazetteer seen from a tree."""
    numbers = {word: number for number, word in enumerate(tree.cores)}
    word = np.array([numbers.setdefault(one, len(numbers)) for one in listed.words], np.int32)
    rows = _rows(tree, listed)
    known = tree.levels[TOWN].name_of >= 0
    county = rows[COUNTY][tree.levels[TOWN].parent]
    by_town = _grouped(np.where(known, rows[TOWN], -1), len(listed.names[TOWN]))
    by_county = _grouped(np.where(known, -1, county), len(listed.names[COUNTY]))
    town_of = listed.parents[VILLAGE]
    county_of = listed.parents[TOWN]
    item, node = _spread(town_of, *by_town)
    more, blank = _spread(county_of[town_of], *by_county)
    item, node = np.concatenate([item, more]), np.concatenate([node, blank])
    size = len(known)
    count = np.bincount(node, minlength=size).astype(np.float64)
    town, without = _spread(county_of, *by_county)
    towns = np.bincount(without, minlength=size)
    return Beside(
        tuple(numbers),
        (word[listed.word_of[VILLAGE]][item], node),
        count,
        (word[listed.word_of[TOWN]][town], without),
        1.0 / np.maximum(towns, 1),
        list(_aliases(tree, listed, rows, word)),
        _twice(rows[COUNTY]),
    )


def others(villages: Nodes, own: Nodes, town_of: Ints) -> Nodes:
    """(name, town) of the listed `villages` that are none of the tree's `own`, (name, village)."""
    names, towns = villages
    size = np.int64(max(towns.max(initial=0), town_of.max(initial=0))) + 1
    known = own[0].astype(np.int64) * size + town_of[own[1]]
    new = ~np.isin(names.astype(np.int64) * size + towns, known)
    return names[new], towns[new]


def _grouped(group: Ints, groups: int) -> tuple[Ints, Ints]:
    """Nodes by group: where each starts, and the nodes; -1 is in none."""
    order = np.argsort(group, kind="stable")
    order = order[group[order] >= 0]
    return np.searchsorted(group[order], np.arange(groups + 1)).astype(np.int32), order.astype(
        np.int32
    )


def _spread(group: Ints, starts: Ints, nodes: Ints) -> tuple[Ints, Ints]:
    """Each item with each node of its group: the items, and the nodes."""
    lengths = starts[group + 1] - starts[group]
    item = np.repeat(np.arange(len(group), dtype=np.int32), lengths)
    offset = np.arange(len(item)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return item, nodes[starts[group][item] + offset]


def _rows(tree: Tree, listed: Listed) -> dict[int, Ints]:
    """The row of each city, county and town of the tree in the gazetteer, -1 for none."""
    provinces = [name[:2] for name in tree.levels[0].names]
    here = [name[:2] for name in listed.names[0]]
    cities: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for row, name in listed.called(CITY):
        cities[here[listed.parents[CITY][row]], name].append(row)
    counties: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for row, name in listed.called(COUNTY):
        counties[here[listed.parents[CITY][listed.parents[COUNTY][row]]], name].append(row)
    city = _found(
        tree,
        CITY,
        lambda node, name: cities.get((provinces[tree.levels[CITY].parent[node]], name), []),
    )
    of = tree.province_of[COUNTY]

    def county_of(node: int, name: str) -> Sequence[int]:
        rows = counties.get((provinces[of[node]], name), [])
        within = city[tree.levels[COUNTY].parent[node]]
        return [row for row in rows if listed.parents[COUNTY][row] == within] or rows

    county = _found(tree, COUNTY, county_of)
    towns: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for row, name in listed.called(TOWN):
        towns[int(listed.parents[TOWN][row]), name].append(row)
    above = county[tree.levels[TOWN].parent].tolist()
    return {
        CITY: city,
        COUNTY: county,
        TOWN: _found(tree, TOWN, lambda node, name: towns.get((above[node], name), [])),
    }


class _Where(Protocol):
    def __call__(self, node: int, name: str, /) -> Sequence[int]: ...


def _found(tree: Tree, level: int, where: _Where) -> Ints:
    names = tree.levels[level].names
    found = [where(node, name) if name else [] for node, name in enumerate(names)]
    return np.array([rows[0] if rows else -1 for rows in found], np.int32)


def _aliases(
    tree: Tree, listed: Listed, rows: Mapping[int, Ints], word: Ints
) -> Iterator[tuple[int, int, int]]:
    """(level, name, node) of nodes that have another name too: each name of a division is one of all its nodes."""
    names: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for (level, row, _), other in zip(listed.former, listed.former_word, strict=True):
        names[level, row] |= {int(word[other]), int(word[listed.word_of[level][row]])}
    for level in (CITY, COUNTY, TOWN):
        for node, row in enumerate(rows[level].tolist()):
            others = names.get((level, row), set()) if row >= 0 else set()
            yield from (
                (level, one, node) for one in others - {int(tree.levels[level].name_of[node])}
            )
    yield from _village_aliases(tree, listed, rows[TOWN], names)


def _village_aliases(
    tree: Tree, listed: Listed, town: Ints, names: Mapping[tuple[int, int], set[int]]
) -> Iterator[tuple[int, int, int]]:
    """The same for villages that a report names by any of their names."""
    wanted: defaultdict[int, list[set[int]]] = defaultdict(list)
    for (level, row), one in names.items():
        if level == VILLAGE:
            wanted[int(listed.parents[VILLAGE][row])].append(one)
    if not wanted:
        return
    of, villages = town[tree.levels[VILLAGE].parent], tree.levels[VILLAGE]
    for node in np.flatnonzero(np.isin(of, list(wanted))).tolist():
        own = int(villages.name_of[node])
        for one in wanted[int(of[node])]:
            if own in one:
                yield from ((VILLAGE, other, node) for other in one - {own})


def _twice(rows: Ints) -> dict[int, tuple[int, ...]]:
    """Counties of the tree that are one in the gazetteer, under an old and a new name."""
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for node, row in enumerate(rows.tolist()):
        if row >= 0:
            groups[row].append(node)
    return {
        one: tuple(other for other in group if other != one)
        for group in groups.values()
        if len(group) > 1
        for one in group
    }


def merged(
    one: Mapping[int, Iterable[int]], other: Mapping[int, Iterable[int]]
) -> dict[int, tuple[int, ...]]:
    """Two lists of equals as one."""
    return {key: tuple(sorted({*one.get(key, ()), *other.get(key, ())})) for key in {*one, *other}}
