"""`manage.py import_divisions`: take in the packaged table, or a newer one from a file."""

from argparse import ArgumentParser
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nuantu.accounts.rules.divisions import (
    BadDivisionTable,
    DivisionRow,
    edition_of,
    read_csv_divisions,
    read_divisions,
)
from nuantu.accounts.services.divisions import import_divisions
from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.errors import Refusal


class Command(BaseCommand):
    """Import a table of divisions."""

    help = (
        "Import the packaged table of divisions, or a newer one (CSV with code and name columns)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, help="a .csv or a .tsv.gz of the build tool"
        )
        parser.add_argument(
            "--edition", type=date.fromisoformat, help="the day the table was true; needed for CSV"
        )
        parser.add_argument("--prefix", default="", help="only this part of the country, e.g. 5226")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows, edition = _read(options["file"], options["edition"], options["prefix"])
            with scope.system("a division table concerns every organisation"):
                done = import_divisions(
                    rows, actor=SYSTEM, at=clock.now(), edition=edition, covers=options["prefix"]
                )
        except (BadDivisionTable, Refusal, OSError) as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(
                f"{edition}: {done.added} added, {done.changed} changed, "
                f"{done.abolished} abolished, {done.unchanged} as they were"
            )


def _read(path: Path | None, edition: date | None, prefix: str) -> tuple[list[DivisionRow], date]:
    if path is not None and path.suffix == ".csv":
        if edition is None:
            raise CommandError("a CSV table needs --edition YYYY-MM-DD: the day it was true")
        rows = [
            row
            for row in read_csv_divisions(path.read_text("utf-8"))
            if row.code.startswith(prefix)
        ]
        return rows, edition
    packaged = files("nuantu.accounts").joinpath("data/divisions.tsv.gz")
    data = path.read_bytes() if path else packaged.read_bytes()
    return list(read_divisions(data, prefix=prefix)), date.fromisoformat(edition_of(data))
