"""pg_dump and pg_restore: which ones fit the server, and how they are called."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from nuantu.config.launch.installation import CONNECT_SECONDS, Database
from nuantu.config.launch.location import packaged_binaries
from nuantu.config.launch.trouble import Trouble

# Row-level security lets work of the system see every row; a dump without it would be empty.
SEE_ALL = "-c app.system=on"


def _major(program: Path) -> int:
    try:
        said = subprocess.run(
            [str(program), "--version"], capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        return 0
    found = re.search(r"(\d+)(\.|$|\s)", said)
    return int(found[1]) if found else 0


def find(name: str, database: Database) -> str:
    """The client program: the embedded server's own, else the system's when new enough.

    The packaged programs cannot speak TLS, so a server elsewhere is served by the system's first.
    """
    if database.bin_dir is not None:
        return str(packaged_binaries() / name)
    with psycopg.connect(database.url, connect_timeout=CONNECT_SECONDS) as connection:
        needed = connection.info.server_version // 10_000
        uses_tls = bool(connection.pgconn.ssl_in_use)
    installed = shutil.which(name)
    if installed and _major(Path(installed)) >= needed:
        return installed
    if not uses_tls:
        return str(packaged_binaries() / name)
    raise Trouble(
        f"备份这台服务器需要 PostgreSQL {needed} 的 {name}；请安装 postgresql-client-{needed}。",
        f"Backing up this server needs {name} of PostgreSQL {needed}; "
        f"install postgresql-client-{needed}.",
    )


def run(command: list[str]) -> None:
    """Run a client program as the system; raises Trouble with what it said last."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    environment |= {"PGOPTIONS": SEE_ALL, "LC_ALL": "C"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if "error" in line.lower()]
        reason = lines[0] if lines else done.stderr.strip()
        name = Path(command[0]).name
        raise Trouble(f"{name} 失败：{reason}", f"{name} failed: {reason}")


def dump(database: Database, snapshot: str, target: Path) -> None:
    program = find("pg_dump", database)
    options = ["--format=custom", "--no-owner", "--no-privileges", "--no-comments"]
    options += ["--enable-row-security", f"--snapshot={snapshot}", f"--file={target}"]
    run([program, *options, f"--dbname={database.whole_url}"])


def contents(database: Database, file: Path) -> set[str]:
    """The tables whose rows the dump holds."""
    program = find("pg_restore", database)
    listed = subprocess.run(
        [program, "--list", str(file)], capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        raise Trouble("备份里的数据库读不出来。", "The database inside the backup cannot be read.")
    return set(re.findall(r" TABLE DATA public (\S+) ", listed.stdout))


def load(database: Database, file: Path, url: str) -> None:
    """All of the dump into the empty database of `url`, or nothing."""
    program = find("pg_restore", database)
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    run([program, *options, f"--dbname={url}", str(file)])


def count_rows(connection: psycopg.Connection) -> dict[str, int]:
    """Rows of every table, as the system sees them."""
    connection.execute("SELECT set_config('app.system', 'on', false)")
    tables = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind = 'r' ORDER BY relname"
    ).fetchall()
    counts = {}
    for (table,) in tables:
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
        row = connection.execute(query).fetchone()
        counts[str(table)] = int(row[0]) if row else 0
    return counts
