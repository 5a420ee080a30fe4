"""Compiled: put what was taken out back into the plan, in an order drawn by chance."""

from nuantu.routing.search.compiled import kernel
from nuantu.routing.search.insertion import LEAST, best_place, insert
from nuantu.routing.search.layout import (
    C_POOL,
    COUNT,
    P_NIGHTS,
    PEAK,
    REMOTE,
    VISITS,
    Desk,
    Routes,
    Week,
)
from nuantu.routing.search.nights import insert_nights
from nuantu.routing.search.walk import draw


@kernel
def _order(desk: Desk) -> None:
    """Sort the pool by its keys."""
    pool, key = desk.pool, desk.key
    for i in range(1, desk.tally[C_POOL]):
        spot, value, j = pool[i], key[i], i - 1
        while j >= 0 and key[j] > value:
            pool[j + 1], key[j + 1] = pool[j], key[j]
            j -= 1
        pool[j + 1], key[j + 1] = spot, value


@kernel
def _rank(week: Week, routes: Routes, desk: Desk) -> None:
    """Choose an order of insertion by chance: any, best hours, far or near, fewest free nights."""
    kind = draw(desk)
    for i in range(desk.tally[C_POOL]):
        spot = desk.pool[i]
        key = draw(desk)
        if kind < 0.3:
            key = -week.spot[spot, PEAK] * (0.8 + 0.4 * key)
        elif kind < 0.45:
            key = -week.spot[spot, REMOTE] * (0.9 + 0.2 * key)
        elif kind < 0.55:
            key = week.spot[spot, REMOTE] * (0.9 + 0.2 * key)
        elif kind < 0.65:
            key -= week.wants[spot, VISITS]
        desk.key[i] = key
        if routes.held[spot, COUNT] >= week.wants[spot, VISITS]:
            desk.key[i] += 1e6
    _order(desk)


@kernel
def _insert_visit(week: Week, routes: Routes, desk: Desk, spot: int) -> None:
    """A promised visit wherever it fits, another where it pays."""
    change, row, p = best_place(week, routes, desk, spot)
    is_owed = routes.held[spot, COUNT] < week.wants[spot, VISITS]
    if row >= 0 and (is_owed or change < -LEAST):
        insert(week, routes, desk, spot, row, p)


@kernel
def recreate(week: Week, routes: Routes, desk: Desk) -> None:
    """Insert the pool one by one: by chance each visit alone, or all nights of a place at once."""
    _rank(week, routes, desk)
    are_together = draw(desk) < desk.tune[P_NIGHTS]
    for i in range(desk.tally[C_POOL]):
        spot = desk.pool[i]
        if are_together:
            insert_nights(week, routes, desk, spot)
        if not are_together or routes.held[spot, COUNT] < week.wants[spot, VISITS]:
            _insert_visit(week, routes, desk, spot)
