"""Compiled: one route with its clock, and the sums of the plan that follow from it."""

import numpy as np

from nuantu.routing.search.compiled import kernel
from nuantu.routing.search.layout import (
    ARRIVE,
    AT_NIGHT,
    BACK,
    C_LACK,
    C_STEP,
    C_TOUCHED,
    COUNT,
    COUNT_NIGHT,
    DAWN,
    DUSK,
    END,
    ENDS,
    GAIN,
    HAS_HOMES,
    HAS_NIGHT,
    HAS_REWARD,
    HAS_WINDOWS,
    HOME,
    HOPE,
    LACK_AT,
    LATEST,
    LEAVES,
    LEFT,
    LEG,
    LOAD,
    LOADED,
    MAY_MOVE,
    NIGHT,
    OWN,
    R_SIZE,
    R_STEP,
    R_TOUCHED_LIST,
    REWARD,
    RULED,
    SERVICE,
    SLACK,
    START,
    T_HOURS,
    T_MISSING,
    T_MOVED,
    T_NIGHT,
    T_OVER,
    T_REWARD,
    T_SQUARES,
    T_TRAVEL,
    TEAM,
    TRAVEL,
    VISITED,
    VISITS,
    W_BEYOND,
    W_MISSING,
    W_MOVED,
    W_NIGHT,
    W_OVER,
    W_TRAVEL,
    W_UNEVEN,
    WINDOW,
    WINDOW_END,
    Desk,
    Routes,
    Week,
)

EPSILON = 1e-5  # minutes

A, B, C = np.uint64(13), np.uint64(7), np.uint64(17)
SHIFT = np.uint64(11)
UNIT = 1.0 / 9007199254740992.0


@kernel
def draw(desk: Desk) -> float:
    """A random number from 0 up to 1 (xorshift)."""
    x = desk.seed[0]
    x ^= x << A
    x ^= x >> B
    x ^= x << C
    desk.seed[0] = x
    return float(x >> SHIFT) * UNIT


@kernel
def rate(week: Week, spot: int, minute: float) -> float:
    """Expected encounters of an arrival then."""
    block = int(np.floor(minute / 60.0))
    if block < 0 or block >= week.rates.shape[1]:
        return 0.0
    return float(week.rates[spot, block])


@kernel
def is_open(week: Week, spot: int, arrive: float) -> bool:
    first, last = week.wants[spot, WINDOW], week.wants[spot, WINDOW_END]
    if first == last:
        return True
    leave = arrive + week.spot[spot, SERVICE]
    for row in range(first, last):
        if week.windows[row, 0] <= arrive + EPSILON and leave <= week.windows[row, 1] + EPSILON:
            return True
    return False


@kernel
def is_night(week: Week, minute: float) -> bool:
    return bool(week.weigh[DUSK] <= minute < week.weigh[DAWN])


@kernel
def cost(week: Week, routes: Routes) -> float:
    """What the search makes small: missing promises, then travel and the rest less encounters."""
    t, w = routes.total, week.weigh
    uneven = t[T_SQUARES] - t[T_HOURS] * t[T_HOURS] / max(1, len(routes.team))
    return float(
        w[W_MISSING] * t[T_MISSING]
        + w[W_NIGHT] * t[T_NIGHT]
        + w[W_TRAVEL] * t[T_TRAVEL]
        + w[W_OVER] * t[T_OVER]
        + w[W_UNEVEN] * uneven
        + w[W_MOVED] * t[T_MOVED]
        + w[W_BEYOND] * max(0.0, t[T_MOVED] - w[MAY_MOVE])
        - t[T_REWARD]
    )


@kernel
def touch(routes: Routes, desk: Desk, row: int) -> None:
    """Remember a route as it was before this step."""
    if desk.route[row, R_STEP] == desk.tally[C_STEP]:
        return
    desk.route[row, R_STEP] = desk.tally[C_STEP]
    size = routes.size[row]
    desk.route[row, R_SIZE] = size
    for p in range(size):
        desk.old_stops[row, p] = routes.stops[row, p]
    for p in range(size + 1):
        for c in range(6):
            desk.old_stop[row, p, c] = routes.stop[row, p, c]
    for c in range(4):
        desk.old_sums[row, c] = routes.sums[row, c]
    desk.route[desk.tally[C_TOUCHED], R_TOUCHED_LIST] = row
    desk.tally[C_TOUCHED] += 1


@kernel
def _night_change(week: Week, routes: Routes, row: int, sign: int) -> None:
    for p in range(routes.size[row]):
        spot = routes.stops[row, p]
        owed = week.wants[spot, AT_NIGHT]
        if owed > 0 and is_night(week, routes.stop[row, p, ARRIVE]):
            held = routes.held[spot, COUNT_NIGHT]
            after = held + sign
            routes.held[spot, COUNT_NIGHT] = after
            routes.total[T_NIGHT] += max(0, owed - after) - max(0, owed - held)


@kernel
def book(week: Week, routes: Routes, row: int, sign: int) -> None:
    """Add a route to the sums of the plan (1), or take it out (-1)."""
    total, back = routes.total, routes.sums[row, BACK]
    team = week.shift[row, TEAM]
    total[T_REWARD] += sign * routes.sums[row, REWARD]
    total[T_TRAVEL] += sign * routes.sums[row, TRAVEL]
    total[T_OVER] += sign * max(0.0, back - week.clock[row, ENDS])
    before = routes.team[team]
    after = before + sign * (back - week.clock[row, LEAVES])
    routes.team[team] = after
    total[T_HOURS] += after - before
    total[T_SQUARES] += after * after - before * before
    if week.has[HAS_NIGHT]:
        _night_change(week, routes, row, sign)


