"""Which command comes next: on one phone in the order in which they were made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Waiting:
    """A command that is kept but not applied: its place on the phone, and since when it is here."""

    seq: int
    received_at: datetime


def next_of(
    waiting: Iterable[Waiting], *, settled: int, at: datetime, gap: timedelta
) -> Waiting | None:
    """The command to apply now, None where all must wait for one that is still on its way.

    `settled` is the place up to which everything is settled. A command whose predecessor is missing
    waits for `gap` from its receipt; then the missing one is not waited for any longer. One that
    comes after all is applied at once.
    """
    first = min(waiting, key=lambda one: (one.seq, one.received_at), default=None)
    if first is None:
        return None
    is_next = first.seq <= settled + 1
    return first if is_next or at >= first.received_at + gap else None


def settled_after(settled: int, seq: int) -> int:
    """The place up to which everything is settled, once `seq` is: gaps below it were waited for."""
    return max(settled, seq)


def settled_on(settled: int, places: Iterable[int | None]) -> int:
    """The place up to which everything is settled, when these places are settled besides."""
    for place in sorted(place for place in places if place):
        if place == settled + 1:
            settled = place
    return settled
