"""A plan from an order of stops: times, sums, what is not kept; and what a change of it breaks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nuantu.routing.bound import encounters_bound
from nuantu.routing.checker import Breach, check
from nuantu.routing.objective import objective_of
from nuantu.routing.plan import Plan, Route, Unmet
from nuantu.routing.problem import Problem
from nuantu.routing.reasons import unmet_of

Key = tuple[str, int]
Stops = Mapping[Key, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Change:
    """One stop moved: the plan after it, what it breaks, and the promises it newly misses."""

    plan: Plan
    breaches: tuple[Breach, ...]
    lost: tuple[Unmet, ...]

    @property
    def is_allowed(self) -> bool:
        """Whether the plan can be walked and no promise is lost that was kept."""
        return not self.breaches and not self.lost


def plan_of(problem: Problem, stops: Stops, bound: float | None = None) -> Plan:
    """The plan of an order of stops, with times, sums, bound and reasons."""
    routes = {key: tuple(value) for key, value in stops.items() if value}
    objective, clocks = objective_of(problem, routes)
    return Plan(
        tuple(
            Route(*key, routes[key], clocks[key].arrivals, clocks[key].back)
            for key in sorted(routes, key=lambda key: key[::-1])
        ),
        unmet_of(problem, routes),
        encounters=objective.encounters,
        value=objective.value,
        bound=encounters_bound(problem) if bound is None else bound,
    )


def is_drivable(problem: Problem, stops: Stops) -> bool:
    """Whether the independent checker finds nothing wrong with an order of stops."""
    return not check(problem, replace(plan_of(problem, stops, 0.0), bound=None)).breaches


def missing(unmet: Sequence[Unmet]) -> int:
    """Promised visits that are not kept."""
    return sum(item.missing for item in unmet if item.promise == "visits")


def move(problem: Problem, stops: Stops, stop: str, origin: Key, target: Key) -> Change:
    """Take a stop out of one route and put it where it costs another the least time.

    The independent checker judges the result. Raises KeyError where the stop is not in the route or
    there is no such turn.
    """
    if target not in problem.shift_by_key or stop not in stops.get(origin, ()):
        raise KeyError(stop)
    before = plan_of(problem, stops, 0.0)
    without = {key: tuple(s for s in value if key != origin or s != stop)
               for key, value in stops.items()}  # fmt: skip
    row = without.get(target, ())
    orders = [(*row[:at], stop, *row[at:]) for at in range(len(row) + 1)]
    best = min(orders, key=lambda order: _back(problem, target, order))
    after = plan_of(problem, without | {target: best})
    lost = lost_promises(before.unmet, after.unmet)
    return Change(after, check(problem, after).breaches, lost)


def _back(problem: Problem, key: Key, order: Sequence[str]) -> float:
    clocks = objective_of(problem, {key: order})[1]
    return clocks[key].back


def lost_promises(before: Sequence[Unmet], after: Sequence[Unmet]) -> tuple[Unmet, ...]:
    """Promises of the second list that miss more than they do in the first."""
    had = Counter({(item.location, item.promise): item.missing for item in before})
    return tuple(
        replace(item, missing=item.missing - had[item.location, item.promise])
        for item in after
        if item.missing > had[item.location, item.promise]
    )


def promised(problem: Problem, plan: Plan) -> set[tuple[str, int]]:
    """Which visits count for a promise, as location and half: the first ones up to its number."""
    nights: dict[str, list[int]] = {}
    for route in plan.routes:
        for stop in route.stops:
            nights.setdefault(stop, []).append(route.night)
    return {
        (stop, night)
        for stop, visits in nights.items()
        for night in sorted(visits)[: problem.by_id[stop].visits_per_week]
    }
