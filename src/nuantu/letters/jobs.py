"""Background work of letters."""

from nuantu.core import clock
from nuantu.core.jobs import periodic
from nuantu.letters import services


@periodic(name="letters.watch", cron="13 * * * *")
def watch(timestamp: int) -> None:
    """Once an hour: late answers are to be reminded, then carried to the province."""
    services.watch(at=clock.now())
