"""The only reader of the system clock.

Rules and services take the moment as an argument; edges (requests, jobs, commands) ask here.
A drill or a test moves time by `frozen`, for its own thread or task only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")

_frozen: ContextVar[datetime | None] = ContextVar("nuantu_frozen_clock", default=None)


def now() -> datetime:
    """The moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """The calendar day in China."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment on a clock in China."""
    return moment.astimezone(LOCAL)


@contextmanager
def frozen(moment: datetime) -> Iterator[datetime]:
    """Hold the clock at an aware moment inside the block."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield moment
    finally:
        _frozen.reset(token)
