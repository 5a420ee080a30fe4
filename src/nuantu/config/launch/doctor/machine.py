"""Checks that need no database: Python, packages, disk, keys, port, browser, backups."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import stat
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from nuantu.config.launch import ports, suite
from nuantu.config.launch.backups.make import KEY_FILE, LAST
from nuantu.config.launch.doctor.findings import Finding, bad, doubtful, good
from nuantu.config.launch.installation import ROOT, Installation
from nuantu.core import clock

LOW_BYTES = 1_000_000_000
EMPTY_BYTES = 200_000_000
OLD_BACKUP = timedelta(days=7)
OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO


def examine(installation: Installation, port: int) -> Iterator[Finding]:
    """Every check of the machine and the files."""
    yield good(
        f"Python {platform.python_version()}，{platform.machine()}",
        f"Python {platform.python_version()}, {platform.machine()}",
    )
    yield packages(Path(sys.prefix))
    yield disk(installation.data)
    yield from private_files(installation.home)
    yield site_port(installation.data, port)
    yield backups(installation)
    yield browser()


def packages(prefix: Path) -> Finding:
    """Whether the packages are those of the lock file."""
    try:
        locks = json.loads((prefix / "nuantu.json").read_text("utf-8"))["locks"]
    except (OSError, ValueError, KeyError):
        return doubtful(
            "软件包不是由 ./nuantu 安装的，无法核对版本",
            "the packages were not installed by ./nuantu, their versions are not proved",
            ("运行 ./nuantu up 会自动安装", "./nuantu up installs them"),
        )
    current = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in locks}
    if current != locks:
        return bad(
            "软件包与锁定版本不符",
            "the packages are not those of the lock file",
            ("再运行一次 ./nuantu up", "run ./nuantu up again"),
        )
    return good("软件包与锁定版本一致", "the packages are those of the lock file")


def disk(folder: Path) -> Finding:
    place = folder if folder.exists() else folder.parent
    free = shutil.disk_usage(place).free
    size = f"{free / 1e9:.1f} GB"
    if free < LOW_BYTES:
        judge = bad if free < EMPTY_BYTES else doubtful
        return judge(
            f"磁盘只剩 {size}",
            f"the disk has {size} left",
            ("腾出空间，或用 --data 换到另一块盘", "free some space, or move by --data"),
        )
    return good(f"磁盘剩余 {size}", f"the disk has {size} left")


def private_files(home: Path) -> Iterator[Finding]:
    """Keys are there and nobody else can read them."""
    if not home.exists():
        yield doubtful(
            f"还没有启动过（没有 {home}）",
            f"never started (no {home})",
            ("运行 ./nuantu up", "run ./nuantu up"),
        )
        return
    for path in (home, home / KEY_FILE, home / "secret-key"):
        if path.exists() and path.stat().st_mode & OTHERS_MAY:
            yield bad(
                f"{path} 别人也能读",
                f"others may read {path}",
                (f"chmod go= '{path}'", f"chmod go= '{path}'"),
            )
        elif path.exists():
            yield good(f"{path.name} 只有本账户可读", f"{path.name} is private")


def site_port(data: Path, port: int) -> Finding:
    """The port is free, or it is us who hold it."""
    try:
        note = json.loads((data / "running.json").read_text("utf-8"))
        return good(
            f"正在运行：{note['address']}（进程 {note['supervisor']}）",
            f"running: {note['address']} (process {note['supervisor']})",
        )
    except (OSError, ValueError, KeyError):
        holder = ports.holder_of(port)
    if holder is None:
        return good(f"没有在运行，端口 {port} 空闲", f"not running, port {port} is free")
    return doubtful(
        f"端口 {port} 被{holder[0]}占用",
        f"port {port} is held by {holder[1]}",
        ("停掉它，或 ./nuantu up --port 另一个", "stop it, or ./nuantu up --port another"),
    )


def backups(installation: Installation) -> Finding:
    """A backup not older than a week; a demo needs none."""
    if installation.mode == "demo":
        return good("演示库不需要备份", "a demo needs no backup")
    remedy = (
        "./nuantu backup，并定时运行；见 docs/how-to/backup.md",
        "./nuantu backup, and run it every night; see docs/how-to/backup.md",
    )
    try:
        note = json.loads((installation.home / LAST).read_text("utf-8"))
        age = clock.now() - datetime.fromisoformat(note["made_at"])
    except (OSError, ValueError, KeyError):
        return bad("从未备份", "never backed up", remedy)
    days = f"{age.total_seconds() / 86400:.1f}"
    if age > OLD_BACKUP:
        return bad(f"最近的备份是 {days} 天前", f"the last backup is {days} days old", remedy)
    return good(f"最近的备份是 {days} 天前", f"the last backup is {days} days old")


def browser() -> Finding:
    found = suite.browser()
    if found:
        return good(f"浏览器测试用 {found}", f"browser tests use {found}")
    return doubtful(
        "没有 Chromium，浏览器测试会跳过",
        "no Chromium, browser tests are skipped",
        (
            "apt-get install chromium（只有开发时需要）",
            "apt-get install chromium (developers only)",
        ),
    )
