"""Background work of dispatch."""

from uuid import UUID

from nuantu.core import clock
from nuantu.core.jobs import job, periodic
from nuantu.dispatch import services
from nuantu.dispatch.models import Tip


@job(name="dispatch.find_duplicates")
def find_duplicates(tip: str) -> None:
    """Look for tips that may be about the same person."""
    row = Tip.objects.filter(public_id=UUID(tip), follows=None).first()
    if row is not None:
        services.propose_links(at=clock.now(), tip=row)


@periodic(name="dispatch.watch_over", cron="*/1 * * * *")
def watch_over(timestamp: int) -> None:
    """Ask for every team that was sent and is not heard of; let go of tips no patrol comes to; begin the
    clock of whoever waits in an order for somebody who was not told in time."""
    services.watch_over(at=clock.now())
    services.watch_stops(at=clock.now())
    services.pass_terms(at=clock.now())


@periodic(name="dispatch.forget_reporters", cron="17 3 * * *")
def forget_reporters(timestamp: int) -> None:
    """Once a night: reporters of old tips are forgotten, photos without a tip thrown away."""
    services.forget_reporters(at=clock.now())
    services.sweep_held_photos(at=clock.now())
