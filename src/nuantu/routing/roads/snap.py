"""Which node of the road network a place is reached from, and how far that is on foot."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nuantu.routing.distance import EARTH_RADIUS_METRES, Point
from nuantu.routing.roads.graph import (
    Floats,
    Numbers,
    RawRoads,
    contract,
    main_component,
    metres_between,
)
from nuantu.routing.roads.speeds import SPEEDS, RoadSpeeds


@dataclass(frozen=True, slots=True)
class Snap:
    """`node` of the map (-1: no road within the limit), `metres` to walk from it.

    `is_island`: that road is not joined to the main network.
    """

    node: int
    metres: float
    is_island: bool = False

    @property
    def is_off_road(self) -> bool:
        return self.node < 0


def snap(roads: RawRoads, points: Sequence[Point], speeds: RoadSpeeds = SPEEDS) -> tuple[Snap, ...]:
    """The nearest road node of each (lat, lon), rather one of the main network."""
    used = np.unique(roads.refs)
    main = np.isin(used, _main_nodes(roads), assume_unique=True)
    order = np.argsort(roads.lat[used], kind="stable")
    used, main = used[order], main[order]
    lat, lon = roads.lat[used], roads.lon[used]
    band = np.degrees(speeds.snap_limit_m / EARTH_RADIUS_METRES)
    found = []
    for place_lat, place_lon in points:
        rows = slice(*np.searchsorted(lat, [place_lat - band, place_lat + band]).tolist())
        metres = metres_between(lat[rows], lon[rows], place_lat, place_lon)
        metres = np.where(metres <= speeds.snap_limit_m, metres, np.inf)
        found.append(_nearest(used[rows], metres, main[rows], speeds.step_over_m))
    return tuple(found)


def _nearest(nodes: Numbers, metres: Floats, main: NDArray[np.bool_], step_over: float) -> Snap:
    if not np.isfinite(metres).any():
        return Snap(-1, float("inf"))
    joined = np.where(main, metres, np.inf)
    best = int(np.argmin(metres))
    best_joined = int(np.argmin(joined))
    if joined[best_joined] <= metres[best] + step_over:
        return Snap(int(nodes[best_joined]), float(metres[best_joined]))
    return Snap(int(nodes[best]), float(metres[best]), is_island=True)


def _main_nodes(roads: RawRoads) -> Numbers:
    """Nodes of the map on the main network: between two of its crossings, or one of them."""
    graph = contract(roads)
    joined = np.zeros(len(roads.lat), dtype=np.bool_)
    joined[graph.raw[main_component(graph)]] = True
    is_crossing = np.zeros(len(roads.lat), dtype=np.bool_)
    is_crossing[graph.raw] = True
    at = np.flatnonzero(is_crossing[roads.refs])
    before = at[np.maximum(np.searchsorted(at, np.arange(len(roads.refs)), "right") - 1, 0)]
    after = at[np.minimum(np.searchsorted(at, np.arange(len(roads.refs)), "left"), len(at) - 1)]
    inside = joined[roads.refs[before]] & joined[roads.refs[after]]
    return np.asarray(np.unique(roads.refs[inside]), dtype=np.int64)
