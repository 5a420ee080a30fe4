"""The test database: migrated once, copied by every process after, made anew when a migration changes.

Only on the throw-away server; on a server of somebody's own each process migrates, and leaves
nothing behind. There Django empties the tables itself, too, after a test with real transactions.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
OURS = ROOT / "src" / "nuantu"
PREFIX = "nuantu_migrated_"
# Any number will do: one process at a time looks for the model, makes it or copies it.
LOCK = 52_260_120
_IMPORTED = re.compile(r"^(?:from|import) nuantu\.([\w.]+)", re.MULTILINE)


def _sources() -> set[Path]:
    """Everything a migration is made of: its file, what it imports, the locked packages."""
    migrations = set(OURS.glob("*/migrations/*.py"))
    found = {ROOT / "requirements.lock", *migrations, *OURS.glob("core/*.py")}
    for file in migrations:
        for name in _IMPORTED.findall(file.read_text(encoding="utf-8")):
            place = OURS.joinpath(*name.split("."))
            found.update(place.rglob("*.py") if place.is_dir() else [place.with_suffix(".py")])
    return found


def _digest() -> str:
    digest = hashlib.sha256()
    for file in sorted(_sources()):
        digest.update(str(file.relative_to(ROOT)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def is_throw_away() -> bool:
    """Whether the server was started for the tests; the superuser signs in there without a word."""
    return bool(re.fullmatch(r"(test_)?nuantu_\d+(_\w+)?", connection.settings_dict["NAME"]))


def _way_in() -> dict[str, Any]:
    given = connection.get_connection_params()
    return {key: given[key] for key in ("host", "port", "user", "password") if key in given}


# What every migrated database holds, and no test changes.
KEPT = {"auth_permission", "django_content_type"}

# Nobody empties the journal but a test.
GUARDED = ("core_journalentry", "core_journalsubject")

# The queue makes its tables itself, so Django does not know that they are to be emptied.
QUEUE = {
    "procrastinate_events",
    "procrastinate_jobs",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
}


_emptiers: dict[str, psycopg.Connection] = {}


def _emptier() -> psycopg.Connection:
    """One session for all: a fresh one reads all tables' descriptions first, four times the work."""
    name = connection.settings_dict["NAME"]
    with suppress(KeyError, psycopg.OperationalError):  # none yet, or it was ended with others
        _emptiers[name].execute("SELECT 1")
        return _emptiers[name]
    way = _way_in() | {"user": "postgres"}
    made = _emptiers[name] = psycopg.connect(**way, dbname=name, autocommit=True)
    return made


def empty(_operations: object, _style: object, tables: Iterable[str], **_how: bool) -> list[str]:
    """Delete every row of these tables, at a tenth of what truncating them all costs.

    Stands in for Django's `sql_flush` and leaves nothing to be sent. Waits for whoever still writes;
    triggers and references are passed over, because nothing stays that could be referred to.
    """
    names = sorted((set(tables) | QUEUE) - KEPT)
    found = ", ".join(f"EXISTS (SELECT FROM {name})" for name in names)
    ours = _emptier()
    with ours.transaction():
        ours.execute(f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE")
        ours.execute("SET LOCAL session_replication_role = replica")
        row = ours.execute(f"SELECT {found}").fetchone()
        assert row is not None
        for name, is_filled in zip(names, row, strict=True):
            if is_filled:
                ours.execute(f"DELETE FROM {name}")
    return []


def guarded(flush: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """Django's `sql_flush` on a server of somebody's own: the queue too, past the journal's guard."""

    def empty_there(
        operations: object, style: object, tables: Iterable[str], **how: bool
    ) -> list[str]:
        guard = "ALTER TABLE {0} {1} TRIGGER {0}_no_truncate"
        return [
            *(guard.format(table, "DISABLE") for table in GUARDED),
            *flush(operations, style, sorted({*tables, *QUEUE}), **how),
            *(guard.format(table, "ENABLE") for table in GUARDED),
        ]

    return empty_there


def end_other_sessions() -> None:
    """Threads of a queue's worker leave theirs open; PostgreSQL would wait for them before a drop."""
    if not is_throw_away():
        return
    with psycopg.connect(**_way_in() | {"user": "postgres"}, dbname="postgres") as ours:
        ours.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [connection.settings_dict["NAME"]],
        )


class Model:
    """The migrated database that others are copies of; held from `take` to `leave`."""

    def __init__(self) -> None:
        self.name = PREFIX + _digest()
        self._held: psycopg.Connection | None = None
        self._is_new = False

    def take(self) -> None:
        """Let Django copy the model where there is one, and keep others from making it twice."""
        if not is_throw_away():
            return
        self._held = psycopg.connect(dbname="postgres", autocommit=True, **_way_in())
        self._held.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        self._is_new = self.name not in self._models()
        if not self._is_new:
            connection.settings_dict["TEST"]["TEMPLATE"] = self.name

    def leave(self) -> None:
        """Keep the fresh database as the model of the next, in place of older ones."""
        if self._held is None:
            return
        if self._is_new:
            connection.close()
            for name in self._models():
                self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
            self._do("CREATE DATABASE {} TEMPLATE {}", self.name, connection.settings_dict["NAME"])
        self._held.close()
        self._held = None

    def _models(self) -> list[str]:
        assert self._held is not None
        rows = self._held.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
        )
        return [name for (name,) in rows]

    def _do(self, command: str, *names: str) -> None:
        assert self._held is not None
        self._held.execute(sql.SQL(command).format(*map(sql.Identifier, names)))
