"""A database server for tests: quick, shared by all test runs at once, gone with the last."""

from __future__ import annotations

import atexit
import fcntl
import os
import re
import shutil
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

from nuantu.config.launch import cluster, creation, lease
from nuantu.config.launch.location import locate
from nuantu.config.launch.trouble import Trouble

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def for_tests() -> str:
    """The DATABASE_URL that tests use: a given server's, else that of a throw-away one.

    Each process gets a database name of its own, so that several runs may share the server.
    The server stops when the last process that asked for it ends.
    """
    given = os.environ.get("DATABASE_URL")
    if given:
        return given
    held = _take(_folder())
    atexit.register(held.release, 10)
    _drop_left_over(held.server)
    return held.server.url(f"nuantu_{os.getpid()}")


def _folder() -> Path:
    root = Path(__file__).resolve().parents[4]
    wanted = Path(os.environ.get("NUANTU_TEST_DATA", root / ".nuantu" / "test-db"))
    try:
        wanted.mkdir(mode=0o711, parents=True, exist_ok=True)
        (wanted / "users.lock").touch()
    except OSError:
        wanted = Path(tempfile.gettempdir()) / f"nuantu-test-{os.geteuid()}"
        wanted.mkdir(mode=0o700, exist_ok=True)
    return wanted


def _take(folder: Path) -> lease.Lease:
    """Start, and begin anew where a crash of the machine may have torn the unsynced files."""
    boot = BOOT_ID.read_text("ascii") if BOOT_ID.exists() else ""
    mark = folder / "boot-id"
    with (folder / "wipe.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if mark.exists() and mark.read_text("ascii") != boot:
            _wipe(folder)
        mark.write_text(boot, "ascii")
        try:
            return lease.take(folder, database="postgres", is_throw_away=True)
        except Trouble:
            if shutil.disk_usage(folder).free < creation.CREATE_NEEDS_BYTES:
                raise
            _wipe(folder)
            return lease.take(folder, database="postgres", is_throw_away=True)


def _wipe(folder: Path) -> None:
    home = locate(folder).folder
    for name in ("data", "data.new"):
        shutil.rmtree(home / name, ignore_errors=True)
    (home / "prepared").unlink(missing_ok=True)


def _drop_left_over(server: cluster.Server) -> None:
    """Remove databases of test runs that were killed."""
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE datname ~ '^(test_)?nuantu_[0-9]+'"
        ).fetchall()
        for (name,) in rows:
            found = re.match(r"(?:test_)?nuantu_(\d+)", name)
            if found and not Path(f"/proc/{found[1]}").exists():
                connection.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )
