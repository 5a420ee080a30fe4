"""A killed worker's jobs are given back, but not for ever: one of them may be what kills."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

from procrastinate import JobContext

from nuantu.core import jobs


class _Manager:
    """Two jobs of a killed worker: one at its first try, one at its last."""

    def __init__(self) -> None:
        self.done: list[tuple[str, int]] = []

    async def get_stalled_jobs(self) -> list[Any]:
        return [SimpleNamespace(attempts=0), SimpleNamespace(attempts=jobs.MOST_ATTEMPTS)]

    async def retry_job(self, job: Any) -> None:
        self.done.append(("again", job.attempts))

    async def finish_job(self, job: Any, *, status: Any, delete_job: bool) -> None:
        assert not delete_job
        self.done.append((status.value, job.attempts))


def test_a_job_that_was_given_back_too_often_has_failed() -> None:
    manager = _Manager()
    context = SimpleNamespace(app=SimpleNamespace(job_manager=manager))
    asyncio.run(jobs.retry_stalled(cast("JobContext", context), 0))
    assert manager.done == [("again", 0), ("failed", 8)]
