"""The best week of patrols that can be found in the time given.

A ruin-and-recreate search over the whole week: strings of neighbouring stops and whole places with
all their nights are taken out and put back at the best night, team and position, under simulated
annealing. Promises come first, then encounters less costs. What is compiled stands in `search`.
"""

from collections.abc import Callable, Mapping, Sequence

from nuantu.routing.bound import encounters_bound
from nuantu.routing.objective import objective_of
from nuantu.routing.plan import Plan, Route
from nuantu.routing.problem import Problem
from nuantu.routing.reasons import unmet_of
from nuantu.routing.search.chain import Chain
from nuantu.routing.search.engine import Budget, Progress, Search, ready, routes_of
from nuantu.routing.search.opening import Opened, opened
from nuantu.routing.search.pack import pack

WARM = 0.075  # heat of a search that starts from a plan
UNFOLDED = 0.03  # and from a few nights that are repeated


def solve(
    problem: Problem,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    start: Plan | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    workers: int = 1,
) -> Plan:
    """The best plan found, with every missed promise named and its reason.

    `seconds`: computing time of each worker (wall time at most about five times that); or
    `iterations` of each worker, and the same seed then gives the same plan. `start`: a plan to
    improve; stops that the problem forbids are left out. `progress` hears about each turn,
    `cancelled` is asked before it. Errors: ValueError unless exactly one limit is given.
    """
    budget = Budget(seconds, iterations)
    if not problem.locations or not problem.shifts:
        return finished(problem, {}, 0.0, seed)
    ready()
    workers = max(1, workers)
    first = (
        Opened(budget, start.routes)
        if start
        else opened(problem, budget, seed, workers, progress, cancelled)
    )
    heat = WARM if start else UNFOLDED if first.routes else 1.0
    packed = pack(problem)
    chains = [Chain(packed, seed * 64 + number, first.routes) for number in range(workers)]
    search = Search(chains, first.rest, heat, may_squeeze=True)
    best = search.go(first.heard(progress), cancelled)
    seconds = first.seconds + sum(chain.seconds for chain in chains)
    return finished(problem, routes_of(best), seconds, seed)


def finished(
    problem: Problem,
    stops: Mapping[tuple[str, int], Sequence[str]],
    cpu_seconds: float,
    seed: int | None,
    *,
    with_bound: bool = True,
) -> Plan:
    """A plan with times, sums, reasons and, when wanted, the bound."""
    routes = {key: tuple(value) for key, value in stops.items() if value}
    objective, clocks = objective_of(problem, routes)
    return Plan(
        tuple(
            Route(team, night, found, clocks[team, night].arrivals, clocks[team, night].back)
            for (team, night), found in sorted(routes.items(), key=lambda item: item[0][::-1])
        ),
        unmet_of(problem, routes),
        encounters=objective.encounters,
        value=objective.value,
        bound=encounters_bound(problem) if with_bound else None,
        cpu_seconds=round(cpu_seconds, 3),
        seed=seed,
    )
