"""Background work of stays."""

from nuantu.core import clock
from nuantu.core.jobs import periodic
from nuantu.stays.services import safety


@periodic(name="stays.open_checks", cron="7 * * * *")
def open_checks(timestamp: int) -> None:
    """Ask the stations for the safety checks of the hour, day, week and month."""
    safety.open_checks(at=clock.now())
