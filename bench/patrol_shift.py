"""How fast and how well the rest of a week is planned anew.

    python -m bench.patrol_shift WEEK.json [--seconds 60]

Plans the week, then lets things happen on its third night to every team: how soon the plan of
insertion is told. For some of them: half a second of search against a cold search of the same rest.
Seconds are computing seconds.
"""

import argparse
import json
import math
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.patrol_weeks import prefecture
from nuantu.routing.checker import check
from nuantu.routing.objective import Objective
from nuantu.routing.plan import Plan, Route
from nuantu.routing.problem import Location, Problem
from nuantu.routing.problem_json import problem_from
from nuantu.routing.replan import (
    CadenceRaised,
    Event,
    Replanned,
    RoadClosed,
    TeamLost,
    UrgentStop,
    replan,
)
from nuantu.routing.replan_rest import Moment
from nuantu.routing.search.engine import ready
from nuantu.routing.solve import solve


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("week", type=Path, help="a week as JSON, or the word prefecture")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--compare", type=int, default=3, help="lost teams compared with cold")
    options = parser.parse_args()
    if options.week.name == "prefecture":
        problem = prefecture()
    else:
        problem = problem_from(json.loads(options.week.read_text("utf-8")))
    ready()
    plan = solve(problem, seconds=min(20.0, options.seconds))
    on_night = [route for route in plan.routes if route.night == 2 and route.stops]
    first_answers(problem, plan, on_night)
    events: list[tuple[str, Event]] = [
        *((f"{route.team} lost", TeamLost(route.team)) for route in on_night[: options.compare]),
        ("urgent stop", urgent(problem, on_night[0])),
        ("road closed", closed(on_night[0])),
        ("cadence doubled", CadenceRaised(3)),
    ]
    for name, event in events if options.compare else ():
        one(name, problem, plan, event, options.seconds)


def urgent(problem: Problem, route: Route) -> UrgentStop:
    """Half a kilometre beside the last stop of a route."""
    spot = problem.by_id[route.stops[-1]]
    rates = (3.0,) * 12
    place = Location("URGENT", spot.x + 0.5, spot.y, 15.0, 1, 1, rates, on_globe=spot.on_globe)
    return UrgentStop(place)


def closed(route: Route) -> RoadClosed:
    """The way between its last two stops."""
    one, other = route.stops[-2:]
    return RoadClosed(one, other)


def first_answers(problem: Problem, plan: Plan, routes: Sequence[Route]) -> None:
    """Milliseconds until the plan of insertion is told, for each team of the night."""
    kinds: dict[str, list[Event]] = {
        "team lost": [TeamLost(route.team) for route in routes],
        "urgent stop": [urgent(problem, route) for route in routes],
        "road closed": [closed(route) for route in routes if len(route.stops) > 1],
    }
    every = []
    for kind, events in kinds.items():
        spent = [1000 * _first(problem, plan, event) for event in events]
        every += spent
        print(f"{kind}, first answer: {_spread(spent)}", flush=True)
    print(f"all events, first answer: {_spread(every)}", flush=True)


def _spread(spent: Sequence[float]) -> str:
    p50, p95 = np.percentile(spent, [50, 95])
    return f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, {len(spent)} events"


def _first(problem: Problem, plan: Plan, event: Event) -> float:
    began, told = time.process_time(), [math.inf]
    replan(
        problem,
        plan,
        Moment(2, 330.0),
        event,
        iterations=0,
        first=lambda _found: told.append(time.process_time() - began),
    )
    return told[-1]


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
        f"stability costs {found.stability_cost:.2f} of {found.value_freely:.2f}",
        flush=True,
    )


def _seen(problem: Problem, plan: Plan) -> Objective:
    report = check(problem, plan)
    if not report.is_valid:
        raise SystemExit("\n".join(map(str, report.breaches)))
    return report.objective


if __name__ == "__main__":
    main()
