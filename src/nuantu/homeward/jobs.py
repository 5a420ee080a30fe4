"""Background work of homeward."""

from nuantu.core import clock
from nuantu.core.jobs import periodic
from nuantu.homeward import services
from nuantu.homeward.selectors.waiting import to_look_after


@periodic(name="homeward.look_after", cron="*/2 * * * *")
def look_after(timestamp: int) -> None:
    """Every two minutes: silence, hours of fences, and what waited for the end of the quiet hours."""
    at = clock.now()
    services.look_after(at=at, wearers=to_look_after(at))
    services.release(at=at)


@periodic(name="homeward.purge", cron="23 3 * * *")
def purge(timestamp: int) -> None:
    """Once a night: tracks end with their term."""
    services.purge(at=clock.now())
