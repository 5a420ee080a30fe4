"""The promises that hang on a tip."""

from collections.abc import Iterable
from datetime import datetime

from nuantu.dispatch.models import Tip
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import is_breached

ARRIVE, DECIDE = "dispatch.arrive", "dispatch.decide"


def arrivals(tip: Tip) -> list[Duty]:
    """Every promise of arrival, newest first: one per round, a reopened tip has a new one."""
    return list(
        Duty.objects.filter(subject_kind="tip", subject_id=tip.public_id, kind=ARRIVE).order_by(
            "-opened_at", "-pk"
        )
    )


def is_unexplained(promises: Iterable[Duty], at: datetime) -> bool:
    """Whether a promise was broken and nobody has said why."""
    return any(
        is_breached(due_at=duty.due_at, done_at=duty.done_at, at=at)
        for duty in promises
        if duty.state != Duty.State.CANCELLED and not duty.breach_reason
    )


def open_arrival(tip: Tip) -> Duty | None:
    """The promise of arrival that still runs."""
    return (
        Duty.objects.filter(
            subject_kind="tip", subject_id=tip.public_id, kind=ARRIVE, state=Duty.State.OPEN
        )
        .order_by("-opened_at")
        .first()
    )
