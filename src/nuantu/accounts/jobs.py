"""Background work of accounts."""

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from nuantu.accounts.models import Delivery, DivisionImport
from nuantu.accounts.services import channels, division_imports
from nuantu.core import clock, throttle
from nuantu.core.jobs import defer, job, periodic


@job(name="accounts.deliver")
def deliver(delivery: str) -> None:
    """Send one queued message; a try that fails is kept in its row and asked for again later."""
    row = Delivery.objects.select_related("channel").filter(public_id=delivery).first()
    if row is None:
        return
    try:
        channels.send(delivery=row, base_url=settings.NUANTU_BASE_URL)
    except channels.NotDelivered:
        # Raising would roll the count of tries back; the same message is asked for again instead.
        defer("accounts.deliver", after_seconds=5 * 2**row.tries, delivery=delivery)


@job(name="accounts.import_divisions")
def take_divisions_in(table: str) -> None:
    """One stage of an import of divisions; asks for the next one by itself."""
    row = DivisionImport.objects.filter(public_id=table).first()
    if row is not None:
        division_imports.advance_import(at=clock.now(), row=row)


@periodic(name="accounts.sweep_sessions", cron="*/10 * * * *")
def sweep_sessions(timestamp: int) -> None:
    """Delete ended sessions, and with them what a half-way log-in held."""
    SessionStore.clear_expired()


@periodic(name="accounts.sweep", cron="17 * * * *")
def sweep(timestamp: int) -> None:
    """Drop rate windows older than a day, ask again for messages whose job was lost."""
    throttle.sweep(int(clock.now().timestamp()) - 86_400)
    channels.sweep_waiting(at=clock.now())
