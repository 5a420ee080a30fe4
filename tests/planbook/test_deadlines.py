"""Deadlines counted as the Civil Code counts them, held against counting day by day."""

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.planbook import calendars, deadlines
from nuantu.planbook.calendars import WorkCalendar
from nuantu.planbook.deadlines import Term, TermUnit

CALENDAR = calendars.with_notices(())
NEVER_OPEN = WorkCalendar(
    frozenset(range(2018, 2030)),
    {date(2018, 1, 1) + timedelta(days=n): "休" for n in range(4000)},
)
starts = st.dates(date(2018, 1, 1), date(2026, 9, 30))
moments = st.integers(0, 4_000_000).map(
    lambda minutes: datetime(2019, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
amounts = st.integers(0, 40)
day_units: st.SearchStrategy[TermUnit] = st.sampled_from(["day", "working_day", "month", "year"])


def _walk(start: date, count: int, *, counts_all: bool) -> date:
    """Cross the days off one by one; what is worked comes from another source."""
    day, left = start, count
    while left:
        day += timedelta(days=1)
        left -= counts_all or chinese_calendar.is_workday(day)
    while not chinese_calendar.is_workday(day):
        day += timedelta(days=1)
    return day


@given(starts, st.integers(0, 30))
def test_counting_agrees_with_a_finger_on_the_wall_calendar(start: date, count: int) -> None:
    assert deadlines.last_day(start, count, CALENDAR) == _walk(start, count, counts_all=True)
    assert deadlines.last_working_day(start, count, CALENDAR) == _walk(
        start, count, counts_all=False
    )


@given(st.dates(date(2004, 1, 1), date(2026, 12, 31)))
def test_each_day_is_worked_or_not_as_the_other_source_has_it(day: date) -> None:
    assert CALENDAR.is_working_day(day) == chinese_calendar.is_workday(day)


@given(starts, amounts, day_units)
def test_no_deadline_of_days_ends_on_a_day_of_rest(
    start: date, amount: int, unit: TermUnit
) -> None:
    if unit == "year":
        amount %= 3
    end = deadlines.end_day(start, Term(amount, unit), CALENDAR)
    assert CALENDAR.is_working_day(end)
    assert end >= start


@given(moments, moments, amounts, day_units)
def test_a_later_start_or_a_longer_term_never_ends_sooner(
    first: datetime, second: datetime, amount: int, unit: TermUnit
) -> None:
    early, late = sorted((first, second))
    amount %= 24 if unit == "month" else 3 if unit == "year" else 41
    ends = [deadlines.due(moment, Term(amount, unit), CALENDAR) for moment in (early, late)]
    assert ends == sorted(ends)
    assert deadlines.due(early, Term(amount + 1, unit), CALENDAR) >= ends[0]


@given(starts, st.integers(1, 20), st.integers(1, 20))
def test_two_terms_one_after_the_other_are_their_sum(start: date, one: int, two: int) -> None:
    """For working days and for days that are not moved; what is moved may only be later."""
    step = deadlines.last_working_day(start, one, CALENDAR)
    both = deadlines.last_working_day(start, one + two, CALENDAR)
    assert deadlines.last_working_day(step, two, CALENDAR) == both
    plain = deadlines.last_day(start, one, CALENDAR, roll=False)
    assert deadlines.last_day(plain, two, CALENDAR, roll=False) == start + timedelta(days=one + two)
    rolled = deadlines.last_day(deadlines.last_day(start, one, CALENDAR), two, CALENDAR)
    assert rolled >= deadlines.last_day(start, one + two, CALENDAR)


@given(starts, st.integers(1, 30))
def test_counting_back_gives_the_number_counted(start: date, count: int) -> None:
    end = deadlines.last_working_day(start, count, CALENDAR)
    assert deadlines.working_days_after(start, end, CALENDAR) == count
    assert deadlines.working_days_after(end, start, CALENDAR) == 0


@given(moments, st.integers(0, 5000))
def test_no_holiday_stops_an_hour_or_a_minute(start: datetime, amount: int) -> None:
    """Even where every day is off (DL-04: a notice in 24 hours does not wait for Monday)."""
    hour: TermUnit = "hour"
    minute: TermUnit = "minute"
    for unit, length in ((hour, timedelta(hours=1)), (minute, timedelta(minutes=1))):
        term = Term(amount, unit)
        assert deadlines.due(start, term, NEVER_OPEN) == start + amount * length
        assert deadlines.due(start, term, CALENDAR) == start + amount * length


@given(starts, st.integers(0, 36))
def test_months_end_on_the_same_number_or_on_the_last_day(start: date, months: int) -> None:
    """民法典 第202条."""
    end = deadlines.months_later(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("start", "term", "end"),
    [
        # 第201条: the day itself is not counted; 第203条: Sunday moves to Monday
        (date(2026, 11, 20), Term(2, "day"), date(2026, 11, 23)),
        # seven working days over National Day: the 29th and 30th, then the 8th, 9th, the make-up
        # Saturday, and two more
        (date(2026, 9, 28), Term(7, "working_day"), date(2026, 10, 13)),
        # into the nine days of the Spring Festival, out on the first day worked
        (date(2026, 2, 13), Term(3, "day"), date(2026, 2, 24)),
        # a make-up Saturday is a working day and an end may stay on it
        (date(2026, 2, 11), Term(3, "day"), date(2026, 2, 14)),
        (date(2026, 2, 13), Term(1, "working_day"), date(2026, 2, 14)),
        (date(2025, 8, 31), Term(6, "month"), date(2026, 2, 28)),
        (date(2024, 2, 29), Term(1, "year"), date(2025, 2, 28)),
    ],
)
def test_the_civil_code_on_the_calendar_of_2026(start: date, term: Term, end: date) -> None:
    assert deadlines.end_day(start, term, CALENDAR) == end


def test_a_last_day_ends_at_midnight_and_not_a_minute_before() -> None:
    """第203条: 24:00. Done at 23:59:30 is in time; the next day's first moment is not."""
    due = deadlines.due(datetime(2026, 11, 20, 2, tzinfo=UTC), Term(4, "day"), CALENDAR)
    assert due.astimezone(deadlines.CHINA).date() == date(2026, 11, 24)
    assert datetime(2026, 11, 24, 15, 59, 30, tzinfo=UTC) < due
    assert due < deadlines.start_of(date(2026, 11, 25))
    assert deadlines.start_of(date(2026, 11, 25)) - due == timedelta(microseconds=1)


def test_a_term_of_hours_has_no_last_day_and_no_term_is_negative() -> None:
    with pytest.raises(ValueError, match="moment"):
        deadlines.end_day(date(2026, 11, 20), Term(24, "hour"), CALENDAR)
    with pytest.raises(ValueError, match="negative"):
        Term(-1, "day")
