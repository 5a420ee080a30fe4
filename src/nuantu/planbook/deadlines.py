"""When a promise falls due: minutes, hours, days and working days.

The day of the event is not counted; a period of days ends with its last day, and when that day is
a holiday it ends with the next working day (民法典 第201、203条; domain-rules: MEM). Minutes and
hours run through nights and holidays. Moments are aware and come back in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from nuantu.planbook.calendars import WorkCalendar

CHINA: Final = ZoneInfo("Asia/Shanghai")
LAST_MINUTE: Final = time(23, 59)
TermUnit = Literal["minute", "hour", "day", "working_day"]


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time as a rule says it, for example 7 working days."""

    amount: int
    unit: TermUnit

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError("a term cannot be negative")


def local_day(moment: datetime) -> date:
    """The Chinese civil day of a moment.

    Errors: ValueError when the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(CHINA).date()


def end_of(day: date) -> datetime:
    """The last minute of a Chinese day, in UTC."""
    return datetime.combine(day, LAST_MINUTE, CHINA).astimezone(UTC)


def start_of(day: date) -> datetime:
    """The first moment of a Chinese day, in UTC."""
    return datetime.combine(day, time(0), CHINA).astimezone(UTC)


def last_day(start: date, days: int, calendar: WorkCalendar, *, roll: bool = True) -> date:
    """The last day of a period of calendar days that begins after ``start``.

    ``roll`` moves an end on a day of rest to the next working day.
    """
    end = start + timedelta(days=days)
    return calendar.next_working_day(end) if roll else end


def last_working_day(start: date, days: int, calendar: WorkCalendar) -> date:
    """The n-th working day after ``start``; zero days is the first working day from ``start`` on."""
    day = start
    if days == 0:
        return calendar.next_working_day(day)
    for _ in range(days):
        day = calendar.next_working_day(day + timedelta(days=1))
    return day


def due(start: datetime, term: Term, calendar: WorkCalendar) -> datetime:
    """The moment a term that starts at ``start`` falls due, in UTC."""
    if term.unit == "minute":
        return (start + timedelta(minutes=term.amount)).astimezone(UTC)
    if term.unit == "hour":
        return (start + timedelta(hours=term.amount)).astimezone(UTC)
    day = local_day(start)
    if term.unit == "day":
        return end_of(last_day(day, term.amount, calendar))
    return end_of(last_working_day(day, term.amount, calendar))