@kernel
def _hopes(week: Week, routes: Routes, row: int) -> None:
    """How near each arrival is to the next hour and what that hour would change."""
    stop, hope, reward = routes.stop, 0.0, 0.0
    size = routes.size[row]
    stop[row, size, HOPE] = 0.0
    for p in range(size - 1, -1, -1):
        spot, arrive = routes.stops[row, p], stop[row, p, ARRIVE]
        begin = np.floor(arrive / 60.0) * 60.0
        now = rate(week, spot, arrive)
        gain = rate(week, spot, begin + 60.0) - now
        stop[row, p, SLACK] = begin + 60.0 - arrive
        stop[row, p, GAIN] = gain
        hope += max(0.0, gain)
        reward += now
        stop[row, p, HOPE] = hope
    routes.sums[row, REWARD] = reward


@kernel
def lay(week: Week, routes: Routes, row: int) -> bool:
    """Walk a route anew; False when it is back too late or finds a stop closed."""
    stop, size = routes.stop, routes.size[row]
    at, clock, travel, load = week.shift[row, START], week.clock[row, LEAVES], 0.0, 0.0
    night, own = week.shift[row, NIGHT], week.shift[row, OWN]
    ok = True
    for p in range(size):
        spot = routes.stops[row, p]
        leg = float(week.toward[own + spot, at])
        stop[row, p, LEFT] = clock
        stop[row, p, LEG] = leg
        travel += leg
        stop[row, p, ARRIVE] = clock + leg
        if week.has[HAS_WINDOWS] and not is_open(week, spot, clock + leg):
            ok = False
        clock += leg + week.spot[spot, SERVICE]
        load += week.spot[spot, LOAD]
        routes.at[spot, night, 1] = p
        at = spot
    leg = float(week.away[own + at, week.shift[row, END]]) if size > 0 else 0.0
    stop[row, size, LEFT] = clock
    stop[row, size, LEG] = leg
    routes.sums[row, BACK] = clock + leg
    routes.sums[row, TRAVEL] = travel + leg
    routes.sums[row, LOADED] = load
    routes.sums[row, REWARD] = 0.0
    if week.has[HAS_REWARD]:
        _hopes(week, routes, row)
    return bool(ok and (size == 0 or clock + leg <= week.clock[row, LATEST] + EPSILON))


@kernel
def _rule_nights(week: Week, routes: Routes, spot: int) -> None:
    mask, ruled = routes.held[spot, VISITED], 0
    for night in range(week.clash.shape[1]):
        if mask >> night & 1:
            ruled |= week.clash[spot, night]
    routes.held[spot, RULED] = ruled


@kernel
def list_lack(week: Week, routes: Routes, desk: Desk, spot: int) -> None:
    """Keep the list of locations that lack a visit."""
    held, place = routes.held, routes.held[spot, LACK_AT]
    lacks = held[spot, COUNT] < week.wants[spot, VISITS]
    if lacks and place < 0:
        held[spot, LACK_AT] = desk.tally[C_LACK]
        routes.lack[desk.tally[C_LACK]] = spot
        desk.tally[C_LACK] += 1
    elif not lacks and place >= 0:
        desk.tally[C_LACK] -= 1
        last = routes.lack[desk.tally[C_LACK]]
        routes.lack[place] = last
        held[last, LACK_AT] = place
        held[spot, LACK_AT] = -1


@kernel
def is_moved(week: Week, spot: int, row: int) -> bool:
    """Whether a visit in this route has left its home for another shift of the same night."""
    home = week.wants[spot, HOME]
    return bool(home >= 0 and home != row and week.shift[home, NIGHT] == week.shift[row, NIGHT])


@kernel
def enter(week: Week, routes: Routes, desk: Desk, spot: int, row: int) -> None:
    """Note that a route visits a location."""
    night = week.shift[row, NIGHT]
    routes.at[spot, night, 0] = row
    held = routes.held
    if held[spot, COUNT] < week.wants[spot, VISITS]:
        routes.total[T_MISSING] -= 1
    held[spot, COUNT] += 1
    held[spot, VISITED] |= 1 << night
    held[spot, RULED] |= week.clash[spot, night]
    if week.has[HAS_HOMES] and is_moved(week, spot, row):
        routes.total[T_MOVED] += 1
    list_lack(week, routes, desk, spot)


@kernel
def leave(week: Week, routes: Routes, desk: Desk, spot: int, row: int) -> None:
    """Note that a route no longer visits a location."""
    night = week.shift[row, NIGHT]
    routes.at[spot, night, 0] = -1
    held = routes.held
    held[spot, COUNT] -= 1
    if held[spot, COUNT] < week.wants[spot, VISITS]:
        routes.total[T_MISSING] += 1
    held[spot, VISITED] &= ~(1 << night)
    _rule_nights(week, routes, spot)
    if week.has[HAS_HOMES] and is_moved(week, spot, row):
        routes.total[T_MOVED] -= 1
    list_lack(week, routes, desk, spot)


@kernel
def note_idle(week: Week, routes: Routes, desk: Desk, row: int) -> None:
    """Keep the list of shifts without a stop."""
    night, place = week.shift[row, NIGHT], routes.idle_at[row]
    if routes.size[row] == 0 and place < 0:
        routes.idle_at[row] = desk.idle_tally[night]
        routes.idle[night, desk.idle_tally[night]] = row
        desk.idle_tally[night] += 1
    elif routes.size[row] > 0 and place >= 0:
        desk.idle_tally[night] -= 1
        last = routes.idle[night, desk.idle_tally[night]]
        routes.idle[night, place] = last
        routes.idle_at[last] = place
        routes.idle_at[row] = -1
