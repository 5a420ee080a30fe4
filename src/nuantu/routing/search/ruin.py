"""Compiled: take visits out of the plan, near each other in place or in time."""

from nuantu.routing.search.compiled import kernel
from nuantu.routing.search.layout import (
    ARRIVE,
    BACK,
    C_LACK,
    C_POOL,
    C_SEED,
    C_SEEDS,
    C_STEP,
    C_TOUCHED,
    COUNT,
    FROZEN,
    HAS_HOURS,
    HAS_REWARD,
    LEAVES,
    N_EXTRA,
    N_REMOVE,
    N_STRING,
    NIGHTS,
    P_CLUSTER,
    R_PULLED,
    R_TOUCHED_LIST,
    TEAM,
    VISITED,
    VISITS,
    Desk,
    Routes,
    Week,
)
from nuantu.routing.search.walk import (
    EPSILON,
    book,
    draw,
    is_open,
    lay,
    leave,
    note_idle,
    touch,
)


@kernel
def _into_pool(desk: Desk, spot: int) -> None:
    desk.pool[desk.tally[C_POOL]] = spot
    desk.tally[C_POOL] += 1


@kernel
def pull(week: Week, routes: Routes, desk: Desk, row: int, p: int) -> int:
    """Take one stop out; it is only marked until `close_up`. Number of stops taken."""
    spot = routes.stops[row, p]
    if spot < 0 or p < week.shift[row, FROZEN] or not week.wants[spot, NIGHTS]:
        return 0
    if desk.route[row, R_PULLED] != desk.tally[C_STEP]:
        desk.route[row, R_PULLED] = desk.tally[C_STEP]
        touch(routes, desk, row)
        book(week, routes, row, -1)
    routes.stops[row, p] = -1 - spot
    leave(week, routes, desk, spot, row)
    _into_pool(desk, spot)
    return 1


@kernel
def _pull_string(week: Week, routes: Routes, desk: Desk, row: int, p: int) -> int:
    """A string of stops around position `p`, sometimes with a part kept in the middle."""
    size = routes.size[row]
    length = 1 + int(draw(desk) * min(desk.tune[N_STRING], size))
    first = max(0, min(p - int(draw(desk) * length), size - length))
    kept, kept_end = -1, -1
    if length > 2 and draw(desk) < 0.3:
        kept = first + int(draw(desk) * length)
        kept_end = kept + 1 + int(draw(desk) * 2)
    taken = 0
    for q in range(first, min(size, first + length)):
        if q < kept or q >= kept_end:
            taken += pull(week, routes, desk, row, q)
    return taken


@kernel
def _some_nights(desk: Desk, nights: int) -> int:
    """Mask of all nights, one of them, or any."""
    kind = draw(desk)
    if kind < 0.4:
        return (1 << nights) - 1
    if kind < 0.7:
        return 1 << int(draw(desk) * nights)
    return 1 + int(draw(desk) * ((1 << nights) - 1))


@kernel
def _pull_strings(week: Week, routes: Routes, desk: Desk) -> None:
    nights = week.clash.shape[1]
    mask = _some_nights(desk, nights)
    budget = 1 + int(draw(desk) * 2 * desk.tune[N_REMOVE])
    begin = int(draw(desk) * nights)
    seed = desk.tally[C_SEED]
    for k in range(-1, week.near.shape[1]):
        spot = week.near[seed, k] if k >= 0 else seed
        for turn in range(nights):
            night = (begin + turn) % nights
            if routes.held[spot, VISITED] & mask >> night << night & 1 << night:
                row, p = routes.at[spot, night, 0], routes.at[spot, night, 1]
                if desk.route[row, R_PULLED] != desk.tally[C_STEP]:
                    budget -= _pull_string(week, routes, desk, row, p)
            if budget <= 0:
                return


@kernel
def _pull_cluster(week: Week, routes: Routes, desk: Desk) -> None:
    """All nights of a location and of some of its neighbours."""
    budget = 1 + int(draw(desk) * 2 * desk.tune[N_REMOVE])
    seed = desk.tally[C_SEED]
    for k in range(-1, week.near.shape[1]):
        spot = week.near[seed, k] if k >= 0 else seed
        if k >= 0 and draw(desk) < 0.3:
            continue
        for night in range(week.clash.shape[1]):
            if routes.held[spot, VISITED] >> night & 1:
                row, p = routes.at[spot, night, 0], routes.at[spot, night, 1]
                budget -= pull(week, routes, desk, row, p)
        if budget <= 0:
            return


@kernel
def _drop_stop(week: Week, routes: Routes, desk: Desk, row: int) -> bool:
    """Mark a stop that is closed, else the last one; False when none may go."""
    frozen, size = week.shift[row, FROZEN], routes.size[row]
    worst = size - 1
    for p in range(frozen, size):
        if not is_open(week, routes.stops[row, p], routes.stop[row, p, ARRIVE]):
            worst = p
            break
    if worst < frozen:
        return False
    spot = routes.stops[row, worst]
    leave(week, routes, desk, spot, row)
    _into_pool(desk, spot)
    routes.stops[row, worst] = -1 - spot
    return True


@kernel
def _compact(routes: Routes, row: int) -> None:
    size = 0
    for p in range(routes.size[row]):
        if routes.stops[row, p] >= 0:
            routes.stops[row, size] = routes.stops[row, p]
            size += 1
    routes.size[row] = size


@kernel
def close_up(week: Week, routes: Routes, desk: Desk, row: int) -> None:
    """Close the holes of a route; stops that fit no longer go too."""
    _compact(routes, row)
    team = week.shift[row, TEAM]
    while True:
        fits = lay(week, routes, row)
        if fits and week.has[HAS_HOURS]:
            minutes = routes.sums[row, BACK] - week.clock[row, LEAVES]
            fits = routes.team[team] + minutes <= week.hours[team] + EPSILON
        if fits or not _drop_stop(week, routes, desk, row):
            break
        _compact(routes, row)
    note_idle(week, routes, desk, row)
    book(week, routes, row, 1)


@kernel
def _offer(week: Week, routes: Routes, desk: Desk) -> None:
    """Into the pool: visits that are lacking near the seed, and some that might pay."""
    seed = desk.tally[C_SEED]
    for k in range(-1, week.near.shape[1]):
        spot = week.near[seed, k] if k >= 0 else seed
        for _ in range(routes.held[spot, COUNT], week.wants[spot, VISITS]):
            _into_pool(desk, spot)
    if not week.has[HAS_REWARD] or week.near.shape[1] == 0:
        return
    for _ in range(int(desk.tune[N_EXTRA] * draw(desk) + 0.5)):
        spot = week.near[seed, int(draw(desk) * week.near.shape[1])]
        if routes.held[spot, COUNT] >= week.wants[spot, VISITS]:
            _into_pool(desk, spot)


@kernel
def ruin(week: Week, routes: Routes, desk: Desk) -> None:
    """Take a part of the plan out and put it into the pool."""
    desk.tally[C_POOL] = 0
    lacking = desk.tally[C_LACK]
    if lacking > 0 and draw(desk) < 0.5:
        seed = int(routes.lack[int(draw(desk) * lacking)])
    else:
        seed = int(desk.seeds[int(draw(desk) * desk.tally[C_SEEDS])])
    desk.tally[C_SEED] = seed
    _offer(week, routes, desk)
    if draw(desk) < desk.tune[P_CLUSTER]:
        _pull_cluster(week, routes, desk)
    else:
        _pull_strings(week, routes, desk)
    for k in range(desk.tally[C_TOUCHED]):
        close_up(week, routes, desk, desk.route[k, R_TOUCHED_LIST])
