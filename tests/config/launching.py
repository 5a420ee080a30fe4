"""Starting the real commands from tests: clean environment, folders others can enter, patience."""

import fcntl
import json
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-P", "-m", "nuantu.config.cli")


def clean_environment(**extra: str) -> dict[str, str]:
    """This shell's variables without those that steer Nuantu or Python."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("NUANTU_", "DATABASE_URL", "DJANGO_", "PYTHON", "PG", "COV_"))
    }
    return kept | {"PYTHONPATH": str(ROOT / "src")} | extra


@contextmanager
def open_folder(name: str = "数据 目录") -> Iterator[Path]:
    """A new folder, with a space and Chinese in its name, that every account can enter."""
    top = Path(tempfile.mkdtemp(prefix="nuantu-launch-"))
    top.chmod(0o755)
    folder = top / name
    folder.mkdir(mode=0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(top, ignore_errors=True)


def python(
    code: str, *arguments: str, uid: int | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a piece of Python against our source, as an ordinary account when `uid` is given."""
    return subprocess.run(
        [interpreter(uid), "-P", "-c", code, *arguments],
        env=clean_environment(**packages(uid), **variables),
        user=uid,
        group=uid,
        extra_groups=None if uid is None else [],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )


def ordinary_uid() -> int:
    """An account that every Debian has and nothing else here runs as."""
    return pwd.getpwnam("daemon").pw_uid


def interpreter(uid: int | None) -> str:
    """A Python that the account can enter: ours, else the system's of the same version."""
    if uid is None or can_run(sys.executable, uid):
        return sys.executable
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (f"/usr/bin/python{version}", f"/usr/local/bin/python{version}"):
        if Path(candidate).exists() and can_run(candidate, uid):
            return candidate
    return ""


def can_run(program: str, uid: int) -> bool:
    try:
        return (
            subprocess.run(
                [program, "-c", ""], user=uid, group=uid, extra_groups=[], check=False, cwd="/"
            ).returncode
            == 0
        )
    except OSError:
        return False


def packages(uid: int | None) -> dict[str, str]:
    site = next(path for path in sys.path if path.endswith("site-packages"))
    if uid is None:
        return {}
    return {"PYTHONPATH": f"{ROOT / 'src'}:{site}", "PYTHONDONTWRITEBYTECODE": "1"}


# Seconds; a busy machine is no fault of the code, and on a calm one nothing waits as long.
PATIENCE = 600


# Below the numbers that a system gives to connections, so that none of these comes in between.
PORTS = range(20_000, 32_000)
_kept: list[IO[str]] = []


def free_port() -> int:
    """A port that no other process of tests is given while this one lives, and nobody listens at."""
    folder = Path(tempfile.gettempdir()) / f"nuantu-ports-{os.geteuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    for port in random.sample(PORTS, len(PORTS)):
        note = (folder / str(port)).open("a")
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        except OSError:
            note.close()
            continue
        _kept.append(note)
        return port
    raise AssertionError("no port is free")


def eventually(true: Callable[[], object], seconds: float = PATIENCE) -> bool:
    """Whether it becomes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.1)
    return False


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


class Site:
    """One `./nuantu up` on a data folder of its own."""

    def __init__(self, data: Path, *arguments: str, **variables: str) -> None:
        self.data = data
        self.port = free_port()
        self.output = data.parent / f"up-{self.port}.log"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [*COMMAND, "up", "--data", str(data), "--port", str(self.port), *arguments],
                env=clean_environment(**variables),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.output.read_text("utf-8")

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as page:
                return bool(page.status == 200)
        except OSError:
            return False

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.said()
        return "已就绪" in self.said() and self.answers()

    def children(self) -> dict[str, int]:
        """Site and worker, as the supervisor wrote them down."""
        note = json.loads((self.data / "running.json").read_text("utf-8"))
        return {str(name): int(pid) for name, pid in note["groups"].items()}

    def database_pid(self) -> int:
        file = self.data / "postgres" / "data" / "postmaster.pid"
        return int(file.read_text().splitlines()[0])

    def interrupt(self) -> int:
        """Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        """Whatever happened, nothing of this site stays."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(30)
        if self.process.poll() is None:
            self.process.kill()


def command(*arguments: str, given: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one command of ours to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=clean_environment(**variables),
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
