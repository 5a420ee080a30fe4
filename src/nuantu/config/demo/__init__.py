"""The demo prefecture: real division codes, invented everything else.

Everything goes through the same services as real work, so the demo proves them and its journal
verifies. Loaded once, in one transaction, into a database that stays demo for ever.
"""

from django.core.management import call_command

from nuantu.config.demo import organisations, people, season
from nuantu.core import clock, scope


def load() -> str:
    """Load the demo; the text with accounts, passwords and the API token, for the screen."""
    return load_ground()


def load_ground() -> str:
    """Divisions, organisations, accounts and the season, without tonight's events."""
    at = clock.now()
    with scope.system("the demo builds every organisation's rows"):
        call_command("import_divisions", verbosity=0)
        organisations.load(at=at)
        accounts = people.load(at=at)
        season.load(at=at)
    return accounts
