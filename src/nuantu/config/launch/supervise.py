"""Keeps the site, the worker and the database running until told to stop."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from nuantu.config.launch.installation import Database, Installation
from nuantu.config.launch.trouble import Trouble, say

LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0
STOP_SECONDS = 12.0
LOG_BYTES = 10_000_000
LOW_DISK_BYTES = 200_000_000


@dataclass
class Child:
    """A process to keep alive."""

    chinese: str
    english: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    next_start: float = 0.0

    def start(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "nuantu.config.launch.follow", *self.command],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.started_at = time.monotonic()

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def look(self) -> None:
        """Start again what ended, after a pause that grows with each early end."""
        if self.is_alive():
            return
        now = time.monotonic()
        if self.process is not None:
            steady = now - self.started_at > STEADY_SECONDS
            self.failures = 1 if steady else self.failures + 1
            pause = min(LONGEST_PAUSE_SECONDS, 2.0 ** (self.failures - 1))
            self.next_start = now + pause
            reason = self._ending()
            say(
                f"{self.chinese}意外退出（{reason}），{pause:.0f} 秒后重新启动，日志 {self.log}",
                f"the {self.english} ended ({reason}), starting it again in {pause:.0f} s",
            )
            self._signal(signal.SIGKILL)
            self.process = None
        if now >= self.next_start:
            self.start()

    def _ending(self) -> str:
        code = self.process.returncode if self.process else 0
        if code < 0:
            return signal.Signals(-code).name
        with self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 2000))
            lines = log.read().decode("utf-8", "replace").splitlines()
        return lines[-1].strip() if lines else f"exit {code}"

    def _signal(self, order: signal.Signals) -> None:
        """To the whole group: servers leave children of their own behind."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, order)

    def ask_to_stop(self) -> None:
        self._signal(signal.SIGTERM)

    def make_stop(self, deadline: float) -> None:
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        self._signal(signal.SIGKILL)
        self.process.wait()


@dataclass
class Supervisor:
    """The children and the database of one `./nuantu up`."""

    installation: Installation
    database: Database
    children: list[Child]
    is_stopping: bool = False
    _warned_of_disk: bool = field(default=False, init=False)

    @property
    def note(self) -> Path:
        return self.installation.data / "running.json"

    def catch_signals(self) -> None:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._stop)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.is_stopping = True

    def start(self, address: str) -> None:
        for child in self.children:
            child.start()
        self._write_note(address)

    def _write_note(self, address: str) -> None:
        groups = {c.english: c.process.pid for c in self.children if c.process}
        # Others look while a killed child is started anew: they read the whole note or the old one.
        draft = self.note.with_suffix(".draft")
        draft.write_text(
            json.dumps({"supervisor": os.getpid(), "groups": groups, "address": address}), "utf-8"
        )
        draft.replace(self.note)

    def run(self, address: str) -> None:
        """Watch until a signal comes."""
        while not self.is_stopping:
            before = [child.process for child in self.children]
            self._watch_database()
            for child in self.children:
                child.look()
            if before != [child.process for child in self.children]:
                self._write_note(address)
            self._watch_disk()
            time.sleep(0.5)

    def _watch_database(self) -> None:
        held = self.database.lease
        if held is None or held.is_alive():
            return
        say("数据库中断，正在恢复", "the database is gone, starting it again")
        try:
            held.renew()
        except Trouble as trouble:
            print(trouble, flush=True)
            time.sleep(5)
            return
        say("数据库已恢复，已提交的数据都在", "the database is back with everything committed")

    def _watch_disk(self) -> None:
        status = os.statvfs(self.installation.data)
        is_low = status.f_bavail * status.f_frsize < LOW_DISK_BYTES
        if is_low and not self._warned_of_disk:
            say("磁盘快满了，请尽快腾出空间", "the disk is nearly full, free some space soon")
        self._warned_of_disk = is_low

    def stop(self) -> None:
        """End everything; what does not end by itself is killed."""
        say("正在停止", "stopping")
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children:
            child.make_stop(deadline)
        if self.database.lease:
            self.database.lease.release()
        self.note.unlink(missing_ok=True)
        say("已停止，数据都已保存", "stopped, everything is saved")


def end_left_over(data: Path) -> None:
    """Stop the processes of a supervisor that was killed and could not stop them itself."""
    note = data / "running.json"
    try:
        groups = [int(pid) for pid in json.loads(note.read_text("utf-8"))["groups"].values()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return
    deadline = time.monotonic() + STOP_SECONDS
    for group in groups:
        if is_ours(group):
            os.killpg(group, signal.SIGTERM)
    while any(is_ours(group) for group in groups) and time.monotonic() < deadline:
        time.sleep(0.1)
    for group in groups:
        if is_ours(group):
            os.killpg(group, signal.SIGKILL)
    note.unlink(missing_ok=True)


def is_ours(pid: int) -> bool:
    """Whether the number still belongs to a site or worker of ours."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return b"nuantu.config" in command or b"procrastinate" in command
