"""The demo prefecture: real division codes, invented everything else.

Everything goes through the same services as real work, so the demo proves them and its journal
verifies. Loaded once, in one transaction, into a database that stays demo for ever.
"""

from django.core.management import call_command

from nuantu.config.demo import night, organisations, people, season, wearers
from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM
from nuantu.places.services import load_demo


def load() -> str:
    """Load the demo; the text with accounts, passwords and the API token, for the screen."""
    accounts = load_ground()
    with scope.system("the demo plays the evening of every organisation"):
        night.load(at=clock.now())
    return accounts + wearers.HINT


def load_ground() -> str:
    """Divisions, organisations, accounts and the places, accounts and the season, without tonight's events."""
    at = clock.now()
    with scope.system("the demo builds every organisation's rows"):
        call_command("import_divisions", verbosity=0)
        organisations.load(at=at)
        load_demo(actor=SYSTEM, at=at)
        accounts = people.load(at=at)
        season.load(at=at)
    return accounts
