"""From a problem to the packed arrays of the search, and back to routes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nuantu.routing.plan import Route
from nuantu.routing.problem import Location, Problem, Shift
from nuantu.routing.search import layout
from nuantu.routing.search.layout import Desk, Floats, Ints, Routes, Shorts, Singles, Week
from nuantu.routing.search.minutes import minutes_between

NEAR, NEAR_FREE = 24, 40  # neighbours tried; more where nothing is promised
UNLIMITED = 1e18
MOST_STOPS = 400
BLOCK = 128  # rows of the minutes made together

NightSets = Mapping[str, Sequence[Sequence[int]]]
Homes = Mapping[str, tuple[str, int]]


@dataclass(frozen=True)
class Packed:
    """A problem ready for the search. `order`: rows of the problem's locations, near ones together."""

    problem: Problem
    week: Week
    order: Ints
    most_stops: int

    @property
    def row_of(self) -> dict[str, int]:
        return {self.problem.locations[row].id: new for new, row in enumerate(self.order.tolist())}


def pack(
    problem: Problem, night_sets: NightSets | None = None, homes: Homes | None = None
) -> Packed:
    """The arrays of a problem. `night_sets`: sets of nights that a location's visits must fit in;
    `homes`: which shift a visit should stay with."""
    order = _order(problem)
    places = [problem.locations[row] for row in order.tolist()]
    spots = len(places)
    minutes, toward, away = _minutes(problem, order)
    wants, windows, sets = _wants(problem, places, night_sets or {})
    _settle(problem, places, wants, homes or {})
    shift, clock, hours = _shifts(problem, spots, are_homes=bool(homes))
    spot = np.array(
        [[p.service_min, p.load, max(p.rates, default=0.0), 0.0] for p in places], float
    ).reshape(spots, layout.SPOT_WIDTH)
    if spots:
        spot[:, layout.REMOTE] = toward[:spots, spots:].min(axis=1, initial=1e6)
    week = Week(
        toward=toward,
        away=away,
        near=_near(minutes[:spots, :spots], NEAR if wants[:, layout.VISITS].any() else NEAR_FREE),
        rates=_rates(places),
        spot=spot,
        wants=wants,
        clash=_clash(problem, places),
        windows=windows,
        night_sets=sets,
        shift=shift,
        clock=clock,
        hours=hours,
        weigh=_weigh(problem, places),
        has=_has(problem, places, hours, len(sets), are_homes=bool(homes)),
    )
    return Packed(problem, week, order, _most_stops(week))


def _order(problem: Problem) -> Ints:
    """Locations along a Z-curve, so that near places lie near in memory."""
    if not problem.locations:
        return np.zeros(0, np.int64)
    points = np.array([(place.x, place.y) for place in problem.locations], float)
    low, span = points.min(axis=0), max(float(np.ptp(points, axis=0).max()), 1e-9)
    cells = ((points - low) / span * 1023).astype(np.int64)
    code = np.zeros(len(cells), np.int64)
    for bit in range(10):
        code |= (cells[:, 0] >> bit & 1) << (2 * bit) | (cells[:, 1] >> bit & 1) << (2 * bit + 1)
    return np.argsort(code, kind="stable")


def _minutes(problem: Problem, order: Ints) -> tuple[Singles, Singles, Singles]:
    """Minutes of the fastest teams; then those to and from locations, one factor after another."""
    tables = [minutes_between(problem, order, factor) for factor in problem.travel_factors]
    for table in tables:
        _close_ways(problem, table, order)
    spots = len(order)
    toward = [np.ascontiguousarray(table[:, :spots].T) for table in tables]
    away = [table[:spots] for table in tables]
    if len(tables) == 1:
        return tables[0], toward[0], away[0]
    return tables[0], np.concatenate(toward), np.concatenate(away)


def _close_ways(problem: Problem, minutes: Singles, order: Ints) -> None:
    """Closed ways are closed from the beginning: the search knows no time of day for a leg."""
    if not problem.closures:
        return
    depots, spots = len(problem.depots), len(order)
    new = np.empty(depots + spots, np.int64)
    new[order + depots], new[:depots] = np.arange(spots), spots + np.arange(depots)
    for (origin, destination), closures in problem.closed_ways.items():
        longest = max(closure.minutes for closure in closures)
        at = new[origin], new[destination]
        minutes[at] = max(minutes[at], longest)


