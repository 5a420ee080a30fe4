"""A week as the routing libraries want it: optional visits with a prize, in absolute time.

A night begins `day` minutes after the one before, so one set of windows holds the whole week. A visit
may stand between several nights, and is then made on one of them; libraries that know groups are
also given its best two hours at their own, higher prize.
"""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nuantu.routing.problem import Location, Problem, Shift
from nuantu.routing.search.minutes import all_minutes

OWED = 20.0  # encounters that a promised visit is worth to a library beside those it meets
UNITS = 10  # of cost for a minute of travel
TICKS = 100  # of time for a minute
HOURS = 2  # of the best window

Stops = dict[tuple[str, int], tuple[str, ...]]
Nights = Mapping[int, Sequence[tuple[int, ...]]]  # of a location: the nights its visits may be on
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to make a visit: arrive between two absolute minutes for a prize."""

    place: int
    begin: float
    end: float
    worth: float


Visit = tuple[Choice, ...]


class Clock:
    """Computing seconds of this process, against a limit."""

    def __init__(self, limit: float) -> None:
        self.end = time.process_time() + limit

    @property
    def left(self) -> float:
        return max(0.0, self.end - time.process_time())

    def is_over(self) -> bool:
        return self.left <= 0


class Week:
    """What all libraries are handed. Depots come first in `cost` and `ticks`."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        minutes = all_minutes(problem).astype(float)
        self.minutes = minutes
        has_rewards = any(max(place.rates, default=0.0) > 0 for place in problem.locations)
        self.is_strict = not has_rewards
        fine = UNITS if problem.nights > 1 and has_rewards else 1000
        self.scale = fine / problem.weights.travel_per_min
        self.cost = np.rint(minutes * fine).astype(np.int64)
        self.ticks = np.ceil(minutes * TICKS - 1e-6).astype(np.int64)
        self.day = max(1440.0, max(s.end_min for s in problem.shifts) + 60)
        self.depots = {depot.id: row for row, depot in enumerate(problem.depots)}

    def row(self, place: int) -> int:
        return len(self.depots) + place

    def begins(self, shift: Shift) -> float:
        return shift.night * self.day + shift.start_min

    def ends(self, shift: Shift) -> float:
        return shift.night * self.day + shift.end_min

    def alike(self, shifts: Sequence[Shift]) -> list[list[Shift]]:
        """Shifts of one night, with the same depots, times and seats."""
        found: dict[object, list[Shift]] = {}
        for shift in shifts:
            seats = self.problem.team_by_id[shift.team].seats
            times = shift.night, shift.start_min, shift.end_min
            key = (times, shift.start_depot, shift.end_depot, seats)
            found.setdefault(key, []).append(shift)
        return list(found.values())

    def hours(self, night: int) -> tuple[float, float]:
        """First and last minute of a night's shifts."""
        tonight = [s for s in self.problem.shifts if s.night == night] or self.problem.shifts
        return min(s.start_min for s in tonight), max(s.end_min for s in tonight)

    def mean_rate(self, place: Location, night: int) -> float:
        """What a visit expects when its hour is not known."""
        begin, end = self.hours(night)
        blocks = range(int(begin // 60), min(len(place.rates), math.ceil(end / 60)))
        return sum(place.rate_at(60.0 * b) for b in blocks) / len(blocks) if blocks else 0.0

    def visit(self, place: int, nights: Sequence[int], *, owed: bool, peak: bool) -> Visit:
        """A visit on one of the nights, at any hour; and on one of them at its best hours."""
        where = self.problem.locations[place]
        first, last = min(nights), max(nights)
        extra = OWED if owed else 0.0
        begin, end = self.hours(first)[0], self.hours(last)[1]
        mean = self.mean_rate(where, first)
        whole = Choice(place, first * self.day + begin, last * self.day + end, mean + extra)
        if not peak:
            return (whole,)
        night = nights[place % len(nights)]
        best, rate = self.best_hours(where, night)
        if rate < 1.1 * mean:
            return (whole,)
        at = night * self.day + best
        return (whole, Choice(place, at, at + 60 * HOURS - 0.01, rate + extra))

    def best_hours(self, place: Location, night: int) -> tuple[float, float]:
        begin, end = self.hours(night)
        first, last = int(begin // 60), int(end // 60) - HOURS
        options = [
            (sum(place.rate_at(60.0 * (b + k)) for k in range(HOURS)) / HOURS, 60.0 * b)
            for b in range(first, max(first, last) + 1)
        ]
        rate, at = max(options)
        return at, rate


def every_visit(week: Week, nights: Nights, *, peak: bool) -> list[Visit]:
    """The promised visits on the nights chosen for them; where none are promised, one of each."""
    found = []
    for number, place in enumerate(week.problem.locations):
        if place.visits_per_week == 0:
            tonight = range(week.problem.nights)
            found.append(week.visit(number, tonight, owed=False, peak=peak))
        chosen = nights.get(number, ())[: place.visits_per_week]
        found += [week.visit(number, spans, owed=True, peak=peak) for spans in chosen]
    return found
