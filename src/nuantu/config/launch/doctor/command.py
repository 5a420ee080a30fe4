"""`./nuantu doctor`: says what is wrong with this installation and how to mend it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence

import psycopg

from nuantu.config.launch import installation as place
from nuantu.config.launch.doctor import database as database_checks
from nuantu.config.launch.doctor import holidays, machine
from nuantu.config.launch.doctor.findings import Finding, Grade, bad, doubtful, good
from nuantu.config.launch.installation import Database, Installation
from nuantu.config.launch.trouble import Trouble
from nuantu.core import clock


def main(arguments: Sequence[str]) -> int:
    """Print every finding; 1 when something does not work."""
    parser = argparse.ArgumentParser(prog="nuantu doctor", description="检查 / examine")
    parser.add_argument("--data", metavar="DIR", help="数据目录 / data folder (.nuantu)")
    parser.add_argument("--port", type=int, default=8000)
    is_english = (os.environ.get("LC_ALL") or os.environ.get("LANG", "")).startswith("en")
    parser.add_argument("--lang", choices=["zh", "en"], default="en" if is_english else "zh")
    options = parser.parse_args(arguments)
    installation = place.current(options.data)
    grades = []
    for finding in _all(installation, options.port):
        print(finding.line(options.lang), flush=True)
        grades.append(finding.grade)
    wrong, doubts = grades.count(Grade.BAD), grades.count(Grade.DOUBTFUL)
    if options.lang == "en":
        print(f"{wrong} bad, {doubts} doubtful, {grades.count(Grade.GOOD)} good")
    else:
        print(f"{wrong} 处不行，{doubts} 处有风险，{grades.count(Grade.GOOD)} 处正常")
    return 1 if wrong else 0


def _all(installation: Installation, port: int) -> Iterator[Finding]:
    yield from machine.examine(installation, port)
    yield from holidays.examine(installation.home, clock.today())
    if not place.was_started(installation):
        remedy = ("运行 ./nuantu up", "run ./nuantu up")
        yield doubtful("还没有数据库", "there is no database yet", remedy)
        return
    try:
        with place.opened(installation) as database:
            yield from database_checks.examine(installation, database)
            yield migrations(installation, database)
    except Trouble as trouble:
        yield bad(
            "数据库不能用",
            "the database cannot be used",
            (trouble.chinese, trouble.english),
        )
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        remedy = ("看 postgres/server.log", "see postgres/server.log")
        yield bad(f"查询数据库失败：{reason}", f"a query failed: {reason}", remedy)


def migrations(installation: Installation, database: Database) -> Finding:
    """The tables are those of this version."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "django", "migrate", "--check", "--skip-checks"],
        env=place.environment(installation, database, as_owner=True),
        capture_output=True,
        check=False,
    )
    if done.returncode == 0:
        return good("数据表是当前版本", "the tables are of this version")
    return bad(
        "数据表还不是当前版本",
        "the tables are not of this version yet",
        ("运行 ./nuantu up", "run ./nuantu up"),
    )
