"""What each level of agreement weighs, learnt without labels, and the score of each pair.

Fellegi and Sunter: a level weighs log m - log u. `u` is counted on pairs drawn at random; `m` by expectation and
maximisation over the candidates. An agreement in a rare value weighs more: its own share stands for `u`.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.generic.kernel import DIFFERENT, LEVELS, SAME, Values, compare
from nuantu.linkage.generic.kinds import NUMBER_OF
from nuantu.linkage.generic.table import LONGEST, Table
from nuantu.linkage.threads import pool

Ints = NDArray[np.int32]
Levels = NDArray[np.int8]
Floats = NDArray[np.float64]

DRAWN: Final = 400_000  # pairs at random
ROUNDS: Final = 25
CHUNK: Final = 100_000
PULL: Final = 20.0  # matches that the start counts for
FIRST: Final = (
    0.75,
    0.02,
    0.08,
    0.06,
    0.03,
    0.06,
)  # shares of levels among matches, before any were seen


def scores(table: Table, pairs: Ints, rounds: int = ROUNDS) -> Floats:
    """Log odds, in nats, that two rows are of one; a value unknown on either side says nothing."""
    levels = levels_of(table, pairs)
    rare = _rarity(table, pairs, levels)
    unlike = _shares_at_random(table)
    like, matches = np.tile(np.array(FIRST), (len(table.columns), 1)), max(len(table) / 2.0, 1.0)
    everything = max(len(table) * (len(table) - 1) / 2.0, 2.0)
    found = np.zeros(len(pairs))
    for _ in range(rounds):
        weights = np.log(like) - np.log(unlike)
        share = min(matches / everything, 0.5)
        found = rare + np.log(share / (1.0 - share)) + _added(levels, weights)
        sure = 1.0 / (1.0 + np.exp(-np.clip(found, -500.0, 500.0)))
        matches = max(float(sure.sum()), 1.0)
        like = np.stack([_share(levels[:, at], sure) for at in range(len(table.columns))])
    return found


def levels_of(table: Table, pairs: Ints) -> Levels:
    """Levels of `kernel`, shape (pairs, columns)."""
    kinds = np.array([NUMBER_OF[one.kind] for one in table.columns], np.int32)
    values = Values(table.letters, table.sizes, _numbers(table))
    out = np.zeros((len(pairs), len(kinds)), np.int8)

    def work(begin: int) -> None:
        part, room = slice(begin, begin + CHUNK), np.zeros((3, LONGEST + 1), np.int32)
        compare(pairs[part], table.codes, kinds, table.partners, values, room, out[part])

    list(pool().map(work, range(0, len(pairs), CHUNK)))
    return out


def _numbers(table: Table) -> Floats:
    if all(one.kind != "number" for one in table.columns):
        return np.zeros(1)
    return np.array([_number(text) for text in table.texts], np.float64)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan


def _added(levels: Levels, weights: Floats) -> Floats:
    padded = np.column_stack([weights, np.zeros(len(weights))])  # the last is for what is missing
    found = np.zeros(len(levels))
    for column, row in enumerate(padded):
        found += row[levels[:, column]]
    return found


def _share(levels: Levels, sure: Floats) -> Floats:
    counts = np.bincount(levels[levels >= 0], sure[levels >= 0], LEVELS) + PULL * np.array(FIRST)
    return np.asarray(counts / counts.sum())


def _shares_at_random(table: Table) -> Floats:
    chance = np.random.default_rng(1)
    rows = np.sort(chance.integers(0, max(len(table), 1), (DRAWN if len(table) else 0, 2)), axis=1)
    levels = levels_of(table, rows[rows[:, 0] < rows[:, 1]].astype(np.int32))
    found = []
    for column in range(len(table.columns)):
        known = levels[:, column][levels[:, column] >= 0]
        counts = np.bincount(known, minlength=LEVELS).astype(np.float64) + 0.5
        counts[DIFFERENT] += 0.5
        counts /= counts.sum()
        counts[SAME] = max(float((_frequencies(table, column) ** 2).sum()), 1e-9)
        found.append(counts)
    return np.array(found)


def _frequencies(table: Table, column: int) -> Floats:
    codes = table.codes[column]
    counts = np.bincount(codes[codes >= 0], minlength=len(table.texts)).astype(np.float64)
    return np.asarray(counts / max(counts.sum(), 1.0))


def _rarity(table: Table, pairs: Ints, levels: Levels) -> Floats:
    """What agreeing values weigh beside the mean of their column."""
    found = np.zeros(len(pairs))
    for column in range(len(table.columns)):
        shares = _frequencies(table, column)
        usual = max(float((shares**2).sum()), 1e-9)
        same = levels[:, column] == SAME
        found[same] += np.log(usual / shares[table.codes[column, pairs[same, 0]]])
    return found
