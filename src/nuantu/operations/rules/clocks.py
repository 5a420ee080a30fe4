"""The clock of a promise: calm, amber, red, done, or ended without being kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

ClockState = Literal["calm", "amber", "red", "done", "ended"]


@dataclass(frozen=True, slots=True)
class Clock:
    """What the clock component shows. Seconds are negative once the promise is late."""

    state: ClockState
    remaining_seconds: int
    limit_seconds: int
    basis: str
    owner: str


def warn_moment(opened_at: datetime, due_at: datetime, share: float) -> datetime:
    """When a clock turns amber: at a share (0 to 1) of the time between opening and due."""
    return opened_at + (due_at - opened_at) * min(max(share, 0.0), 1.0)


def clock_of(
    *,
    opened_at: datetime,
    warn_at: datetime,
    due_at: datetime,
    done_at: datetime | None,
    is_open: bool,
    at: datetime,
    is_ended: bool = False,
    basis: str = "",
    owner: str = "",
) -> Clock:
    """The clock at a moment; of a closed promise it stands still at the moment it was closed.

    `is_ended`: closed because it no longer held, not because it was kept.
    """
    moment = done_at or at
    state: ClockState = "ended" if is_ended else "done"
    if is_open:
        state = "calm" if at < warn_at else "amber" if at < due_at else "red"
    return Clock(
        state=state,
        remaining_seconds=_seconds(due_at - moment),
        limit_seconds=_seconds(due_at - opened_at),
        basis=basis,
        owner=owner,
    )


def is_breached(*, due_at: datetime, done_at: datetime | None, at: datetime) -> bool:
    """Whether the promise was or is late: done after it was due, or still open then."""
    return (done_at or at) > due_at


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())
