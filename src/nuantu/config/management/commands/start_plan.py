"""`./nuantu plan start`: put a plan file in force for an organisation and a year."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.errors import Refusal
from nuantu.operations.services import start_plan


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
            raise CommandError(f"{options['file']}: {error}") from error
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
        self.stdout.write(f"已启动 / started: {operation}")
