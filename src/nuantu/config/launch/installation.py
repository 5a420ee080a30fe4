"""One installation: its data folder, whether it is demo or live, and its database.

Demo and live never share a database, a key file or a photo folder: each has its own folder below
the data folder and its own database, `nuantu_demo` or `nuantu`.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import psycopg
from psycopg import sql

from nuantu.config.launch import lease, roles
from nuantu.config.launch.trouble import Trouble

ROOT = Path(__file__).resolve().parents[4]
Mode = Literal["demo", "live"]
DATABASES: dict[Mode, str] = {"demo": "nuantu_demo", "live": "nuantu"}
CONNECT_SECONDS = 10


@dataclass(frozen=True)
class Installation:
    """Where the files are and what the database is."""

    data: Path
    mode: Mode

    @property
    def home(self) -> Path:
        """Keys, photos and logs of this mode."""
        return self.data / self.mode

    @property
    def database(self) -> str:
        return DATABASES[self.mode]


@dataclass(frozen=True)
class Database:
    """How to reach the database: as the migrating login, or acting as the run-time role."""

    url: str
    has_runtime_role: bool
    lease: lease.Lease | None

    @property
    def whole_url(self) -> str:
        """The connection that may read and make everything, where we own the server."""
        if self.lease is None:
            return self.url
        return self.lease.server.url(self.lease.database, "postgres")

    @property
    def bin_dir(self) -> Path | None:
        """The programs that came with the embedded server; None for a server elsewhere."""
        return self.lease.server.bin_dir if self.lease else None


def given_url() -> str:
    """DATABASE_URL, or the content of the file that DATABASE_URL_FILE names. Raises Trouble.

    An empty file is refused: else a lost secret would start an empty database of our own.
    """
    file = os.environ.get("DATABASE_URL_FILE")
    if not file:
        return os.environ.get("DATABASE_URL", "").strip()
    try:
        url = Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(
            f"读不出 DATABASE_URL_FILE 指定的文件 {file}；请检查路径和权限。",
            f"The file {file} of DATABASE_URL_FILE cannot be read; check its path and rights.",
        ) from error
    if not url:
        raise Trouble(
            f"DATABASE_URL_FILE 指定的文件 {file} 是空的；请写入数据库地址。",
            f"The file {file} of DATABASE_URL_FILE is empty; write the database's address into it.",
        )
    return url


def data_folder(wanted: str | None) -> Path:
    return Path(wanted or os.environ.get("NUANTU_DATA") or ROOT / ".nuantu").absolute()


def note_mode(data: Path, mode: Mode) -> None:
    (data / "installation.json").write_text(json.dumps({"mode": mode}) + "\n", "utf-8")


def noted_mode(data: Path) -> Mode:
    """What `./nuantu up` served last; other commands work on the same."""
    given = os.environ.get("NUANTU_MODE")
    if given in ("demo", "live"):
        return cast("Mode", given)
    try:
        found = json.loads((data / "installation.json").read_text("utf-8"))["mode"]
    except (OSError, ValueError, KeyError, TypeError):
        return "live" if given_url() else "demo"
    return "live" if found == "live" else "demo"


def was_started(installation: Installation) -> bool:
    """Whether there is a database to look at, without making one."""
    return bool(given_url()) or (installation.data / "database.json").exists()


def current(wanted_data: str | None = None) -> Installation:
    """The installation that commands other than `up` work on."""
    data = data_folder(wanted_data)
    return Installation(data, noted_mode(data))


@contextmanager
def opened(installation: Installation) -> Iterator[Database]:
    """The database, running for as long as the block."""
    database = take(installation)
    try:
        yield database
    finally:
        if database.lease:
            database.lease.release()


def take(installation: Installation) -> Database:
    """Start or share the embedded server, or look at the given one. Raises Trouble."""
    url = given_url()
    if url:
        return Database(url, _prepare_given(url), None)
    held = lease.take(installation.data, database=installation.database)
    return Database(held.server.url(installation.database), True, held)


def _prepare_given(url: str) -> bool:
    """Look whether the server answers and is new enough; whether the run-time role can be used."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise Trouble(
            "DATABASE_URL 应写成 postgresql://用户:口令@主机:5432/库名。",
            "DATABASE_URL is written as postgresql://user:password@host:5432/name.",
        )
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS) as connection:
            version = connection.info.server_version
            if version < 150_000:
                raise Trouble(
                    f"数据库服务器是 PostgreSQL {version // 10_000}，需要 15 或更新版本。",
                    f"The server is PostgreSQL {version // 10_000}; 15 or newer is needed.",
                )
            return _has_runtime_role(connection)
    except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
        reason = _reason(str(error))
        raise Trouble(
            f"连不上 DATABASE_URL 指定的数据库（{reason}）；请检查地址、密码，以及服务器是否在运行。",
            f"The database of DATABASE_URL cannot be reached ({reason}); check the address and the "
            "password, and whether the server runs.",
        ) from error


