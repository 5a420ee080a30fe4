"""Run the plan book on a file: ``python -m nuantu.planbook check FILE [--parent P1]``."""

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
    check.add_argument("--json", action="store_true")
    check.add_argument("--english", action="store_true")
    commands.add_parser("schema", help="print the JSON Schema of plan files")
    options = parser.parse_args(arguments)
    if options.command == "schema":
        sys.stdout.write(schema_file.text())
        return cli.OK
    return cli.check(
        options.file,
        options.parent,
        language="en" if options.english else "zh",
        as_json=options.json,
    )


if __name__ == "__main__":
    sys.exit(main())
