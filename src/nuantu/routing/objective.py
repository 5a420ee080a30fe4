"""What a plan is worth, as a sum of parts that can be read aloud."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nuantu.routing.problem import Problem, Shift


@dataclass(frozen=True, slots=True)
class Timed:
    """One route with its clock: arrivals, return, travel minutes."""

    arrivals: tuple[float, ...]
    back: float
    travel: float


def timed(problem: Problem, shift: Shift, stops: Sequence[str]) -> Timed:
    """Walk a route from its depot; a team waits only where its shift was held.

    A route without stops is not driven.
    """
    if not stops:
        return Timed((), shift.start_min, 0.0)
    row = problem.place_index
    at, clock, travel = row["depot", shift.start_depot], shift.start_min, 0.0
    arrivals: list[float] = []
    for stop in stops:
        if shift.held and shift.held[0] == len(arrivals):
            clock = max(clock, shift.held[1])
        there = row["location", stop]
        leg = problem.leg(at, there, shift, clock)
        clock, travel, at = clock + leg, travel + leg, there
        arrivals.append(clock)
        clock += problem.by_id[stop].service_min
    leg = problem.leg(at, row["depot", shift.end_depot], shift, clock)
    return Timed(tuple(arrivals), clock + leg, travel + leg)


@dataclass(frozen=True, slots=True)
class Objective:
    """Missing promises come first; among plans with equal misses the higher value wins.

    value = encounters - travel cost - overtime cost - fairness cost.
    """

    missing_visits: int
    missing_night: int
    encounters: float
    travel_minutes: float
    travel_cost: float
    overtime_minutes: float
    overtime_cost: float
    uneven: float
    fairness_cost: float

    @property
    def value(self) -> float:
        return self.encounters - self.travel_cost - self.overtime_cost - self.fairness_cost

    @property
    def terms(self) -> tuple[tuple[str, float], ...]:
        """The parts of the value; their sum is the value."""
        return (
            ("encounters", self.encounters),
            ("travel", -self.travel_cost),
            ("overtime", -self.overtime_cost),
            ("fairness", -self.fairness_cost),
        )


def objective_of(
    problem: Problem, routes: Mapping[tuple[str, int], Sequence[str]]
) -> tuple[Objective, Mapping[tuple[str, int], Timed]]:
    """The sum and the clock of every route. Routes must name known shifts and locations."""
    clocks = {
        key: timed(problem, problem.shift_by_key[key], stops)
        for key, stops in routes.items()
        if stops
    }
    encounters = sum(
        problem.by_id[stop].rate_at(arrival)
        for key, clock in clocks.items()
        for stop, arrival in zip(routes[key], clock.arrivals, strict=True)
    )
    travel = sum(clock.travel for clock in clocks.values())
    over = sum(max(0.0, c.back - problem.shift_by_key[k].end_min) for k, c in clocks.items())
    uneven = unevenness(problem, clocks)
    weights = problem.weights
    missing = shortfalls(problem, routes, clocks)
    return Objective(
        sum(short for short, _night in missing.values()),
        sum(night for _short, night in missing.values()),
        encounters,
        travel,
        travel * weights.travel_per_min,
        over,
        over * weights.overtime_per_min,
        uneven,
        uneven * weights.fairness,
    ), clocks


def hours_by_team(problem: Problem, clocks: Mapping[tuple[str, int], Timed]) -> dict[str, float]:
    """Hours on the road in the week for every team that has a shift."""
    hours = dict.fromkeys((shift.team for shift in problem.shifts), 0.0)
    for key, clock in clocks.items():
        hours[key[0]] += (clock.back - problem.shift_by_key[key].start_min) / 60
    return hours


def unevenness(problem: Problem, clocks: Mapping[tuple[str, int], Timed]) -> float:
    """Squared hours by which the teams' weeks differ from their mean, summed."""
    hours = list(hours_by_team(problem, clocks).values())
    mean = sum(hours) / len(hours) if hours else 0.0
    return sum((value - mean) ** 2 for value in hours)


def shortfalls(
    problem: Problem,
    routes: Mapping[tuple[str, int], Sequence[str]],
    clocks: Mapping[tuple[str, int], Timed],
) -> dict[str, tuple[int, int]]:
    """Missing visits and missing night visits of every location that lacks some.

    A visit that was done already counts for the week, and for the night share too, since nobody
    can repeat it. The two promises are counted apart.
    """
    made = dict.fromkeys(problem.by_id, 0)
    at_night = dict.fromkeys(problem.by_id, 0)
    for visit in problem.done:
        if visit.night >= 0:
            made[visit.location] += 1
            at_night[visit.location] += 1
    for key, clock in clocks.items():
        for stop, arrival in zip(routes[key], clock.arrivals, strict=True):
            made[stop] += 1
            at_night[stop] += problem.in_night_hours(arrival)
    found = {}
    for place in problem.locations:
        missing = max(0, place.visits_per_week - made[place.id])
        night = max(0, place.night_visits - at_night[place.id])
        if missing or night:
            found[place.id] = (missing, night)
    return found
