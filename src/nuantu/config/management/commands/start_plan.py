"""`./nuantu plan start`: put a plan file in force for an organisation and a year."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language

from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.errors import Refusal
from nuantu.operations.models import Operation
from nuantu.operations.selectors.plan_texts import checked_plan, compiled_plan
from nuantu.operations.services import start_plan
from nuantu.planbook import complaints, overview


class Command(BaseCommand):
    """All of the plan's rules and dated duties, or nothing."""

    help = "启动方案 / put a plan in force"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--org", required=True)
        parser.add_argument("--year", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["file"].read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            zh, en = complaints.of_file(error)
            raise CommandError(f"{options['file']}: {zh} / {en}") from error
        try:
            with scope.system("an administrator starts a plan at the command line"):
                operation = start_plan(
                    actor=SYSTEM,
                    at=clock.now(),
                    text=text,
                    org_code=options["org"],
                    year=options["year"],
                )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"已启动 / started: {operation.title} · {operation.organisation.name}")
        for line in _overview(operation):
            self.stdout.write(line)


def _overview(operation: Operation) -> Iterator[str]:
    """Duties, dates and sums as they came out, and how many organisations owe them."""
    plan, _ = checked_plan(operation.source_text)
    compiled = compiled_plan(plan, operation.year)
    yield from overview.lines(compiled, "en" if (get_language() or "").startswith("en") else "zh")
    with scope.system("an administrator starts a plan at the command line"):
        owed = operation.duties.exclude(kind="patrol.daily")
        count, offices = owed.count(), owed.values("owner_org").distinct().count()
    yield f"  待办 {count} 件，{offices} 个单位 / {count} duties of {offices} organisations"
