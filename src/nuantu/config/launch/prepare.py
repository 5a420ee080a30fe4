"""Brings database and catalogues up to this version, unless that was done before.

The work is the management command `prepare_database`, run in a process of its own as the role that
owns the tables. Started twice it changes nothing; cut short it goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import psycopg

from nuantu.config.launch.installation import (
    CONNECT_SECONDS,
    ROOT,
    Database,
    Installation,
    environment,
    make_extensions,
)
from nuantu.config.launch.trouble import Trouble


def prepare(installation: Installation, database: Database) -> None:
    """Migrate, grant, mark, compile and load the demo, unless all that is done. Raises Trouble."""
    if is_prepared(installation, database):
        return
    if database.lease is None:
        make_extensions(database.url)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "django", "prepare_database"],
        env=environment(installation, database, as_owner=True),
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise _failure(installation, done.stderr)
    _stamp(installation).write_text(json.dumps(_state(database)) + "\n", "utf-8")


def _failure(installation: Installation, said: str) -> Trouble:
    log = installation.home / "logs" / "prepare.log"
    log.write_text(said, "utf-8")
    if "No space left" in said or "DiskFull" in said:
        return Trouble(
            "磁盘已满，数据库没有准备好；请腾出空间后再启动，会接着做完。",
            "The disk is full and the database is not ready; free some space and start again, "
            "it goes on from here.",
        )
    lines = [line for line in said.splitlines() if line.strip()]
    reason = lines[-1] if lines else "?"
    return Trouble(
        f"准备数据库失败：{reason}；详见 {log}，改正后再启动会接着做完。",
        f"Preparing the database failed: {reason}; see {log}. Once that is mended the next start "
        "goes on from here.",
    )


def _stamp(installation: Installation) -> Path:
    return installation.home / "prepared.json"


def is_prepared(installation: Installation, database: Database) -> bool:
    """Whether this very version was prepared in this very database."""
    try:
        noted = json.loads(_stamp(installation).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    try:
        return bool(noted == _state(database))
    except psycopg.errors.UndefinedTable:
        return False


def _state(database: Database) -> dict[str, str]:
    """The version of our sources and the identity of the database they were applied to."""
    digest = hashlib.sha256()
    package = ROOT / "src" / "nuantu"
    for pattern in ("*/migrations/*.py", "*/locale/*/LC_MESSAGES/django.po"):
        for path in sorted(package.glob(pattern)):
            digest.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    with psycopg.connect(database.url, connect_timeout=CONNECT_SECONDS) as connection:
        row = connection.execute(
            "SELECT concat_ws('|', made_at, (SELECT max(applied) FROM django_migrations))"
            " FROM core_installation"
        ).fetchone()
    return {"sources": digest.hexdigest(), "database": row[0] if row else ""}
