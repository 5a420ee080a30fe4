"""Background work of fieldwork."""

from uuid import UUID

from nuantu.core import clock
from nuantu.core.jobs import defer, job, periodic
from nuantu.fieldwork import services
from nuantu.fieldwork.selectors.devices import with_waiting


@periodic(name="fieldwork.apply_waiting", cron="*/1 * * * *")
def apply_waiting(timestamp: int) -> None:
    """Go on with every phone that has commands waiting: after a stop, or once a gap was waited for."""
    for device in with_waiting():
        defer("fieldwork.apply", device=str(device))


@periodic(name="fieldwork.forget", cron="47 3 * * *")
def forget(timestamp: int) -> None:
    """Once a night: what was decided otherwise goes when its term has passed."""
    services.forget_settled(at=clock.now())


@job(name="fieldwork.apply", in_steps=True)
def apply(device: str) -> None:
    """Apply what was kept of one phone, each command in a transaction of its own."""
    services.go_on(at=clock.now(), device_id=UUID(device))