def _reason(said: str) -> str:
    """The line that names the cause: below it psycopg asks whether the server runs."""
    lines = [line.strip(" -") for line in said.splitlines() if line.strip()] or ["?"]
    causes = [line for line in lines if " failed: " in line] or lines
    return causes[0].removeprefix("connection failed: ")


def make_extensions(url: str) -> None:
    """Add the extensions we need to a given database; its owner may. Raises Trouble."""
    with psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS) as connection:
        rows = connection.execute("SELECT extname FROM pg_extension").fetchall()
        missing = [name for name in roles.EXTENSIONS if (name,) not in rows]
        try:
            for name in missing:
                connection.execute(
                    sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name))
                )
        except psycopg.Error as error:
            commands = " ".join(f"CREATE EXTENSION {name};" for name in missing)
            raise Trouble(
                f"数据库缺少扩展，这个账号不能添加；请数据库管理员在该库里执行：{commands}",
                f"The database lacks extensions and this account may not add them; its "
                f"administrator runs there: {commands}",
            ) from error


def _has_runtime_role(connection: psycopg.Connection) -> bool:
    """Make `nuantu_app` where that is permitted; a server whose owner forbids it works without."""
    try:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'nuantu_app'").fetchone()
        if known is None:
            connection.execute("CREATE ROLE nuantu_app NOLOGIN")
            connection.execute("GRANT nuantu_app TO CURRENT_USER")
        connection.execute("SET ROLE nuantu_app")
        connection.execute("RESET ROLE")
        owner = connection.info.user
        with connection.transaction():
            roles.grant_by_default(connection, owner)
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.DuplicateObject):
        return False
    return True


def mode_of(url: str) -> Mode | None:
    """What the database says it is; None when nothing was ever stored in it."""
    with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection:
        table = connection.execute("SELECT to_regclass('core_installation')").fetchone()
        if table is None or table[0] is None:
            return None
        row = connection.execute("SELECT mode FROM core_installation").fetchone()
        return cast("Mode", row[0]) if row else None


def is_empty(url: str) -> bool:
    """Whether the database has no table of anybody."""
    with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchone()
        return row is not None and row[0] == 0


def is_foreign(url: str) -> bool:
    """Whether the database holds tables of another program; a start of ours cut short does not count."""
    if is_empty(url):
        return False
    with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection:
        known = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
        if known is None or known[0] is None:
            return True
        query = "SELECT 1 FROM django_migrations WHERE app = 'core' AND name = '0001_ground'"
        return connection.execute(query).fetchone() is None


def environment(
    installation: Installation, database: Database, *, as_owner: bool = False
) -> dict[str, str]:
    """The variables under which Django runs; `as_owner` for migrations, which make tables."""
    variables = dict(os.environ)
    variables.pop("DATABASE_URL_FILE", None)
    variables |= {
        "DATABASE_URL": database.url,
        "NUANTU_DATA": str(installation.home),
        "NUANTU_MODE": installation.mode,
        "NUANTU_DB_ROLE": roles.RUNTIME_ROLE if database.has_runtime_role and not as_owner else "",
        "DJANGO_SETTINGS_MODULE": "nuantu.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUNBUFFERED": "1",
    }
    return variables


def make_home(installation: Installation) -> None:
    """The private folder of keys, photos and logs, with the key that signs sessions and calendar
    addresses: made once, so that both outlive a restart."""
    home = installation.home
    (home / "static").mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / "logs").mkdir(mode=0o700, parents=True, exist_ok=True)
    home.chmod(0o700)
    secret = home / "secret-key"
    if not secret.exists() or not secret.stat().st_size:
        half = home / "secret-key.new"
        half.unlink(missing_ok=True)
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
        half.replace(secret)


def drop_database(server_url: str, name: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
