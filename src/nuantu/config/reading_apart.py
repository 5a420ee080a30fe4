"""A plan document is read in a process of its own: what hangs, swells or crashes takes nothing along.

The child gets the document on its standard input, after a line of JSON with its name, part and year.
It answers in lines of JSON: a list for each step, the whole reading at the end.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from threading import Timer
from typing import IO, TYPE_CHECKING, Any, Final

from nuantu.config import proposer
from nuantu.config.launch import doc_converter
from nuantu.planbook import reading

if TYPE_CHECKING:
    from nuantu.planbook.reading.opening.pieces import Progress

SECONDS: Final = 180
MEMORY_BYTES: Final = 2 << 30
NICENESS: Final = 5


def read_apart(
    data: bytes, name: str, *, part: int | None, year: int, progress: "Progress"
) -> Mapping[str, Any]:
    """What `plan read --json` prints of a document.

    Raises OSError when the child was stopped at its limits, or ended without an answer.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        start_new_session=True,  # a converter that it started goes with it
    )
    limit = Timer(SECONDS, _stop, [child])
    limit.start()
    try:
        found = _answer(child, {"name": name, "part": part, "year": year}, data, progress)
        if found is None:
            raise ChildProcessError(f"reading ended with {child.wait()}")
    finally:
        limit.cancel()
        _stop(child)
        child.wait()
    return found


def _stop(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def _answer(
    child: subprocess.Popen[bytes], asked: Mapping[str, Any], data: bytes, progress: "Progress"
) -> Mapping[str, Any] | None:
    if child.stdin is None or child.stdout is None:
        return None
    with child.stdin as to_child, child.stdout as from_child:
        to_child.write(json.dumps(asked).encode() + b"\n" + data)
        to_child.close()
        for line in from_child:
            said = json.loads(line)
            if isinstance(said, dict):
                return said
            progress(*said)
    return None


def main(source: IO[bytes], target: IO[bytes]) -> None:
    """The child: read what comes, within its limits of time and memory."""
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    asked = json.loads(source.readline())

    def tell(said: object) -> None:
        target.write(json.dumps(said, default=str).encode() + b"\n")
        target.flush()

    found = reading.read_document(
        source.read(),
        asked["name"],
        part=asked["part"],
        year=asked["year"],
        convert=doc_converter.installed(),
        propose=proposer.configured(),
        progress=lambda done, total, what: tell([done, total, what]),
    )
    tell(found.as_dict())


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
