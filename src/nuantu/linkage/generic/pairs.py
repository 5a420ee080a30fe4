"""Which pairs of rows are worth comparing: those that share one of many cheap keys."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.generic.table import Table

Longs = NDArray[np.int64]
Ints = NDArray[np.int32]

ALONE: Final = 60  # rows of one value that are compared for it alone
TOGETHER: Final = 100  # rows of two values
ROOM: Final = 4_000_000  # pairs gathered before they are counted once each


def candidates(table: Table) -> Ints:
    """Pairs of rows, the lesser first, each once: shape (pairs, 2)."""
    found, waiting, size = np.zeros(0, np.int64), list[Longs](), 0
    for keys, most in _keys(table):
        waiting.append(_shared(keys, most, len(table)))
        size += len(waiting[-1])
        if size > ROOM:
            found, waiting, size = np.unique(np.concatenate([found, *waiting])), [], 0
    found = np.unique(np.concatenate([found, *waiting]))
    rows = max(len(table), 1)
    return np.stack([found // rows, found % rows], axis=1).astype(np.int32)


def _keys(table: Table) -> Iterator[tuple[Longs, int]]:
    sketches = [
        (place, sketch) for place in range(len(table.columns)) for sketch in _sketches(table, place)
    ]
    for _, sketch in sketches:
        yield sketch, ALONE
    for (place, one), (other, second) in combinations(sketches, 2):
        if place != other:
            both = one * (int(second.max(initial=0)) + 1) + second
            yield np.where((one < 0) | (second < 0), -1, both), TOGETHER
    for place, other in enumerate(table.partners.tolist()):
        if other > place:
            yield _either_way(table, place, other), ALONE


def _sketches(table: Table, place: int) -> Iterator[Longs]:
    """A column as it is, and in what survives the usual slips."""
    codes = table.codes[place].astype(np.int64)
    yield codes
    kind = table.columns[place].kind
    if kind == "date":
        yield _by(table, codes, slice(0, 4))
        yield _by(table, codes, slice(4, 8))
    elif kind == "code":
        yield _by(table, codes, slice(0, 3))
    elif kind != "number":
        yield _by(table, codes, slice(0, 3))
        yield _by(table, codes, slice(-3, None))


def _by(table: Table, codes: Longs, part: slice) -> Longs:
    known: dict[str, int] = {}
    numbers = [
        known.setdefault(text[part], len(known)) if text[part] else -1 for text in table.texts
    ]
    return np.append(np.array(numbers, np.int64), -1)[codes]


def _either_way(table: Table, place: int, other: int) -> Longs:
    one, second = (table.codes[at].astype(np.int64) for at in (place, other))
    both = np.minimum(one, second) * (len(table.texts) + 1) + np.maximum(one, second)
    return np.where((one < 0) | (second < 0), -1, both)


def _shared(keys: Longs, most: int, rows: int) -> Longs:
    """Pairs of rows with one key, as row · rows + row; a key of more than `most` rows tells too little."""
    order = np.argsort(keys, kind="stable")
    order = order[keys[order] >= 0]
    starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    sizes = np.diff(np.append(starts, len(order)))
    found = []
    for size in np.unique(sizes[(sizes > 1) & (sizes <= most)]).tolist():
        groups = order[starts[sizes == size][:, None] + np.arange(size)]
        left, right = np.triu_indices(size, 1)
        found.append((groups[:, left] * rows + groups[:, right]).ravel())
    return np.concatenate(found) if found else np.zeros(0, np.int64)
