"""Minutes between all places of a problem, as the search wants them.

The last tables are kept: a plan made anew during a shift asks for the same places again, with a few
teams standing elsewhere, and only their rows are worked out. Each travel factor has its own.
"""

from dataclasses import dataclass

import numpy as np

from nuantu.routing.problem import Problem, Travel
from nuantu.routing.search.layout import Floats, Ints, Singles

EARTH_KM = 6371.0088
BLOCK = 128  # rows made together
MOST_KEPT = 1000  # places; more would hold too much memory
MOST_TABLES = 3

Spot = tuple[float, float]
Way = tuple[Travel, float, bool]  # travel, travel factor of a team, whether on the globe


@dataclass(frozen=True)
class _Kept:
    """A table by distance. `row`: of a point, by its coordinates."""

    way: Way
    row: dict[Spot, int]
    minutes: Singles


_kept: list[_Kept] = []


def minutes_between(problem: Problem, order: Ints, factor: float = 1.0) -> Singles:
    """[V, V] minutes between places: locations in the new order, then depots; all ways open.

    `factor`: the travel factor of the team.
    """
    depots = len(problem.depots)
    rows = np.concatenate([order + depots, np.arange(depots)])
    travel = problem.travel
    if travel.matrix is not None:
        matrix = np.array(travel.matrix, np.float32).reshape(len(rows), len(rows))
        times = np.float32(travel.factor * factor)
        return np.ascontiguousarray(matrix[np.ix_(rows, rows)] * times)
    places = problem.places
    spots = [(places[row].x, places[row].y) for row in rows.tolist()]
    way = (travel, factor, bool(places) and places[0].on_globe)
    found = _from_kept(way, spots)
    if found is None:
        points = np.array(spots, float).reshape(-1, 2)
        found = _by_distance(way, points, points)
        if len(spots) <= MOST_KEPT:
            row_of = {spot: row for row, spot in enumerate(spots)}
            others = [kept for kept in _kept if kept.way != way]
            _kept[:] = [_Kept(way, row_of, found.copy()), *others[: MOST_TABLES - 1]]
    return found


def all_minutes(problem: Problem, factor: float = 1.0) -> Singles:
    """[V, V] minutes between places in the order of the problem, depots first; all ways open."""
    spots, depots = len(problem.locations), len(problem.depots)
    found = minutes_between(problem, np.arange(spots), factor)
    rows = np.concatenate([np.arange(depots) + spots, np.arange(spots)])
    return np.ascontiguousarray(found[np.ix_(rows, rows)])


def _from_kept(way: Way, spots: list[Spot]) -> Singles | None:
    """The kept table with rows for what is new, where most of it is known."""
    kept = next((kept for kept in _kept if kept.way == way), None)
    if kept is None:
        return None
    known = np.array([kept.row.get(spot, -1) for spot in spots], np.int64)
    new = np.flatnonzero(known < 0)
    if len(new) > len(spots) // 4:
        return None
    found = kept.minutes[np.ix_(known, known)]
    if len(new):
        points = np.array(spots, float)
        found[new] = _by_distance(way, points[new], points)
        found[:, new] = found[new].T
    return found


def _by_distance(way: Way, origins: Floats, points: Floats) -> Singles:
    """[origins, points] minutes; the same both ways."""
    travel, factor, on_globe = way
    found = np.empty((len(origins), len(points)), np.float32)
    for begin in range(0, len(origins), BLOCK):
        some = slice(begin, begin + BLOCK)
        road = _straight(origins[some], points, on_globe=on_globe) * travel.detour
        speed = np.full(road.shape, travel.speeds[-1][1], float)
        for limit, kmh in reversed(travel.speeds):
            speed[road < limit] = kmh
        minutes = (road / speed * 60 * factor + travel.fixed_min) * travel.factor
        found[some] = np.where(road > 0, minutes, 0.0)
    return found


def _straight(origins: Floats, points: Floats, *, on_globe: bool) -> Floats:
    """[origins, points] kilometres."""
    if not on_globe:
        away = origins[:, None, :] - points[None, :, :]
        return np.asarray(np.hypot(away[:, :, 0], away[:, :, 1]))
    lat, lon = np.radians(points[:, 1]), np.radians(points[:, 0])
    from_lat, from_lon = np.radians(origins[:, 1, None]), np.radians(origins[:, 0, None])
    half = np.sin((lat - from_lat) / 2) ** 2
    half += np.cos(from_lat) * np.cos(lat) * np.sin((lon - from_lon) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, half))))
