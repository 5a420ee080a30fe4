"""`./nuantu patrol`: weeks of patrols on files; `solve` makes and `check` verifies a plan."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Sequence

from nuantu.config.launch import patrol_learn, patrol_roads, patrol_solve
from nuantu.config.launch.patrol_files import load_plan, load_problem
from nuantu.routing.bound import encounters_bound
from nuantu.routing.checker import Report, check
from nuantu.routing.plan import reason_text
from nuantu.routing.problem import Problem
from nuantu.routing.twins import twins

TERMS = {
    "encounters": ("预计遇见人数", "expected encounters"),
    "travel": ("路程", "travel"),
    "overtime": ("超时", "overtime"),
    "fairness": ("不均", "unevenness"),
}


def main(arguments: Sequence[str]) -> int:
    """Runs on files alone: no database. Raises Trouble for a file that cannot be used."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    return run(options)


def _check(options: argparse.Namespace) -> int:
    problem, plan = load_problem(options.problem), load_plan(options.plan)
    report, bound = check(problem, plan), encounters_bound(problem)
    if options.prove:
        bound = patrol_solve.proven(problem, options)
    if options.json:
        told = report_json(report, bound) | {"twins": twins(problem)}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print(
            "\n".join(
                [*report_lines(report, bound, options.lang), *twin_lines(problem, options.lang)]
            )
        )
    return 0 if report.is_valid else 1


def twin_lines(problem: Problem, language: str) -> list[str]:
    """Locations that stand twice under two ids, each pair a line."""
    said = "{} and {} are the same place" if language == "en" else "{} 和 {} 在同一处"
    return [f"! {said.format(*pair)}" for pair in twins(problem)]


def report_json(report: Report, bound: float) -> dict[str, object]:
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


def report_lines(report: Report, bound: float, language: str) -> list[str]:
    english = language == "en"
    objective = report.objective
    lines = [f"✗ {b.where}: {b.english if english else b.chinese}" for b in report.breaches]
    if not lines:
        lines = ["✓ the plan can be driven" if english else "✓ 方案可以执行"]
    if not report.promised:
        lines.append("! no visit is promised" if english else "! 没有承诺任何巡访")
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
    lang = "en" if is_english else "zh"
    checked = actions.add_parser("check", help="核验一份周计划 / verify a week plan")
    checked.set_defaults(run=_check)
    checked.add_argument("problem", metavar="PROBLEM.json", help="问题文件 / the problem")
    checked.add_argument("plan", metavar="PLAN.json", help="周计划文件 / the plan")
    patrol_solve.add_prove(checked)
    checked.add_argument("--json", action="store_true", help="机器可读 / machine-readable")
    checked.add_argument("--lang", choices=["zh", "en"], default=lang)
    patrol_solve.add_parser(actions, lang)
    patrol_solve.add_replan(actions, lang)
    patrol_learn.add_parser(actions, lang)
    patrol_roads.add_parser(actions, lang)
    return parser
