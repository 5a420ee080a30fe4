"""What `./nuantu patrol replan` does: the rest of a week on files, after something happened."""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np

from nuantu.config.launch.patrol import report_lines
from nuantu.config.launch.patrol_files import load_plan, load_problem
from nuantu.config.launch.patrol_search import prepare, write_plan
from nuantu.config.launch.trouble import Trouble
from nuantu.routing.checker import check
from nuantu.routing.problem import Location, Problem
from nuantu.routing.problem_json import LONGEST, problem_to_json
from nuantu.routing.replan import (
    CadenceRaised,
    Event,
    Replanned,
    RoadClosed,
    TeamLost,
    UrgentStop,
    replan,
    urgent_name,
)
from nuantu.routing.replan_rest import Moment
from nuantu.routing.replan_roads import over


def replan_files(options: argparse.Namespace) -> int:
    """Writes the plan of the whole week; 0 when its rest can be driven. Raises Trouble."""
    problem, plan = load_problem(options.problem), load_plan(options.plan)
    now = _now(problem, options.now)
    event = _event(problem, now, options)
    soon = _soon(problem, event, options)
    prepare(options.lang)
    try:
        found = replan(
            problem,
            plan,
            now,
            event,
            seconds=options.seconds,
            seed=options.seed,
            soon=soon,
        )
    except KeyError as error:
        name = error.args[0]
        raise Trouble(f"没有 {name}", f"there is no {name}") from error
    write_plan(Path(options.out), found.plan)
    if options.problem_out:
        _write_problem(Path(options.problem_out), found.problem)
    report = check(found.rest.problem, found.rest_plan)
    lines = report_lines(report, 0.0, options.lang)
    said = [
        *_estimated(problem, event, options.lang),
        *_reached(found, now.night, soon, options.lang),
    ]
    said += [*lines, _stability(found, options.lang)]
    print("\n".join(said))
    return 0 if report.is_valid else 1


def _soon(problem: Problem, event: Event, options: argparse.Namespace) -> dict[str, float]:
    has_haste = options.soon or options.latest is not None
    if not isinstance(event, UrgentStop):
        if has_haste:
            raise Trouble(
                "--soon 和 --latest 只用于 --urgent", "--soon and --latest go with --urgent only"
            )
        return {}
    latest = math.inf if options.latest is None else options.latest
    return {urgent_name(problem, event.place): latest} if has_haste else {}


def _reached(found: Replanned, night: int, soon: dict[str, float], language: str) -> list[str]:
    """When each urgent stop is reached, by whom, and how long after the minute that was named."""
    lines = []
    for name, latest in soon.items():
        turn = next(
            ((minute, route.team) for route in found.plan.routes if route.night == night
             for stop, minute in zip(route.stops, route.arrive_min or (), strict=True)
             if stop == name),
            None,
        )  # fmt: skip
        if turn is None:
            lines.append(
                f"nobody reaches {name} tonight" if language == "en" else f"今晚没有队伍能到 {name}"
            )
            continue
        late = turn[0] - latest
        said = (
            f"{turn[1]} reaches {name} at minute {turn[0]:.1f}"
            if language == "en"
            else f"{turn[1]} 在第 {turn[0]:.1f} 分钟到 {name}"
        )
        told = f", {late:.1f} minutes late" if language == "en" else f"，晚 {late:.1f} 分钟"
        lines.append(said + told * (late > 0))
    return lines


def _write_problem(target: Path, problem: Problem) -> None:
    """The problem, with its matrix beside it. Raises Trouble."""
    matrix = problem.travel.matrix
    try:
        if matrix is not None:
            name = target.with_suffix(".npy").name
            np.save(target.with_name(name), np.array(matrix, np.float32))
            problem = replace(problem, travel=replace(problem.travel, matrix_file=name))
        text = json.dumps(problem_to_json(problem), ensure_ascii=False)
        target.write_text(text + "\n", "utf-8")
    except OSError as error:
        raise Trouble(
            f"写不了 {target}：{error}", f"{target} cannot be written: {error}"
        ) from error


def _estimated(problem: Problem, event: Event, language: str) -> list[str]:
    """How the minutes of a new place came about where the roads are a matrix."""
    is_new = isinstance(event, UrgentStop) and event.place.id not in problem.by_id
    if problem.travel.matrix is None or not is_new or not isinstance(event, UrgentStop):
        return []
    way = over(problem, event.place)
    name, km, more = event.place.id, f"{way.km:.1f}", f"{way.minutes:.1f}"
    if language == "en":
        said = f"{name} is not in the road matrix: estimated over {way.name}"
        return [f"{said}, {km} km in a straight line, {more} minutes more"]
    return [f"{name} 不在道路矩阵里：按经过 {way.name} 估计，直线 {km} 公里，另加 {more} 分钟"]


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
    if options.team_lost is not None:
        return TeamLost(options.team_lost)
    if options.close:
        return RoadClosed(*options.close)
    if options.raise_cadence is not None:
        if not options.raise_cadence:
            raise Trouble(
                "--raise-cadence 要大于 0，如 2（加密一倍）",
                "--raise-cadence is above 0, such as 2 (twice the visits)",
            )
        return CadenceRaised(min(problem.nights, now.night + 1), options.raise_cadence)
    return UrgentStop(_urgent(problem, options.urgent))


def _urgent(problem: Problem, text: str) -> Location:
    """A known location, or `ID,X,Y,MINUTES` in the coordinates of the problem."""
    if text in problem.by_id:
        return problem.by_id[text]
    parts = text.split(",")
    on_globe = bool(problem.places) and problem.places[0].on_globe
    try:
        name, x, y, minutes = parts[0].strip(), *map(float, parts[1:])
    except ValueError:
        name, x, y, minutes = "", 0.0, 0.0, 0.0
    is_there = math.isfinite(x) and math.isfinite(y) and 0 <= minutes <= LONGEST
    if not name or not is_there or (on_globe and (abs(x) > 180 or abs(y) > 90)):
        axes = ("经度", "纬度", "LON", "LAT") if on_globe else ("横坐标", "纵坐标", "X", "Y")
        raise Trouble(
            f"没有点位 {text}；新点位写作 编号,{axes[0]},{axes[1]},分钟",
            f"no location {text}; a new one is written ID,{axes[2]},{axes[3]},MINUTES",
        )
    if any(depot.id == name for depot in problem.depots):
        raise Trouble(f"{name} 是驻点的编号", f"{name} is the id of a depot")
    return Location(name, x, y, minutes, 1, 1, (0.0,), on_globe=on_globe)
