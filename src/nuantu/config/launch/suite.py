"""`./nuantu test`: the whole suite, two processes at a time."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence

from nuantu.config.launch.installation import ROOT
from nuantu.config.launch.trouble import say

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
HELP = """./nuantu test [--fast] [pytest 的参数 / pytest's options]

  --fast    不跑慢的和浏览器测试 / leave out slow and browser tests
"""


def browser() -> str | None:
    """The browser the tests will drive: E2E_CHROMIUM, else the first known one on PATH."""
    named = os.environ.get("E2E_CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def main(arguments: Sequence[str]) -> int:
    """Become pytest, so that signals and the exit code are its own."""
    if "--help" in arguments or "-h" in arguments:
        print(HELP)
        return 0
    is_fast = "--fast" in arguments
    variables = dict(os.environ)
    # The tests start many processes; one that may keep nothing compiles the whole project each time.
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    if not is_fast and browser() is None:
        _say_no_browser()
    if os.environ.get("CI"):
        variables.setdefault("E2E_REQUIRED", "1")
    # Slow files share a server among their tests, and come in the order of tests/conftest.py; quick
    # tests go to whoever is free.
    share = ["worksteal"] if is_fast else ["loadfile", "--no-loadscope-reorder"]
    spread = [] if _chooses_processes(arguments) else ["-n", "2", "--dist", *share]
    os.chdir(ROOT)
    sys.stdout.flush()
    command = [sys.executable, "-m", "pytest", *spread, *arguments]
    return os.execve(sys.executable, command, variables)


def _chooses_processes(arguments: Sequence[str]) -> bool:
    return any(
        argument.startswith(("-n", "--numprocesses", "--pdb", "--collect-only"))
        for argument in arguments
    )


def _say_no_browser() -> None:
    if os.environ.get("CI") or os.environ.get("E2E_REQUIRED"):
        say(
            "没有找到 Chromium，浏览器测试会失败：apt-get install chromium",
            "no Chromium found, browser tests will fail: apt-get install chromium",
        )
    else:
        say(
            "没有找到 Chromium，浏览器测试会跳过；要跑请 apt-get install chromium",
            "no Chromium found, browser tests are skipped; apt-get install chromium to run them",
        )
