"""In which order the nodes of a road graph are contracted: nested dissection by place.

A map falls into halves of equal size along a straight cut; the nodes on one side of the roads
that cross it are contracted last, and each half is cut again (George 1973). Of four directions
and three places the cut with the fewest nodes counts, so that a river or a range of hills is found;
small parts make do with the middle of two directions.
"""

import numpy as np

from nuantu.routing.roads.graph import Floats, Numbers, RoadGraph

DIRECTIONS = 4
PLACES = (0.4, 0.5, 0.6)
SMALL, LARGE = 8, 1000


def ranks(graph: RoadGraph) -> Numbers:
    """Rank of every node, lowest contracted first."""
    east = graph.lon * np.cos(np.radians(graph.lat.mean() if graph.node_count else 0.0))
    angle = np.arange(DIRECTIONS) * np.pi / DIRECTIONS
    along = np.outer(np.cos(angle), east) + np.outer(np.sin(angle), graph.lat)
    part = np.zeros(graph.node_count, dtype=np.int64)
    rank = np.empty(graph.node_count, dtype=np.int64)
    pairs = np.unique(np.sort(np.stack([graph.tail, graph.head]), axis=0), axis=1)
    waiting = [(np.arange(graph.node_count), pairs)]
    last = graph.node_count
    while waiting:
        nodes, arcs = waiting.pop()
        if len(nodes) <= SMALL or not arcs.size:
            rank[nodes] = np.arange(last - len(nodes), last)
            last -= len(nodes)
            continue
        part[nodes] = _halves(nodes, arcs, along)
        middle = nodes[part[nodes] == 2]
        rank[middle] = np.arange(last - len(middle), last)
        last -= len(middle)
        for side in (0, 1):
            inside = (part[arcs[0]] == side) & (part[arcs[1]] == side)
            waiting.append((nodes[part[nodes] == side], arcs[:, inside]))
    return rank


def _halves(nodes: Numbers, arcs: Numbers, along: Floats) -> Numbers:
    """0 and 1 for the nodes of the halves, 2 for those between, by the cheapest cut."""
    best, beyond, size = nodes, np.zeros(len(nodes), dtype=np.bool_), len(nodes) + 1
    is_large = len(nodes) > LARGE
    for row in along if is_large else along[::2]:
        line, begin, end = row[nodes], row[arcs[0]], row[arcs[1]]
        for limit in np.quantile(line, PLACES if is_large else PLACES[1:2]).tolist():
            if (line >= limit).all():
                continue
            crossing = (begin >= limit) != (end >= limit)
            first, second, swapped = arcs[0, crossing], arcs[1, crossing], begin[crossing] >= limit
            for ends in (np.where(swapped, second, first), np.where(swapped, first, second)):
                between = np.unique(ends)
                if len(between) < size:
                    best, beyond, size = between, line >= limit, len(between)
    side = beyond.astype(np.int64)
    side[np.searchsorted(nodes, best)] = 2
    return side
