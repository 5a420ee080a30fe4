"""Compiled: all visits of a location put back at once, on the nights that cost least together.

Each night has its best place; as these lie in different routes, their changes add up. So a place that is
worth four visits on even nights gets them, where one visit after the other would first take the best
night of all and rule out what fits beside it.
"""

from nuantu.routing.search.compiled import kernel
from nuantu.routing.search.insertion import (
    LEAST,
    NEVER,
    best_idle,
    free_nights,
    has_room,
    insert,
    may_serve,
    place_cost,
)
from nuantu.routing.search.layout import (
    AT,
    CHANGE,
    COUNT,
    FROZEN,
    HAS_HOMES,
    HAS_HOURS,
    HAS_NIGHT,
    P_BLINK,
    ROUTE,
    VISITED,
    VISITS,
    Desk,
    Routes,
    Week,
)
from nuantu.routing.search.walk import draw


@kernel
def _offer_near(week: Week, routes: Routes, desk: Desk, spot: int, free: int) -> None:
    """The best position of each free night, beside the nearest stops."""
    blink, offer = desk.tune[P_BLINK], desk.offer
    for k in range(week.near.shape[1]):
        other = week.near[spot, k]
        nights = routes.held[other, VISITED] & free
        night = 0
        while nights:
            if nights & 1 and draw(desk) >= blink:
                row, p = routes.at[other, night, 0], routes.at[other, night, 1]
                if has_room(week, routes, spot, row) and may_serve(week, routes, spot, row):
                    for q in range(max(p, week.shift[row, FROZEN]), p + 2):
                        change = place_cost(week, routes, spot, row, q, offer[night, CHANGE])
                        if change < offer[night, CHANGE]:
                            offer[night, CHANGE] = change
                            offer[night, ROUTE], offer[night, AT] = row, q
            nights >>= 1
            night += 1


@kernel
def _offer(week: Week, routes: Routes, desk: Desk, spot: int, free: int, limit: float) -> None:
    """The best place of each night; a change of `limit` where there is none below it."""
    offer = desk.offer
    offer[:, CHANGE] = limit
    _offer_near(week, routes, desk, spot, free)
    for night in range(week.clash.shape[1]):
        if free >> night & 1 and desk.idle_tally[night] > 0:
            best = offer[night, CHANGE]
            change, row = best_idle(week, routes, desk, spot, 1 << night, best)
            if change < best:
                offer[night, CHANGE], offer[night, ROUTE], offer[night, AT] = change, row, 0


@kernel
def _add_up(week: Week, desk: Desk, spot: int, limit: float) -> None:
    """Least change of so many visits with the last on a night, for each number and night."""
    nights, least, offer = week.clash.shape[1], desk.least, desk.offer
    least[:, :] = NEVER
    for night in range(nights):
        change = offer[night, CHANGE]
        if change >= limit:
            continue
        least[1, night] = change
        for earlier in range(night):
            if week.clash[spot, earlier] >> night & 1:
                continue
            for count in range(2, earlier + 3):
                before = least[count - 1, earlier]
                if before < NEVER and before + change < least[count, night]:
                    least[count, night] = before + change
                    desk.prior[count, night] = earlier


@kernel
def _choose(week: Week, desk: Desk, owed: int) -> tuple[int, int]:
    """How many visits, and the night of the last: as many of the promised as can be, then least cost."""
    nights, lowest = week.clash.shape[1], -LEAST
    best, last = 0, -1
    for count in range(1, nights + 1):
        for night in range(nights):
            change = desk.least[count, night]
            is_promise = min(count, owed) > min(best, owed)
            if change < NEVER and (is_promise or change < lowest):
                best, last, lowest = count, night, change
    return best, last


@kernel
def _still(week: Week, routes: Routes, desk: Desk, spot: int, night: int) -> float:
    """The change of an offer now; earlier visits of the same place can matter to rules of a team or place."""
    has = week.has
    if has[HAS_HOURS] or has[HAS_NIGHT] or has[HAS_HOMES]:
        row, p = int(desk.offer[night, ROUTE]), int(desk.offer[night, AT])
        return float(place_cost(week, routes, spot, row, p, NEVER))
    return float(desk.offer[night, CHANGE])


@kernel
def insert_nights(week: Week, routes: Routes, desk: Desk, spot: int) -> None:
    """Insert the visits that a location lacks, and more where they pay, on nights chosen together."""
    free = free_nights(week, routes, spot)
    if free == 0:
        return
    owed = max(0, week.wants[spot, VISITS] - routes.held[spot, COUNT])
    limit = NEVER if owed > 0 else -LEAST
    _offer(week, routes, desk, spot, free, limit)
    _add_up(week, desk, spot, limit)
    count, night = _choose(week, desk, owed)
    while count > 0:
        change = _still(week, routes, desk, spot, night)
        is_owed = routes.held[spot, COUNT] < week.wants[spot, VISITS]
        if change < NEVER and (is_owed or change < -LEAST):
            insert(
                week, routes, desk, spot, int(desk.offer[night, ROUTE]), int(desk.offer[night, AT])
            )
        night, count = desk.prior[count, night], count - 1
