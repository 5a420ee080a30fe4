"""Rows put together by falling score: two clusters join when all pairs between them speak for it on the average."""

import heapq
from collections import defaultdict
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.generic.pairs import candidates
from nuantu.linkage.generic.scoring import scores
from nuantu.linkage.generic.table import Table

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]

APART: Final = -4.0  # nats between two rows that share no key
MOST: Final = 12.0  # one pair speaks no louder: a weak chain does not join two strong groups
SURE: Final = 0.0  # log odds from which clusters join


def clusters_of(table: Table, least: float = SURE) -> Longs:
    """The cluster of each row, numbered by their first rows. `least`: mean log odds between two that join."""
    pairs = candidates(table)
    return joined(len(table), pairs, scores(table, pairs), least)


def joined(rows: int, pairs: Ints, odds: Floats, least: float = SURE) -> Longs:
    """The same of scored pairs."""
    beside: dict[int, dict[int, float]] = defaultdict(dict)
    capped = np.clip(odds, APART, MOST) - APART
    for (one, other), nats in zip(pairs.tolist(), capped.tolist(), strict=True):
        if nats > 0.0:
            beside[one][other] = beside[other][one] = nats
    members = {row: [row] for row in range(rows)}
    heap = [
        (-nats, one, other)
        for one, others in beside.items()
        for other, nats in others.items()
        if one < other and nats + APART >= least
    ]
    heapq.heapify(heap)
    while heap:
        nats, one, other = heapq.heappop(heap)
        if one in members and other in members and -nats == _mean(beside, members, one, other):
            _join(beside, members, one, other)
            for third in beside[one]:
                mean = _mean(beside, members, one, third)
                if mean + APART >= least:
                    heapq.heappush(heap, (-mean, min(one, third), max(one, third)))
    return _numbered(rows, members)


def _mean(
    beside: dict[int, dict[int, float]], members: dict[int, list[int]], one: int, other: int
) -> float:
    return beside[one].get(other, 0.0) / (len(members[one]) * len(members[other]))


def _join(
    beside: dict[int, dict[int, float]], members: dict[int, list[int]], one: int, other: int
) -> None:
    """`other` goes into `one`."""
    members[one] += members.pop(other)
    del beside[one][other]
    for third, nats in beside.pop(other).items():
        if third != one:
            del beside[third][other]
            beside[one][third] = beside[third][one] = beside[one].get(third, 0.0) + nats


def _numbered(rows: int, members: dict[int, list[int]]) -> Longs:
    found = np.zeros(rows, np.int64)
    for number, group in enumerate(sorted(map(sorted, members.values()))):
        found[group] = number
    return found
