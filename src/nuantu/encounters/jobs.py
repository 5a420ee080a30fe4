"""Background work of encounters."""

from nuantu.core import clock
from nuantu.core.jobs import periodic
from nuantu.encounters import services


@periodic(name="encounters.sweep_evidence", cron="27 3 * * *")
def sweep_evidence(timestamp: int) -> None:
    """Once a night: photos of closed cases are deleted when their day is over."""
    services.sweep_evidence(at=clock.now())
