"""All minutes between many places on a customisable contraction hierarchy, sources side by side.

Nodes are numbered by rank. Arc `a` of node v leads up to `head[a]`; `up[a]` is its weight that
way, `down[a]` the weight back. Many sources share one sweep down the hierarchy, each in a lane of
a row, so that the processor handles eight at once; only ancestors of the targets are swept.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nuantu.routing.search.compiled import entry

Small = NDArray[np.int32]
Numbers = NDArray[np.int64]

FAR = 2**30 - 1  # two of them still fit
LANES = 64


@dataclass(frozen=True, slots=True)
class Ladder:
    """Upward arcs of every node, and the arcs that come up to it."""

    rank: Numbers
    begin: Numbers
    head: Small
    tail: Small
    below_begin: Numbers
    below: Small

    @property
    def node_count(self) -> int:
        return len(self.begin) - 1


def ladder(rank: Numbers, tail: Numbers, head: Numbers) -> Ladder:
    """The chordal graph that contracting the nodes by rank leaves (without weights)."""
    low, high = np.minimum(rank[tail], rank[head]), np.maximum(rank[tail], rank[head])
    above: list[set[int]] = [set() for _ in range(len(rank))]
    for node, other in np.unique(np.stack([low, high]), axis=1).T.tolist():
        above[node].add(other)
    ordered: list[list[int]] = []
    for node, others in enumerate(above):
        ordered.append(sorted(others))
        if others:
            parent = ordered[node][0]
            above[parent] |= others
            above[parent].discard(parent)
            above[node] = set()
    sizes = np.array([len(others) for others in ordered], dtype=np.int64)
    heads = np.array([other for others in ordered for other in others], dtype=np.int32)
    tails = np.repeat(np.arange(len(rank), dtype=np.int32), sizes)
    below = np.argsort(heads, kind="stable").astype(np.int32)
    return Ladder(
        rank=rank,
        begin=np.concatenate([[0], np.cumsum(sizes)]),
        head=heads,
        tail=tails,
        below_begin=np.searchsorted(heads[below], np.arange(len(rank) + 1)),
        below=below,
    )


def customised(steps: Ladder, arcs: tuple[Numbers, Numbers], weights: Small) -> tuple[Small, Small]:
    """Weights of the ladder for weights of the road arcs (`arcs`: tail and head)."""
    tail, head = steps.rank[arcs[0]], steps.rank[arcs[1]]
    span = np.int64(steps.node_count)
    key = steps.tail * span + steps.head
    at = np.searchsorted(key, np.minimum(tail, head) * span + np.maximum(tail, head))
    up, down = (np.full(len(key), FAR, dtype=np.int32) for _ in range(2))
    rising = tail < head
    np.minimum.at(up, at[rising], weights[rising])
    np.minimum.at(down, at[~rising], weights[~rising])
    place = np.zeros(steps.node_count, dtype=np.int32)
    _relax(steps.begin, steps.head, steps.tail, steps.below_begin, steps.below, place, up, down)
    return up, down


@entry
def _relax(
    begin: Numbers,
    head: Small,
    tail: Small,
    below_begin: Numbers,
    below: Small,
    place: Small,
    up: Small,
    down: Small,
) -> None:
    """Every way over a lower node: triangles in the order of the ranks."""
    for node in range(len(begin) - 1):
        for arc in range(begin[node], begin[node + 1]):
            place[head[arc]] = arc
        for row in range(below_begin[node], below_begin[node + 1]):
            first = below[row]
            for second in range(first + 1, begin[tail[first] + 1]):
                over = place[head[second]]
                up[over] = min(up[over], down[first] + up[second])
                down[over] = min(down[over], down[second] + up[first])


def between(
    steps: Ladder, weights: tuple[Small, Small], sources: Numbers, targets: Numbers
) -> Numbers:
    """Weights of the shortest paths [source, target]; FAR or more where there is none."""
    ends = steps.rank[targets]
    needed = np.zeros(steps.node_count, dtype=np.bool_)
    _ancestors(steps.begin, steps.head, ends, needed)
    swept = np.flatnonzero(needed)[::-1].copy()
    lanes = np.empty((steps.node_count, LANES), dtype=np.int32)
    found = np.empty((len(sources), len(targets)), dtype=np.int64)
    for first in range(0, len(sources), LANES):
        part = steps.rank[sources[first : first + LANES]]
        lanes.fill(FAR)
        _climb(steps.begin, steps.head, weights[0], part, lanes)
        _sweep(steps.begin, steps.head, weights[1], swept, lanes)
        found[first : first + LANES] = lanes[ends, : len(part)].T
    return found


@entry
def _ancestors(begin: Numbers, head: Small, ends: Numbers, needed: NDArray[np.bool_]) -> None:
    for row in range(len(ends)):
        node = ends[row]
        while not needed[node]:
            needed[node] = True
            if begin[node] == begin[node + 1]:
                break
            node = head[begin[node]]


@entry
def _climb(begin: Numbers, head: Small, up: Small, sources: Numbers, lanes: Small) -> None:
    """From each source up its ancestors; the parent of a node is its lowest upper neighbour."""
    for lane in range(len(sources)):
        node = sources[lane]
        lanes[node, lane] = 0
        while begin[node] < begin[node + 1]:
            so_far = lanes[node, lane]
            if so_far < FAR:
                for arc in range(begin[node], begin[node + 1]):
                    there = so_far + up[arc]
                    lanes[head[arc], lane] = min(lanes[head[arc], lane], there)
            node = head[begin[node]]


@entry
def _sweep(begin: Numbers, head: Small, down: Small, swept: Numbers, lanes: Small) -> None:
    """From the highest node down, all lanes of a row at once."""
    for row in range(len(swept)):
        node = swept[row]
        for arc in range(begin[node], begin[node + 1]):
            upper, weight = head[arc], down[arc]
            if weight < FAR:
                for lane in range(lanes.shape[1]):
                    lanes[node, lane] = min(lanes[node, lane], lanes[upper, lane] + weight)
