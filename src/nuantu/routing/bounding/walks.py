"""The walks that pay most at given prices, by dynamic programming over place and minute.

At each place and minute two walks are kept whose places before differ, so that a walk which would
go straight back where it came from has another one to go on with.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nuantu.routing.bounding.grid import NEVER, Crew, Doubles, Grid, Singles, Steps
from nuantu.routing.search.compiled import entry, inlined

Shorts = NDArray[np.int16]
Entries = tuple[Shorts, ...]

NOWHERE, HOME = -2, -1
WIDE = 4  # chunks that long legs are taken for at once
UNREACHED = NEVER / 2


@dataclass(frozen=True)
class Walk:
    """A route of a crew: its places in order, what it meets, and what is left above the prices."""

    crew: int
    places: tuple[int, ...]
    encounters: float
    gain: float


class Ways(NamedTuple):
    """Steps of a crew between places [N, N], from its depot and the least to it [N], the shortest leg.

    `from_where` [N, K]: the places from which each is entered.
    """

    legs: Steps
    from_where: Shorts
    out: Steps
    soonest: Steps
    chunk: int


class Tables(NamedTuple):
    """[N, steps] worth of the best walk to a place and of the second, and the place before each.

    `onward`: the best walk with the visit itself.
    """

    first: Singles
    before: Shorts
    second: Singles
    other: Shorts
    onward: Singles

    def until(self, steps: int) -> "Tables":
        """The part that a crew needs."""
        first, before = self.first[:, :steps], self.before[:, :steps]
        onward = self.onward[:, :steps]
        return Tables(first, before, self.second[:, :steps], self.other[:, :steps], onward)


def tables_for(grid: Grid) -> Tables:
    """Room for the crew with the longest shift, used again and again."""
    shape = len(grid.legs[0]), max(crew.last for crew in grid.crews) + 1
    worth, before = np.zeros(shape, np.float32), np.zeros(shape, np.int16)
    return Tables(worth, before, worth.copy(), before.copy(), worth.copy())


def entries(grid: Grid, most: int | None = None) -> Entries:
    """[N, most] for each place the others from which the way is shortest, nearest first; all when
    no number is given. One table for each table of legs."""
    others = max(0, len(grid.legs[0]) - 1)
    wanted = others if most is None else min(most, others)
    return tuple(
        np.argsort(legs, axis=0, kind="stable")[:wanted].T.astype(np.int16, order="C")
        for legs in grid.legs
    )


def best_walks(
    grid: Grid,
    number: int,
    prices: Doubles,
    tables: Tables,
    most: int,
    from_where: Entries,
) -> tuple[float, list[Walk]]:
    """The most that a walk of this crew can gain, and the best walks by their last place.

    `prices` [N]: what a visit costs on the crew's side of the week. Only with all entries is the
    gain that of all walks.
    """
    crew = grid.crews[number]
    pay = (crew.pay - prices[:, None]).astype(np.float32)
    own = tables.until(crew.last + 1)
    legs, near = grid.legs[crew.legs], from_where[crew.legs]
    walk_on(Ways(legs, near, crew.way_out, crew.soonest, grid.chunk), pay, own)
    ends = _ends(crew, pay, own.first)
    walks = [_walk_back(grid, number, pay, own, end) for end in ends[:most] if end[0] > 0]
    return max((gain for gain, _place, _step in ends[:1]), default=0.0), walks


def _ends(crew: Crew, pay: Singles, worth: Singles) -> list[tuple[float, int, int]]:
    """The best moment to make the last visit at each place, most gain first."""
    found = []
    for place, back in enumerate(crew.way_back):
        latest = crew.last - int(back)
        if latest < crew.way_out[place]:
            continue
        gains = worth[place, : latest + 1] + pay[place, : latest + 1]
        step = int(gains.argmax())
        found.append((float(gains[step]), place, step))
    return sorted(found, reverse=True)


def _walk_back(
    grid: Grid, number: int, pay: Singles, tables: Tables, end: tuple[float, int, int]
) -> Walk:
    """The places of a walk, found from its end by the sums that led there."""
    crew, is_second = grid.crews[number], False
    legs = grid.legs[crew.legs]
    gain, place, step = end
    places, encounters = [place], float(crew.pay[place, step])
    while True:
        earlier = int((tables.other if is_second else tables.before)[place, step])
        if earlier == HOME:
            break
        target = (tables.second if is_second else tables.first)[place, step]
        for then in range(step - int(legs[earlier, place]), -1, -1):  # it may have waited
            is_second = bool(tables.before[earlier, then] == place)
            worth = (tables.second if is_second else tables.first)[earlier, then]
            if worth + pay[earlier, then] == target:
                break
        place, step = earlier, then
        places.append(place)
        encounters += float(crew.pay[place, step])
    return Walk(number, tuple(reversed(places)), encounters, gain)


@entry
def walk_on(ways: Ways, pay: Singles, tables: Tables) -> None:
    """Fill the tables: what the best and the second walk to a place are worth in each step.

    No leg is shorter than `ways.chunk`, so the steps of a chunk depend on those before it alone;
    legs of some chunks' length are taken for as many at once.
    """
    steps = pay.shape[1]
    clear(ways, tables)
    for begin in range(0, steps, ways.chunk):
        end = min(steps, begin + ways.chunk)
        for place in range(len(pay)):
            if begin + ways.soonest[place] >= steps:
                continue
            enter(ways, pay, tables, place, begin)
            wait(tables, place, max(begin, 1), end)
            for step in range(begin, end):
                tables.onward[place, step] = tables.first[place, step] + pay[place, step]


@inlined
def enter(ways: Ways, pay: Singles, tables: Tables, place: int, begin: int) -> None:
    """Walks from everywhere to a place that arrive in this chunk, or in some by a long leg."""
    steps, wide = pay.shape[1], WIDE * ways.chunk
    for k in range(ways.from_where.shape[1]):
        earlier = ways.from_where[place, k]
        leg = ways.legs[earlier, place]
        end = begin + ways.chunk
        if leg >= wide:
            if begin % wide:
                break
            end = begin + wide
        start, end = max(begin, leg + ways.out[earlier]), min(steps, end)
        if start < end and may_gain(tables, earlier, place, leg, start, end):
            arrive(tables, pay, earlier, place, leg, start, end)


@inlined
def clear(ways: Ways, tables: Tables) -> None:
    """Nobody is anywhere but on the way out of the depot."""
    tables.first[:] = NEVER
    tables.second[:] = NEVER
    tables.onward[:] = NEVER
    tables.before[:] = NOWHERE
    tables.other[:] = NOWHERE
    for place in range(len(ways.out)):
        if ways.out[place] < tables.first.shape[1]:
            tables.first[place, ways.out[place]] = 0
            tables.before[place, ways.out[place]] = HOME


@inlined
def may_gain(tables: Tables, earlier: int, place: int, leg: int, start: int, end: int) -> bool:
    """Whether any walk from there beats a second-best one; without branches, many steps at once."""
    better = 0
    for step in range(start, end):
        better += tables.onward[earlier, step - leg] > tables.second[place, step]
    return better > 0


@inlined
def arrive(
    tables: Tables, pay: Singles, earlier: int, place: int, leg: int, start: int, end: int
) -> None:
    """Walks that come from an earlier place, unless they went there from here."""
    for step in range(start, end):
        then = step - leg
        if tables.before[earlier, then] != place:
            worth = tables.first[earlier, then] + pay[earlier, then]
        else:
            worth = tables.second[earlier, then] + pay[earlier, then]
        if worth > tables.second[place, step]:
            best = tables.first[place, step]
            if worth > best:
                tables.second[place, step] = best
                tables.other[place, step] = tables.before[place, step]
                tables.first[place, step] = worth
                tables.before[place, step] = earlier
            else:
                tables.second[place, step] = worth
                tables.other[place, step] = earlier


@inlined
def wait(tables: Tables, place: int, start: int, end: int) -> None:
    """Walks that are here already may begin a step later."""
    first, before = tables.first[place], tables.before[place]
    second, other = tables.second[place], tables.other[place]
    for step in range(start, end):
        for rank in range(2):
            worth = first[step - 1] if rank == 0 else second[step - 1]
            origin = before[step - 1] if rank == 0 else other[step - 1]
            if worth <= UNREACHED:
                continue
            if origin == before[step]:
                first[step] = max(first[step], worth)
            elif worth >= first[step]:
                second[step] = first[step]
                other[step] = before[step]
                first[step] = worth
                before[step] = origin
            elif worth > second[step]:
                second[step] = worth
                other[step] = origin
