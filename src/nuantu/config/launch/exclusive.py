"""One supervisor, or one restore, per data folder."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nuantu.config.launch.trouble import Trouble


@contextmanager
def only_supervisor(data: Path) -> Iterator[None]:
    """Hold the data folder's lock; it ends with the process, however that ends. Raises Trouble."""
    with (data / "up.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _already_running(data) from None
        yield


def _already_running(data: Path) -> Trouble:
    try:
        note = json.loads((data / "running.json").read_text("utf-8"))
        where = f"{note['address']}（进程 {note['supervisor']}）"
        there = f"{note['address']} (process {note['supervisor']})"
    except (OSError, ValueError, KeyError):
        where, there = "正在启动", "starting"
    return Trouble(
        f"这个数据目录的暖途已经在运行：{where}；请先停掉它，或用 --data 与 --port 另指目录和端口。",
        f"Nuantu already runs on this data folder: {there}; stop it first, or give another "
        "--data and --port.",
    )
