"""Shortest minutes on a road graph, by a customisable contraction hierarchy or by Dijkstra.

Both add whole thousandths of a second, so that they agree exactly. The hierarchy (Dibbelt,
Strasser, Wagner 2016) depends on the map alone: ice and closed roads are new weights.
"""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from nuantu.routing.roads.graph import Numbers, RoadGraph
from nuantu.routing.roads.order import ranks
from nuantu.routing.roads.sweep import FAR, Small, between, customised, ladder

UNREACHED = FAR


@dataclass(frozen=True, slots=True)
class Conditions:
    """Roads tonight: `factor` on all, `by_class` (`highway` value) and `by_way` (OSM id) on top.

    `closed`: OSM ids of ways nobody can use.
    """

    factor: float = 1.0
    by_class: Mapping[str, float] = field(default_factory=dict)
    by_way: Mapping[int, float] = field(default_factory=dict)
    closed: frozenset[int] = frozenset()

    def weights(self, graph: RoadGraph) -> Small:
        """Units of every arc. Errors: ValueError for a factor not above 0 or an unknown way."""
        factors = [self.factor, *self.by_class.values(), *self.by_way.values()]
        if min(factors) <= 0:
            message = "factors must be above 0"
            raise ValueError(message)
        known = set(graph.way_ids.tolist())
        unknown = sorted((self.closed | self.by_way.keys()) - known)
        if unknown:
            message = f"no such way: {unknown[0]}"
            raise ValueError(message)
        stretch = np.array([self.factor * self.by_class.get(name, 1.0) for name in graph.classes])
        for row, way in enumerate(graph.way_ids.tolist()) if self.by_way or self.closed else ():
            stretch[row] *= np.inf if way in self.closed else self.by_way.get(way, 1.0)
        units = np.rint(graph.units * stretch[graph.way])
        return np.asarray(np.clip(units, 1, UNREACHED), dtype=np.int32)


class Router(Protocol):
    """Answers for one graph under changing conditions."""

    def apply(self, conditions: Conditions) -> None:
        """Drive under these conditions from now on."""

    def units(self, sources: Numbers, targets: Numbers) -> Numbers:
        """Thousandths of a second [source, target]; UNREACHED where no road leads."""


def router_for(graph: RoadGraph, *, is_plain: bool = False) -> Router:
    """The hierarchy, or Dijkstra for a graph without arcs or when `is_plain`."""
    return Dijkstra(graph) if is_plain or not len(graph.tail) else Hierarchy(graph)


class Hierarchy:
    """Customisable contraction hierarchy: built once for a map, seconds for new conditions."""

    def __init__(self, graph: RoadGraph) -> None:
        self._graph = graph
        self._steps = ladder(ranks(graph), graph.tail, graph.head)
        self.apply(Conditions())

    def apply(self, conditions: Conditions) -> None:
        weights = conditions.weights(self._graph)
        self._weights = customised(self._steps, (self._graph.tail, self._graph.head), weights)

    def units(self, sources: Numbers, targets: Numbers) -> Numbers:
        return between(self._steps, self._weights, sources, targets)


class Dijkstra:
    """One search a source in plain Python: enough for a small map without the library."""

    def __init__(self, graph: RoadGraph) -> None:
        self._graph = graph
        self.apply(Conditions())

    def apply(self, conditions: Conditions) -> None:
        graph, weights = self._graph, conditions.weights(self._graph)
        order = np.argsort(graph.tail, kind="stable")
        self._begin = np.searchsorted(graph.tail[order], np.arange(graph.node_count + 1)).tolist()
        self._arcs = list(zip(graph.head[order].tolist(), weights[order].tolist(), strict=True))

    def units(self, sources: Numbers, targets: Numbers) -> Numbers:
        rows = {source: self._row(source)[targets] for source in set(sources.tolist())}
        found = [rows[source] for source in sources.tolist()]
        return np.array(found, dtype=np.int64).reshape(len(sources), len(targets))

    def _row(self, source: int) -> Numbers:
        best = [UNREACHED] * self._graph.node_count
        best[source] = 0
        heap = [(0, source)]
        while heap:
            units, node = heapq.heappop(heap)
            if units > best[node]:
                continue
            for head, weight in self._arcs[self._begin[node] : self._begin[node + 1]]:
                there = units + weight
                if there < best[head]:
                    best[head] = there
                    heapq.heappush(heap, (there, head))
        return np.array(best, dtype=np.int64)
