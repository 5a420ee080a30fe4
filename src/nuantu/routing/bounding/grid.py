"""A week on a grid of minutes, rounded so that every real route fits into it."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nuantu.routing.problem import Location, Problem, Shift, Team
from nuantu.routing.search.minutes import all_minutes

Singles = NDArray[np.float32]
Doubles = NDArray[np.float64]
Steps = NDArray[np.int32]

STEPS = (1.0, 0.5)  # minutes, while prices are sought: the first that every leg is as long as
FINE = 0.125  # for the last look, which is what proves the bound
EARLY = 1e-4  # steps a leg may be rounded up by, so that whole minutes stay whole
LATE = 0.05  # steps a shift is longer for that
NEVER = np.float32(-1e9)
TOO_FAR = 1 << 20


@dataclass(frozen=True)
class Crew:
    """Shifts that are alike on one side of the week.

    `legs`: which of the grid's tables of legs is that of their travel factor.
    `way_out` and `way_back` [N] in steps, the way back with the visit before it; `soonest`: the same
    where another place on the way makes it shorter; `last`: the latest step; `pay` [N, last + 1]: encounters of a visit that begins in a step, `NEVER` where none may.
    """

    side: int
    shifts: int
    legs: int
    way_out: Steps
    way_back: Steps
    soonest: Steps
    last: int
    pay: Singles


@dataclass(frozen=True)
class Grid:
    """`legs` [N, N]: steps of a visit and the way to the next one, a table for each travel factor,
    the fastest first; `chunk`: the shortest of them."""

    legs: tuple[Steps, ...]
    crews: tuple[Crew, ...]
    chunk: int


def grid_of(problem: Problem, step: float) -> Grid:
    """The whole week, alike shifts together. `step` in minutes: half of it costs half as much again."""
    alike: dict[tuple[object, ...], list[Shift]] = {}
    for shift in problem.shifts:
        team = problem.team_by_id[shift.team]
        end = shift.end_min + shift.overtime_min
        key = (shift.night % 2, shift.start_depot, shift.end_depot, shift.start_min, end)
        alike.setdefault((*key, team.skills, team.seats, team.travel_factor), []).append(shift)
    tables = [_ways(problem, factor, step) for factor in problem.travel_factors]
    crews = tuple(_crew(problem, shifts, tables, step) for shifts in alike.values())
    legs = tuple(table.legs for table in tables)
    return Grid(legs, crews, int(legs[0].min(initial=TOO_FAR)))


@dataclass(frozen=True)
class _Ways:
    """Minutes from depots and back to them [D, N], back with the visit; `legs` in steps."""

    out: Doubles
    back: Doubles
    legs: Steps


def _ways(problem: Problem, factor: float, step: float) -> _Ways:
    """The ways of teams with a travel factor."""
    first = len(problem.depots)
    minutes = all_minutes(problem, factor).astype(np.float64)
    service = np.array([place.service_min for place in problem.locations])
    legs = _steps(service[:, None] + minutes[first:, first:], step)
    np.fill_diagonal(legs, TOO_FAR)
    return _Ways(minutes[:first, first:], service + minutes[first:, :first].T, legs)


def _crew(problem: Problem, shifts: list[Shift], tables: list[_Ways], step: float) -> Crew:
    shift = shifts[0]
    length = shift.end_min + shift.overtime_min - shift.start_min
    last = math.floor(length / step + LATE)
    team = problem.team_by_id[shift.team]
    number = problem.travel_factors.index(team.travel_factor)
    ways, homes = tables[number], [depot.id for depot in problem.depots]
    way_out = _steps(ways.out[homes.index(shift.start_depot)], step)
    way_back = _steps(ways.back[homes.index(shift.end_depot)], step)
    starts = np.asarray(shift.start_min + np.arange(last + 1) * step, np.float64)
    return Crew(
        side=shift.night % 2,
        shifts=len(shifts),
        legs=number,
        way_out=way_out,
        way_back=way_back,
        soonest=_soonest(way_back, ways.legs),
        last=last,
        pay=np.stack([_pay(place, team, starts, step) for place in problem.locations]),
    )


def _soonest(way_back: Steps, legs: Steps) -> Steps:
    """Speeds rise with distance, so a longer way may be the quicker one."""
    found = way_back
    while True:
        through = np.minimum(found, (legs + found[None, :]).min(axis=1, initial=TOO_FAR))
        if (through == found).all():
            return found
        found = through


def _pay(place: Location, team: Team, starts: Doubles, step: float) -> Singles:
    """The most that a visit beginning within each step can expect."""
    if not set(place.needs) <= set(team.skills):
        return np.full(len(starts), NEVER)
    if team.seats is not None and place.load > team.seats:
        return np.full(len(starts), NEVER)
    rates = np.append(np.array(place.rates, np.float32), np.float32(0))
    within = (starts - LATE * step, starts, starts + (1 - EARLY) * step)
    edges = [np.floor(moment / 60) for moment in within]
    pay = np.max([rates[_block(edge, len(rates) - 1)] for edge in edges], axis=0)
    if place.windows:
        inside = [
            (starts + (1 + LATE) * step >= begin)
            & (starts - LATE * step <= end - place.service_min)
            for begin, end in place.windows
        ]
        pay = np.where(np.any(inside, axis=0), pay, NEVER)
    return np.asarray(pay, np.float32)


def _block(edge: Doubles, blocks: int) -> NDArray[np.int64]:
    """The hour block, the one after the last for hours that have no rate."""
    block = edge.astype(np.int64)
    return np.where((block < 0) | (block >= blocks), blocks, block)


def _steps(minutes: Doubles, step: float) -> Steps:
    return np.floor(minutes / step + EARLY).astype(np.int32)
