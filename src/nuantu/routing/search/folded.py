"""A few nights that stand for a whole week: what is driven on one is driven on each that it is repeated on.

Most nights of a week are alike, and most places want visits so many nights apart: two, say. Then two
nights say what seven do: the first is repeated on the even nights, the second on the odd ones, each
place is in one of them, and a visit counts for as many nights as it is repeated on. A search has two
sevenths of the stops to move, and it never has to find the same route four times. The nights follow
each other on one clock, so that each has hours, and rates, of its own.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from nuantu.routing.plan import Route
from nuantu.routing.problem import Location, Problem, Shift, Window
from nuantu.routing.search.pack import Packed, pack

MOST_NIGHTS = (
    4  # of a fold; the search chooses nights in pairs, which is right for so few in a ring
)
REPEATED = 0.8  # least share of the shifts that are alike on all nights that one stands for
FULL = 0.9  # least share of its nights that a visit is repeated on, mean of the promised places

Nights = tuple[int, ...]


@dataclass(frozen=True)
class Folded:
    """`problem`: the few nights; `week`: the whole; `nights`: for each place by its id, on which
    nights of the week a visit of each of the few is made."""

    problem: Problem
    week: Problem
    nights: Mapping[str, Sequence[Nights]]

    def often(self, night: int) -> int:
        """How many nights of the week one of the few stands for."""
        return len(range(night, self.week.nights, self.problem.nights))

    def packed(self) -> Packed:
        """The few nights for the search; the first follows the last again."""
        packed = pack(self.problem)
        period = self.problem.nights
        clash = packed.week.clash.copy()
        for spot, row in enumerate(packed.order.tolist()):
            gap = self.problem.locations[row].min_gap_nights
            for night in range(period):
                clash[spot, night] = sum(
                    1 << other
                    for other in range(period)
                    if other == night
                    or not is_apart((min(night, other), max(night, other)), gap, period)
                )
        return replace(packed, week=packed.week._replace(clash=clash))

    def unfolded(self, stops: Mapping[tuple[str, int], Sequence[str]]) -> list[Route]:
        """The routes of the week that repeat these few nights."""
        return [
            Route(team, night, tuple(stop for stop in own if night in self.nights[stop][first]))
            for (team, first), own in stops.items()
            for night in range(first, self.week.nights, self.problem.nights)
        ]


@dataclass(frozen=True, slots=True)
class _Clock:
    """`later`: minutes from one of the few nights to the next; `edge`: the minute after the first."""

    later: float
    edge: float


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a place asks of the few nights: so many visits on these nights, so far apart."""

    visits: int
    gap: int
    nights: Nights


def folded(problem: Problem) -> Folded | None:
    """The few nights of a week; None where they cannot say it.

    That is a week under way, one with too many shifts that are not repeated, with a promise that
    repeated visits cannot keep, with many visits between them, with a share of visits in night hours,
    or with limits over a whole week.
    """
    period = _period(problem)
    if not period or _is_beyond_few_nights(problem):
        return None
    shifts = _repeated(problem, period)
    if not shifts or _driven(problem, shifts, period) < REPEATED * len(problem.shifts):
        return None
    begin = min(0.0, *(shift.start_min for shift in shifts))
    end = max(shift.end_min + shift.overtime_min for shift in shifts)
    later = 60.0 * math.ceil((end - begin) / 60)
    clock = _Clock(later, later + begin)
    nights = {
        place.id: _nights(problem, place, period, {shift.night for shift in shifts})
        for place in problem.locations
    }
    asked = [_asked(place, [len(one) for one in nights[place.id]]) for place in problem.locations]
    if None in asked or _repeats(problem, nights, period) < FULL:
        return None
    places = [
        _place(place, wish, [len(one) for one in nights[place.id]], clock)
        for place, wish in zip(problem.locations, asked, strict=True)
        if wish is not None
    ]
    return Folded(_few(problem, places, shifts, period, clock), problem, nights)


def _few(
    problem: Problem,
    places: Sequence[Location],
    shifts: Sequence[Shift],
    period: int,
    clock: _Clock,
) -> Problem:
    often, own = problem.nights / period, problem.weights
    return replace(
        problem,
        nights=period,
        locations=tuple(places),
        shifts=tuple(_moved(shift, shift.night * clock.later) for shift in shifts),
        done=(),
        weights=replace(
            own,
            travel_per_min=own.travel_per_min * often,
            overtime_per_min=own.overtime_per_min * often,
        ),
    )


