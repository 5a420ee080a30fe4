"""Who was near an infected person: found from the beds, as plain ranges of time (C18, P10-30)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Night:
    """Somebody had a bed of a room; `until` is None while he has it."""

    stay: int
    room: int
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody slept in the same room from one moment to another."""

    stay: int
    since: datetime
    until: datetime


def roommates(
    own: Iterable[Night], others: Iterable[Night], *, since: datetime, at: datetime
) -> tuple[Near, ...]:
    """Everybody who slept in one room with the infected person since then, in order of time; who
    met him several times stands there once, from the first to the last moment."""
    mine = list(own)
    found: dict[int, Near] = {}
    for other in others:
        for night in mine:
            if night.room != other.room or night.stay == other.stay:
                continue
            first = max(night.since, other.since, since)
            last = min(night.until or at, other.until or at, at)
            if first < last:
                known = found.get(other.stay)
                found[other.stay] = Near(
                    other.stay,
                    min(first, known.since) if known else first,
                    max(last, known.until) if known else last,
                )
    return tuple(sorted(found.values(), key=lambda near: (near.since, near.stay)))
