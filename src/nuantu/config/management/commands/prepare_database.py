"""Make tables, rights, catalogues and, in a demo, its data; `./nuantu up` runs this."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from nuantu.accounts.models import Division, User
from nuantu.config import demo
from nuantu.config.launch.roles import grant_runtime
from nuantu.config.launch.trouble import say
from nuantu.core import catalogues, scope
from nuantu.core.models import Installation

LOCK = 5_226_001


class Command(BaseCommand):
    """Goes on where an earlier run was cut short; two at once wait for each other."""

    requires_system_checks = []
    help = "建立数据表与权限，编译语言文件，演示库载入演示数据"

    def handle(self, *args: Any, **options: Any) -> None:
        catalogues.compile_all()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            say("正在建立数据表", "making the tables")
            call_command("migrate", verbosity=0, interactive=False)
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'nuantu_app'")
            if cursor.fetchone():
                grant_runtime(cursor)
        _mark(settings.NUANTU_MODE)
        if settings.NUANTU_MODE == Installation.Mode.DEMO:
            _load_demo(Path(settings.NUANTU_DATA) / "accounts.txt")
        elif not Division.objects.exists():
            call_command("import_divisions", verbosity=0)


def _mark(mode: str) -> None:
    """Say once and for ever what this database is."""
    mark, _is_new = Installation.objects.get_or_create(id=1, defaults={"mode": mode})
    if mark.mode != mode:
        raise CommandError(f"{mark.mode} ≠ {mode}")


def _load_demo(note: Path) -> None:
    """All of the demo or nothing; the note with its passwords is written in the same step."""
    with scope.system("whether the demo is loaded"):
        if User.objects.exists():
            return
    say("正在载入演示数据（虚构的黔东南州）", "loading the demo prefecture (invented people)")
    with transaction.atomic():
        text = demo.load()
        note.unlink(missing_ok=True)
        with os.fdopen(os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
