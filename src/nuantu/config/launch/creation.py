"""Makes the folder of a cluster, and refuses one that this program cannot open."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from nuantu.config.launch.location import Location
from nuantu.config.launch.trouble import Trouble

CREATE_NEEDS_BYTES = 300_000_000
START_NEEDS_BYTES = 30_000_000


def check_disk(location: Location) -> None:
    """Raise Trouble where a start would end half-way for want of space."""
    exists = (location.data / "PG_VERSION").exists()
    demand_space(location.folder, START_NEEDS_BYTES if exists else CREATE_NEEDS_BYTES)


def demand_space(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise disk_full(folder, needed, free)


def disk_full(folder: Path, needed: int, free: int) -> Trouble:
    return Trouble(
        f"{folder} 所在磁盘只剩 {free // 1_000_000} MB，至少要 {needed // 1_000_000} MB；"
        "请腾出空间后再启动，已存的数据不会丢。",
        f"The disk of {folder} has {free // 1_000_000} MB left and at least "
        f"{needed // 1_000_000} MB are needed; free some space and start again, stored data are safe.",
    )


def create(location: Location, is_throw_away: bool) -> None:
    """Run initdb beside the final place, then rename: a start killed half-way leaves nothing."""
    fresh = location.folder / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    arguments = [
        f"--pgdata={fresh}",
        "--username=postgres",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--lc-collate=C",
        "--lc-ctype=C.UTF-8",
        "--lc-messages=C",
        "--lc-monetary=C",
        "--lc-numeric=C",
        "--lc-time=C",
        "--auth-local=trust",
        "--auth-host=scram-sha-256",
    ]
    if is_throw_away:
        arguments.append("--no-sync")
    made = subprocess.run(
        location.command("initdb", *arguments),
        **location.process_options(),
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        raise _initdb_failure(location, made.stderr.strip())
    fresh.rename(location.data)


def _initdb_failure(location: Location, said: str) -> Trouble:
    if "No space left" in said:
        free = shutil.disk_usage(location.folder).free
        return disk_full(location.folder, CREATE_NEEDS_BYTES, free)
    if "user does not exist" in said:
        return Trouble(
            f"当前账户（编号 {os.geteuid()}）在 /etc/passwd 里没有名字，PostgreSQL 不能运行；"
            "请换一个有名字的账户。",
            f"This account (number {os.geteuid()}) has no name in /etc/passwd and PostgreSQL "
            "refuses to run; use an account that has one.",
        )
    return Trouble(f"建立数据库失败：{last_line(said)}", f"initdb failed: {last_line(said)}")


def last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "?"


def check_major(location: Location) -> None:
    data_major = (location.data / "PG_VERSION").read_text("ascii").strip()
    said = subprocess.run(
        location.command("postgres", "--version"),
        **location.process_options(),
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    found = re.search(r"(\d+)\.", said)
    if found is None:
        raise Trouble(
            f"{location.binaries} 里的 PostgreSQL 不能运行；请删去 .venv 后再运行 ./nuantu up。",
            f"The PostgreSQL in {location.binaries} does not run; delete .venv and run ./nuantu up.",
        )
    if found[1] != data_major:
        raise Trouble(
            f"数据是 PostgreSQL {data_major} 的，程序是 {found[1]}，不能直接打开；"
            "请用旧版本 ./nuantu backup，再用新版本在新的 --data 目录 ./nuantu restore。",
            f"The data are of PostgreSQL {data_major}, the program is {found[1]}; make a backup "
            "with the old version (./nuantu backup) and restore it with this one into a new --data folder.",
        )
