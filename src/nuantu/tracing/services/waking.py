"""Asking for a comparison soon, in the transaction that changed something."""

from typing import Final

from procrastinate.contrib.django.models import ProcrastinateJob

from nuantu.core.jobs import defer

JOB: Final = "tracing.compare"
SOON: Final = 3  # seconds in which further reports join the same run


def wake() -> None:
    """Ask for a run soon; several changes ask once."""
    waiting = ProcrastinateJob.objects.filter(task_name=JOB, status="todo")
    if not waiting.exists():
        defer(JOB, after_seconds=SOON)