def _near(minutes: Singles, most: int) -> Shorts:
    """The nearest other locations by the mean of both ways."""
    spots = len(minutes)
    wanted = min(most, max(0, spots - 1))
    found = np.zeros((spots, wanted), np.int32)
    for begin in range(0, spots if wanted else 0, BLOCK):
        rows = np.arange(begin, min(spots, begin + BLOCK))
        both = minutes[rows] + minutes[:, rows].T
        both[np.arange(len(rows)), rows] = np.inf
        best = np.argpartition(both, wanted - 1, axis=1)[:, :wanted]
        rank = np.argsort(np.take_along_axis(both, best, axis=1), axis=1, kind="stable")
        found[rows] = np.take_along_axis(best, rank, axis=1)
    return found


def _rates(places: Sequence[Location]) -> Floats:
    blocks = max((len(place.rates) for place in places), default=1)
    if places and all(len(place.rates) == blocks for place in places):
        return np.array([place.rates for place in places], float)
    found = np.zeros((len(places), max(1, blocks)))
    for row, place in enumerate(places):
        found[row, : len(place.rates)] = place.rates
    return found


def _clash(problem: Problem, places: Sequence[Location]) -> Ints:
    by_gap: dict[int, list[int]] = {}
    for gap in {place.min_gap_nights for place in places}:
        nights = range(problem.nights)
        by_gap[gap] = [
            sum(1 << other for other in nights if abs(other - night) < max(1, gap))
            for night in nights
        ]
    found = [by_gap[place.min_gap_nights] for place in places]
    return np.array(found, np.int64).reshape(len(places), problem.nights)


def _wants(
    problem: Problem, places: Sequence[Location], night_sets: NightSets
) -> tuple[Ints, Floats, Ints]:
    found: list[tuple[int, ...]] = []
    done: dict[str, list[int]] = {}
    for visit in problem.done:
        done.setdefault(visit.location, []).append(visit.night)
    skills = _skill_bits(problem)
    windows: list[tuple[float, float]] = []
    sets: list[int] = []
    for place in places:
        made = tuple(done.get(place.id, ()))
        this_week = sum(night >= 0 for night in made) if made else 0
        owed = max(0, place.visits_per_week - this_week)
        at_night = max(0, place.night_visits - this_week) if place.night_share else 0
        gap = max(1, place.min_gap_nights)
        nights = _open_nights(problem.nights, place.closed_nights, made, gap)
        needs = sum(1 << skills[name] for name in set(place.needs))
        first_window, first_set = len(windows), len(sets)
        windows += place.windows
        sets += [sum(1 << night for night in one) for one in night_sets.get(place.id, ())]
        ends = first_window, len(windows), first_set, len(sets)
        found.append((owed, at_night, nights, needs, *ends, -1))
    wants = np.array(found, np.int64).reshape(-1, layout.WANTS_WIDTH)
    return wants, np.array(windows, float).reshape(-1, 2), np.array(sets, np.int64)


def _settle(problem: Problem, places: Sequence[Location], wants: Ints, homes: Homes) -> None:
    """Note the home shift of each visit that has one."""
    row_of = {shift.key: row for row, shift in enumerate(problem.shifts)} if homes else {}
    for spot, place in enumerate(places):
        wants[spot, layout.HOME] = row_of.get(homes[place.id], -1) if place.id in homes else -1


@lru_cache(maxsize=4096)
def _open_nights(nights: int, closed: Sequence[int], made: Sequence[int], gap: int) -> int:
    return sum(
        1 << night
        for night in range(nights)
        if night not in closed and all(abs(night - other) >= gap for other in made)
    )


def _skill_bits(problem: Problem) -> dict[str, int]:
    """A bit for each skill that some location needs; more than 62 kinds are refused."""
    needed = sorted({name for place in problem.locations for name in place.needs})
    if len(needed) > 62:
        message = "more than 62 kinds of partners or skills"
        raise ValueError(message)
    return {name: bit for bit, name in enumerate(needed)}


