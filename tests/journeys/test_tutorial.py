"""The tutorial's commands do what the tutorial says."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "tutorials" / "first-night.md"
STEP = re.compile(r"```sh\n(?P<command>.*?)```.*?```text\n(?P<answer>.*?)```", re.S)


def steps() -> list[tuple[str, str]]:
    """Each command with the answer printed below it."""
    return [
        (found["command"], found["answer"].strip())
        for found in STEP.finditer(PAGE.read_text("utf-8"))
    ]


def says(answer: str, expected: str) -> bool:
    """Whether an answer has the printed parts in their order; … stands for anything."""
    compact = re.sub(r'"\s*:\s*', '": ', answer)
    pattern = ".*".join(re.escape(part) for part in expected.split("…"))
    return re.search(pattern, compact, re.S) is not None


def test_the_page_has_commands_and_an_answer_for_each() -> None:
    assert len(steps()) == PAGE.read_text("utf-8").count("```sh\n") == 6


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    shutil.which("curl") is None, reason="the tutorial uses curl, which is not on this machine"
)
def test_every_command_gets_the_answer_that_is_printed(live_server: Any, settings: Any) -> None:
    """Run on the demo as `up` loads it, one after the other, in a shell."""
    from nuantu.config import demo

    settings.NUANTU_MODE = "demo"
    token = demo.load().split("API token")[1].strip()
    environment = {**os.environ, "BASE": live_server.url, "TOKEN": token}
    for command, expected in steps():
        done = subprocess.run(
            ["bash", "-c", command],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert says(done.stdout, expected), f"{command}\n→ {done.stdout}{done.stderr}\n≠ {expected}"
