"""`./nuantu manage add_organisations FILE.csv`: the bodies of a real installation, from a spreadsheet."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from nuantu.accounts.models import Division, Organisation
from nuantu.accounts.services import add_organisation
from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM

COLUMNS = ("code", "kind", "name", "division", "parent", "phone")


class Command(BaseCommand):
    """All rows or none; a parent stands above its children; a code already there is left as it is."""

    help = f"登记单位（CSV，列：{'、'.join(COLUMNS)}）/ enter organisations from a CSV"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        with scope.system("an administrator enters the organisations"):
            for number, row in enumerate(rows, start=2):
                _add(number, row)
        self.stdout.write(f"登记 {len(rows)} 个单位 / {len(rows)} organisations entered")


def _add(number: int, row: dict[str, str]) -> None:
    missing = [name for name in COLUMNS[:4] if not (row.get(name) or "").strip()]
    if missing:
        raise CommandError(f"第 {number} 行缺少 / line {number} lacks: {', '.join(missing)}")
    value = {name: (row.get(name) or "").strip() for name in COLUMNS}
    division = value["division"].ljust(12, "0")
    if value["kind"] not in Organisation.Kind.values:
        raise CommandError(f"第 {number} 行 / line {number}: kind = {'|'.join(Organisation.Kind)}")
    if not Division.objects.filter(code=division).exists():
        raise CommandError(f"第 {number} 行 / line {number}: 没有区划 / no division {division}")
    try:
        add_organisation(
            actor=SYSTEM,
            at=clock.now(),
            code=value["code"],
            kind=value["kind"],
            name=value["name"],
            division_code=division,
            parent_code=value["parent"] or None,
            phone=value["phone"],
        )
    except DatabaseError as error:
        raise CommandError(f"第 {number} 行 / line {number}: {error}") from error
