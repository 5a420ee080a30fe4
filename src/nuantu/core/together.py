"""One piece of work as one: a savepoint of its own, and what it may do once instead of many times.

Inside `together` the tokens of reference data and the data keys are read once, nested pieces make
no savepoint again, and journal lines and hints to open pages wait for the end, where each kind is
written by one statement. The chain of a county is held for that moment only.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from nuantu.core import reference, scope, vault

Write = Callable[[list[Any]], None]


@dataclass(slots=True)
class _Work:
    depth: int
    waiting: dict[Write, list[Any]] = field(default_factory=dict)


_work: ContextVar[_Work | None] = ContextVar("nuantu_work", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Do the block whole or not at all; it must not change reference data itself.

    Inside another one it is a part of that: whoever wants to go on after a part was refused puts
    the part into `attempt`.
    """
    if _work.get() is not None:
        with transaction.atomic(savepoint=False):
            yield
        return
    with transaction.atomic(), reference.steady(), vault.holding():
        work = _Work(scope.depth())
        mark = _work.set(work)
        try:
            yield
        finally:
            _work.reset(mark)
        for write, items in work.waiting.items():
            if items:
                write(items)


@contextmanager
def attempt() -> Iterator[None]:
    """A part of the work that may be refused while the rest goes on; nothing of it stays then."""
    work = _work.get()
    with transaction.atomic(), vault.holding():
        if work is None:
            yield
            return
        before = {write: len(items) for write, items in work.waiting.items()}
        outside, work.depth = work.depth, scope.depth()
        try:
            yield
        except BaseException:
            for write, items in work.waiting.items():
                del items[before.get(write, 0) :]
            raise
        finally:
            work.depth = outside


def wait(write: Write, item: Any) -> bool:
    """Keep `item` for the end of the work, where `write` gets all of them in their order.

    False where there is no such end to wait for: outside `together`, and in a savepoint that
    knows nothing of it and may be taken back alone.
    """
    work = _work.get()
    if work is None or work.depth != scope.depth():
        return False
    work.waiting.setdefault(write, []).append(item)
    return True


__all__ = ["attempt", "together", "wait"]
