"""Background work of operations."""

from nuantu.core import clock
from nuantu.core.actors import SYSTEM
from nuantu.core.jobs import job, periodic
from nuantu.operations import services
from nuantu.operations.models import Operation


@periodic(name="operations.escalate", cron="*/1 * * * *")
def escalate(timestamp: int) -> None:
    """Carry what is amber or late up the ladder."""
    services.escalate_due(at=clock.now())


@periodic(name="operations.open_recurring", cron="*/10 * * * *")
def open_recurring(timestamp: int) -> None:
    """Open the patrols of the running day and week in every area that has a plan in force."""
    at = clock.now()
    day = clock.local(at).date()
    running = Operation.objects.filter(closed_at=None, start_date__lte=day, end_date__gte=day)
    codes = running.values_list("division_id", flat=True).order_by("division_id").distinct()
    for division_code in codes:  # in the order in which the counties are held everywhere
        services.open_recurring(actor=SYSTEM, at=at, division_code=division_code)


@periodic(name="operations.flag_gaps", cron="5 * * * *")
def flag_gaps(timestamp: int) -> None:
    """Say where the watch roster has holes in the days ahead."""
    services.flag_gaps(at=clock.now())


@periodic(name="operations.summarise_ended", cron="20 16 * * *")
def summarise_ended(timestamp: int) -> None:
    """After midnight in China: plans whose window is over wait to be closed."""
    services.summarise_ended(at=clock.now())


@job(name="operations.read_document", in_steps=True)
def read_document(document: str) -> None:
    """Read a plan document that somebody handed in."""
    services.read_waiting(document)
