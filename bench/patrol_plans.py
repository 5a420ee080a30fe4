"""Plans of our search, judged by the checker; without the bound, whose HiGHS does not load beside that of OR-Tools."""

from bench.patrol_weeks import Classic
from nuantu.routing.checker import check
from nuantu.routing.objective import Objective
from nuantu.routing.plan import Plan
from nuantu.routing.problem import Problem
from nuantu.routing.search.chain import Chain
from nuantu.routing.search.engine import Budget, Search, routes_of
from nuantu.routing.search.pack import pack
from nuantu.routing.solve import finished


def seen(problem: Problem, plan: Plan) -> Objective:
    """What the checker finds; a plan that cannot be driven ends the run."""
    report = check(problem, plan)
    if not report.is_valid:
        raise SystemExit("\n".join(map(str, report.breaches)))
    return report.objective


def classic(instance: Classic, seconds: float, seed: int) -> tuple[Plan, Objective]:
    """A plan whose nights lie in the sets of the instance."""
    problem = instance.problem
    chain = Chain(pack(problem, instance.night_sets), seed)
    best = Search([chain], Budget(seconds)).go()
    plan = finished(problem, routes_of(best), best.seconds, seed)
    nights: dict[str, set[int]] = {}
    for route in plan.routes:
        for stop in route.stops:
            nights.setdefault(stop, set()).add(route.night)
    for place, sets in instance.night_sets.items():
        if nights.get(place, set()) not in [set(one) for one in sets]:
            print(f"{problem.name}: {place} is not visited as promised")
    return plan, seen(problem, plan)