def _period(problem: Problem) -> int:
    """After how many nights most promises want the same again; 0 where a week has no two such turns, or promises nothing."""
    wanted: Counter[int] = Counter()
    for place in problem.locations:
        wanted[place.min_gap_nights] += place.visits_per_week
    if not wanted.total():
        return 0
    gap = max(wanted, key=lambda one: (wanted[one], one))
    is_every_night = all(place.visits_per_week == problem.nights for place in problem.locations)
    period = 1 if is_every_night else max(2, gap)
    return period if period <= min(MOST_NIGHTS, problem.nights // 2) else 0


def _is_beyond_few_nights(problem: Problem) -> bool:
    """Whether something counts that a few nights do not know."""
    return bool(
        problem.weights.fairness
        or any(team.max_hours is not None for team in problem.teams)
        or any(place.night_share for place in problem.locations)
        or any(visit.night >= 0 for visit in problem.done)
    )


def _repeated(problem: Problem, period: int) -> list[Shift]:
    """One for each team and night of the few whose shifts are alike on all nights it stands for."""
    own: dict[tuple[str, int], list[Shift]] = defaultdict(list)
    for shift in problem.shifts:
        own[shift.team, shift.night % period].append(shift)
    return [
        replace(shifts[0], night=first)
        for (_team, first), shifts in own.items()
        if len(shifts) == len(range(first, problem.nights, period))
        and shifts[0].held is None
        and len({replace(shift, night=first) for shift in shifts}) == 1
    ]


def _driven(problem: Problem, shifts: Sequence[Shift], period: int) -> int:
    """Shifts of the week that these stand for."""
    return sum(len(range(shift.night, problem.nights, period)) for shift in shifts)


def _moved(shift: Shift, minutes: float) -> Shift:
    return replace(shift, start_min=shift.start_min + minutes, end_min=shift.end_min + minutes)


def _nights(problem: Problem, place: Location, period: int, out: set[int]) -> list[Nights]:
    """The nights of the week on which a visit of each of the few is made: open ones, each as soon as
    the gap allows."""
    made = [visit.night for visit in problem.done if visit.location == place.id]
    found = []
    for first in range(period):
        own: list[int] = []
        for night in range(first, problem.nights, period) if first in out else ():
            is_apart = all(abs(night - one) >= place.min_gap_nights for one in (*made, *own))
            if is_apart and night not in place.closed_nights:
                own.append(night)
        found.append(tuple(own))
    return found


def _asked(place: Location, often: Sequence[int]) -> _Wish | None:
    """What a place asks of the few nights; None where they cannot keep its promise."""
    gap, promised, period = max(1, place.min_gap_nights), place.visits_per_week, len(often)
    open_to = [night for night in range(period) if often[night]]
    sets = [
        one
        for size in range(period + 1)
        for one in combinations(open_to, size)
        if is_apart(one, gap, period)
    ]
    enough = [one for one in sets if sum(often[night] for night in one) >= promised]
    if not enough:
        return None
    visits = min(map(len, enough))
    few = [one for one in enough if len(one) == visits]
    nights = tuple(sorted({night for one in few for night in one})) if visits else tuple(open_to)
    others = (one for one in sets if len(one) == visits and set(one) <= set(nights))
    if any(one not in few for one in others):
        nights = max(few, key=lambda one: sum(often[night] for night in one))
    return _Wish(visits, gap, nights)


def is_apart(nights: Nights, gap: int, period: int) -> bool:
    """Whether these keep the gap, also where the few nights begin again."""
    return all(gap <= later - one <= period - gap for one, later in combinations(nights, 2))


def _repeats(problem: Problem, nights: Mapping[str, Sequence[Nights]], period: int) -> float:
    """The share of its nights that a visit is repeated on, at best: mean of the promised places."""
    most = [len(range(first, problem.nights, period)) for first in range(period)]
    shares = [
        max(len(own) / of for own, of in zip(nights[place.id], most, strict=True))
        for place in problem.locations
        if place.visits_per_week
    ]
    return sum(shares) / len(shares)


def _place(place: Location, wish: _Wish, often: Sequence[int], clock: _Clock) -> Location:
    """The place in the few nights, one after the other on one clock."""
    blocks = int(clock.later // 60)
    rates = (*place.rates[:blocks], *(0.0 for _block in range(blocks - len(place.rates))))
    return replace(
        place,
        visits_per_week=wish.visits,
        min_gap_nights=wish.gap,
        closed_nights=tuple(set(range(len(often))).difference(wish.nights)),
        rates=tuple(count * rate for count in often for rate in rates),
        windows=_windows(place, len(often), clock),
    )


def _windows(place: Location, period: int, clock: _Clock) -> tuple[Window, ...]:
    """The windows of each of the few nights, each within its own part of the clock."""
    found = []
    for night in range(period):
        before, after = clock.edge + (night - 1) * clock.later, clock.edge + night * clock.later
        for first, last in place.windows:
            begin, end = first + night * clock.later, last + night * clock.later
            if max(begin, before) <= min(end, after):
                found.append((max(begin, before), min(end, after)))
    return tuple(found) or tuple((first, first) for first, _last in place.windows[:1])
