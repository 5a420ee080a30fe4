"""Compile the search of patrols in a process of its own, while another loads the demo that needs it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from nuantu.routing.search.kept import keep_in

SEARCH: Final = "nuantu.routing.search.engine"


@contextmanager
def compiled_beside(folder: Path) -> Iterator[None]:
    """Compile into a folder meanwhile; whoever loads the search there waits for it by its lock."""
    beside = subprocess.Popen([sys.executable, "-P", "-m", __name__, str(folder)])
    try:
        yield
    finally:
        beside.terminate()
        beside.wait()


def main() -> None:
    """Compile into the folder that was named."""
    keep_in(Path(sys.argv[1]))
    search: Any = import_module(SEARCH)
    search.ready()


if __name__ == "__main__":
    main()
