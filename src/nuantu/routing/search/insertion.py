"""Compiled: the best night, team and position for one more visit."""

from nuantu.routing.search.compiled import inlined, kernel
from nuantu.routing.search.layout import (
    ALIKE,
    ARRIVE,
    AT_NIGHT,
    BACK,
    C_CALL,
    COUNT,
    COUNT_NIGHT,
    END,
    ENDS,
    FROZEN,
    GAIN,
    HAS_HOMES,
    HAS_HOURS,
    HAS_LOAD,
    HAS_NIGHT,
    HAS_REWARD,
    HAS_SETS,
    HAS_WINDOWS,
    HOPE,
    LATEST,
    LEFT,
    LEG,
    LOAD,
    LOADED,
    MAY_MOVE,
    NEEDS,
    NIGHT,
    NIGHTS,
    OWN,
    P_BLINK,
    PRICE,
    R_ALIKE,
    RULED,
    SEATS,
    SERVICE,
    SETS,
    SETS_END,
    SKILLS,
    SLACK,
    START,
    T_HOURS,
    T_MOVED,
    TEAM,
    VISITED,
    VISITS,
    W_BEYOND,
    W_MOVED,
    W_NIGHT,
    W_OVER,
    W_TRAVEL,
    W_UNEVEN,
    Desk,
    Routes,
    Week,
)
from nuantu.routing.search.walk import (
    EPSILON,
    book,
    draw,
    enter,
    is_moved,
    is_night,
    is_open,
    lay,
    note_idle,
    rate,
    touch,
)

NEVER = 1e30
LEAST = 1e-9
SEARCHED = 200  # shifts searched as a whole for a visit with no place near


@kernel
def free_nights(week: Week, routes: Routes, spot: int) -> int:
    """Mask of the nights on which one more visit keeps the gap and the sets of nights."""
    free = week.wants[spot, NIGHTS] & ~routes.held[spot, RULED]
    if not week.has[HAS_SETS] or free == 0:
        return int(free)
    first, last = week.wants[spot, SETS], week.wants[spot, SETS_END]
    if first == last:
        return int(free)
    held, allowed = routes.held[spot, VISITED], 0
    for row in range(first, last):
        if week.night_sets[row] & held == held:
            allowed |= week.night_sets[row]
    return int(free & allowed)


@inlined
def may_serve(week: Week, routes: Routes, spot: int, row: int) -> bool:
    if week.wants[spot, NEEDS] & ~week.shift[row, SKILLS]:
        return False
    if routes.size[row] >= routes.stops.shape[1]:
        return False
    if not week.has[HAS_LOAD]:
        return True
    load = routes.sums[row, LOADED] + week.spot[spot, LOAD]
    return bool(load <= week.clock[row, SEATS] + EPSILON)


@inlined
def has_room(week: Week, routes: Routes, spot: int, row: int) -> bool:
    """Whether a shift has the minutes of the visit itself left; most have none."""
    room = week.clock[row, LATEST] - routes.sums[row, BACK]
    return bool(room + EPSILON >= week.spot[spot, SERVICE])


@inlined
def _later_loss(week: Week, routes: Routes, row: int, first: int, delay: float) -> float:
    """Encounters lost at the stops from `first` on when they come later by `delay`."""
    lost, stop = 0.0, routes.stop
    for p in range(first, routes.size[row]):
        slack = stop[row, p, SLACK]
        if 0.0 <= delay < slack:
            continue
        if 0.0 <= delay < slack + 60.0:
            lost -= stop[row, p, GAIN]
        else:
            spot, arrive = routes.stops[row, p], stop[row, p, ARRIVE]
            lost += rate(week, spot, arrive) - rate(week, spot, arrive + delay)
    return lost


@kernel
def _later_rules(week: Week, routes: Routes, row: int, first: int, delay: float) -> float:
    """Cost of night promises gained or lost by a delay; NEVER when a stop is closed then."""
    found = 0.0
    for p in range(first, routes.size[row]):
        spot, arrive = routes.stops[row, p], routes.stop[row, p, ARRIVE]
        if not is_open(week, spot, arrive + delay):
            return NEVER
        owed, held = week.wants[spot, AT_NIGHT], routes.held[spot, COUNT_NIGHT]
        if owed > 0:
            change = int(is_night(week, arrive + delay)) - int(is_night(week, arrive))
            found += max(0, owed - held - change) - max(0, owed - held)
    return float(found * week.weigh[W_NIGHT])


@kernel
def _hours_cost(week: Week, routes: Routes, row: int, delay: float) -> float:
    """Cost of overtime and of uneven weeks; NEVER above the team's most hours."""
    team, back, ends = week.shift[row, TEAM], routes.sums[row, BACK], week.clock[row, ENDS]
    before = routes.team[team]
    if before + delay > week.hours[team] + EPSILON:
        return NEVER
    over = max(0.0, back + delay - ends) - max(0.0, back - ends)
    teams, hours = len(routes.team), routes.total[T_HOURS]
    squares = (2 * before + delay) * delay
    mean = (2 * hours + delay) * delay / teams
    return float(week.weigh[W_OVER] * over + week.weigh[W_UNEVEN] * (squares - mean))


@kernel
def _own_rules(week: Week, routes: Routes, spot: int, arrive: float) -> float:
    """Cost of the night promise that the visit itself keeps; NEVER outside its windows."""
    if not is_open(week, spot, arrive):
        return NEVER
    owed, held = week.wants[spot, AT_NIGHT], routes.held[spot, COUNT_NIGHT]
    if held < owed and is_night(week, arrive):
        return float(-week.weigh[W_NIGHT])
    return 0.0


