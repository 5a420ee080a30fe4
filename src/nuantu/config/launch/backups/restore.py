"""`./nuantu restore`: from a backup file to a proven installation.

The backup is loaded into a database of its own beside the present one, brought to this version,
counted and its journal verified; only then does it take the place of the present one, which is
kept under another name.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import psycopg
from psycopg import sql

from nuantu.config.launch import installation as place
from nuantu.config.launch import roles
from nuantu.config.launch.backups import archive, passphrase, programs
from nuantu.config.launch.backups.make import KEY_FILE, check, open_keys, scratch
from nuantu.config.launch.cluster import Server
from nuantu.config.launch.exclusive import only_supervisor
from nuantu.config.launch.installation import Database, Installation, Mode
from nuantu.config.launch.location import locate
from nuantu.config.launch.trouble import Trouble, say
from nuantu.core import clock


def main(arguments: Sequence[str]) -> int:
    """Restore, or rehearse it. Raises Trouble and leaves the present data as they are."""
    parser = argparse.ArgumentParser(
        prog="nuantu restore", description="恢复备份 / restore a backup"
    )
    parser.add_argument("file", metavar="FILE", help="备份文件 / the backup")
    parser.add_argument("--data", metavar="DIR", help="数据目录 / data folder (.nuantu)")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--into", metavar="NAME", help="恢复到另一个库 / into another database")
    where.add_argument(
        "--rehearse", action="store_true", help="演练后删除 / try it, then remove it"
    )
    passphrase.add_arguments(parser)
    options = parser.parse_args(arguments)
    secret = passphrase.of_backup(options, is_new=False)
    data = place.data_folder(options.data)
    locate(data)
    with only_supervisor(data):
        return _restore(data, options, secret, passphrase.of_keys(options, secret))


def _restore(data: Path, options: argparse.Namespace, secret: str, key_secret: str) -> int:
    holder = Installation(data, place.noted_mode(data))
    place.make_home(holder)
    with scratch(holder) as name, place.opened(holder) as database:
        folder = Path(name)
        manifest = check(Path(options.file), secret, folder)
        home = folder / archive.FILES
        home.mkdir(exist_ok=True)
        keys = open_keys(folder, key_secret)
        if keys:
            (home / KEY_FILE).touch(0o600)
            (home / KEY_FILE).write_bytes(keys)
        installation = Installation(data, cast("Mode", manifest.mode))
        if database.lease is None:
            _into_given(installation, database, folder, manifest)
        else:
            _beside(installation, database, folder, manifest, database.lease.server, options)
    return 0


def _into_given(
    installation: Installation, database: Database, folder: Path, manifest: archive.Manifest
) -> None:
    """A server of somebody else: only its empty database is filled."""
    if not place.is_empty(database.url):
        raise Trouble(
            "DATABASE_URL 指定的库不是空的，不会覆盖；请另建一个空库再恢复。",
            "The database of DATABASE_URL is not empty and is not overwritten; make an empty one.",
        )
    programs.load(database, folder / archive.DUMP, database.url)
    _prove(installation, database, folder, manifest)
    _move_files(installation, folder / archive.FILES)
    place.note_mode(installation.data, installation.mode)
    _report(manifest, installation.mode)


def _beside(
    installation: Installation,
    database: Database,
    folder: Path,
    manifest: archive.Manifest,
    server: Server,
    options: argparse.Namespace,
) -> None:
    """Load and prove in a fresh database, then let it take the place or leave it beside."""
    admin = server.url("postgres", "postgres")
    present = installation.database
    stamp = f"{clock.local(clock.now()):%Y%m%d_%H%M%S}"
    name = _other_name(options.into) if options.into else f"nuantu_restored_{stamp}"
    _demand_room(admin, name)
    takes_place = not options.into and not options.rehearse
    if takes_place:
        _confirm(admin, server.url(present), present)
    roles.create_database(admin, name)
    fresh = Database(server.url(name), database.has_runtime_role, None)
    try:
        programs.load(database, folder / archive.DUMP, fresh.url)
        _prove(installation, fresh, folder, manifest)
        if takes_place:
            _swap(server, name, present, f"{present}_before_{stamp}")
    except BaseException:
        place.drop_database(admin, name)
        raise
    if options.rehearse:
        place.drop_database(admin, name)
    if takes_place:
        _move_files(installation, folder / archive.FILES)
        place.note_mode(installation.data, installation.mode)
    _report(manifest, present if takes_place else "" if options.rehearse else name)


def _other_name(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,50}", name):
        raise Trouble(
            "--into 的库名只用小写字母、数字和下划线。",
            "The name after --into takes small letters, digits and underscores only.",
        )
    return name


def _demand_room(admin: str, name: str) -> None:
    if _exists(admin, name):
        raise Trouble(
            f"数据库 {name} 已存在，不会覆盖；请换一个名字。",
            f"The database {name} exists and is not overwritten; take another name.",
        )


def _confirm(admin: str, url: str, name: str) -> None:
    """A database with tables gives way only after its name was typed."""
    if not _exists(admin, name) or place.is_empty(url):
        return
    print(
        f"数据库 {name} 里已有数据，恢复后它会改名保留。要继续请输入 {name} ：\n"
        f"The database {name} holds data; it is kept under another name. To go on type {name}: ",
        flush=True,
    )
    if sys.stdin.readline().strip() != name:
        raise Trouble(
            "没有确认，什么都没有改；也可用 --into 恢复到另一个库。",
            "Not confirmed, nothing was changed; --into restores beside it.",
        )


def _prove(
    installation: Installation, database: Database, folder: Path, manifest: archive.Manifest
) -> None:
    """The rows are all there, the tables are of this version, the journal holds."""
    with psycopg.connect(database.url) as connection:
        found = programs.count_rows(connection)
    if found != manifest.tables:
        wrong = sorted(name for name, _ in found.items() ^ manifest.tables.items())
        raise Trouble(
            f"恢复后的行数与备份不符：{', '.join(wrong)}。",
            f"The restored rows differ from the backup: {', '.join(wrong)}.",
        )
    environment = place.environment(installation, database, as_owner=True)
    environment["NUANTU_DATA"] = str(folder / archive.FILES)
    for command in (["prepare_database"], ["journal", "verify"]):
        done = subprocess.run(
            [sys.executable, "-P", "-m", "django", *command], env=environment, check=False
        )
        if done.returncode != 0:
            raise Trouble(
                f"恢复的数据没有通过 {command[0]}，原有数据未动。",
                f"The restored data did not pass {command[0]}; the present data were not touched.",
            )


def _swap(server: Server, fresh: str, present: str, kept: str) -> None:
    """Rename both; nobody may be connected meanwhile, and an empty present one just goes."""
    admin = server.url("postgres", "postgres")
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    if _exists(admin, present) and place.is_empty(server.url(present)):
        place.drop_database(admin, present)
    with psycopg.connect(admin) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = ANY(%s) AND pid <> pg_backend_pid()",
            ([fresh, present],),
        )
        if _exists(admin, present):
            connection.execute(rename.format(sql.Identifier(present), sql.Identifier(kept)))
            say(f"原有数据库保留为 {kept}", f"the former database is kept as {kept}")
        connection.execute(rename.format(sql.Identifier(fresh), sql.Identifier(present)))


def _exists(admin: str, name: str) -> bool:
    query = "SELECT 1 FROM pg_database WHERE datname = %s"
    with psycopg.connect(admin) as connection:
        return connection.execute(query, (name,)).fetchone() is not None


def _move_files(installation: Installation, restored: Path) -> None:
    """Photos and keys take their places; those that were there are kept beside."""
    home = installation.home
    place.make_home(installation)
    stamp = f"{clock.local(clock.now()):%Y%m%d-%H%M%S}"
    for source in restored.iterdir():
        target = home / source.name
        if target.exists() and source.name in (KEY_FILE, "files"):
            target.rename(home / f"{source.name}.before-{stamp}")
        source.replace(target)
    (home / "prepared.json").unlink(missing_ok=True)


def _report(manifest: archive.Manifest, name: str) -> None:
    rows = sum(manifest.tables.values())
    if name:
        say(
            f"恢复完成并已核验：{name}，{rows} 行，备份于 {manifest.made_at}",
            f"restored and proved: {name}, {rows} rows, backed up at {manifest.made_at}",
        )
    else:
        say(
            f"演练成功：{rows} 行全部恢复并通过核验，演练库已删除",
            f"the rehearsal went well: {rows} rows restored and proved, the trial was removed",
        )
