"""Road matrices: our hierarchy against RoutingKit's, SciPy's Dijkstra and our plain one.

    PYTHONPATH=src python -m bench.roads [--side 450] [--stops 3000] [--sources 20]

`pyroutingkit` and `scipy` take part where they are installed. The map is an invented county: a
grid of streets, every tenth an arterial, one street in twelve missing, every ninth one-way. SciPy
and Dijkstra are timed on a few sources and extrapolated. CPU seconds of one thread.
"""

import argparse
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from nuantu.routing.roads import Conditions, RoadGraph
from nuantu.routing.roads.graph import Numbers, main_component
from nuantu.routing.roads.router import UNREACHED, Dijkstra, Hierarchy


def grid(side: int, seed: int) -> RoadGraph:
    """About side² nodes and 3.5 side² arcs."""
    rng = np.random.default_rng(seed)
    row, column = (axis.ravel() for axis in np.indices((side, side)))
    lat = 26.5 + (row + rng.uniform(-0.3, 0.3, row.size)) * 0.001
    lon = 107.9 + (column + rng.uniform(-0.3, 0.3, row.size)) * 0.001
    number = np.arange(side * side).reshape(side, side)
    tails = np.concatenate([number[:, :-1].ravel(), number[:-1, :].ravel()])
    heads = np.concatenate([number[:, 1:].ravel(), number[1:, :].ravel()])
    street = np.concatenate(
        [row.reshape(side, side)[:, :-1].ravel(), column.reshape(side, side)[:-1, :].ravel()]
    )
    arterial = street % 10 == 0
    keep = arterial | (rng.random(tails.size) > 1 / 12)
    one_way = (street % 9 == 4) & ~arterial
    units = np.rint(rng.uniform(80, 130, tails.size) / np.where(arterial, 14, 7) * 1000)
    along, against = keep, keep & ~one_way
    way = np.arange(tails.size)
    return RoadGraph(
        lat,
        lon,
        np.concatenate([tails[along], heads[against]]),
        np.concatenate([heads[along], tails[against]]),
        np.concatenate([units[along], units[against]]).astype(np.int64),
        np.concatenate([way[along], way[against]]),
        way + 1,
        tuple(np.where(arterial, "primary", "residential").tolist()),
        np.arange(side * side),
    )


def timed(what: Callable[[], Any]) -> tuple[Any, float]:
    """Its answer and its CPU seconds."""
    begin = time.process_time()
    answer = what()
    return answer, time.process_time() - begin


def by_scipy(graph: RoadGraph, sources: Numbers) -> Numbers:
    """Distances from a few sources to every node."""
    sparse: Any = import_module("scipy.sparse")
    order = np.lexsort((graph.units, graph.head, graph.tail))
    first = np.unique(np.stack([graph.tail[order], graph.head[order]]), axis=1, return_index=True)[
        1
    ]
    arcs = order[first]
    size = (graph.node_count, graph.node_count)
    matrix = sparse.csr_matrix(
        (graph.units[arcs].astype(float), (graph.tail[arcs], graph.head[arcs])), size
    )
    return np.asarray(sparse.csgraph.dijkstra(matrix, indices=sources))


class Library:
    """The hierarchy of RoutingKit by its Python binding, with the same weights."""

    def __init__(self, graph: RoadGraph) -> None:
        library: Any = import_module("pyroutingkit")
        topology = library.CCHTopology()
        ends = graph.tail.astype(np.uint32), graph.head.astype(np.uint32)
        place = graph.lat.astype(np.float32), graph.lon.astype(np.float32)
        topology.build(*ends, *place, graph.node_count)
        self.metric = library.CCHMetric(topology)
        self.metric.customize(Conditions().weights(graph).astype(np.uint32))

    def units(self, stops: Numbers) -> Numbers:
        """Many to many."""
        nodes = stops.astype(np.uint32)
        found = np.asarray(self.metric.distances_many_to_many(nodes, nodes), dtype=np.int64)
        return np.minimum(found.reshape(len(nodes), len(nodes)), UNREACHED)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, default=450)
    parser.add_argument("--stops", type=int, default=3000)
    parser.add_argument("--sources", type=int, default=20)
    options = parser.parse_args()
    warm = grid(10, 1)
    Hierarchy(warm).units(np.arange(5), np.arange(5))
    graph = grid(options.side, 1)
    print(f"{graph.node_count} nodes, {len(graph.tail)} arcs")
    joined = np.flatnonzero(main_component(graph))
    stops = np.random.default_rng(2).choice(joined, options.stops, replace=False)
    router, seconds = timed(lambda: Hierarchy(graph))
    print(f"ours: build {seconds:.1f} s")
    ice = Conditions(by_class={"residential": 1.5})
    print(f"ours: new weights {timed(lambda: router.apply(ice))[1]:.2f} s")
    router.apply(Conditions())
    matrix, ours = timed(lambda: router.units(stops, stops))
    print(f"ours: matrix {len(stops)} x {len(stops)} {ours:.1f} s")
    few = stops[: options.sources]
    rows, seconds = timed(lambda: Dijkstra(graph).units(few[:5], stops))
    report("plain Dijkstra", seconds / 5 * len(stops) / ours, np.abs(rows - matrix[:5]).max())
    if find_spec("scipy"):
        import_module("scipy.sparse.csgraph")
        found, seconds = timed(lambda: by_scipy(graph, few))
        gap = np.abs(np.minimum(found[:, stops], UNREACHED) - matrix[: len(few)]).max()
        report("scipy", seconds / len(few) * len(stops) / ours, gap)
    if find_spec("pyroutingkit"):
        library, seconds = timed(lambda: Library(graph))
        print(f"pyroutingkit: build {seconds:.1f} s")
        theirs, seconds = timed(lambda: library.units(stops))
        report("pyroutingkit", seconds / ours, np.abs(theirs - matrix).max())


def report(peer: str, ratio: float, gap: float) -> None:
    """One line for a peer."""
    print(f"{peer}: matrix {ratio:.1f} times ours, largest difference {gap:.0f} ms", flush=True)


if __name__ == "__main__":
    main()
