"""`./nuantu manage | journal | key`: Django's management commands on this installation's database."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from nuantu.config.launch import installation as place

# What changes tables has to run as their owner; everything else as the site does.
OWNERS_COMMANDS = {"migrate", "prepare_database", "sqlmigrate", "makemigrations", "flush"}
# As `python -m django`, but a usage line names the program that was called.
CALL = """
import sys
from django.core.management import ManagementUtility
ManagementUtility(["./nuantu", *sys.argv[1:]]).execute()
"""


def main(arguments: Sequence[str]) -> int:
    """Run the management command; its own exit code."""
    installation = place.current()
    place.make_home(installation)
    as_owner = bool(arguments) and arguments[0] in OWNERS_COMMANDS
    with place.opened(installation) as database:
        return subprocess.run(
            [sys.executable, "-P", "-c", CALL, *arguments],
            env=place.environment(installation, database, as_owner=as_owner),
            check=False,
        ).returncode
