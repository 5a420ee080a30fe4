"""`./nuantu patrol check`: verify a week of patrols on files."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from nuantu.config.launch.trouble import Trouble
from nuantu.routing.bound import encounters_bound
from nuantu.routing.checker import Report, check
from nuantu.routing.json_fields import FileRefused
from nuantu.routing.plan import Plan, plan_from, reason_text
from nuantu.routing.problem import Matrix, Problem
from nuantu.routing.problem_json import read_problem

TERMS = {
    "encounters": ("预计遇见人数", "expected encounters"),
    "travel": ("路程", "travel"),
    "overtime": ("超时", "overtime"),
    "fairness": ("不均", "unevenness"),
}


def main(arguments: Sequence[str]) -> int:
    """Runs on files alone: no database. Raises Trouble for a file that cannot be used."""
    options = _parser().parse_args(arguments)
    problem = load_problem(options.problem)
    return _check(problem, load_plan(options.plan), options)


def load_problem(name: str) -> Problem:
    """A problem file, with its matrix where it has one. Raises Trouble with every mistake."""
    path = Path(name)
    data = _json(path)
    try:
        problem, unread = read_problem(data, _matrix(path, data))
    except FileRefused as error:
        raise _refused(name, error) from error
    for key in unread:
        print(f"{name} {key}：没有用到这一项 / nothing reads this key", file=sys.stderr)
    return problem


def load_plan(name: str) -> Plan:
    """A plan file. Raises Trouble with every mistake."""
    try:
        return plan_from(_json(Path(name)))
    except FileRefused as error:
        raise _refused(name, error) from error


def _refused(name: str, error: FileRefused) -> Trouble:
    shown = error.mistakes[:20]
    rest = len(error.mistakes) - len(shown)
    more = f"……另有 {rest} 处", f"... and {rest} more"
    chinese = [f"  {m.path}：{m.chinese}" for m in shown] + ([more[0]] if rest else [])
    english = [f"  {m.path}: {m.english}" for m in shown] + ([more[1]] if rest else [])
    return Trouble(
        "\n".join([f"{name} 有 {len(error.mistakes)} 处需要改正：", *chinese]),
        "\n".join([f"{name} has {len(error.mistakes)} things to mend:", *english]),
    )


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise Trouble(f"读不了 {path}：{error}", f"{path} cannot be read: {error}") from error
    except ValueError as error:
        raise Trouble(
            f"{path} 不是 JSON（UTF-8）：{error}", f"{path} is not JSON in UTF-8: {error}"
        ) from error


def _matrix(path: Path, data: object) -> Matrix | None:
    """Minutes from the .npy beside the problem; None where it names none."""
    travel = data.get("travel") if isinstance(data, dict) else None
    name = travel.get("matrix_file") if isinstance(travel, dict) else None
    if not isinstance(name, str) or not name:
        return None
    try:
        rows = np.ascontiguousarray(np.load(path.parent / name, allow_pickle=False), "f4")
        return [memoryview(row) for row in rows] if rows.ndim == 2 else []
    except (OSError, ValueError, TypeError) as error:
        raise Trouble(
            f"读不了矩阵 {name}：{error}", f"the matrix {name} cannot be read: {error}"
        ) from error


def _check(problem: Problem, plan: Plan, options: argparse.Namespace) -> int:
    report, bound = check(problem, plan), encounters_bound(problem)
    if options.json:
        print(json.dumps(_report_json(report, bound), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_report_lines(report, bound, options.lang)))
    return 0 if report.is_valid else 1


def _report_json(report: Report, bound: float) -> dict[str, object]:
    objective = report.objective
    return {
        "valid": report.is_valid,
        "breaches": [
            {"code": b.code, "where": b.where, "zh": b.chinese, "en": b.english}
            for b in report.breaches
        ],
        "promised": report.promised,
        "missing": objective.missing_visits,
        "missing_night": objective.missing_night,
        "encounters": objective.encounters,
        "travel_minutes": objective.travel_minutes,
        "value": objective.value,
        "bound": bound,
        "terms": dict(objective.terms),
    }


def _report_lines(report: Report, bound: float, language: str) -> list[str]:
    english = language == "en"
    objective = report.objective
    lines = [f"✗ {b.where}: {b.english if english else b.chinese}" for b in report.breaches]
    if not lines:
        lines = ["✓ the plan can be driven" if english else "✓ 方案可以执行"]
    kept = report.promised - objective.missing_visits
    head = "promised visits kept" if english else "兑现的承诺巡访"
    lines.append(f"{head}: {kept} / {report.promised}")
    for item in report.unmet:
        lines.append(f"  {item.location} -{item.missing}: {reason_text(item.reason, language)}")
    parts = " ".join(
        f"{amount:+.2f} ({TERMS[name][english]})" for name, amount in objective.terms if amount
    )
    lines.append(f"{'value' if english else '目标值'}: {objective.value:.2f} = {parts or 0}")
    if bound:
        share = f"{objective.encounters / bound:.1%}"
        text = f"{share} of the proven bound {bound:.2f}", f"达到可证上界 {bound:.2f} 的 {share}"
        lines.append(text[0] if english else text[1])
    return lines


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nuantu patrol", description="巡访 / patrols")
    actions = parser.add_subparsers(dest="action", required=True)
    is_english = (os.environ.get("LC_ALL") or os.environ.get("LANG", "")).startswith("en")
    checked = actions.add_parser("check", help="核验一份周计划 / verify a week plan")
    checked.add_argument("problem", metavar="PROBLEM.json", help="问题文件 / the problem")
    checked.add_argument("plan", metavar="PLAN.json", help="周计划文件 / the plan")
    checked.add_argument("--json", action="store_true", help="机器可读 / machine-readable")
    checked.add_argument("--lang", choices=["zh", "en"], default="en" if is_english else "zh")
    return parser
