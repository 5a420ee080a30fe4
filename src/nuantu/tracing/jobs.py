"""Background work of tracing."""

from nuantu.core import clock
from nuantu.core.jobs import job, periodic
from nuantu.tracing import services


@job(name="tracing.bring_in", in_steps=True)
def bring_in(batch: str, user: str) -> None:
    """Bring in the rows of a file that somebody confirmed."""
    services.bring_in(batch, user)


@periodic(name="tracing.forget", cron="53 3 * * *")
def forget(timestamp: int) -> None:
    """Once a night: closed reports and files are erased when their day is over."""
    at = clock.now()
    services.forget_reports(at=at)
    services.forget_files(at=at)


@job(name="tracing.compare")
def compare() -> None:
    """Compare everybody whom nobody can name with every report, where something changed."""
    services.compare_all(at=clock.now())


@periodic(name="tracing.compare_again", cron="*/5 * * * *")
def compare_again(timestamp: int) -> None:
    """Every five minutes: what people told meanwhile, consents that ended, a run that was lost."""
    services.compare_all(at=clock.now())
