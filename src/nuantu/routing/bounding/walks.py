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

NOWHERE, HOME = -2, -1
UNREACHED = NEVER / 2


@dataclass(frozen=True)
class Walk:
    """A route of a crew: its places in order, what it meets, and what is left above the prices."""

    crew: int
    places: tuple[int, ...]
    encounters: float
    gain: float


class Ways(NamedTuple):
    """Steps of a crew between places [N, N], from and to its depot [N], and the shortest leg."""

    legs: Steps
    out: Steps
    back: Steps
    chunk: int


class Tables(NamedTuple):
    """[N, steps] worth of the best walk to a place and of the second, and the place before each."""

    first: Singles
    before: Shorts
    second: Singles
    other: Shorts

    def until(self, steps: int) -> "Tables":
        """The part that a crew needs."""
        first, before = self.first[:, :steps], self.before[:, :steps]
        return Tables(first, before, self.second[:, :steps], self.other[:, :steps])


def tables_for(grid: Grid) -> Tables:
    """Room for the crew with the longest shift, used again and again."""
    shape = len(grid.legs), max(crew.last for crew in grid.crews) + 1
    worth, before = np.zeros(shape, np.float32), np.zeros(shape, np.int16)
    return Tables(worth, before, worth.copy(), before.copy())


def best_walks(
    grid: Grid, number: int, prices: Doubles, tables: Tables, most: int
) -> tuple[float, list[Walk]]:
    """The most that a walk of this crew can gain, and the best walks by their last place.

    `prices` [N]: what a visit costs on the crew's side of the week.
    """
    crew = grid.crews[number]
    pay = (crew.pay - prices[:, None]).astype(np.float32)
    own = tables.until(crew.last + 1)
    walk_on(Ways(grid.legs, crew.way_out, crew.way_back, grid.chunk), pay, own)
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
    gain, place, step = end
    places, encounters = [place], float(crew.pay[place, step])
    while True:
        earlier = int((tables.other if is_second else tables.before)[place, step])
        if earlier == HOME:
            break
        target = (tables.second if is_second else tables.first)[place, step]
        for then in range(step - int(grid.legs[earlier, place]), -1, -1):  # it may have waited
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

    No leg is shorter than `ways.chunk`, so the steps of a chunk depend on those before it alone.
    """
    places, steps = pay.shape
    clear(ways, tables)
    for begin in range(0, steps, ways.chunk):
        end = min(steps, begin + ways.chunk)
        for place in range(places):
            if begin + ways.back[place] >= steps:
                continue
            for earlier in range(places):
                leg = ways.legs[earlier, place]
                start = max(begin, leg)
                if start < end and end - 1 - leg >= ways.out[earlier]:
                    arrive(tables, pay[earlier], earlier, place, leg, start, end)
            wait(tables, place, max(begin, 1), end)


@inlined
def clear(ways: Ways, tables: Tables) -> None:
    """Nobody is anywhere but on the way out of the depot."""
    tables.first[:] = NEVER
    tables.second[:] = NEVER
    tables.before[:] = NOWHERE
    tables.other[:] = NOWHERE
    for place in range(len(ways.out)):
        if ways.out[place] < tables.first.shape[1]:
            tables.first[place, ways.out[place]] = 0
            tables.before[place, ways.out[place]] = HOME


@inlined
def arrive(
    tables: Tables, pay: Singles, earlier: int, place: int, leg: int, start: int, end: int
) -> None:
    """Walks that come from an earlier place, unless they went there from here."""
    from_first, from_second = tables.first[earlier], tables.second[earlier]
    from_before = tables.before[earlier]
    first, before = tables.first[place], tables.before[place]
    second, other = tables.second[place], tables.other[place]
    for step in range(start, end):
        then = step - leg
        worth = from_first[then] if from_before[then] != place else from_second[then]
        worth += pay[then]
        best = first[step]
        if worth > best:
            second[step] = best
            other[step] = before[step]
            first[step] = worth
            before[step] = earlier
        elif worth > second[step]:
            second[step] = worth
            other[step] = earlier


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
