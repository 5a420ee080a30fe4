"""How fast and how well the rest of a week is planned anew.

    python -m bench.patrol_shift WEEK.json [--seconds 60]
    python -m bench.patrol_shift made [--weeks 20] [--seconds 60] [--plan 6] [--only lost urgent ...]

Plans the week, then lets things happen on its third night to every team: how soon the plan of
insertion is told. For some of them: half a second of search against a cold search of the same rest.
With the word made, invented weeks of four to ten teams, each with a team lost, an urgent stop, a closed
road and a doubled cadence at some minute of the third night: how many stops change team. `--plan`
says for how long each of these weeks is planned before. Seconds are computing seconds.
"""

import argparse
import json
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
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

KINDS = ("lost", "urgent", "closed", "cadence")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("week", type=Path, help="a week as JSON, or the word prefecture")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--weeks", type=int, default=20, help="how many are made up")
    parser.add_argument("--plan", type=float, default=6.0)
    parser.add_argument("--only", nargs="*", default=list(KINDS), choices=KINDS)
    parser.add_argument("--compare", type=int, default=3, help="lost teams compared with cold")
    options = parser.parse_args()
    if options.week.name == "made":
        made(options.weeks, options.plan, options.seconds, options.only)
        return
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


@dataclass(frozen=True)
class _Shown:
    """One answer beside a cold search of the same rest."""

    kind: str
    first_ms: float
    share: float  # of stops that change team
    driving: float  # the same without those that a lost team left
    ratio: float  # of the values, where both miss the same
    more_missing: int


def made(weeks: int, plan_seconds: float, seconds: float, kinds: Sequence[str]) -> None:
    """Many shifts of many weeks; one line for each kind of event."""
    shown: list[_Shown] = []
    ready()
    for seed in range(1, weeks + 1):
        teams = 4 + seed % 7
        problem = prefecture(22 * teams, teams, 1 + seed % 3, seed)
        plan = solve(problem, seconds=plan_seconds)
        routes = [r for r in plan.routes if r.night == 2 and len(r.stops) > 1]
        route, minute = routes[seed % len(routes)], 250.0 + 45.0 * (seed % 4)
        events: dict[str, Event] = {
            "lost": TeamLost(route.team),
            "urgent": urgent(problem, route),
            "closed": closed(route),
            "cadence": CadenceRaised(3),
        }
        for kind in kinds:
            event = events[kind]
            shown.append(_shown(kind, problem, plan, Moment(2, minute), event, seconds))
            print(f"week {seed}, {teams} teams: {shown[-1]}", flush=True)
    for kind in dict.fromkeys(item.kind for item in shown):
        same = [item for item in shown if item.kind == kind]
        ratios = [item.ratio for item in same if not item.more_missing]
        print(
            f"{kind}, {len(same)} shifts: first answer {_spread([i.first_ms for i in same])}; "
            f"most stops that change team {max(i.share for i in same):.0%}, above a fifth "
            f"{sum(i.share > 0.2 for i in same)}, of teams that drive on {max(i.driving for i in same):.0%}; missing more than cold by {[i.more_missing for i in same]}; "
            f"value of cold, worst {min(ratios, default=math.nan):.3f}, p50 {np.median(ratios or [math.nan]):.3f}",
            flush=True,
        )


def _shown(
    kind: str, problem: Problem, plan: Plan, now: Moment, event: Event, seconds: float
) -> _Shown:
    began, first = time.process_time(), [math.inf]
    found = replan(
        problem,
        plan,
        now,
        event,
        first=lambda _found: first.append(1000 * (time.process_time() - began)),
    )
    rest = found.rest.problem
    warm, cold = _seen(rest, found.rest_plan), _seen(rest, solve(rest, seconds=seconds))
    more = warm.missing_visits - cold.missing_visits
    share = found.changed / max(1, found.remaining)
    driving = (found.changed - found.left_over) / max(1, found.remaining)
    return _Shown(kind, first[-1], share, driving, warm.value / cold.value, more)


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
        f"(missing {cold.missing_visits}); {found.changed} of {found.remaining} stops change team "
        f"({found.left_over} left by a lost team), "
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
