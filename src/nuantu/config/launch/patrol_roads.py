"""`./nuantu patrol roads`: minutes of a problem on the roads of an OpenStreetMap extract."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nuantu.config.launch.patrol_files import load_json, load_problem
from nuantu.config.launch.trouble import Trouble
from nuantu.routing.problem import Problem, straight_km
from nuantu.routing.roads import SPEEDS, Conditions, MapRefused, RoadMinutes, read_roads
from nuantu.routing.roads.matrix import road_minutes

FAR_METRES = 200
SHOWN = 20


def add_parser(actions: argparse._SubParsersAction[argparse.ArgumentParser], lang: str) -> None:
    """The arguments of `roads`."""
    parser = actions.add_parser("roads", help="按道路计算路程分钟 / minutes on real roads")
    parser.set_defaults(run=run)
    parser.add_argument("problem", metavar="PROBLEM.json", help="问题文件 / the problem")
    parser.add_argument("map", metavar="MAP", help="地图 .osm .osm.gz .osm.bz2 .osm.pbf / extract")
    parser.add_argument("--out", metavar="PROBLEM2.json", required=True, help="写到 / written to")
    parser.add_argument(
        "--factor",
        metavar="[CLASS=]N",
        action="append",
        default=[],
        help="结冰等放慢倍数，可按道路等级 / ice: all roads, or one class, so many times slower",
    )
    parser.add_argument(
        "--close",
        metavar="WAY",
        type=int,
        action="append",
        default=[],
        help="封闭道路 / closed way",
    )
    parser.add_argument(
        "--fallback", action="store_true", help="不通之处按直线估计 / estimate where no road leads"
    )
    parser.add_argument("--lang", choices=["zh", "en"], default=lang)


def run(options: argparse.Namespace) -> int:
    """Writes the matrix beside the new problem. Returns 1 when a place is not reached by road."""
    problem = load_problem(options.problem)
    if not problem.places or not all(place.on_globe for place in problem.places):
        raise Trouble(
            f"{options.problem} 的驻点和点位需要经纬度（lat、lon）。",
            f"{options.problem} must give lat and lon of depots and locations.",
        )
    if options.fallback and problem.travel.matrix is not None:
        raise Trouble(
            "--fallback 需要问题文件仍按直线（detour）计算。",
            "--fallback needs a problem that still travels by detour.",
        )
    conditions = _conditions(options)
    found = _minutes(problem, options, conditions)
    is_english = options.lang == "en"
    print("\n".join(_findings(problem, found, is_english=is_english)))
    if not options.fallback and not np.isfinite(found.minutes).all():
        text = (
            "有到不了的地方，没有写文件；核对坐标，或加 --fallback 按直线估计。",
            "Places without a road: nothing was written; check the coordinates, or estimate with --fallback.",
        )
        print(text[is_english])
        return 1
    _write(options, problem, _filled(problem, found, conditions.factor))
    return 0


def _minutes(problem: Problem, options: argparse.Namespace, conditions: Conditions) -> RoadMinutes:
    points = [(place.y, place.x) for place in problem.places]
    try:
        return road_minutes(
            read_roads(Path(options.map), SPEEDS),
            points,
            fixed_min=problem.travel.fixed_min,
            conditions=conditions,
        )
    except MapRefused as error:
        raise Trouble(error.chinese, error.english) from error
    except ValueError as error:
        raise Trouble(f"--close 有误：{error}", f"--close: {error}") from error


def _conditions(options: argparse.Namespace) -> Conditions:
    """Raises Trouble for a factor that is no number above 0 or a class nobody drives."""
    factor = 1.0
    by_class: dict[str, float] = {}
    for text in options.factor:
        name, _equals, number = text.rpartition("=")
        try:
            value = float(number)
        except ValueError:
            value = 0.0
        if value <= 0 or (name and name not in SPEEDS.kmh):
            classes = ", ".join(SPEEDS.kmh)
            raise Trouble(
                f"--factor {text} 应为大于 0 的倍数，或 道路等级=倍数（{classes}）。",
                f"--factor {text} must be above 0, or CLASS=factor ({classes}).",
            )
        factor = factor if name else value
        by_class |= {name: value} if name else {}
    return Conditions(factor, by_class, closed=frozenset(options.close))


def _filled(problem: Problem, found: RoadMinutes, factor: float) -> NDArray[np.float32]:
    """Road minutes; where there are none, those by straight distance under the same factor."""
    minutes = found.minutes.copy()
    travel = replace(problem.travel, factor=factor)
    for a, b in np.argwhere(~np.isfinite(minutes)).tolist():
        minutes[a, b] = travel.by_distance(straight_km(problem.places[a], problem.places[b]))
    return minutes.astype(np.float32)


def _findings(problem: Problem, found: RoadMinutes, *, is_english: bool) -> list[str]:
    names = [place.id for place in problem.places]
    joined = int(np.isfinite(found.minutes).sum()) - len(names)
    pairs = len(names) * (len(names) - 1)
    heads = (
        f"路网 {found.node_count} 个节点；{pairs} 段行程中 {joined} 段有路",
        f"{found.node_count} nodes of the road network; a road for {joined} of {pairs} trips",
    )
    lines = [heads[is_english]]
    unreached = set(found.unreached)
    for row, snap in enumerate(found.snaps):
        if snap.is_off_road:
            text = "附近没有道路", "no road near"
        elif snap.is_island or row in unreached:
            text = "在路网的孤岛上", "on an island of the road network"
        elif snap.metres > FAR_METRES:
            text = f"离道路步行 {snap.metres:.0f} 米", f"{snap.metres:.0f} m on foot from the road"
        else:
            continue
        lines.append(f"{names[row]}: {text[is_english]}")
    more = len(lines) - 1 - SHOWN
    rest = f"……另有 {more} 处", f"... and {more} more"
    return lines if more <= 0 else [*lines[:-more], rest[is_english]]


def _write(options: argparse.Namespace, problem: Problem, minutes: NDArray[np.float32]) -> None:
    target = Path(options.out)
    matrix = target.with_suffix(".npy")
    data = load_json(Path(options.problem))
    if not isinstance(data, dict):
        return
    data["travel"] = {"kind": "matrix", "matrix_file": matrix.name}
    if problem.travel.factor != 1:
        data["travel"]["factor"] = problem.travel.factor
    try:
        np.save(matrix, minutes)
        target.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise Trouble(
            f"写不了 {target}：{error}", f"{target} cannot be written: {error}"
        ) from error
