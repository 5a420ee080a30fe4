"""What `./nuantu patrol solve` does."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from types import FrameType

from nuantu.config.launch.patrol import report_json, report_lines, twin_lines
from nuantu.config.launch.patrol_files import load_plan, load_problem
from nuantu.config.launch.patrol_solve import proven
from nuantu.config.launch.trouble import Trouble
from nuantu.routing.checker import check
from nuantu.routing.mending import Mend, mends
from nuantu.routing.plan import Plan, plan_to_json
from nuantu.routing.plots import plan_svg, search_svg
from nuantu.routing.problem import Problem
from nuantu.routing.search.engine import Progress, is_compiled, ready
from nuantu.routing.solve import solve
from nuantu.routing.twins import twins


def solve_files(options: argparse.Namespace) -> int:
    """Runs on files alone. Ctrl-C ends the search and keeps the best plan so far."""
    problem = load_problem(options.problem)
    start = load_plan(options.start) if options.start else None
    prepare(options.lang)
    told = Ticker(options.lang, is_quiet=options.quiet)
    plan = solve(
        problem,
        seconds=None if options.iterations is not None else options.seconds,
        iterations=options.iterations,
        seed=options.seed,
        start=start,
        progress=told.progress,
        cancelled=asked_to_stop(),
        workers=options.workers,
    )
    told.end()
    if options.prove:
        plan = replace(plan, bound=proven(problem, options))
    report = check(problem, plan)
    if options.out:
        write_plan(Path(options.out), plan)
    if options.plot:
        write_plots(Path(options.plot), problem, plan, told.heard)
    helping = mends(problem, plan, seed=options.seed) if plan.unmet else ()
    if options.json:
        found = plan_to_json(plan) | {"check": report_json(report, plan.bound or 0.0)}
        found["mends"] = [asdict(mend) for mend in helping]
        found["twins"] = twins(problem)
        print(json.dumps(found, ensure_ascii=False))
    else:
        lines = report_lines(report, plan.bound or 0.0, options.lang)
        lines += twin_lines(problem, options.lang)
        print("\n".join([*lines, *mend_lines(helping, options.lang)]))
    return 0 if report.is_valid else 1


def mend_lines(found: Sequence[Mend], language: str) -> list[str]:
    """Which shifts more would keep the promises that are missed."""
    lines = []
    for mend in found:
        span = f"{clock(mend.start_min)}-{clock(mend.end_min)}"
        partners = "、".join(mend.skills)
        if language == "en":
            needs = f" with {', '.join(mend.skills)}" if partners else ""
            lines.append(
                f"  would help: one more team on night {mend.night} ({span} from {mend.depot}){needs}: "
                f"{mend.keeps} more kept, {mend.left} still missed"
            )
        else:
            needs = f"，需带 {partners}" if partners else ""
            lines.append(
                f"  可补救：第 {mend.night} 夜加一个班次（{mend.depot}，{span}{needs}），"
                f"可多兑现 {mend.keeps} 次，还缺 {mend.left} 次"
            )
    return lines


def clock(minute: float) -> str:
    """The time of day of a minute after 18:00."""
    whole = round(18 * 60 + minute) % (24 * 60)
    return f"{whole // 60:02d}:{whole % 60:02d}"


def prepare(language: str) -> None:
    """Load the compiled search; the first time says why it takes a while."""
    if not is_compiled():
        text = (
            "正在编译搜索程序，只需一次，约半分钟",
            "compiling the search, once, about half a minute",
        )
        print(text[language == "en"], file=sys.stderr, flush=True)
    ready()


def asked_to_stop() -> Callable[[], bool]:
    """True once the user pressed Ctrl-C; a second time ends the command."""
    pressed: list[int] = []

    def press(number: int, _frame: FrameType | None) -> None:
        pressed.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    signal.signal(signal.SIGINT, press)
    return lambda: bool(pressed)


class Ticker:
    """One line on the error stream: rewritten on a terminal, else a line for each tenth."""

    def __init__(self, language: str, *, is_quiet: bool = False) -> None:
        self.is_english, self.is_live = language == "en", sys.stderr.isatty()
        self.tenth, self.is_quiet = -1, is_quiet
        self.heard: list[Progress] = []

    def progress(self, found: Progress) -> None:
        self.heard.append(found)
        if self.is_quiet:
            return
        tenth = int(found.share * 10)
        if not self.is_live and tenth == self.tenth:
            return
        self.tenth = tenth
        text = (
            f"{found.share:4.0%}  missing {found.missing}  value {found.value:.2f}"
            if self.is_english
            else f"{found.share:4.0%}  缺 {found.missing}  目标值 {found.value:.2f}"
        )
        print(text, end="\r" if self.is_live else "\n", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self.is_live and self.tenth >= 0:
            print(file=sys.stderr)


def write_plots(folder: Path, problem: Problem, plan: Plan, told: Sequence[Progress]) -> None:
    """`plan.svg` and `search.svg`. Raises Trouble where they cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "plan.svg").write_text(plan_svg(problem, plan), "utf-8")
        (folder / "search.svg").write_text(search_svg(told, plan.bound), "utf-8")
    except OSError as error:
        raise Trouble(
            f"写不了 {folder}：{error}", f"{folder} cannot be written: {error}"
        ) from error


def write_plan(path: Path, plan: Plan) -> None:
    """The plan as a file. Raises Trouble where it cannot be written."""
    try:
        path.write_text(json.dumps(plan_to_json(plan), ensure_ascii=False) + "\n", "utf-8")
    except OSError as error:
        raise Trouble(f"写不了 {path}：{error}", f"{path} cannot be written: {error}") from error
