"""How fast and how well the rest of a week is planned anew.

    python -m bench.patrol_shift WEEK.json [--seconds 60]

Plans the week, then lets things happen on its third night: insertion alone, half a second of search,
and a cold search of the same rest. Seconds are computing seconds.
"""

import argparse
import json
import math
import time
from pathlib import Path

from nuantu.routing.checker import check
from nuantu.routing.objective import Objective
from nuantu.routing.plan import Plan
from nuantu.routing.problem import Location, Problem
from nuantu.routing.problem_json import problem_from
from nuantu.routing.replan import CadenceRaised, Event, Replanned, TeamLost, UrgentStop, replan
from nuantu.routing.replan_rest import Moment
from nuantu.routing.search.engine import ready
from nuantu.routing.solve import solve


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("week", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    problem = problem_from(json.loads(options.week.read_text("utf-8")))
    ready()
    plan = solve(problem, seconds=min(20.0, options.seconds))
    on_night = [route for route in plan.routes if route.night == 2 and route.stops]
    spot = problem.by_id[on_night[0].stops[-1]]
    urgent = Location(
        "URGENT", spot.x + 0.5, spot.y, 15.0, 1, 1, (3.0,) * 12, on_globe=spot.on_globe
    )
    events: list[tuple[str, Event]] = [
        *((f"{route.team} lost", TeamLost(route.team)) for route in on_night[:3]),
        ("urgent stop", UrgentStop(urgent)),
        ("cadence doubled", CadenceRaised(3)),
    ]
    for name, event in events:
        one(name, problem, plan, event, options.seconds)


def one(name: str, problem: Problem, plan: Plan, event: Event, seconds: float) -> None:
    """One line for an event."""
    began, first = time.process_time(), [math.inf]

    def heard(_found: Replanned) -> None:
        first[0] = min(first[0], time.process_time() - began)

    found = replan(problem, plan, Moment(2, 330.0), event, first=heard)
    rest = found.rest.problem
    warm, cold = _seen(rest, found.rest_plan), _seen(rest, solve(rest, seconds=seconds))
    print(
        f"{name}: insertion told after {1000 * first[0]:.0f} ms; 0.5 s: missing {warm.missing_visits}, "
        f"value {warm.value:.2f} = {warm.value / cold.value:.1%} of {seconds:g} s cold "
        f"(missing {cold.missing_visits}); {found.changed} of {found.remaining} stops change team, "
        f"stability costs {found.stability_cost:.2f}",
        flush=True,
    )


def _seen(problem: Problem, plan: Plan) -> Objective:
    report = check(problem, plan)
    if not report.is_valid:
        raise SystemExit("\n".join(map(str, report.breaches)))
    return report.objective


if __name__ == "__main__":
    main()
