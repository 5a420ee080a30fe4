"""Road matrices: the contraction hierarchy against SciPy's Dijkstra, and against our plain one.

    PYTHONPATH=src python -m bench.roads [--side 450] [--stops 3000] [--sources 20]

Needs `requirements-roads.lock`, and `scipy` for the comparison. The map is an invented county: a
grid of streets, every tenth an arterial, one street in twelve missing, every ninth one-way. SciPy
is timed on a few sources and extrapolated, as it takes minutes otherwise. CPU seconds of one
thread.
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, default=450)
    parser.add_argument("--stops", type=int, default=3000)
    parser.add_argument("--sources", type=int, default=20)
    options = parser.parse_args()
    graph, made = timed(lambda: grid(options.side, 1))
    print(f"{graph.node_count} nodes, {len(graph.tail)} arcs (made in {made:.1f} s)")
    joined, seconds = timed(lambda: np.flatnonzero(main_component(graph)))
    print(f"main component: {len(joined)} nodes, {seconds:.2f} s")
    stops = np.random.default_rng(2).choice(joined, options.stops, replace=False)
    router, seconds = timed(lambda: Hierarchy(graph))
    print(f"hierarchy: build {seconds:.1f} s")
    ice = Conditions(by_class={"residential": 1.5})
    print(f"hierarchy: new weights everywhere {timed(lambda: router.apply(ice))[1]:.2f} s")
    router.apply(Conditions())
    closed = Conditions(closed=frozenset(graph.way_ids[:20].tolist()))
    print(f"hierarchy: 20 closed streets {timed(lambda: router.apply(closed))[1]:.3f} s")
    router.apply(Conditions())
    matrix, seconds = timed(lambda: router.units(stops, stops))
    print(f"hierarchy: matrix {len(stops)} x {len(stops)} {seconds:.1f} s")
    few = stops[: options.sources]
    plain, own = timed(lambda: Dijkstra(graph).units(few[:5], stops))
    print(
        f"plain Dijkstra: {own / 5 * len(stops):.0f} s (from 5 sources); largest difference to the hierarchy: {np.abs(plain - matrix[:5]).max()} ms"
    )
    if find_spec("scipy"):
        import_module("scipy.sparse.csgraph")
        rows, peer = timed(lambda: by_scipy(graph, few))
        theirs = np.minimum(rows[:, stops], UNREACHED)
        whole = peer / len(few) * len(stops)
        print(
            f"scipy: {whole:.0f} s (from {len(few)} sources), {whole / seconds:.1f} times the hierarchy; largest difference: {np.abs(theirs - matrix[: len(few)]).max():.0f} ms"
        )


if __name__ == "__main__":
    main()
