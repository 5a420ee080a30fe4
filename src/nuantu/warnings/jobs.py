"""Background work of warnings."""

from pathlib import Path

from django.conf import settings

from nuantu.core import clock
from nuantu.core.jobs import job, periodic
from nuantu.warnings import services


@periodic(name="warnings.settle_due", cron="*/1 * * * *")
def settle_due(timestamp: int) -> None:
    """Ends that were stated and holds that ran out take effect."""
    services.settle_due(at=clock.now())


@job(name="warnings.settle_running")
def settle_running(operation: str) -> None:
    """A plan was started: what it asks for under the warnings that hold already."""
    services.settle_running(at=clock.now())


@periodic(name="warnings.owe_of_the_day", cron="*/10 * * * *")
def owe_of_the_day(timestamp: int) -> None:
    """Daily preparations of the running day, where a warning holds."""
    services.owe_of_the_day(at=clock.now())


@periodic(name="warnings.alarm_silent_feeds", cron="*/5 * * * *")
def alarm_silent_feeds(timestamp: int) -> None:
    """A feed that is silent too long is an alarm."""
    services.alarm_silent_feeds(at=clock.now())


@periodic(name="warnings.take_folder", cron="*/1 * * * *")
def take_folder(timestamp: int) -> None:
    """Take what another program dropped into the watched folder (NUANTU_WARNINGS_FOLDER)."""
    if settings.NUANTU_WARNINGS_FOLDER:
        services.take_folder(at=clock.now(), folder=Path(settings.NUANTU_WARNINGS_FOLDER))


@job(name="warnings.settle_points")
def settle_points(division_code: str, **_: str) -> None:
    """A relief point was opened or shut: its county's duty may be done."""
    services.settle_points(at=clock.now(), division_code=division_code)
