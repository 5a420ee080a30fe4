"""English catalogues are compiled whole, also by several processes at once."""

import subprocess
import sys
from pathlib import Path

import nuantu
from nuantu.core import catalogues

SOURCES = str(Path(nuantu.__file__).parents[1])
COMPILE = "from nuantu.core import catalogues; catalogues.compile_all()"


def test_processes_that_compile_at_once_do_not_take_each_others_files() -> None:
    """A fresh clone tested by two workers has nothing compiled yet."""
    for source in catalogues.sources():
        source.touch()
    running = [
        subprocess.Popen([sys.executable, "-c", COMPILE], env={"PYTHONPATH": SOURCES})
        for _ in range(4)
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0, 0]
    assert all(source.with_suffix(".mo").exists() for source in catalogues.sources())