@inlined
def place_cost(week: Week, routes: Routes, spot: int, row: int, p: int, limit: float) -> float:
    """Change of the cost when `spot` becomes stop `p` of a route, with the price of its minutes;
    NEVER when it can not.

    Anything at or above `limit` may come back as NEVER.
    """
    before = routes.stops[row, p - 1] if p > 0 else week.shift[row, START]
    after = routes.stops[row, p] if p < routes.size[row] else week.shift[row, END]
    there = week.shift[row, OWN] + spot
    way = float(week.toward[there, before])
    travel = way + float(week.away[there, after]) - routes.stop[row, p, LEG]
    delay = travel + week.spot[spot, SERVICE]
    if routes.sums[row, BACK] + delay > week.clock[row, LATEST] + EPSILON:
        return NEVER
    arrive = routes.stop[row, p, LEFT] + way
    found = week.weigh[W_TRAVEL] * travel + week.clock[row, PRICE] * delay
    if week.has[HAS_HOMES] and is_moved(week, spot, row):
        is_beyond = routes.total[T_MOVED] >= week.weigh[MAY_MOVE]
        found += week.weigh[W_MOVED] + (week.weigh[W_BEYOND] if is_beyond else 0.0)
    if week.has[HAS_REWARD]:
        found -= rate(week, spot, arrive)
        if found - routes.stop[row, p, HOPE] >= limit and 0.0 <= delay < 60.0:
            return NEVER
        found += _later_loss(week, routes, row, p, delay)
    if found >= limit:
        return NEVER
    if week.has[HAS_HOURS]:
        found += _hours_cost(week, routes, row, delay)
    if week.has[HAS_WINDOWS] or week.has[HAS_NIGHT]:
        found += _own_rules(week, routes, spot, arrive)
        found += _later_rules(week, routes, row, p, delay)
    return float(found)


@kernel
def _best_near(
    week: Week, routes: Routes, desk: Desk, spot: int, free: int
) -> tuple[float, int, int]:
    """Beside the nearest stops of the free nights."""
    best, best_row, best_p = NEVER, -1, -1
    blink = desk.tune[P_BLINK]
    for k in range(week.near.shape[1]):
        other = week.near[spot, k]
        nights = routes.held[other, VISITED] & free
        night = 0
        while nights:
            if nights & 1 and draw(desk) >= blink:
                row, p = routes.at[other, night, 0], routes.at[other, night, 1]
                if has_room(week, routes, spot, row) and may_serve(week, routes, spot, row):
                    for q in range(max(p, week.shift[row, FROZEN]), p + 2):
                        change = place_cost(week, routes, spot, row, q, best)
                        if change < best:
                            best, best_row, best_p = change, row, q
            nights >>= 1
            night += 1
    return best, best_row, best_p


@kernel
def best_idle(
    week: Week, routes: Routes, desk: Desk, spot: int, free: int, best: float
) -> tuple[float, int]:
    """Alone on a shift without stops; alike shifts are tried once."""
    best_row = -1
    desk.tally[C_CALL] += 1
    for night in range(week.clash.shape[1]):
        if not free >> night & 1:
            continue
        for k in range(desk.idle_tally[night]):
            row = routes.idle[night, k]
            alike = week.shift[row, ALIKE]
            if desk.route[alike, R_ALIKE] == desk.tally[C_CALL] or week.shift[row, FROZEN] > 0:
                continue
            desk.route[alike, R_ALIKE] = desk.tally[C_CALL]
            if may_serve(week, routes, spot, row):
                change = place_cost(week, routes, spot, row, 0, best)
                if change < best:
                    best, best_row = change, row
    return best, best_row


@kernel
def _best_anywhere(week: Week, routes: Routes, spot: int, free: int) -> tuple[float, int, int]:
    """Every position of every shift of the free nights."""
    best, best_row, best_p = NEVER, -1, -1
    for row in range(len(routes.size)):
        if not free >> week.shift[row, NIGHT] & 1 or not may_serve(week, routes, spot, row):
            continue
        for p in range(week.shift[row, FROZEN], routes.size[row] + 1):
            change = place_cost(week, routes, spot, row, p, best)
            if change < best:
                best, best_row, best_p = change, row, p
    return best, best_row, best_p


@kernel
def best_place(week: Week, routes: Routes, desk: Desk, spot: int) -> tuple[float, int, int]:
    """Least change of the cost over nights, teams and positions: change, route, position."""
    free = free_nights(week, routes, spot)
    if free == 0:
        return NEVER, -1, -1
    best, row, p = _best_near(week, routes, desk, spot, free)
    idle, idle_row = best_idle(week, routes, desk, spot, free, best)
    if idle < best:
        best, row, p = idle, idle_row, 0
    is_owed = routes.held[spot, COUNT] < week.wants[spot, VISITS]
    if row < 0 and is_owed and draw(desk) * len(routes.size) < SEARCHED:
        return _best_anywhere(week, routes, spot, free)
    return best, row, p


@kernel
def insert(week: Week, routes: Routes, desk: Desk, spot: int, row: int, p: int) -> None:
    """Make `spot` stop `p` of a route."""
    touch(routes, desk, row)
    book(week, routes, row, -1)
    for q in range(routes.size[row], p, -1):
        routes.stops[row, q] = routes.stops[row, q - 1]
    routes.stops[row, p] = spot
    routes.size[row] += 1
    enter(week, routes, desk, spot, row)
    note_idle(week, routes, desk, row)
    lay(week, routes, row)
    book(week, routes, row, 1)
