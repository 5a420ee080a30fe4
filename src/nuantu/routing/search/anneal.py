"""Compiled: simulated annealing over ruined and recreated weeks."""

import numpy as np

from nuantu.routing.search.compiled import entry, kernel
from nuantu.routing.search.layout import (
    AT_NIGHT,
    B_COST,
    B_MISSING,
    C_BETTER,
    C_DIRTY,
    C_LACK,
    C_POOL,
    C_STEP,
    C_TOUCHED,
    COUNT,
    LACK_AT,
    NIGHT,
    R_BEST,
    R_DIRTY,
    R_DIRTY_LIST,
    R_SIZE,
    R_TOUCHED_LIST,
    T_MISSING,
    T_NIGHT,
    VISITS,
    Desk,
    Routes,
    Week,
)
from nuantu.routing.search.recreate import recreate
from nuantu.routing.search.ruin import close_up, ruin
from nuantu.routing.search.walk import (
    book,
    cost,
    draw,
    enter,
    leave,
    list_lack,
    note_idle,
    touch,
)

ENOUGH = 1e-7
NOTHING = 1e300


@kernel
def _take_back(week: Week, routes: Routes, desk: Desk) -> None:
    """Undo this step."""
    touched = desk.tally[C_TOUCHED]
    for k in range(touched):
        row = desk.route[k, R_TOUCHED_LIST]
        book(week, routes, row, -1)
        for p in range(routes.size[row]):
            leave(week, routes, desk, routes.stops[row, p], row)
    for k in range(touched):
        row = desk.route[k, R_TOUCHED_LIST]
        night, size = week.shift[row, NIGHT], desk.route[row, R_SIZE]
        routes.size[row] = size
        for p in range(size):
            spot = desk.old_stops[row, p]
            routes.stops[row, p] = spot
            enter(week, routes, desk, spot, row)
            routes.at[spot, night, 1] = p
        for p in range(size + 1):
            for c in range(6):
                routes.stop[row, p, c] = desk.old_stop[row, p, c]
        for c in range(4):
            routes.sums[row, c] = desk.old_sums[row, c]
        note_idle(week, routes, desk, row)
        book(week, routes, row, 1)


@kernel
def _keep(routes: Routes, desk: Desk) -> None:
    """Note which routes differ from the best plan."""
    for k in range(desk.tally[C_TOUCHED]):
        row = desk.route[k, R_TOUCHED_LIST]
        if not desk.route[row, R_DIRTY]:
            desk.route[row, R_DIRTY] = 1
            desk.route[desk.tally[C_DIRTY], R_DIRTY_LIST] = row
            desk.tally[C_DIRTY] += 1


@kernel
def _save_best(week: Week, routes: Routes, desk: Desk) -> None:
    """Copy the routes that differ when the plan is better than the best one."""
    missing = routes.total[T_MISSING] + routes.total[T_NIGHT]
    now = cost(week, routes)
    if now >= desk.best[B_COST] - ENOUGH:
        return
    desk.best[B_MISSING], desk.best[B_COST] = missing, now
    desk.tally[C_BETTER] += 1
    for k in range(desk.tally[C_DIRTY]):
        row = desk.route[k, R_DIRTY_LIST]
        desk.route[row, R_DIRTY] = 0
        desk.route[row, R_BEST] = routes.size[row]
        for p in range(routes.size[row]):
            desk.best_stops[row, p] = routes.stops[row, p]
    desk.tally[C_DIRTY] = 0


@kernel
def _begin(desk: Desk) -> None:
    desk.tally[C_STEP] += 1
    desk.tally[C_TOUCHED] = 0


@kernel
def _search(week: Week, routes: Routes, desk: Desk, steps: int, warm: float, cold: float) -> None:
    """So many steps from one temperature to another (both in the unit of the cost)."""
    heat, fall = warm, (cold / warm) ** (1.0 / max(1, steps))
    before = cost(week, routes)
    for _ in range(steps):
        _begin(desk)
        ruin(week, routes, desk)
        recreate(week, routes, desk)
        after = cost(week, routes)
        if after <= before - heat * np.log(1.0 - draw(desk)):
            _keep(routes, desk)
            before = after
            if after < desk.best[B_COST] - ENOUGH:
                _save_best(week, routes, desk)
        else:
            _take_back(week, routes, desk)
        heat *= fall


@kernel
def _build(week: Week, routes: Routes, desk: Desk) -> None:
    """Insert everything that is promised and not there; then the plan is the best so far."""
    _begin(desk)
    desk.tally[C_POOL] = 0
    for k in range(desk.tally[C_LACK]):
        spot = routes.lack[k]
        for _ in range(routes.held[spot, COUNT], week.wants[spot, VISITS]):
            desk.pool[desk.tally[C_POOL]] = spot
            desk.tally[C_POOL] += 1
    recreate(week, routes, desk)
    _keep(routes, desk)
    _save_best(week, routes, desk)


@kernel
def _load_route(week: Week, routes: Routes, desk: Desk, row: int) -> None:
    routes.size[row] = desk.route[row, R_BEST]
    for p in range(routes.size[row]):
        routes.stops[row, p] = desk.best_stops[row, p]
        enter(week, routes, desk, routes.stops[row, p], row)
    close_up(week, routes, desk, row)
    touch(routes, desk, row)


@kernel
def _load(week: Week, routes: Routes, desk: Desk) -> None:
    """Make the best plan the current one, with all sums counted anew; what can not be goes."""
    routes.total[:] = 0.0
    routes.team[:] = 0.0
    routes.at[:, :, 0] = -1
    routes.held[:, :] = 0
    routes.held[:, LACK_AT] = -1
    routes.idle_at[:] = -1
    desk.idle_tally[:] = 0
    desk.tally[C_LACK], desk.tally[C_DIRTY], desk.tally[C_POOL] = 0, 0, 0
    for spot in range(len(week.wants)):
        routes.total[T_MISSING] += week.wants[spot, VISITS]
        routes.total[T_NIGHT] += week.wants[spot, AT_NIGHT]
        list_lack(week, routes, desk, spot)
    _begin(desk)
    for row in range(len(routes.size)):
        desk.route[row, R_DIRTY] = 0
        _load_route(week, routes, desk, row)
    _keep(routes, desk)
    desk.best[B_COST] = NOTHING
    _save_best(week, routes, desk)


@entry
def run(week: Week, routes: Routes, desk: Desk, steps: int, warm: float, cold: float) -> None:
    """Search on for so many steps; with none, load the best plan and insert what is promised."""
    if steps > 0:
        _search(week, routes, desk, steps, warm, cold)
    else:
        _load(week, routes, desk)
        _build(week, routes, desk)
