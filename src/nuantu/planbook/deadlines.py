"""When a promise falls due: minutes, hours, days, working days, months and years.

The day of the event is not counted (民法典 第201条); a period of months or years ends on the day
of the same number, or on the month's last day (第202条); an end on a holiday or a day of rest
moves to the next working day, and the last day ends at 24:00 (第203条). A law or a plan may say
otherwise (第204条): such a date is written as a date. Hours and minutes run from the moment
itself, through nights and holidays. Moments are aware and come back in UTC.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from nuantu.planbook.calendars import WorkCalendar

CHINA: Final = ZoneInfo("Asia/Shanghai")
# 24:00 without naming the next day: the last moment that a clock of microseconds can show
MIDNIGHT: Final = time.max
TermUnit = Literal["minute", "hour", "day", "working_day", "month", "year"]


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
    """The last moment of a Chinese day (24:00), in UTC."""
    return datetime.combine(day, MIDNIGHT, CHINA).astimezone(UTC)


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


def working_days_after(start: date, end: date, calendar: WorkCalendar) -> int:
    """How many working days lie after ``start`` up to and with ``end``; never negative."""
    days = (start + timedelta(days=count) for count in range(1, (end - start).days + 1))
    return sum(calendar.is_working_day(day) for day in days)


def months_later(start: date, months: int) -> date:
    """The day of the same number some months on, else that month's last day (民法典 第202条)."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def end_day(start: date, term: Term, calendar: WorkCalendar) -> date:
    """The last day of a term of days, working days, months or years.

    Errors: ValueError for a term of minutes or hours, which has no last day of its own.
    """
    match term.unit:
        case "day":
            return last_day(start, term.amount, calendar)
        case "working_day":
            return last_working_day(start, term.amount, calendar)
        case "month":
            return calendar.next_working_day(months_later(start, term.amount))
        case "year":
            return calendar.next_working_day(months_later(start, 12 * term.amount))
    raise ValueError("a term of minutes or hours ends at a moment")


def due(start: datetime, term: Term, calendar: WorkCalendar) -> datetime:
    """The moment a term that starts at ``start`` falls due, in UTC."""
    if term.unit == "minute":
        return (start + timedelta(minutes=term.amount)).astimezone(UTC)
    if term.unit == "hour":
        return (start + timedelta(hours=term.amount)).astimezone(UTC)
    return end_of(end_day(local_day(start), term, calendar))
