"""Recurring patrol duties: how many are owed in a day or a week, and when each should be done."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from nuantu.planbook import deadlines

PeriodUnit = Literal["per_day", "per_week", "per_month"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One patrol that is owed: the k-th of its period. Moments are UTC."""

    number: int
    of: int
    opens_at: datetime
    warn_at: datetime
    due_at: datetime


def period_of(day: date, unit: str) -> tuple[date, date]:
    """First and last day of the period a day lies in; weeks begin on Monday."""
    if unit == "per_day":
        return day, day
    if unit == "per_month":
        first = day.replace(day=1)
        following = (first + timedelta(days=32)).replace(day=1)
        return first, following - timedelta(days=1)
    first = day - timedelta(days=day.weekday())
    return first, first + timedelta(days=6)


def slots(count: int, unit: str, day: date) -> list[Slot]:
    """The patrols owed in the period of a day.

    All are due by the end of the period; each turns amber at its share of it, so that three a week
    are not left to Sunday night. One a day turns amber at two thirds of the day.
    """
    first, last = period_of(day, unit)
    begins, ends = deadlines.start_of(first), deadlines.end_of(last)
    length = ends - begins
    found = []
    for number in range(1, count + 1):
        share = number / count if count > 1 else 2 / 3
        warn_at = min(begins + length * share, ends - timedelta(hours=1))
        found.append(Slot(number, count, begins, max(warn_at, begins), ends))
    return found


def slot_key(kind: str, division_code: str, unit: str, day: date, number: int) -> str:
    """The name of one slot for ever: no slot is opened twice."""
    first, _ = period_of(day, unit)
    return f"{kind}:{division_code}:{unit}:{first:%Y%m%d}:{number}"


def is_asked_today(at: datetime, least: timedelta) -> bool:
    """Whether enough of the Chinese day is left to ask for a patrol today."""
    return deadlines.end_of(deadlines.local_day(at)) - at >= least
