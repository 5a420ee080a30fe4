"""The words of `./nuantu patrol solve` and `replan`; the search is loaded only when it is asked for."""

from __future__ import annotations

import argparse
import os
from importlib import import_module

from nuantu.config.launch.installation import data_folder
from nuantu.routing.problem import Problem
from nuantu.routing.search.kept import keep_in

SECONDS = 10.0
SEARCH = "nuantu.config.launch.patrol_search"
PROVE = "nuantu.config.launch.patrol_prove"
REPLAN = "nuantu.config.launch.patrol_replan"


def add_parser(actions: argparse._SubParsersAction[argparse.ArgumentParser], lang: str) -> None:
    """Adds `solve` to the actions of `patrol`."""
    parser = actions.add_parser("solve", help="排一周巡访 / plan a week of patrols")
    parser.set_defaults(run=_solve)
    parser.add_argument("problem", metavar="PROBLEM.json", help="问题文件 / the problem")
    parser.add_argument("-o", "--out", metavar="PLAN.json", help="写入周计划 / write the plan")
    parser.add_argument(
        "--seconds", type=amount, default=SECONDS, help="每路搜索的计算秒数 / computing seconds"
    )
    parser.add_argument(
        "--iterations", type=whole, help="改按步数，同一种子结果相同 / steps instead, repeatable"
    )
    parser.add_argument("--seed", type=whole, default=1, help="随机种子 / random seed")
    parser.add_argument("--start", metavar="PLAN.json", help="由此方案改进 / a plan to improve")
    cores = min(2, os.cpu_count() or 1)
    parser.add_argument(
        "--workers", type=whole, default=cores, help="同时几路搜索 / searches at once"
    )
    add_prove(parser)
    parser.add_argument(
        "--plot", metavar="DIR", help="画出方案与搜索过程 / pictures of the plan and of the search"
    )
    parser.add_argument("--json", action="store_true", help="机器可读 / machine-readable")
    parser.add_argument("--quiet", action="store_true", help="不显示进度 / no progress")
    parser.add_argument("--lang", choices=["zh", "en"], default=lang)


def add_prove(parser: argparse.ArgumentParser) -> None:
    """Adds the computing seconds that a close upper bound may take."""
    parser.add_argument(
        "--prove",
        type=amount,
        default=0.0,
        metavar="SECONDS",
        help="另用这些秒数证明更紧的上界 / seconds for a closer proven bound",
    )


def add_replan(actions: argparse._SubParsersAction[argparse.ArgumentParser], lang: str) -> None:
    """Adds `replan` to the actions of `patrol`."""
    parser = actions.add_parser("replan", help="当班出事后重排 / plan the rest anew")
    parser.set_defaults(run=_replan)
    parser.add_argument("problem", metavar="PROBLEM.json", help="问题文件 / the problem")
    parser.add_argument("plan", metavar="PLAN.json", help="正在执行的计划 / the plan being driven")
    parser.add_argument("--now", required=True, metavar="NIGHT:MINUTE", help="此刻 / the moment")
    event = parser.add_mutually_exclusive_group(required=True)
    event.add_argument(
        "--team-lost", metavar="TEAM", help="一队今晚退出 / a team drops out tonight"
    )
    event.add_argument(
        "--urgent",
        metavar="PLACE",
        help="今晚急访，编号或 编号,X,Y,分钟 / urgent: ID or ID,X,Y,MINUTES",
    )
    parser.add_argument(
        "--soon",
        action="store_true",
        help="急访要尽早到 / the urgent visit comes as early as it can",
    )
    parser.add_argument(
        "--latest",
        type=amount,
        metavar="MINUTE",
        help="急访最晚到达，18 点后的分钟 / by when, in minutes after 18:00 (--soon)",
    )
    event.add_argument(
        "--close", nargs=2, metavar="PLACE", help="两点间断路 / a road that is closed"
    )
    event.add_argument(
        "--raise-cadence",
        type=amount,
        metavar="TIMES",
        help="明起巡访加密倍数 / more visits from tomorrow",
    )
    parser.add_argument(
        "-o", "--out", required=True, metavar="PLAN2.json", help="写到 / written to"
    )
    parser.add_argument(
        "--problem-out", metavar="PROBLEM2.json", help="变动后的问题 / the problem now"
    )
    parser.add_argument(
        "--seconds",
        type=amount,
        help="计算秒数（0.5，加密时 5）/ computing seconds (0.5; 5 for a cadence)",
    )
    parser.add_argument("--seed", type=whole, default=1, help="随机种子 / random seed")
    parser.add_argument("--lang", choices=["zh", "en"], default=lang)


def _replan(options: argparse.Namespace) -> int:
    keep_in(data_folder(None) / "kernels")
    return int(import_module(REPLAN).replan_files(options))


def proven(problem: Problem, options: argparse.Namespace) -> float:
    """The bound of `--prove`."""
    keep_in(data_folder(None) / "kernels")
    return float(import_module(PROVE).prove(problem, options.prove, options.lang))


def _solve(options: argparse.Namespace) -> int:
    keep_in(data_folder(None) / "kernels")
    return int(import_module(SEARCH).solve_files(options))


def amount(text: str) -> float:
    """Seconds on the command line, at least 0."""
    value = float(text)
    if not 0 <= value < 1e9:
        raise ValueError
    return value


def whole(text: str) -> int:
    """A whole number on the command line, at least 0."""
    value = int(text)
    if not 0 <= value < 1 << 31:
        raise ValueError
    return value
