"""The matrix of minutes that a problem asks for, with what the map could not answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nuantu.routing.distance import Point, haversine_metres
from nuantu.routing.roads.graph import UNITS_PER_MINUTE, Floats, Numbers, RawRoads, contract
from nuantu.routing.roads.router import UNREACHED, Conditions, router_for
from nuantu.routing.roads.snap import Snap, snap
from nuantu.routing.roads.speeds import SPEEDS, RoadSpeeds
from nuantu.routing.travel import WALK


@dataclass(frozen=True, slots=True)
class RoadMinutes:
    """`minutes` [from, to], infinite where no road leads; `snaps` in the order of the points."""

    minutes: Floats
    snaps: tuple[Snap, ...]
    node_count: int

    @property
    def unreached(self) -> tuple[int, ...]:
        """Points without a way there and back from the one that is joined to most others."""
        joined = np.isfinite(self.minutes) & np.isfinite(self.minutes.T)
        if not len(joined):
            return ()
        centre = int(np.argmax(joined.sum(axis=1)))
        return tuple(np.flatnonzero(~joined[centre]).tolist())


def road_minutes(
    roads: RawRoads,
    points: Sequence[Point],
    *,
    fixed_min: float = 0.0,
    speeds: RoadSpeeds = SPEEDS,
    conditions: Conditions | None = None,
    is_plain: bool = False,
) -> RoadMinutes:
    """Walk to the road, drive, walk from it, plus `fixed_min`; 0 from a place to itself.

    `points`: (lat, lon). `is_plain`: by Dijkstra instead of the hierarchy.
    Errors: ValueError for conditions that name an unknown way.
    """
    snaps = snap(roads, points, speeds)
    on_road = [row for row, found in enumerate(snaps) if not found.is_off_road]
    graph = contract(roads, [snaps[row].node for row in on_road])
    router = router_for(graph, is_plain=is_plain)
    if conditions is not None:
        router.apply(conditions)
    nodes = graph.node_of([snaps[row].node for row in on_road])
    minutes = np.full((len(points), len(points)), np.inf)
    walk = np.array([snaps[row].metres for row in on_road]) / 1000 / speeds.walk_kmh * 60
    drive = _minutes(router.units(nodes, nodes)) + walk[:, None] + walk[None, :] + fixed_min
    _walk_between(drive, nodes, [points[row] for row in on_road], fixed_min)
    minutes[np.ix_(on_road, on_road)] = drive
    np.fill_diagonal(minutes, 0.0)
    return RoadMinutes(minutes, snaps, graph.node_count)


def _minutes(units: Numbers) -> Floats:
    return np.where(units >= UNREACHED, np.inf, units / UNITS_PER_MINUTE)


def _walk_between(
    minutes: Floats, nodes: Numbers, points: Sequence[Point], fixed_min: float
) -> None:
    """Two places at one node are walked between, not driven."""
    pace = WALK.detour / 1000 / WALK.bands[0].kmh * 60
    order = np.argsort(nodes, kind="stable").tolist()
    groups: dict[int, list[int]] = {}
    for row in order:
        groups.setdefault(int(nodes[row]), []).append(row)
    for rows in groups.values():
        for a in rows:
            for b in rows:
                direct = haversine_metres(points[a], points[b]) * pace + fixed_min
                minutes[a, b] = min(minutes[a, b], direct)
