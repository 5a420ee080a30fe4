"""Starts, finds again and stops the embedded PostgreSQL.

Only the programs in the wheel's `pginstall/bin` are used. A server that outlived its supervisor is
adopted; a server that was killed is started again and recovers what was committed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from nuantu.config.launch import creation, roles
from nuantu.config.launch.location import Location, locate
from nuantu.config.launch.trouble import Trouble

START_SECONDS = 60
RECOVERY_SECONDS = 600
LOG_BYTES = 10_000_000
SOCKET_PATH_BYTES = 80
PREPARED = "1"

SERVER_SETTINGS = {
    "listen_addresses": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "100",
    "jit": "off",
    "max_wal_size": "1GB",
    "log_checkpoints": "off",
}
THROW_AWAY_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "300",
    "autovacuum_naptime": "10min",
}


@dataclass(frozen=True)
class Server:
    """A running embedded server."""

    location: Location
    socket_folder: Path
    pid: int
    was_running: bool

    @property
    def bin_dir(self) -> Path:
        return self.location.binaries

    @property
    def log(self) -> Path:
        return self.location.folder / "server.log"

    def url(self, database: str, user: str = roles.LOGIN_ROLE) -> str:
        return f"postgresql://{user}@/{database}?host={quote(str(self.socket_folder))}"

    def is_ready(self) -> bool:
        return _readiness(self.location, self.socket_folder) == 0

    def stop(self, seconds: float = 30) -> None:
        """Disconnect everybody and shut down; a server that does not obey is killed."""
        _stop(self.pid, seconds)


def start(data_dir: Path, *, database: str = "nuantu", is_throw_away: bool = False) -> Server:
    """Return the running server of `data_dir`, starting and creating what is missing.

    `is_throw_away` trades safety against power loss for speed: tests only.
    """
    location = locate(data_dir)
    with _lock(location.folder / "start.lock"):
        creation.check_disk(location)
        if not (location.data / "PG_VERSION").exists():
            creation.create(location, is_throw_away)
        creation.check_major(location)
        server = _running(location) or _launch(location, is_throw_away)
        _prepare(server, database)
    return server


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _readiness(location: Location, socket_folder: Path) -> int:
    """pg_isready's answer: 0 accepting, 1 starting up, 2 silent, 3 not tried."""
    return subprocess.run(
        location.command("pg_isready", "-q", "-t", "3", "-h", str(socket_folder)),
        **location.process_options(),
        stderr=subprocess.DEVNULL,
        check=False,
    ).returncode


def _pid_file(location: Location) -> tuple[int, Path] | None:
    """Process number and socket folder as the server wrote them down."""
    try:
        lines = (location.data / "postmaster.pid").read_text("utf-8").splitlines()
        return int(lines[0]), Path(lines[4])
    except (OSError, ValueError, IndexError):
        return None


def _running(location: Location) -> Server | None:
    noted = _pid_file(location)
    if noted is None or not is_postgres(noted[0]):
        return None
    if _readiness(location, noted[1]) not in (0, 1):
        if _serves(noted[0], location):  # alive, but its socket was swept away
            _stop(noted[0], 20)
        return None
    _await_ready(location, noted[1], None)
    return Server(location, noted[1], noted[0], was_running=True)


def _serves(pid: int, location: Location) -> bool:
    """Whether that process was started on our data folder."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return str(location.data).encode() in command


def is_postgres(pid: int) -> bool:
    """Whether a live process of that number is a database server (numbers come again)."""
    process = Path(f"/proc/{pid}")
    if not Path("/proc/self").exists():
        return _is_alive(pid)
    try:
        state = (process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0]
        return state != "Z" and b"postgres" in (process / "cmdline").read_bytes()
    except (OSError, IndexError):
        return False


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _launch(location: Location, is_throw_away: bool) -> Server:
    """Start the server; after a kill -9 its remains may stand in the way for some seconds."""
    socket_folder = _socket_folder(location)
    settings = SERVER_SETTINGS | {"unix_socket_directories": f'"{socket_folder}"'}
    if is_throw_away:
        settings |= THROW_AWAY_SETTINGS
    arguments = ["-D", str(location.data)]
    for name, value in settings.items():
        arguments += ["-c", f"{name}={value}"]
    log = location.folder / "server.log"
    deadline = time.monotonic() + START_SECONDS
    while True:
        _clear_false_lock(location)
        offset = _turn_log(log)
        with log.open("ab") as output:
            process = subprocess.Popen(
                location.command("postgres", *arguments),
                **location.process_options(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        if _await_ready(location, socket_folder, process):
            return Server(location, socket_folder, process.pid, was_running=False)
        said = log.read_bytes()[offset:].decode("utf-8", "replace")
        if time.monotonic() > deadline or not _is_passing(said):
            raise _start_failure(location, log, said)
        time.sleep(0.3)


def _turn_log(log: Path) -> int:
    size = log.stat().st_size if log.exists() else 0
    if size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
        return 0
    return size


def _clear_false_lock(location: Location) -> None:
    """Remove a dead server's note when its number now belongs to another kind of process."""
    note = location.data / "postmaster.pid"
    try:
        pid = int(note.read_text("utf-8").split()[0])
    except (OSError, ValueError, IndexError):
        return
    if Path(f"/proc/{pid}").exists() and not _is_zombie(pid) and not is_postgres(pid):
        note.unlink(missing_ok=True)


