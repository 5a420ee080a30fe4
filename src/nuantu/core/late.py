"""What is entered later than it happened: a phone without signal tells it hours afterwards.

Services take one moment, when it happened. Inside `told`, the journal and the rows write beside it
when it was recorded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

_told_at: ContextVar[datetime | None] = ContextVar("nuantu_told_late", default=None)


@contextmanager
def told(at: datetime) -> Iterator[None]:
    """What is done inside was told to the server at this moment, whenever it happened."""
    token = _told_at.set(at)
    try:
        yield
    finally:
        _told_at.reset(token)


def recorded_at(at: datetime) -> datetime:
    """When a deed of that moment is recorded: then, or when it was told."""
    return _told_at.get() or at
