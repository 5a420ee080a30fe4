"""The commands of the tutorials do what the tutorials say."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.config.launching import COMMAND, clean_environment

TUTORIALS = Path(__file__).parents[2] / "docs" / "tutorials"
FIRST_NIGHT, FIRST_WEEK = TUTORIALS / "first-night.md", TUTORIALS / "first-patrol-week.md"
STEP = re.compile(r"```sh\n(?P<command>.*?)```.*?```text\n(?P<answer>.*?)```", re.S)


def steps(page: Path) -> list[tuple[str, str]]:
    """Each command with the answer printed below it."""
    return [
        (found["command"], found["answer"].strip())
        for found in STEP.finditer(page.read_text("utf-8"))
    ]


def says(answer: str, expected: str) -> bool:
    """Whether an answer has the printed parts in their order; … stands for anything."""
    compact = re.sub(r'"\s*:\s*', '": ', answer)
    pattern = ".*".join(re.escape(part) for part in expected.split("…"))
    return re.search(pattern, compact, re.S) is not None


@pytest.mark.parametrize(("page", "count"), [(FIRST_NIGHT, 6), (FIRST_WEEK, 4)])
def test_the_page_has_commands_and_an_answer_for_each(page: Path, count: int) -> None:
    assert len(steps(page)) == page.read_text("utf-8").count("```sh\n") == count


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    shutil.which("curl") is None, reason="the tutorial uses curl, which is not on this machine"
)
def test_every_command_gets_the_answer_that_is_printed(live_server: Any, settings: Any) -> None:
    """Run on the demo as `up` loads it, one after the other, in a shell."""
    from nuantu.config import demo

    settings.NUANTU_MODE = "demo"
    token = demo.load().split("API token")[1].split()[0]
    environment = {**os.environ, "BASE": live_server.url, "TOKEN": token}
    _run(FIRST_NIGHT, environment, Path.cwd())


@pytest.mark.slow
def test_the_first_week_is_planned_as_printed(tmp_path: Path) -> None:
    """Run on files alone, with the program of this environment under the name ./nuantu."""
    program = tmp_path / "nuantu"
    program.write_text(f'#!/bin/sh\nexec {" ".join(map(shlex.quote, COMMAND))} "$@"\n', "utf-8")
    program.chmod(0o755)
    _run(FIRST_WEEK, clean_environment(), tmp_path)


def _run(page: Path, environment: dict[str, str], folder: Path) -> None:
    for command, expected in steps(page):
        done = subprocess.run(
            ["bash", "-c", command],
            env=environment,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert says(done.stdout, expected), f"{command}\n→ {done.stdout}{done.stderr}\n≠ {expected}"
