"""How often a location can be visited on odd and even nights, as linear rows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from nuantu.routing.problem import Location, Problem

SIDES = 2
MOST_NIGHTS = 12  # all sets of nights are looked at

Count = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """`share[0]` × visits on even nights + `share[1]` × visits on odd nights is at most `most`; all
    below 0 where so many visits are owed."""

    place: int
    share: Count
    most: int


def rows_of(problem: Problem) -> list[Row]:
    """The rows of every location; nights are counted from 0."""
    done: dict[str, list[int]] = {}
    for visit in problem.done:
        done.setdefault(visit.location, []).append(visit.night)
    return [
        Row(number, (even, odd), most)
        for number, place in enumerate(problem.locations)
        for even, odd, most in _rows(
            _open(problem, place, done.get(place.id, ())), place.min_gap_nights
        )
    ]


def owed_rows(problem: Problem) -> list[Row]:
    """One for each location that is still owed visits in this week."""
    done = Counter(visit.location for visit in problem.done if visit.night >= 0)
    owed = [place.visits_per_week - done[place.id] for place in problem.locations]
    return [Row(number, (-1, -1), -visits) for number, visits in enumerate(owed) if visits > 0]


def _open(problem: Problem, place: Location, done: Sequence[int]) -> tuple[int, ...]:
    """Nights on which a visit is allowed at all."""
    return tuple(
        night
        for night in range(problem.nights)
        if night not in place.closed_nights
        and all(abs(night - other) >= place.min_gap_nights for other in done)
    )


@cache
def _rows(nights: tuple[int, ...], gap: int) -> tuple[tuple[int, int, int], ...]:
    """The hull of all counts that some set of nights reaches, without rows that others imply."""
    return tuple(facets(_counts(nights, gap)))


def _counts(nights: Sequence[int], gap: int) -> set[Count]:
    """(visits on even nights, visits on odd nights) of every set of nights that keeps the gap."""
    reached: set[tuple[int, Count]] = {(-gap, (0, 0))}
    for night in nights:
        more = {
            (night, (even + (night % SIDES == 0), odd + (night % SIDES)))
            for last, (even, odd) in reached
            if night - last >= gap
        }
        reached |= more
    return {count for _last, count in reached}


def facets(counts: Iterable[Count]) -> list[tuple[int, int, int]]:
    """Rows a·x + b·y ≤ c with a, b ≥ 0 that hold the counts and everything below them."""
    highest: dict[int, int] = {}
    for x, y in counts:
        highest[x] = max(highest.get(x, 0), y)
    hull: list[Count] = []
    for point in sorted(highest.items()):
        while len(hull) > 1 and _turns_left(hull[-2], hull[-1], point):
            hull.pop()
        hull.append(point)
    rows = [
        (upper[1] - lower[1], lower[0] - upper[0], _height(upper, lower))
        for upper, lower in pairwise(hull)
        if lower[1] < upper[1]
    ]
    most_x, most_y = max(highest), max(highest.values())
    if not any(a and c <= most_x * a for a, _b, c in rows):
        rows.append((1, 0, most_x))
    if not any(b and c <= most_y * b for _a, b, c in rows):
        rows.append((0, 1, most_y))
    return rows


def _height(upper: Count, lower: Count) -> int:
    return (upper[1] - lower[1]) * upper[0] + (lower[0] - upper[0]) * upper[1]


def _turns_left(a: Count, b: Count, c: Count) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) >= 0