def _is_zombie(pid: int) -> bool:
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text("utf-8", "replace")
    except OSError:
        return False


def _is_passing(said: str) -> bool:
    return any(
        sign in said
        for sign in ("lock file", "shared memory block", "still in use", "Address already in use")
    )


def _start_failure(location: Location, log: Path, said: str) -> Trouble:
    if "No space left" in said:
        return creation.disk_full(
            location.folder, creation.START_NEEDS_BYTES, shutil.disk_usage(location.folder).free
        )
    fatal = [line for line in said.splitlines() if "FATAL" in line or "PANIC" in line]
    reason = (
        fatal[0].partition("FATAL:")[2].strip() or fatal[0] if fatal else creation.last_line(said)
    )
    return Trouble(
        f"数据库没有启动：{reason}；详见 {log}，./nuantu doctor 会给出办法。",
        f"The database did not start: {reason}; see {log}, ./nuantu doctor says what to do.",
    )


def _await_ready(
    location: Location, socket_folder: Path, process: subprocess.Popen[bytes] | None
) -> bool:
    """Wait until connections are taken; False when the process ended or stayed silent."""
    begun = time.monotonic()
    pause = 0.02
    while True:
        answer = _readiness(location, socket_folder)
        if answer == 0:
            return process is None or process.poll() is None
        if process is not None and process.poll() is not None:
            return False
        patience = RECOVERY_SECONDS if answer == 1 else START_SECONDS
        if time.monotonic() - begun > patience:
            return False
        time.sleep(pause)
        pause = min(0.5, pause * 1.5)


def _socket_folder(location: Location) -> Path:
    """A private folder: local connections are trusted, so nobody else may reach the socket."""
    folder = location.folder / "socket"
    if len(str(folder).encode()) > SOCKET_PATH_BYTES or not re.fullmatch(
        r"[\w./-]+", str(folder), re.ASCII
    ):
        digest = hashlib.sha256(str(location.folder).encode()).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"nuantu-{digest}"
    folder.mkdir(mode=0o700, exist_ok=True)
    mine = os.geteuid() if location.account is None else location.account.uid
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (mine, os.geteuid()):
        raise Trouble(
            f"{folder} 属于别的用户，不能放数据库接口；请删去它再启动。",
            f"{folder} belongs to somebody else and cannot hold the database socket; "
            "remove it and start again.",
        )
    folder.chmod(0o700)
    if found.st_uid != mine:
        gid = -1 if location.account is None else location.account.gid
        os.chown(folder, mine, gid)
    return folder


def _prepare(server: Server, database: str) -> None:
    mark = server.location.folder / "prepared"
    if not mark.exists() or mark.read_text("ascii") != PREPARED:
        roles.prepare_cluster(
            server.url("postgres", "postgres"), server.url("template1", "postgres")
        )
        mark.write_text(PREPARED, "ascii")
    roles.create_database(server.url("postgres", "postgres"), database)


def _stop(pid: int, seconds: float) -> None:
    for order, patience in ((signal.SIGINT, seconds), (signal.SIGQUIT, 10.0)):
        if not is_postgres(pid):
            return
        try:
            os.kill(pid, order)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and is_postgres(pid):
            time.sleep(0.05)
            _reap(pid)
    if is_postgres(pid):
        os.kill(pid, signal.SIGKILL)


def _reap(pid: int) -> None:
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return
