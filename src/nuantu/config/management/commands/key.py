"""`./nuantu key rotate`: replace the master key; nothing that was sealed is read or written anew."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from nuantu.core import scope, vault


class Command(BaseCommand):
    """Wraps every data key with a new master key; cut short, a second run finishes."""

    help = "更换主密钥 / replace the master key"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["rotate"])

    def handle(self, *args: Any, **options: Any) -> None:
        with scope.system("rotation of the master key"):
            count = vault.rotate()
        self.stdout.write(
            f"已更换主密钥，重新包裹 {count} 个数据密钥；请立即备份 {settings.NUANTU_KEY_FILE}\n"
            f"The master key was replaced and {count} data keys wrapped again; back up "
            f"{settings.NUANTU_KEY_FILE} now"
        )
