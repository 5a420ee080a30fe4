"""`./nuantu journal verify`: prove that no line of the journal was changed, added or taken out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nuantu.core import journal, scope


class Command(BaseCommand):
    """Walks every chain and names each place that does not hold."""

    help = "核验日志链 / verify the journal's chains"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["verify"])
        parser.add_argument("--chain", help="只核验一条链，如 522601-2026-11 / one chain only")

    def handle(self, *args: Any, **options: Any) -> None:
        with scope.system("verification of the journal"):
            count = journal.count_lines()
            faults = list(journal.verify(options["chain"]))
        for fault in faults:
            self.stderr.write(f"{fault.chain} #{fault.seq}: {fault.reason}")
        if faults:
            raise CommandError(
                f"日志链有 {len(faults)} 处对不上，请保留现场并联系审计。\n"
                f"The journal does not hold in {len(faults)} places; keep everything as it is and "
                "call the auditor."
            )
        self.stdout.write(f"日志链完好，共 {count} 行 / the journal holds, {count} lines")
