"""Roads as drawn, and the graph that is left when only crossings and wanted nodes stay."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nuantu.routing.distance import EARTH_RADIUS_METRES

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]

UNITS_PER_MINUTE = 60_000  # whole milliseconds: paths add up exactly


@dataclass(frozen=True, slots=True)
class RawRoads:
    """Every node and way of the map that can be driven.

    `refs` holds the nodes (rows of `lat` and `lon`) of all ways one after another, way i from
    `begin[i]` to `begin[i + 1]`. `kmh`, `forward`, `backward`, `way_ids`, `classes` by way.
    """

    lat: Floats
    lon: Floats
    refs: Numbers
    begin: Numbers
    kmh: Floats
    forward: NDArray[np.bool_]
    backward: NDArray[np.bool_]
    way_ids: Numbers
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoadGraph:
    """Directed arcs with `units` (thousandths of a second); `way` is the row of the raw way.

    `raw` says which node of the map each node was.
    """

    lat: Floats
    lon: Floats
    tail: Numbers
    head: Numbers
    units: Numbers
    way: Numbers
    way_ids: Numbers
    classes: tuple[str, ...]
    raw: Numbers

    @property
    def node_count(self) -> int:
        return len(self.lat)

    def node_of(self, raw: Sequence[int]) -> Numbers:
        """Nodes of the graph for nodes of the map; all must have been kept."""
        found = np.searchsorted(self.raw, np.asarray(raw, dtype=np.int64))
        return np.asarray(found, dtype=np.int64)


def metres_between(
    lat1: Floats, lon1: Floats, lat2: Floats | float, lon2: Floats | float
) -> Floats:
    """Great-circle metres, element by element."""
    phi1, phi2 = np.radians(lat1), np.radians(lat2)
    half_lat = np.sin((phi2 - phi1) / 2)
    half_lon = np.sin(np.radians(lon2 - lon1) / 2)
    h = half_lat**2 + np.cos(phi1) * np.cos(phi2) * half_lon**2
    return np.asarray(2 * EARTH_RADIUS_METRES * np.arcsin(np.sqrt(np.minimum(1.0, h))))


def contract(roads: RawRoads, keep: Sequence[int] = ()) -> RoadGraph:
    """Join the pieces of road between crossings, ends and the nodes of `keep`; times stay exact."""
    way = np.repeat(np.arange(len(roads.kmh)), np.diff(roads.begin))
    kept = _kept(roads, keep)
    if len(roads.refs) < 2:
        return _graph(roads, kept, *(np.zeros(0, dtype=np.int64) for _ in range(4)))
    lat, lon = roads.lat[roads.refs], roads.lon[roads.refs]
    inside = way[1:] == way[:-1]
    metres = metres_between(lat[:-1], lon[:-1], lat[1:], lon[1:])
    minutes = np.where(inside, metres / 1000 / roads.kmh[way[1:]] * 60, 0.0)
    so_far = np.concatenate([[0.0], np.cumsum(minutes)])
    at = np.flatnonzero(kept[roads.refs])
    same = way[at[1:]] == way[at[:-1]]
    first, last = at[:-1][same], at[1:][same]
    units = np.maximum(np.rint((so_far[last] - so_far[first]) * UNITS_PER_MINUTE), 1)
    return _graph(roads, kept, first, last, units.astype(np.int64), way[first])


def _kept(roads: RawRoads, keep: Sequence[int]) -> NDArray[np.bool_]:
    times_met = np.bincount(roads.refs, minlength=len(roads.lat))
    kept = times_met > 1
    kept[roads.refs[roads.begin[:-1]]] = True
    kept[roads.refs[roads.begin[1:] - 1]] = True
    kept[np.asarray(keep, dtype=np.int64)] = True
    return np.asarray(kept, dtype=np.bool_)


def _graph(
    roads: RawRoads,
    kept: NDArray[np.bool_],
    first: Numbers,
    last: Numbers,
    units: Numbers,
    way: Numbers,
) -> RoadGraph:
    raw = np.flatnonzero(kept)
    number = np.cumsum(kept) - 1
    begin, end = number[roads.refs[first]], number[roads.refs[last]]
    along, against = roads.forward[way] & (begin != end), roads.backward[way] & (begin != end)
    return RoadGraph(
        lat=roads.lat[raw],
        lon=roads.lon[raw],
        tail=np.concatenate([begin[along], end[against]]),
        head=np.concatenate([end[along], begin[against]]),
        units=np.concatenate([units[along], units[against]]),
        way=np.concatenate([way[along], way[against]]),
        way_ids=roads.way_ids,
        classes=roads.classes,
        raw=raw,
    )


def main_component(graph: RoadGraph) -> NDArray[np.bool_]:
    """Nodes of the largest part in which everybody reaches everybody (Kosaraju, Sharir 1981)."""
    if not graph.node_count:
        return np.zeros(0, dtype=np.bool_)
    finished = _finished(*_arcs(graph.tail, graph.head, graph.node_count))
    labels = np.array(_labels(finished, *_arcs(graph.head, graph.tail, graph.node_count)))
    return np.asarray(labels == np.argmax(np.bincount(labels)), dtype=np.bool_)


def _arcs(tail: Numbers, head: Numbers, count: int) -> tuple[list[int], list[int]]:
    """Heads of the arcs of node i: from `begin[i]` to `begin[i + 1]`."""
    order = np.argsort(tail, kind="stable")
    begin = np.searchsorted(tail[order], np.arange(count + 1))
    return head[order].tolist(), begin.tolist()


def _finished(heads: list[int], begin: list[int]) -> list[int]:
    """Nodes in the order in which a depth-first search is done with them."""
    count = len(begin) - 1
    position, seen, order = list(begin[:-1]), [False] * count, []
    for root in range(count):
        path = [] if seen[root] else [root]
        seen[root] = True
        while path:
            node = path[-1]
            if position[node] == begin[node + 1]:
                order.append(path.pop())
                continue
            after = heads[position[node]]
            position[node] += 1
            if not seen[after]:
                seen[after] = True
                path.append(after)
    return order


def _labels(finished: list[int], heads: list[int], begin: list[int]) -> list[int]:
    """Strong component of each node: what reaches the last finished node is its component."""
    label = [-1] * len(finished)
    for root in reversed(finished):
        waiting = [root] if label[root] < 0 else []
        while waiting:
            node = waiting.pop()
            label[node] = root
            waiting += [tail for tail in heads[begin[node] : begin[node + 1]] if label[tail] < 0]
    return label
