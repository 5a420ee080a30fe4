"""Files of `./nuantu patrol`: read, or refused with every mistake."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from nuantu.config.launch.trouble import Trouble
from nuantu.routing.json_fields import FileRefused
from nuantu.routing.plan import Plan, plan_from
from nuantu.routing.problem import Matrix, Problem
from nuantu.routing.problem_json import read_problem


def load_problem(name: str) -> Problem:
    """A problem file, with its matrix where it has one. Raises Trouble with every mistake."""
    path = Path(name)
    data = load_json(path)
    try:
        problem, unread = read_problem(data, _matrix(path, data))
    except FileRefused as error:
        raise refused(name, error) from error
    for key in unread:
        print(f"{name} {key}：没有用到这一项 / nothing reads this key", file=sys.stderr)
    return problem


def load_plan(name: str) -> Plan:
    """A plan file. Raises Trouble with every mistake."""
    try:
        return plan_from(load_json(Path(name)))
    except FileRefused as error:
        raise refused(name, error) from error


def refused(name: str, error: FileRefused) -> Trouble:
    """The first mistakes of a file and how many more there are."""
    shown = error.mistakes[:20]
    rest = len(error.mistakes) - len(shown)
    more = f"……另有 {rest} 处", f"... and {rest} more"
    count = len(error.mistakes)
    things = "1 thing" if count == 1 else f"{count} things"
    chinese = [f"  {m.path}：{m.chinese}" for m in shown] + ([more[0]] if rest else [])
    english = [f"  {m.path}: {m.english}" for m in shown] + ([more[1]] if rest else [])
    return Trouble(
        "\n".join([f"{name} 有 {count} 处需要改正：", *chinese]),
        "\n".join([f"{name} has {things} to mend:", *english]),
    )


def load_json(path: Path) -> object:
    """Parsed JSON. Raises Trouble."""
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
