"""Chains that share one large week: each works on its own teams and places, and all are joined again.

A part is some teams with all their shifts, and the places that no shift of another part visits.
What a chain may not change stays in its plan, so each of its plans is one of the whole week, and
the changes of all parts may be made together.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nuantu.routing.search import layout
from nuantu.routing.search.layout import Desk, Floats, Ints, Routes, Shorts, Week
from nuantu.routing.search.pack import Packed

WHOLE = 1 << 20  # more stops than any route has, all of them as they are
TURN = 2.399963  # radians from one cut to the next: no direction comes again
WINDOW = 400  # places whose surroundings are worked on for a turn, so that they stay at hand


@dataclass(frozen=True)
class Held:
    """The stops of a whole plan."""

    stops: Shorts
    size: Ints


def current(routes: Routes) -> Held:
    """The plan that a chain stands on."""
    return Held(routes.stops.copy(), routes.size.copy())


def best(desk: Desk) -> Held:
    """The best plan of a chain."""
    return Held(desk.best_stops.copy(), desk.route[:, layout.R_BEST].copy())


def joined(plans: Sequence[Held], part_of_row: Ints) -> Held:
    """Every route as the chain has it that may change it."""
    stops, size = plans[0].stops.copy(), plans[0].size.copy()
    for part, plan in enumerate(plans[1:], start=1):
        mine = part_of_row == part
        stops[mine], size[mine] = plan.stops[mine], plan.size[mine]
    return Held(stops, size)


def travel(week: Week, plan: Held) -> float:
    """Minutes on the road of a whole plan."""
    shift, stops = week.shift, plan.stops
    rows, last = np.flatnonzero(plan.size), plan.size[plan.size > 0] - 1
    own = shift[:, layout.OWN]
    before = np.concatenate([shift[:, layout.START, None], stops[:, :-1]], axis=1)
    legs = week.toward[own[:, None] + stops, before]
    is_stop = np.arange(stops.shape[1]) < plan.size[:, None]
    ways_home = week.away[own[rows] + stops[rows, last], shift[rows, layout.END]]
    return float(legs[is_stop].sum(dtype=float) + ways_home.sum(dtype=float))


def put(desk: Desk, plan: Held) -> None:
    """Lay a plan on the desk."""
    desk.best_stops[:] = plan.stops
    desk.route[:, layout.R_BEST] = plan.size


class Cut:
    """A cut of the week into so many parts, across a direction that differs each time."""

    def __init__(self, packed: Packed, routes: Routes, parts: int, number: int) -> None:
        angle = TURN * number
        spots = _along(packed, angle)
        mean = _middle_of_teams(packed, routes, spots)
        loads = np.bincount(
            packed.week.shift[:, layout.TEAM], weights=routes.size, minlength=len(mean)
        )
        order = np.argsort(mean, kind="stable")
        share = (np.cumsum(loads[order]) - loads[order] / 2) / max(1.0, loads.sum())
        part = np.minimum((share * parts).astype(np.int64), parts - 1)
        part_of_team = np.empty(len(mean), np.int64)
        part_of_team[order] = part
        self.of_row: Ints = part_of_team[packed.week.shift[:, layout.TEAM]]
        starts = [mean[order][part == one].min(initial=math.inf) for one in range(1, parts)]
        self.of_spot = self._of_spots(routes, np.searchsorted(starts, spots, side="right"))

    def _of_spots(self, routes: Routes, by_place: Ints) -> Ints:
        """The part of each place; -1 where shifts of several parts visit it."""
        row = routes.at[:, :, 0]
        part = np.where(row >= 0, self.of_row[row], -1)
        most = part.max(axis=1, initial=-1)
        least = np.where(row >= 0, part, WHOLE).min(axis=1, initial=WHOLE)
        return np.asarray(np.where(most < 0, by_place, np.where(least == most, most, -1)), np.int64)


def close(week: Week, open_week: Week, cut: Cut, part: int) -> Ints:
    """Let a chain change only its own part of a week; the places of the part."""
    week.shift[:, layout.FROZEN] = np.where(
        cut.of_row == part, open_week.shift[:, layout.FROZEN], WHOLE
    )
    week.wants[:, layout.NIGHTS] = np.where(
        cut.of_spot == part, open_week.wants[:, layout.NIGHTS], 0
    )
    return np.flatnonzero(cut.of_spot == part)


def window(desk: Desk, places: Ints, number: int) -> None:
    """Let seeds be drawn from the next stretch of these places, which lie along a curve."""
    if not len(places):
        return
    pieces = max(1, round(len(places) / WINDOW))
    edges = np.linspace(0, len(places), pieces + 1).astype(np.int64)
    some = places[edges[number % pieces] : edges[number % pieces + 1]]
    desk.seeds[: len(some)] = some
    desk.tally[layout.C_SEEDS] = len(some)


def _along(packed: Packed, angle: float) -> Floats:
    """How far each place lies in a direction."""
    places = packed.problem.locations
    points = np.array([(places[row].x, places[row].y) for row in packed.order.tolist()], float)
    return np.asarray(points.reshape(-1, 2) @ [math.cos(angle), math.sin(angle)])


def _middle_of_teams(packed: Packed, routes: Routes, spots: Floats) -> Floats:
    """The mean of a team's stops in that direction; of all places for one without stops."""
    team = packed.week.shift[:, layout.TEAM]
    held = np.arange(routes.stops.shape[1]) < routes.size[:, None]
    sums = np.where(held, spots[routes.stops], 0.0).sum(axis=1)
    teams = len(packed.week.hours)
    total = np.bincount(team, weights=sums, minlength=teams)
    count = np.bincount(team, weights=routes.size, minlength=teams)
    return np.asarray(np.where(count > 0, total / np.maximum(count, 1), spots.mean()))
