"""The tools agree: lint, format, types. What they hold is configured in pyproject.toml."""

import os
import subprocess
import sys

import pytest

from tests.policy import tree

pytestmark = pytest.mark.slow

FOLDERS = [name for name in ("src", "tests", "tools", "bench") if (tree.ROOT / name).is_dir()]


def _said(*command: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=tree.ROOT,
        env=os.environ | {"NO_COLOR": "1", "MYPY_CACHE_DIR": str(tree.ROOT / ".mypy_cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, (done.stdout + done.stderr)[-4000:]


def test_lint_finds_nothing() -> None:
    code, said = _said("ruff", "check", *FOLDERS)
    assert code == 0, said


def test_the_format_is_the_formatters() -> None:
    code, said = _said("ruff", "format", "--check", *FOLDERS)
    assert code == 0, said


@pytest.mark.slow
def test_types_hold_strictly() -> None:
    code, said = _said("mypy", *FOLDERS)
    assert code == 0, said
