"""pg_dump and pg_restore: which ones fit the server, and how they are called."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from nuantu.config.launch.installation import CONNECT_SECONDS, Database
from nuantu.config.launch.location import packaged_binaries
from nuantu.config.launch.trouble import Trouble

# Row-level security lets work of the system see every row; a dump without it would be empty.
SEE_ALL = "-c app.system=on"
HEADER_LINES = 60
# Tracks end with their term, so no backup holds them: their rows are not dumped, nor counted.
NOT_KEPT = ("homeward_position", "homeward_lastfix", "homeward_cellcount")
UNKNOWN_TO_OLD_SERVERS = b"SET transaction_timeout"


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


def newest(name: str) -> str:
    """The newest of a program that needs no connection, to read what any of them wrote."""
    packaged = packaged_binaries() / name
    installed = shutil.which(name)
    if installed and _major(Path(installed)) > _major(packaged):
        return installed
    return str(packaged)


def _environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    return kept | {"PGOPTIONS": SEE_ALL, "LC_ALL": "C"}


def _failure(program: str, said: str) -> Trouble:
    lines = [line for line in said.splitlines() if "error" in line.lower()]
    reason = lines[0] if lines else said.strip()
    name = Path(program).name
    return Trouble(f"{name} 失败：{reason}", f"{name} failed: {reason}")


def dump(database: Database, snapshot: str, target: Path) -> None:
    """Write the database of one moment. Raises Trouble."""
    program = find("pg_dump", database)
    options = ["--format=custom", "--no-owner", "--no-privileges", "--no-comments"]
    options += ["--enable-row-security", f"--snapshot={snapshot}", f"--file={target}"]
    options += [f"--exclude-table-data=public.{name}*" for name in NOT_KEPT]
    done = subprocess.run(
        [program, *options, f"--dbname={database.whole_url}"],
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise _failure(program, done.stderr)


def contents(file: Path) -> set[str]:
    """The tables whose rows the dump holds. Raises Trouble."""
    program = newest("pg_restore")
    listed = subprocess.run(
        [program, "--list", str(file)], capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        raise Trouble("备份里的数据库读不出来。", "The database inside the backup cannot be read.")
    return set(re.findall(r" TABLE DATA public (\S+) ", listed.stdout))


def load(database: Database, file: Path, url: str) -> None:
    """All of the dump into the empty database of `url`, or nothing. Raises Trouble.

    Goes as a script through psql: the newest pg_restore reads every dump, but sets a parameter
    that older servers do not know.
    """
    reader = [newest("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(file)]
    writer = [find("psql", database), "--no-psqlrc", "--quiet", "--single-transaction"]
    writer += ["--set=ON_ERROR_STOP=1", "--output=/dev/null", f"--dbname={url}"]
    with tempfile.TemporaryFile("w+") as said:
        source = subprocess.Popen(reader, stdout=subprocess.PIPE, stderr=said)
        target = subprocess.Popen(writer, stdin=subprocess.PIPE, stderr=said, env=_environment())
        if source.stdout is not None and target.stdin is not None:
            with suppress(BrokenPipeError), source.stdout, target.stdin:
                _pass_on(source.stdout, target.stdin)
        if (target.wait(), source.wait()) != (0, 0):
            said.seek(0)
            raise _failure(writer[0], said.read())


def _pass_on(source: IO[bytes], target: IO[bytes]) -> None:
    for line in itertools.islice(source, HEADER_LINES):
        if not line.startswith(UNKNOWN_TO_OLD_SERVERS):
            target.write(line)
    shutil.copyfileobj(source, target)


def count_rows(connection: psycopg.Connection) -> dict[str, int]:
    """Rows of every table, as the system sees them."""
    connection.execute("SELECT set_config('app.system', 'on', false)")
    tables = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind = 'r' ORDER BY relname"
    ).fetchall()
    counts = {}
    for (table,) in tables:
        if str(table).startswith(NOT_KEPT):
            continue
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
        row = connection.execute(query).fetchone()
        counts[str(table)] = int(row[0]) if row else 0
    return counts