def _shifts(problem: Problem, spots: int, *, are_homes: bool) -> tuple[Ints, Floats, Floats]:
    depots = {depot.id: spots + row for row, depot in enumerate(problem.depots)}
    teams = {name: row for row, name in enumerate(dict.fromkeys(s.team for s in problem.shifts))}
    skills = _skill_bits(problem)
    rows = len(problem.shifts)
    shift = np.zeros((rows, layout.SHIFT_WIDTH), np.int64)
    clock = np.zeros((rows, layout.CLOCK_WIDTH))
    hours = np.full(len(teams), UNLIMITED)
    are_apart = problem.weights.fairness > 0 or are_homes
    alike: dict[object, int] = {}
    for row, item in enumerate(problem.shifts):
        team = problem.team_by_id[item.team]
        if team.max_hours is not None:
            hours[teams[item.team]] = team.max_hours * 60
        mask = sum(1 << skills[name] for name in set(team.skills) if name in skills)
        seats = UNLIMITED if team.seats is None else team.seats
        clock[row, : layout.PRICE] = _clock(item, seats)
        ends = depots[item.start_depot], depots[item.end_depot]
        is_single = are_apart or team.max_hours is not None
        own = spots * problem.travel_factors.index(team.travel_factor)
        key = (item.night, ends, mask, own, *clock[row].tolist(), item.team if is_single else "")
        number = alike.setdefault(key, len(alike))
        shift[row] = (item.night, teams[item.team], *ends, mask, number, 0, own)
    return shift, clock, hours


def _clock(shift: Shift, seats: float) -> tuple[float, float, float, float]:
    return shift.start_min, shift.end_min, shift.end_min + shift.overtime_min, seats


def _weigh(problem: Problem, places: Sequence[Location]) -> Floats:
    """The weights; one promise weighs more than all that a plan could gain elsewhere."""
    weights = problem.weights
    found = np.zeros(layout.WEIGH_WIDTH)
    found[layout.W_TRAVEL] = weights.travel_per_min
    found[layout.W_OVER] = weights.overtime_per_min
    found[layout.W_UNEVEN] = weights.fairness / 3600
    length = sum(s.end_min + s.overtime_min - s.start_min for s in problem.shifts)
    gain = sum(max(p.rates, default=0.0) for p in places) * problem.nights
    loss = length * (weights.travel_per_min + weights.overtime_per_min)
    loss += weights.fairness * (length / 60) ** 2
    found[layout.W_MISSING] = found[layout.W_NIGHT] = 10.0 + gain + loss
    found[layout.DUSK], found[layout.DAWN] = problem.night_hours
    return found


def _has(
    problem: Problem, places: Sequence[Location], hours: Floats, sets: int, *, are_homes: bool
) -> Ints:
    weights = problem.weights
    found = np.zeros(layout.HAS_WIDTH, np.int64)
    found[layout.HAS_WINDOWS] = any(place.windows for place in places)
    found[layout.HAS_NIGHT] = any(place.night_visits for place in places)
    found[layout.HAS_LOAD] = any(place.load for place in places)
    has_costs = weights.fairness > 0 or weights.overtime_per_min > 0
    found[layout.HAS_HOURS] = has_costs or bool((hours < UNLIMITED).any())
    found[layout.HAS_SETS] = sets > 0
    found[layout.HAS_HOMES] = are_homes
    found[layout.HAS_REWARD] = any(max(place.rates, default=0.0) > 0 for place in places)
    return found


def _most_stops(week: Week) -> int:
    """No route can hold more stops than its minutes and seats allow, nor than all locations."""
    spots, shifts = len(week.wants), len(week.shift)
    if not spots or not shifts:
        return 1
    in_leg = week.toward[:spots].copy()  # of the fastest teams
    in_leg[np.arange(spots), np.arange(spots)] = np.inf
    cheapest = np.sort(in_leg.min(axis=1) + week.spot[:, layout.SERVICE])
    longest = (week.clock[:, layout.LATEST] - week.clock[:, layout.LEAVES]).max()
    by_time = np.searchsorted(np.cumsum(cheapest), longest + 1.0, side="right")
    loads = np.cumsum(np.sort(week.spot[:, layout.LOAD]))
    by_load = np.searchsorted(loads, week.clock[:, layout.SEATS].max() + 1e-4, side="right")
    return int(max(1, min(spots, by_time + 1, by_load + 1, MOST_STOPS)))


