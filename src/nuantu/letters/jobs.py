"""Background work of letters."""

from nuantu.core import clock
from nuantu.core.jobs import periodic
from nuantu.letters import services


@periodic(name="letters.watch", cron="13 * * * *")
def watch(timestamp: int) -> None:
    """Once an hour: late answers are to be reminded, then carried to the province."""
    services.watch(at=clock.now())


@periodic(name="letters.sweep", cron="29 3 * * *")
def sweep(timestamp: int) -> None:
    """Once a night: what letters say that ended long ago goes after its term."""
    services.sweep_letters(at=clock.now())
