"""Background work of stays."""

from nuantu.core import clock
from nuantu.core.jobs import periodic
from nuantu.stays.services import care, monthly, overlay, safety, women
from nuantu.stays.services.safety import cupboard


@periodic(name="stays.open_checks", cron="7 * * * *")
def open_checks(timestamp: int) -> None:
    """Ask the stations for the safety checks of the hour, day, week and month, and for counting."""
    safety.open_checks(at=clock.now())
    cupboard.open_counts(at=clock.now())


@periodic(name="stays.watch_over_women", cron="12 * * * *")
def watch_over_women(timestamp: int) -> None:
    """Where women stay and the coming day has hours without a woman on watch, that is owed."""
    women.watch_over_women(at=clock.now())


@periodic(name="stays.open_month_forms", cron="30 16 * * *")
def open_month_forms(timestamp: int) -> None:
    """After midnight in China: the statistical form of the month before is owed."""
    monthly.open_month_forms(at=clock.now())


@periodic(name="stays.turn_back_zones", cron="17 * * * *")
def turn_back_zones(timestamp: int) -> None:
    """After the epidemic rules have ended: their zones go back to what they usually are."""
    overlay.turn_back_lapsed(at=clock.now())


@periodic(name="stays.sweep_care", cron="57 3 * * *")
def sweep_care(timestamp: int) -> None:
    """Once a night: roll-call photos and answered complaints that are past their term go."""
    care.sweep_roll_photos(at=clock.now())
    care.sweep_complaints(at=clock.now())
