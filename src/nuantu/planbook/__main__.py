"""Run the plan book on a file: ``python -m nuantu.planbook check | read FILE``."""

from __future__ import annotations

import argparse
import sys

from nuantu.planbook import cli, schema_file


def main(arguments: list[str] | None = None) -> int:
    """The command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="nuantu.planbook")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="findings on a plan file")
    check.add_argument("file")
    check.add_argument("--parent", help="file of the parent plan, or P1, P9")
    check.add_argument("--compile", action="store_true", help="duties, dates and sums too")
    check.add_argument("--year", type=int)
    check.add_argument("--json", action="store_true")
    check.add_argument("--english", action="store_true")
    read = commands.add_parser("read", help="read a plan document")
    read.add_argument("file")
    read.add_argument("-o", "--output")
    read.add_argument("--part", type=int)
    read.add_argument("--json", action="store_true")
    read.add_argument("--english", action="store_true")
    commands.add_parser("schema", help="print the JSON Schema of plan files")
    options = parser.parse_args(arguments)
    if options.command == "schema":
        sys.stdout.write(schema_file.text())
        return cli.OK
    language = "en" if options.english else "zh"
    if options.command == "read":
        return cli.read(
            options.file,
            draft_to=options.output,
            part=options.part,
            language=language,
            as_json=options.json,
        )
    return cli.check(
        options.file,
        options.parent,
        language=language,
        as_json=options.json,
        year=options.year,
        compiles=options.compile,
    )


if __name__ == "__main__":
    sys.exit(main())
