"""Effects on the log rate: overall, kind, hour, hour of a kind, level, level of a kind.

Each group of effects is Gaussian with one variance of its own, estimated with the rest; hours
next to each other are alike (a random walk, held by a small ridge).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nuantu.routing.learning.gamma import Array

RIDGE = 0.1
START_VARIANCE = 0.5
# Inverse gamma: as if three effects of standard deviation 0.35 had been seen before.
PRIOR_COUNT, PRIOR_VARIANCE = 3.0, 0.125


@dataclass(frozen=True, slots=True)
class Group:
    """A run of effects `begin:end` with the precision `structure / variance`."""

    begin: int
    end: int
    structure: Array

    @property
    def size(self) -> int:
        return self.end - self.begin

    def variance(self, effects: Array, covariance: Array) -> float:
        """EM step: expected squared effects, with the prior on the variance."""
        part = slice(self.begin, self.end)
        square = effects[part] @ self.structure @ effects[part]
        spread = np.sum(self.structure * covariance[part, part])
        return float((square + spread + PRIOR_COUNT * PRIOR_VARIANCE) / (self.size + PRIOR_COUNT))


@dataclass(frozen=True, slots=True)
class Effects:
    """`design`: rows [kind, hour, level] by effects, 1 where the effect counts."""

    design: Array
    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        return int(self.design.shape[-1])

    def precision(self, variances: Array, overall: float) -> Array:
        """Prior precision of all effects; `overall` is that of the first, the level of all."""
        found = np.zeros((self.count, self.count))
        found[0, 0] = overall
        for group, variance in zip(self.groups, variances, strict=True):
            part = slice(group.begin, group.end)
            found[part, part] = group.structure / variance
        return found


def effects_of(kinds: int, blocks: int, levels: int) -> Effects:
    """The effects of so many kinds, hours and levels."""
    kind, hour, level = (axis.ravel() for axis in np.indices((kinds, blocks, levels)))
    walk = _walk(blocks)
    groups: list[Group] = []
    columns = [np.zeros(kind.size, dtype=np.intp)]
    begin = 1
    for index, structure in (
        (kind, np.eye(kinds)),
        (hour, walk),
        (kind * blocks + hour, np.asarray(np.kron(np.eye(kinds), walk), np.float64)),
        (level, np.eye(levels)),
        (kind * levels + level, np.eye(kinds * levels)),
    ):
        groups.append(Group(begin, begin + len(structure), structure))
        columns.append(begin + index)
        begin += len(structure)
    design = np.zeros((kind.size, begin))
    rows: NDArray[np.intp] = np.arange(kind.size)
    for column in columns:
        design[rows, column] = 1.0
    return Effects(design.reshape(kinds, blocks, levels, begin), tuple(groups))


def _walk(blocks: int) -> Array:
    steps = np.diff(np.eye(blocks), axis=0)
    return np.asarray(steps.T @ steps + RIDGE * np.eye(blocks))
