"""What `./nuantu patrol replan` does: the rest of a week on files, after something happened."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from nuantu.config.launch.patrol import report_lines
from nuantu.config.launch.patrol_files import load_plan, load_problem
from nuantu.config.launch.patrol_search import prepare, write_plan
from nuantu.config.launch.trouble import Trouble
from nuantu.routing.checker import check
from nuantu.routing.problem import Location, Problem
from nuantu.routing.problem_json import problem_to_json
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


def replan_files(options: argparse.Namespace) -> int:
    """Writes the plan of the whole week; 0 when its rest can be driven. Raises Trouble."""
    problem, plan = load_problem(options.problem), load_plan(options.plan)
    now = _now(problem, options.now)
    event = _event(problem, now, options)
    prepare(options.lang)
    try:
        found = replan(problem, plan, now, event, seconds=options.seconds, seed=options.seed)
    except KeyError as error:
        name = error.args[0]
        raise Trouble(f"没有 {name}", f"there is no {name}") from error
    write_plan(Path(options.out), found.plan)
    if options.problem_out:
        text = json.dumps(problem_to_json(found.problem), ensure_ascii=False)
        Path(options.problem_out).write_text(text + "\n", "utf-8")
    report = check(found.rest.problem, found.rest_plan)
    lines = report_lines(report, 0.0, options.lang)
    print("\n".join([*lines, _stability(found, options.lang)]))
    return 0 if report.is_valid else 1


def _stability(found: Replanned, language: str) -> str:
    worth = found.rest_plan.value or 0.0
    if language == "en":
        return (
            f"{found.changed} of {found.remaining} stops still to come tonight change team"
            f" ({found.left_over} left by a lost team); "
            f"holding to that costs {found.stability_cost:.2f} "
            f"(the rest is worth {worth:.2f}, and {found.value_freely:.2f} if any team may take any stop)"
        )
    return (
        f"今晚其余 {found.remaining} 站中 {found.changed} 站换队（其中 {found.left_over} 站原归退出的队）；"
        f"为少变动让出的目标值 {found.stability_cost:.2f}"
        f"（其余部分目标值 {worth:.2f}，随意换队可达 {found.value_freely:.2f}）"
    )


def _now(problem: Problem, text: str) -> Moment:
    night, _colon, minute = text.partition(":")
    try:
        found = Moment(int(night), float(minute))
    except ValueError:
        found = Moment(-1, 0.0)
    if not 0 <= found.night < problem.nights:
        raise Trouble(
            f"--now 应为 夜:分钟，如 2:415（第 2 夜，18 点后 415 分）；这里是 {text}",
            f"--now is NIGHT:MINUTE, such as 2:415 (night 2, 415 minutes after 18:00), not {text}",
        )
    return found


def _event(problem: Problem, now: Moment, options: argparse.Namespace) -> Event:
    if options.team_lost:
        return TeamLost(options.team_lost)
    if options.close:
        return RoadClosed(*options.close)
    if options.raise_cadence:
        return CadenceRaised(min(problem.nights, now.night + 1), options.raise_cadence)
    return UrgentStop(_urgent(problem, options.urgent))


def _urgent(problem: Problem, text: str) -> Location:
    """A known location, or `ID,X,Y,MINUTES` in the coordinates of the problem."""
    if text in problem.by_id:
        return problem.by_id[text]
    parts = text.split(",")
    try:
        name, x, y, minutes = parts[0], *map(float, parts[1:])
    except ValueError as error:
        raise Trouble(
            f"没有点位 {text}；新点位写作 编号,横坐标,纵坐标,分钟",
            f"no location {text}; a new one is written ID,X,Y,MINUTES",
        ) from error
    on_globe = bool(problem.places) and problem.places[0].on_globe
    return Location(name, x, y, minutes, 1, 1, (0.0,), on_globe=on_globe)
