"""Background work: rows in PostgreSQL, deferred in the transaction that asks for them."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer, Status
from procrastinate.manager import JobManager

from nuantu.core import scope

P = ParamSpec("P")

MOST_ATTEMPTS = 8
RETRY = RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=4)


def _scoped(function: Callable[P, None]) -> Callable[P, None]:
    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        with scope.system("background work"):
            function(*args, **kwargs)

    return run


def job(
    *, name: str, queue: str = "default", in_steps: bool = False
) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """A unit of background work under the system scope and one transaction.

    It may run twice: the function must leave the same rows the second time. A failure is tried
    again eight times with growing pauses. Long work that shows how far it has come runs `in_steps`:
    it opens its own scopes, each a transaction that others see at once.
    """

    def decorate(function: Callable[P, None]) -> Callable[P, None]:
        run = function if in_steps else _scoped(function)
        app.task(name=name, queue=queue, retry=RETRY)(run)
        return run

    return decorate


def periodic(
    *, name: str, cron: str, queue: str = "default"
) -> Callable[[Callable[[int], None]], Callable[[int], None]]:
    """Work at the times of a cron line; a run that overlaps the last one waits for it.

    The function gets the planned time in seconds since 1970.
    """

    def decorate(function: Callable[[int], None]) -> Callable[[int], None]:
        @wraps(function)
        def run(timestamp: int) -> None:
            with scope.system("periodic work"):
                function(timestamp)

        task = app.task(name=name, queue=queue, lock=name, queueing_lock=name)(run)
        app.periodic(cron=cron)(task)
        return run

    return decorate


def defer(name: str, *, after_seconds: int = 0, **arguments: Any) -> None:
    """Ask for a job inside the running transaction; it exists only if that commits.

    Also inside a job: the worker's own connector would commit it at once, before the rows it needs.
    """
    task = (
        app.configure_task(name, schedule_in={"seconds": after_seconds})
        if after_seconds
        else app.configure_task(name)
    )
    JobDeferrer(JobManager(DjangoConnector()), task.job).defer(**arguments)


@app.periodic(cron="*/1 * * * *")
@app.task(name="core.retry_stalled", queueing_lock="core.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Give back the jobs of a killed worker, so that nothing deferred is lost.

    One that was given back as often as a failure is tried again has failed: it may be what kills.
    """
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs():
        if stalled.attempts < MOST_ATTEMPTS:
            await manager.retry_job(stalled)
        else:
            await manager.finish_job(stalled, status=Status.FAILED, delete_job=False)
