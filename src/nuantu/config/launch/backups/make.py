"""`./nuantu backup`: the whole installation in one encrypted file, checked after writing."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import psycopg

from nuantu import __version__
from nuantu.config.launch import installation as place
from nuantu.config.launch.backups import archive, passphrase, programs, sealing
from nuantu.config.launch.installation import Database, Installation
from nuantu.config.launch.trouble import Trouble, say
from nuantu.core import clock

LAST = "last-backup.json"
KEY_FILE = "keys.json"
# Brief keys end with their term: no backup may hold them longer.
LEFT_OUT = {"logs", "static", "prepared.json", "brief-keys", KEY_FILE, LAST}
SCRATCH = ".scratch-"


def main(arguments: Sequence[str]) -> int:
    """Make a backup, or check one. Raises Trouble."""
    parser = argparse.ArgumentParser(
        prog="nuantu backup", description="加密备份 / encrypted backup"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="备份文件 / the file to write")
    parser.add_argument("--data", metavar="DIR", help="数据目录 / data folder (.nuantu)")
    parser.add_argument("--verify", metavar="FILE", help="只核验一份备份 / only check a backup")
    passphrase.add_arguments(parser)
    options = parser.parse_args(arguments)
    installation = place.current(options.data)
    if not place.was_started(installation) and not options.verify:
        raise _nothing_there()
    if options.verify:
        return _verify(installation, Path(options.verify), options)
    secret = passphrase.of_backup(options, is_new=True)
    target = Path(options.output) if options.output else _default_target(installation)
    return _make(installation, target, secret, passphrase.of_keys(options, secret))


def _verify(installation: Installation, file: Path, options: argparse.Namespace) -> int:
    secret = passphrase.of_backup(options, is_new=False)
    place.make_home(installation)
    with scratch(installation) as folder:
        manifest = check(file, secret, Path(folder))
        open_keys(Path(folder), passphrase.of_keys(options, secret))
    rows = sum(manifest.tables.values())
    say(
        f"备份完好：{manifest.mode}，{manifest.made_at}，{rows} 行，{len(manifest.digests)} 个文件",
        f"the backup is good: {manifest.mode}, {manifest.made_at}, {rows} rows, "
        f"{len(manifest.digests)} files",
    )
    return 0


def check(file: Path, secret: str, folder: Path) -> archive.Manifest:
    """Open the backup into `folder`; every digest and every table is there. Raises Trouble."""
    manifest = archive.unpack(file, secret, folder)
    missing = set(manifest.tables) - programs.contents(folder / archive.DUMP)
    if missing:
        raise Trouble(
            f"备份里缺少数据表：{', '.join(sorted(missing))}。",
            f"The backup lacks tables: {', '.join(sorted(missing))}.",
        )
    return manifest


def open_keys(folder: Path, key_secret: str) -> bytes:
    """The key file of an opened backup. Raises Trouble that names the other passphrase."""
    try:
        return sealing.unseal((folder / archive.KEYS).read_bytes(), key_secret)
    except Trouble as error:
        raise Trouble(
            "备份能打开，但里面的密钥文件另有口令；请用 --key-passphrase-file 给出正确的那一个。",
            "The backup opens, but its key file has a passphrase of its own; give the right one by "
            "--key-passphrase-file.",
        ) from error


def _make(installation: Installation, target: Path, secret: str, key_secret: str) -> int:
    """Write beside the target, read it back, then rename: a backup that stands there is good."""
    if target.exists():
        raise Trouble(f"{target} 已存在，不会覆盖。", f"{target} exists and is not overwritten.")
    part = target.with_name(f".{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        with place.opened(installation) as database:
            _write(installation, database, part, (secret, key_secret))
            with scratch(installation) as folder:
                manifest = check(part, secret, Path(folder))
        part.replace(target)
    except OSError as error:
        raise Trouble(
            f"备份没有写成（{error.strerror}）；请检查 {target.parent} 的空间与权限。",
            f"The backup was not written ({error.strerror}); check space and rights of "
            f"{target.parent}.",
        ) from error
    finally:
        part.unlink(missing_ok=True)
    note = {"made_at": manifest.made_at, "file": str(target.absolute())}
    (installation.home / LAST).write_text(json.dumps(note, ensure_ascii=False) + "\n", "utf-8")
    size, rows = target.stat().st_size / 1_000_000, sum(manifest.tables.values())
    say(
        f"备份完成并已核验：{target}（{size:.1f} MB，{rows} 行）",
        f"backup made and checked: {target} ({size:.1f} MB, {rows} rows)",
    )
    return 0


def _nothing_there() -> Trouble:
    return Trouble(
        "还没有可备份的内容；请先运行 ./nuantu up。",
        "There is nothing to back up yet; run ./nuantu up first.",
    )


def _default_target(installation: Installation) -> Path:
    folder = installation.data / "backups"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = clock.local(clock.now())
    return folder / f"nuantu-{installation.mode}-{moment:%Y%m%d-%H%M%S}.backup"


def scratch(installation: Installation) -> tempfile.TemporaryDirectory[str]:
    """A private folder on the disk of the installation, gone after use."""
    return tempfile.TemporaryDirectory(dir=installation.home, prefix=SCRATCH)


def _write(
    installation: Installation, database: Database, part: Path, secrets: tuple[str, str]
) -> None:
    """Dump and counts come from one snapshot; photos are never changed once stored."""
    secret, key_secret = secrets
    with scratch(installation) as name, psycopg.connect(database.whole_url) as connection:
        folder = Path(name)
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        tables = programs.count_rows(connection)
        if not tables:
            raise _nothing_there()
        programs.dump(database, str(row[0]) if row else "", folder / archive.DUMP)
        keys = installation.home / KEY_FILE
        content = keys.read_bytes() if keys.exists() else b""
        (folder / archive.KEYS).write_bytes(sealing.seal(content, key_secret))
        members = {name: folder / name for name in (archive.DUMP, archive.KEYS)}
        manifest = archive.Manifest(
            mode=installation.mode,
            version=__version__,
            made_at=clock.now().isoformat(timespec="seconds"),
            server=str(connection.info.server_version),
            tables=tables,
        )
        archive.write(part, secret, members | _files(installation.home), manifest)


def _files(home: Path) -> dict[str, Path]:
    found = {}
    for path in sorted(home.rglob("*")):
        inside = path.relative_to(home)
        is_ours = inside.parts[0] not in LEFT_OUT and not inside.parts[0].startswith(SCRATCH)
        if is_ours and path.is_file() and not path.is_symlink():
            found[f"{archive.FILES}/{inside.as_posix()}"] = path
    return found
