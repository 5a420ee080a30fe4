"""Figures of an operation that rest on tables of upper packages.

Data flows upward only: a package that holds such rows registers its reader here when the apps are
ready, and the page of the operation shows what the readers count.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.operations.models import Operation
from nuantu.planbook import deadlines

SPARK_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Span:
    """Which rows count: of an area, since the season began, up to now."""

    division_code: str
    prefix: str
    since: datetime
    at: datetime

    @property
    def first_date(self) -> date:
        """The first day of the season."""
        return clock.local(self.since).date()

    @property
    def spark_since(self) -> datetime:
        """The first moment of the days that a line of the past shows."""
        return deadlines.start_of(clock.local(self.at).date() - timedelta(days=SPARK_DAYS - 1))

    def by_day(self, counts: Iterable[tuple[date, int]]) -> tuple[int, ...]:
        """Counts of single days as a line of the last fortnight."""
        last = clock.local(self.at).date()
        line = [0] * SPARK_DAYS
        for day, count in counts:
            place = SPARK_DAYS - 1 - (last - day).days
            if 0 <= place < SPARK_DAYS:
                line[place] += count
        return tuple(line)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its name, the address of its rows and what else is to be said of it.

    Who lacks the `permission` of the page with the rows sees the number without the way there.
    """

    key: str
    value: str
    label: str
    url: str
    unit: str = ""
    note: str = ""
    values: tuple[int, ...] = ()
    permission: str = ""


Reader = Callable[[Span], Iterable[Figure]]
_readers: dict[str, Reader] = {}


def register_figures(name: str, reader: Reader) -> None:
    """Called once by the owning package when the apps are ready."""
    _readers[name] = reader


def span_of(operation: Operation, at: datetime) -> Span:
    """The rows of an operation: from the first day of its window, or its start where that came
    first."""
    since = min(deadlines.start_of(operation.start_date), operation.started_at)
    return Span(operation.division_id, operation.division.prefix, since, at)


def registered_figures(actor: Actor, operation: Operation, at: datetime) -> list[Figure]:
    """What upper packages count for an operation, in the order in which they registered."""
    span = span_of(operation, at)
    found = [figure for reader in _readers.values() for figure in reader(span)]
    return [
        figure if not figure.permission or actor.may(figure.permission) else replace(figure, url="")
        for figure in found
    ]
