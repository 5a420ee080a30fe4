"""`./nuantu plan check | start`: a plan file is checked by itself, and started on the database."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from nuantu.config.launch import manage
from nuantu.planbook import cli
from nuantu.planbook.files import PACKAGED


def main(arguments: Sequence[str]) -> int:
    """Check needs no database; start puts the plan in force. Raises Trouble."""
    options = _parser().parse_args(arguments)
    if options.action == "check":
        return cli.check(options.file, options.parent, language=options.lang, as_json=options.json)
    command = ["start_plan", str(Path(options.file).absolute()), "--org", options.org]
    if options.year:
        command += ["--year", str(options.year)]
    return manage.main(command)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="nuantu plan", description="方案 / plans")
    actions = parser.add_subparsers(dest="action", required=True)
    is_english = (os.environ.get("LC_ALL") or os.environ.get("LANG", "")).startswith("en")
    check = actions.add_parser("check", help="检查方案文件 / check a plan file")
    check.add_argument("file", metavar="FILE")
    check.add_argument(
        "--parent",
        metavar="FILE",
        help=f"上级方案文件或 {'、'.join(PACKAGED)} / the parent's file, or one of these",
    )
    check.add_argument("--json", action="store_true", help="机器可读 / machine-readable")
    check.add_argument("--lang", choices=["zh", "en"], default="en" if is_english else "zh")
    start = actions.add_parser("start", help="启动方案 / put a plan in force")
    start.add_argument("file", metavar="FILE")
    start.add_argument(
        "--org",
        metavar="CODE",
        required=True,
        help="机构代码，或 6、9、12 位区划代码 / organisation or division code",
    )
    start.add_argument("--year", type=int, metavar="Y", help="年份 / year")
    return parser
