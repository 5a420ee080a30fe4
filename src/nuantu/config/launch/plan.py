"""`./nuantu plan check | read | start`: check a plan file, read a document, start a plan."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from nuantu.config.launch import doc_converter, manage
from nuantu.planbook import cli
from nuantu.planbook.files import PACKAGED
from nuantu.planbook.reading.opening.pieces import no_progress

_FILE_HELP = "方案文件，或随附方案的代号，如 P13 / a plan file, or a packaged plan such as P13"


def main(arguments: Sequence[str]) -> int:
    """Check and read need no database; start puts the plan in force. Raises Trouble."""
    options = _parser().parse_args(arguments)
    if options.action == "check":
        return cli.check(
            _plan_file(options.file),
            options.parent,
            language=options.lang,
            as_json=options.json,
            year=options.year,
            compiles=options.compile,
        )
    if options.action == "read":
        return cli.read(
            options.file,
            draft_to=options.output,
            part=options.part,
            year=options.year,
            language=options.lang,
            as_json=options.json,
            convert=doc_converter.installed(),
            progress=_shown if sys.stderr.isatty() else no_progress,
        )
    command = ["start_plan", str(_plan_file(options.file).absolute()), "--org", options.org]
    if options.year:
        command += ["--year", str(options.year)]
    return manage.main(command)


def _plan_file(name: str) -> Path:
    """A file, or the packaged plan of that code (P13)."""
    path, code = Path(name), name.upper()
    if path.exists() or code not in PACKAGED:
        return path
    return Path(str(files("nuantu.planbook").joinpath("plans", PACKAGED[code])))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nuantu plan", description="方案 / plans")
    actions = parser.add_subparsers(dest="action", required=True)
    is_english = (os.environ.get("LC_ALL") or os.environ.get("LANG", "")).startswith("en")
    check = actions.add_parser("check", help="检查方案文件 / check a plan file")
    check.add_argument("file", metavar="FILE", help=_FILE_HELP)
    check.add_argument(
        "--parent",
        metavar="FILE",
        help="上级方案文件，或随附方案的代号，如 P1 / the parent's file, or a packaged plan such as P1",
    )
    check.add_argument(
        "--compile",
        action="store_true",
        help="并列出待办、日期和金额 / the duties, dates and sums too",
    )
    check.add_argument("--year", type=int, metavar="Y", help="按哪一年列出 / for which year")
    check.add_argument("--json", action="store_true", help="机器可读 / machine-readable")
    check.add_argument("--lang", choices=["zh", "en"], default="en" if is_english else "zh")
    _add_read(actions, is_english=is_english)
    start = actions.add_parser("start", help="启动方案 / put a plan in force")
    start.add_argument("file", metavar="FILE", help=_FILE_HELP)
    start.add_argument(
        "--org",
        metavar="CODE",
        required=True,
        help="机构代码，或 6、9、12 位区划代码 / organisation or division code",
    )
    start.add_argument("--year", type=int, metavar="Y", help="年份 / year")
    return parser


def _add_read(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], *, is_english: bool
) -> None:
    read = actions.add_parser(
        "read", help="把方案文件读成草稿 / read a plan document into a draft plan"
    )
    read.add_argument("file", metavar="FILE", help=".docx .pdf .txt .md .html .doc")
    read.add_argument(
        "-o", "--output", metavar="OUT.yaml", help="草稿写到这里 / where the draft goes"
    )
    read.add_argument("--part", type=int, metavar="N", help="第几份方案 / which of several plans")
    read.add_argument(
        "--year", type=int, metavar="Y", help="原文没有年份时用 / where the text has none"
    )
    read.add_argument("--json", action="store_true", help="机器可读 / machine-readable")
    read.add_argument("--lang", choices=["zh", "en"], default="en" if is_english else "zh")


def _shown(done: int, total: int, what: str) -> None:
    sys.stderr.write(f"\r{what} {done}/{total} ")
    sys.stderr.flush()
