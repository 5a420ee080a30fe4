"""Django's `migrate`, by the executor that makes few models anew."""

from typing import Any

from django.core.management.commands import migrate

from nuantu.core.migrating import KnowingExecutor


class Command(migrate.Command):
    """Options and answers are Django's own."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate. The command of Django names its executor in its module, and takes no other."""
        names = vars(migrate)
        usual = names["MigrationExecutor"]
        names["MigrationExecutor"] = KnowingExecutor
        try:
            super().handle(*args, **options)
        finally:
            names["MigrationExecutor"] = usual
