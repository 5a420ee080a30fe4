"""How the compiled search sees a week: a few packed arrays and the names of their columns.

Places are numbered locations first, then depots. A night is one bit of a mask. Numba compiles each
array that a function is handed, so there are few of them.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Shorts = npt.NDArray[np.int32]

# Columns of Week.spot: minutes at the location, seats used, most encounters of any hour, minutes to
# the nearest depot.
SERVICE, LOAD, PEAK, REMOTE = range(4)
SPOT_WIDTH = 4
# Columns of Week.wants: promised visits and night visits still owed, bit mask of nights on which a
# visit may be, mask of needs, first and last+1 window, first and last+1 set of nights, shift that
# made the visit of its night before (-1: none).
VISITS, AT_NIGHT, NIGHTS, NEEDS, WINDOW, WINDOW_END, SETS, SETS_END, HOME = range(9)
WANTS_WIDTH = 9
# Columns of Week.shift: night, team, place of departure and return, mask of skills, number shared
# by shifts that are alike, stops at the head of the route that stay as they are, first row of the
# team's own minutes in Week.toward and Week.away.
NIGHT, TEAM, START, END, SKILLS, ALIKE, FROZEN, OWN = range(8)
SHIFT_WIDTH = 8
# Columns of Week.clock: departure, end of the shift, latest return, seats, what a minute of the
# shift counts for where a visit is placed.
LEAVES, ENDS, LATEST, SEATS, PRICE = range(5)
CLOCK_WIDTH = 5
# Entries of Week.weigh: cost of a travel minute, an overtime minute, an uneven squared minute, a
# missing visit, a missing night visit; begin and end of the night hours; cost of a visit that leaves
# its home shift for another of that night, of one more than may, and how many may.
W_TRAVEL, W_OVER, W_UNEVEN, W_MISSING, W_NIGHT, DUSK, DAWN, W_MOVED, W_BEYOND, MAY_MOVE = range(10)
WEIGH_WIDTH = 10
# Entries of Week.has: which rules this week needs at all.
HAS_WINDOWS, HAS_NIGHT, HAS_LOAD, HAS_HOURS, HAS_SETS, HAS_REWARD, HAS_HOMES = range(7)
HAS_WIDTH = 7


class Week(NamedTuple):
    """What stays the same during a search. L locations, V places, R shifts, T teams, N nights, F
    different travel factors."""

    toward: Singles  # [F * L, V] minutes from a place to the location, for each factor
    away: Singles  # [F * L, V] minutes from the location to a place
    near: Shorts  # [L, K] other locations, nearest first
    rates: Floats  # [L, B] expected encounters by hour of arrival
    spot: Floats  # [L, SPOT_WIDTH]
    wants: Ints  # [L, WANTS_WIDTH]
    clash: Ints  # [L, N] mask of nights that a visit on this night rules out
    windows: Floats  # [any, 2] minutes in which a whole visit lies
    night_sets: Ints  # [any] masks; the nights of a location must be part of one of its own
    shift: Ints  # [R, SHIFT_WIDTH]
    clock: Floats  # [R, CLOCK_WIDTH]
    hours: Floats  # [T] most minutes of a team's week
    weigh: Floats  # [WEIGH_WIDTH]
    has: Ints  # [HAS_WIDTH]


# Columns of Routes.stop for one position: when the team leaves for it, minutes of the way to it,
# arrival, minutes until the arrival falls into the next hour, what that hour brings more, the most
# that this and all later positions can bring more when they shift by less than an hour.
LEFT, LEG, ARRIVE, SLACK, GAIN, HOPE = range(6)
STOP_WIDTH = 6
# Columns of Routes.sums: return, travel minutes, encounters, seats used.
BACK, TRAVEL, REWARD, LOADED = range(4)
SUMS_WIDTH = 4
# Columns of Routes.held: mask of nights with a visit, mask of nights ruled out, number of visits,
# visits in the night hours, position in the list of locations that lack a visit (-1: none).
VISITED, RULED, COUNT, COUNT_NIGHT, LACK_AT = range(5)
HELD_WIDTH = 5
# Entries of Routes.total.
T_REWARD, T_TRAVEL, T_OVER, T_MISSING, T_NIGHT, T_HOURS, T_SQUARES, T_MOVED = range(8)
TOTAL_WIDTH = 8


class Routes(NamedTuple):
    """The plan that the search stands on. M: most stops of a route."""

    stops: Shorts  # [R, M]
    size: Ints  # [R]
    stop: Floats  # [R, M + 1, STOP_WIDTH]; the last is the way home
    sums: Floats  # [R, SUMS_WIDTH]
    at: Shorts  # [L, N, 2] route (-1: none) and position of the visit of that night
    held: Ints  # [L, HELD_WIDTH]
    team: Floats  # [T] minutes on the road
    total: Floats  # [TOTAL_WIDTH]
    lack: Shorts  # [L] locations that lack a visit
    idle: Shorts  # [N, R] shifts without a stop, by night
    idle_at: Ints  # [R] position in `idle`, -1: has stops


# Entries of Desk.tally: numbers of lacking locations, touched and dirty routes, pool, pulled routes,
# step of the search, improvements of the best, seed location, calls for a place, seeds to choose from.
C_LACK, C_TOUCHED, C_DIRTY, C_POOL, C_PULLED, C_STEP, C_BETTER, C_SEED, C_CALL, C_SEEDS = range(10)
TALLY_WIDTH = 10


class Desk(NamedTuple):
    """Where the search keeps what it needs to undo a step, the best plan and its notes."""

    seed: npt.NDArray[np.uint64]  # [1] state of the random numbers
    tally: Ints  # [TALLY_WIDTH]
    idle_tally: Ints  # [N]
    old_stops: Shorts  # [R, M]
    old_stop: Floats  # [R, M + 1, STOP_WIDTH]
    old_sums: Floats  # [R, SUMS_WIDTH]
    route: Ints  # [R, ROUTE_WIDTH]
    seeds: Shorts  # [L] locations around which visits are taken out
    pool: Shorts  # [any] locations to insert
    key: Floats  # [any] their order
    best_stops: Shorts  # [R, M]
    best: Floats  # [BEST_WIDTH]
    tune: Floats  # [TUNE_WIDTH]
    offer: Floats  # [N, OFFER_WIDTH] best place of a location on each night
    least: Floats  # [N + 1, N] least change of so many visits, the last on that night
    prior: Shorts  # [N + 1, N] the night of the visit before that last one


# Columns of Desk.route: step that touched it last, size before that, whether it differs from the
# best, size in the best, step that pulled a string out of it; three lists of routes.
R_STEP, R_SIZE, R_DIRTY, R_BEST, R_PULLED, R_TOUCHED_LIST, R_DIRTY_LIST, R_ALIKE = range(8)
ROUTE_WIDTH = 8
# Entries of Desk.best: missing promises and cost of the best plan.
B_MISSING, B_COST = range(2)
BEST_WIDTH = 2
# Entries of Desk.tune: mean stops removed, most of one string, chance to pass over a place, chance
# of removing all nights of a place, optional locations tried, chance to choose all nights of each
# place at once.
N_REMOVE, N_STRING, P_BLINK, P_CLUSTER, N_EXTRA, P_NIGHTS = range(6)
TUNE_WIDTH = 6
# Columns of Desk.offer: change of the cost, route, position.
CHANGE, ROUTE, AT = range(3)
OFFER_WIDTH = 3
