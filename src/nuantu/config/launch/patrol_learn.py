"""`./nuantu patrol learn`: where people are, from the stops of past patrols."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path

from nuantu.config.launch.patrol_files import load_json, load_problem, refused
from nuantu.config.launch.trouble import Trouble
from nuantu.routing.json_fields import FileRefused
from nuantu.routing.learn import Lesson, blocks_of, learn_rates
from nuantu.routing.learning import LearnParams, PastStop
from nuantu.routing.learning.stops import stops_from_csv, stops_from_json
from nuantu.routing.problem import Problem

ENCODINGS = ("utf-8-sig", "gb18030")
DETAIL = ("location", "kind", "block", "visits", "mean", "low80", "high80", "published")


def add_parser(actions: argparse._SubParsersAction[argparse.ArgumentParser], lang: str) -> None:
    """The arguments of `learn`."""
    parser = actions.add_parser("learn", help="从以往巡访学习遇见率 / learn rates from past stops")
    parser.set_defaults(run=run)
    parser.add_argument("stops", metavar="STOPS", help="停留记录 .csv 或 .json / past stops")
    parser.add_argument("problem", metavar="PROBLEM.json", help="问题文件 / the problem")
    parser.add_argument("--out", metavar="PROBLEM2.json", required=True, help="写到 / written to")
    parser.add_argument(
        "--detail", metavar="RATES.csv", help="每处每时的区间 / intervals of all rates"
    )
    parser.add_argument(
        "--level", help="本周的天气或预警等级 / weather or warning level of the week"
    )
    default = LearnParams()
    for name, value, text in (
        ("keep", default.keep_per_year, "一年前的停留还算多少 / weight of a stop after a year"),
        ("explore", default.explore, "探索所占份额 / share of exploration"),
    ):
        parser.add_argument(f"--{name}", type=float, default=value, help=f"{text} ({value})")
    parser.add_argument("--seed", type=int, help="随机种子 / seed of the exploration")
    parser.add_argument(
        "--ignore-unknown", action="store_true", help="跳过已撤销点位 / skip places now gone"
    )
    parser.add_argument("--lang", choices=["zh", "en"], default=lang)


def run(options: argparse.Namespace) -> int:
    """Writes the problem with learnt rates. Raises Trouble for files that cannot be used."""
    problem = load_problem(options.problem)
    if not problem.locations:
        raise Trouble(f"{options.problem} 没有点位。", f"{options.problem} has no location.")
    stops, skipped = _stops(options, problem)
    lesson = learn_rates(problem, stops, options.level, _params(options, stops))
    _write_problem(options, lesson)
    if options.detail:
        _write_detail(Path(options.detail), lesson)
    print("\n".join(_lines(lesson, stops, skipped, is_english=options.lang == "en")))
    return 0


def _params(options: argparse.Namespace, stops: Sequence[PastStop]) -> LearnParams:
    """The seed follows the newest night, so that every week explores elsewhere."""
    newest = max(stop.night for stop in stops).toordinal()
    seed = newest if options.seed is None else options.seed
    try:
        return LearnParams(keep_per_year=options.keep, explore=options.explore, seed=seed)
    except ValueError as error:
        raise Trouble(
            "--keep 应大于 0 且不超过 1，--explore 在 0 到 1 之间，--seed 不为负。",
            "--keep must be above 0 and at most 1, --explore from 0 to 1, --seed not negative.",
        ) from error


def _stops(options: argparse.Namespace, problem: Problem) -> tuple[tuple[PastStop, ...], int]:
    """Stops at places of the problem, and how many others were skipped."""
    path, blocks = Path(options.stops), blocks_of(problem)
    known = None if options.ignore_unknown else problem.by_id.keys()
    try:
        if path.suffix.lower() == ".csv":
            read, unread = stops_from_csv(_text(path), blocks, known)
        else:
            read, unread = stops_from_json(load_json(path), blocks, known)
    except FileRefused as error:
        raise refused(str(path), error) from error
    for name in unread:
        print(f"{path} {name}：没有用到这一项 / nothing reads this key")
    kept = tuple(stop for stop in read if stop.location in problem.by_id)
    if not kept:
        raise Trouble(
            f"{path} 没有本问题点位的停留记录，遇见率保持不变。",
            f"{path} holds no stop at a place of the problem; its rates stay.",
        )
    return kept, len(read) - len(kept)


def _text(path: Path) -> str:
    """A table as UTF-8, or as the GB 18030 that spreadsheets write."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Trouble(f"读不了 {path}：{error}", f"{path} cannot be read: {error}") from error
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Trouble(
        f"{path} 既不是 UTF-8 也不是 GB 18030。", f"{path} is neither UTF-8 nor GB 18030."
    )


def _write_problem(options: argparse.Namespace, lesson: Lesson) -> None:
    """The file as it was, only the rates new; a matrix is still found from where it lies."""
    data = load_json(Path(options.problem))
    if not isinstance(data, dict):
        return
    for row in data["locations"]:
        rates = lesson.problem.by_id[str(row["id"])].rates
        row["rates"] = [float(f"{rate:.6g}") for rate in rates]
    target = Path(options.out)
    name = data["travel"].get("matrix_file")
    if name:
        there = Path(options.problem).resolve().parent / name
        data["travel"]["matrix_file"] = os.path.relpath(there, target.resolve().parent)
    _save(target, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _write_detail(target: Path, lesson: Lesson) -> None:
    lines = [",".join(DETAIL)]
    for row in lesson.rows:
        figures = (row.mean, row.low, row.high, row.published)
        names = ",".join(_cell(name) for name in (row.location, row.kind))
        shown = ",".join(f"{figure:.6g}" for figure in figures)
        lines.append(f"{names},{row.block},{row.visits:.6g},{shown}")
    _save(target, "\n".join(lines) + "\n")


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\r\n') else text


def _save(target: Path, text: str) -> None:
    try:
        target.write_text(text, "utf-8")
    except OSError as error:
        raise Trouble(
            f"写不了 {target}：{error}", f"{target} cannot be written: {error}"
        ) from error


def _lines(
    lesson: Lesson, stops: Sequence[PastStop], skipped: int, *, is_english: bool
) -> list[str]:
    met = sum(stop.found for stop in stops)
    visited = len({stop.location for stop in stops})
    new = len(lesson.problem.locations) - visited
    level = lesson.level or ("(none)" if is_english else "（未标）")
    if is_english:
        lines = [
            f"{len(stops)} stops at {visited} places, {met} people met; {new} places start from their kind",
            f"level {level}: {lesson.level_stops} stops; night-to-night dispersion {lesson.dispersion:.2f}",
        ]
    else:
        lines = [
            f"{visited} 处 {len(stops)} 次停留，遇见 {met} 人；{new} 处新点位按类别起步",
            f"等级 {level}：{lesson.level_stops} 次停留；夜间离散度 {lesson.dispersion:.2f}",
        ]
    if not lesson.level_stops:
        text = (
            "该等级没有停留记录，区间因此较宽",
            "no stop under this level, so the intervals are wide",
        )
        lines.append(text[is_english])
    if skipped:
        text = (
            f"跳过 {skipped} 次已撤销点位的停留",
            f"{skipped} stops at places now gone were skipped",
        )
        lines.append(text[is_english])
    return lines
