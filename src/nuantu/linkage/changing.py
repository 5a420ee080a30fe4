"""Reports that come and go: a registry made ready becomes the one that would be built anew from what stands then.

What is new is built by itself, then both are put together: words and places get their numbers in the larger
one, people are counted again, rows are laid into their order. Nothing is made ready twice but the index of names.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.asking import Coded
from nuantu.linkage.building import Built, laid
from nuantu.linkage.fields import counted_fields
from nuantu.linkage.fragments import Places
from nuantu.linkage.kernel_rows import ALIAS, BIRTH, COUNTY, FIRST, MARKS, SECOND, SURNAME
from nuantu.linkage.names import counted_names
from nuantu.linkage.tree import Level, Tree, planted, same, spelt

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Counts = NDArray[Any]  # whole numbers, or the same as floats
TOWNS: Final = 3
W = TypeVar("W", bound=Hashable)


class Put(NamedTuple):
    """Levels of two trees together; where the villages of each went, and whether a town came."""

    levels: list[Level]
    cores: tuple[str, ...]
    one: Longs
    other: Longs
    towns: bool


def changed(built: Built, gone: Longs, more: Built | None) -> Built:
    """Without the rows `gone`, with all of `more`. Raises ValueError when nobody is left."""
    left = np.ones(len(built.rid), np.bool_)
    left[gone] = False
    parts = [(built, left)] + ([(more, np.ones(len(more.rid), np.bool_))] if more else [])
    if not sum(int(rows.sum()) for _, rows in parts):
        message = "a registry without reports cannot be searched"
        raise ValueError(message)
    tree, village = _places(parts)
    coded, codes = _coded(parts, tree)
    sex = [np.repeat(of.records.sex, np.diff(of.records.starts))[rows] for of, rows in parts]
    rid = np.concatenate([of.rid[rows].astype(np.int64) for of, rows in parts])
    return laid(coded, np.concatenate(sex), village, codes, rid)


def _places(parts: Sequence[tuple[Built, NDArray[np.bool_]]]) -> tuple[Tree, Longs]:
    """The tree of both, and the village of each row."""
    villages = [of.records.village[rows] for of, rows in parts]
    tree = parts[0][0].tree
    if len(parts) > 1:
        put = together(tree, parts[1][0].tree)
        village = np.concatenate([put.one[villages[0]], put.other[villages[1]]])
    else:
        put = Put(
            list(tree.levels), tree.cores, np.zeros(0, np.int64), np.zeros(0, np.int64), False
        )
        village = villages[0].astype(np.int64)
    return _counted(tree, put, village)


def together(one: Tree, other: Tree) -> Put:
    """Two trees as one. Nodes keep the order of their parents; `people` are not counted yet."""
    numbers = {core: number for number, core in enumerate(one.cores)}
    levels, came = [], False
    here, there = np.zeros(1, np.int64), np.zeros(1, np.int64)
    for place, (first, second) in enumerate(zip(one.levels, other.levels, strict=True)):
        above, beside = here[first.parent], there[second.parent]
        known = _children(first, above, second, beside)
        new = np.flatnonzero(known < 0)
        came |= place == TOWNS and bool(len(new))
        name_of = [
            numbers.setdefault(other.cores[core], len(numbers)) if core >= 0 else -1
            for core in second.name_of[new].tolist()
        ]
        parents = np.concatenate([above, beside[new]])
        order = np.argsort(parents, kind="stable")
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        called = first.names + tuple(second.names[row] for row in new.tolist())
        if len(new):
            called = tuple(called[row] for row in order.tolist())
        here, there = rank[: len(above)], np.empty(len(beside), np.int64)
        there[new] = rank[len(above) :]
        there[known >= 0] = here[known[known >= 0]]
        of = np.concatenate([first.name_of, np.array(name_of, np.int32)])[order]
        levels.append(Level(called, parents[order].astype(np.int32), np.zeros(len(order)), of))
    return Put(levels, tuple(numbers), here, there, came)


def _children(first: Level, above: Longs, second: Level, beside: Longs) -> Longs:
    """Which node of the first level each of the second is, by parent and name; -1 for none."""
    known = np.full(len(beside), -1, np.int64)
    lows = np.searchsorted(above, beside).tolist()
    highs = np.searchsorted(above, beside, side="right").tolist()
    for place, (low, high) in enumerate(zip(lows, highs, strict=True)):
        children, name = first.names[low:high], second.names[place]
        if name in children:
            known[place] = low + children.index(name)
    return known


def _counted(tree: Tree, put: Put, village: Longs) -> tuple[Tree, Longs]:
    """The tree with its people counted and without places of nobody, and the village of each row in it."""
    people: list[Counts] = [np.bincount(village, minlength=len(put.levels[-1].names))]
    for below, level in zip(put.levels[:0:-1], put.levels[-2::-1], strict=True):
        people.insert(0, np.bincount(below.parent, people[0], minlength=len(level.names)))
    levels, number = [], np.zeros(1, np.int64)
    for level, count in zip(put.levels, people, strict=True):
        stays = count > 0
        parent, number = number[level.parent[stays]], np.cumsum(stays) - 1
        names = level.names if stays.all() else _chosen(level.names, stays)
        levels.append(
            Level(
                names,
                parent.astype(np.int32),
                count[stays].astype(np.float64),
                level.name_of[stays],
            )
        )
    altered = put.towns or len(levels[TOWNS].names) < len(put.levels[TOWNS].names)
    letters, lengths = _spelt(tree, put.cores)
    counties = same(levels) if altered else tree.same_county
    return planted(levels, put.cores, letters, lengths, counties), number[village]


def _chosen(names: Sequence[str], stays: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(names[row] for row in np.flatnonzero(stays).tolist())


def _spelt(tree: Tree, cores: Sequence[str]) -> tuple[NDArray[np.uint16], NDArray[np.int8]]:
    if len(cores) == len(tree.cores):
        return tree.letters, tree.lengths
    letters, lengths = spelt(cores[len(tree.cores) :])
    return np.concatenate([tree.letters, letters]), np.concatenate([tree.lengths, lengths])


def _coded(
    parts: Sequence[tuple[Built, NDArray[np.bool_]]], tree: Tree
) -> tuple[Coded, list[NDArray[np.unsignedinteger]]]:
    """What is known of all rows together, and their codes."""
    codes: list[NDArray[np.unsignedinteger]] = [
        one[parts[0][1]] for one in parts[0][0].records.codes
    ]
    of, known = parts[0][0].coded.names, parts[0][0].coded.fields
    surnames, points, aliases = of.surnames, of.letters.points, of.aliases
    counties, patterns = known.counties, known.patterns
    if len(parts) > 1:
        names, fields = parts[1][0].coded.names, parts[1][0].coded.fields
        surnames, surname = _words(surnames, names.surnames)
        letters, letter = _words(tuple(points.tolist()), names.letters.points.tolist())
        aliases, alias = _words(aliases, names.aliases)
        counties, county = _words(counties, fields.counties)
        marks, mark = _words(tuple(patterns.tolist()), fields.patterns.tolist())
        points, patterns = np.array(letters, np.int32), np.array(marks, np.uint64)
        recode: Mapping[int, Ints] = {
            SURNAME: surname, FIRST: letter, SECOND: letter, COUNTY: county, MARKS: mark, ALIAS: alias,
        }  # fmt: skip
        for field, column in enumerate(parts[1][0].records.codes):
            new = recode[field][column] if field in recode else column
            codes[field] = np.concatenate([codes[field].astype(np.uint32), new.astype(np.uint32)])
    carried = [np.bincount(one) for one in codes]
    called = counted_names(
        surnames, points, aliases, [carried[one] for one in (SURNAME, FIRST, SECOND, ALIAS)]
    )
    plain = counted_fields(counties, patterns, carried[BIRTH:ALIAS])
    shares = [one / len(codes[0]) for one in carried]
    listed = parts[0][0].coded.places.listed
    return Coded(called, plain, Places(tree, listed), shares), codes


def _words(one: tuple[W, ...], other: Sequence[W]) -> tuple[tuple[W, ...], Ints]:
    """The words of both, and the number of each of the other."""
    numbers = {word: number for number, word in enumerate(one)}
    of = np.array([numbers.setdefault(word, len(numbers)) for word in other], np.int32)
    return tuple(numbers), of