def open_state(packed: Packed, seed: int) -> tuple[Routes, Desk]:
    """An empty plan and an empty desk; call `anneal.load` before anything else."""
    week = packed.week
    spots, shifts, nights = len(week.wants), len(week.shift), week.clash.shape[1]
    most = packed.most_stops
    pool = spots * nights + int(week.wants[:, layout.VISITS].sum()) + 1024
    routes = Routes(
        stops=np.zeros((shifts, most), np.int32),
        size=np.zeros(shifts, np.int64),
        stop=np.zeros((shifts, most + 1, layout.STOP_WIDTH)),
        sums=np.zeros((shifts, layout.SUMS_WIDTH)),
        at=np.full((spots, nights, 2), -1, np.int32),
        held=np.zeros((spots, layout.HELD_WIDTH), np.int64),
        team=np.zeros(len(week.hours)),
        total=np.zeros(layout.TOTAL_WIDTH),
        lack=np.zeros(spots, np.int32),
        idle=np.zeros((nights, shifts), np.int32),
        idle_at=np.full(shifts, -1, np.int64),
    )
    desk = Desk(
        seed=np.array([_scrambled(seed)], np.uint64),
        tally=np.zeros(layout.TALLY_WIDTH, np.int64),
        idle_tally=np.zeros(nights, np.int64),
        old_stops=np.zeros((shifts, most), np.int32),
        old_stop=np.zeros((shifts, most + 1, layout.STOP_WIDTH)),
        old_sums=np.zeros((shifts, layout.SUMS_WIDTH)),
        route=np.zeros((shifts, layout.ROUTE_WIDTH), np.int64),
        seeds=np.arange(spots, dtype=np.int32),
        pool=np.zeros(pool, np.int32),
        key=np.zeros(pool),
        best_stops=np.zeros((shifts, most), np.int32),
        best=np.zeros(layout.BEST_WIDTH),
        tune=_tuned(week),
        offer=np.zeros((nights, layout.OFFER_WIDTH)),
        least=np.zeros((nights + 1, nights)),
        prior=np.zeros((nights + 1, nights), np.int32),
    )
    desk.tally[layout.C_SEEDS] = spots
    return routes, desk


def _tuned(week: Week) -> Floats:
    """Sizes and chances of the search, found by trial on weeks and on classic instances."""
    found = np.zeros(layout.TUNE_WIDTH)
    found[layout.N_REMOVE], found[layout.N_STRING], found[layout.P_BLINK] = 9.0, 8.0, 0.01
    found[layout.P_CLUSTER] = 0.2 if week.clash.shape[1] > 1 else 0.1
    found[layout.N_EXTRA] = 4.0 if week.wants[:, layout.VISITS].any() else 24.0
    are_open = week.clash.shape[1] > 1 and not len(week.night_sets)
    found[layout.P_NIGHTS] = 0.5 if are_open else 0.0
    return found


def _scrambled(seed: int) -> int:
    """Seeds that differ little give states that differ much (splitmix)."""
    mask = (1 << 64) - 1
    value = (seed * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03) & mask
    value = ((value ^ value >> 30) * 0xBF58476D1CE4E5B9) & mask
    value = ((value ^ value >> 27) * 0x94D049BB133111EB) & mask
    return (value ^ value >> 31) or 1


def put_best(packed: Packed, desk: Desk, routes: Sequence[Route]) -> None:
    """Lay the routes of a plan onto the desk; what the problem does not know is left out."""
    row_of = packed.row_of
    shift_of = {shift.key: row for row, shift in enumerate(packed.problem.shifts)}
    desk.route[:, layout.R_BEST] = 0
    for route in routes:
        row = shift_of.get(route.key)
        if row is None:
            continue
        known = [row_of[stop] for stop in route.stops if stop in row_of][: packed.most_stops]
        desk.best_stops[row, : len(known)] = known
        desk.route[row, layout.R_BEST] = len(known)


def take_best(packed: Packed, desk: Desk) -> dict[tuple[str, int], tuple[str, ...]]:
    """Stops of every shift in the best plan."""
    problem, order = packed.problem, packed.order
    found = {}
    for row, shift in enumerate(problem.shifts):
        stops = desk.best_stops[row, : desk.route[row, layout.R_BEST]]
        found[shift.key] = tuple(problem.locations[order[stop]].id for stop in stops.tolist())
    return found
