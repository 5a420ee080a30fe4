"""Dates of a plan, lunar days, working days and deadlines."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.planbook import calendars, dates, deadlines, lunar
from nuantu.planbook.dates import BadDateError, Bases
from nuantu.planbook.deadlines import Term, TermUnit

CALENDAR = calendars.national()
units: st.SearchStrategy[TermUnit] = st.sampled_from(["day", "working_day"])
days = st.dates(date(2019, 1, 1), date(2026, 11, 30))
moments = st.integers(0, 4_000_000).map(
    lambda minutes: datetime(2019, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-12-01", date(2026, 12, 1), date(2026, 12, 1)),
        ("Y-12-01", date(2026, 12, 1), date(2026, 12, 1)),
        ("Y+1-03-30", date(2027, 3, 30), date(2027, 3, 30)),
        ("Y-11-中旬", date(2026, 11, 11), date(2026, 11, 20)),
        ("Y-11-下旬", date(2026, 11, 21), date(2026, 11, 30)),
        ("Y+1-02-底", date(2027, 2, 28), date(2027, 2, 28)),
        ("Y+1-春节", date(2027, 2, 6), date(2027, 2, 6)),
        ("Y+1-元宵节", date(2027, 2, 20), date(2027, 2, 20)),
        ("Y-腊月初八", date(2027, 1, 15), date(2027, 1, 15)),
        ("Y-除夕", date(2027, 2, 5), date(2027, 2, 5)),
        ("2025-闰六月初一", date(2025, 7, 25), date(2025, 7, 25)),
        ("Y-立冬", date(2026, 11, 7), date(2026, 11, 7)),
        ("Y+1-元旦", date(2027, 1, 1), date(2027, 1, 1)),
        ("Y+1-两节", date(2027, 1, 1), date(2027, 2, 6)),
        ("issue+10d", date(2026, 11, 11), date(2026, 11, 11)),
        ("end+10d", date(2027, 4, 9), date(2027, 4, 9)),
    ],
)
def test_a_written_date_means_these_days(text: str, first: date, last: date) -> None:
    """The year is open in the text and comes from the use of the plan."""
    bases = Bases(2026, issue=date(2026, 11, 1), start=date(2026, 12, 1), end=date(2027, 3, 30))
    span = dates.resolve(dates.validate(text), bases)
    assert span is not None
    assert (span.first, span.last) == (first, last)


@pytest.mark.parametrize("text", ["待定", "Y-12-xx", "20xx-12-01", "TBD", "Y-12-__"])
def test_an_undecided_date_stays_open(text: str) -> None:
    """A placeholder is no error, but no day either (X39)."""
    assert dates.resolve(dates.validate(text), Bases(2026)) is None


@pytest.mark.parametrize(
    "text", ["Y-02-30", "2026-13-01", "Y-00-10", "Y-11-中", "soon", "Y-腊月三十一", "Y-13-上旬", ""]
)
def test_a_day_that_exists_in_no_year_is_refused(text: str) -> None:
    """The message names the day or the ways to write one."""
    with pytest.raises(BadDateError):
        dates.validate(text)


def test_the_29th_of_february_exists_only_in_leap_years() -> None:
    """The text may stand in a template; the year decides."""
    assert dates.validate("Y-02-29") == "Y-02-29"
    with pytest.raises(BadDateError):
        dates.resolve("Y-02-29", Bases(2026))


@pytest.mark.parametrize(
    ("year", "spring"),
    [
        (2020, date(2020, 1, 25)),
        (2023, date(2023, 1, 22)),
        (2025, date(2025, 1, 29)),
        (2026, date(2026, 2, 17)),
        (2030, date(2030, 2, 3)),
    ],
)
def test_spring_festival_falls_where_the_almanac_says(year: int, spring: date) -> None:
    """Known first days of the lunar year."""
    assert lunar.day_named(year, "春节") == spring
    assert lunar.day_named(year - 1, "除夕") == spring - timedelta(days=1)


@given(st.integers(1901, 2098))
def test_the_lunar_feasts_come_in_their_order(year: int) -> None:
    """春节, 元宵, 端午, 中秋, 重阳, 腊八, 小年, 除夕, within fourteen months."""
    names = ["春节", "元宵节", "端午节", "中秋节", "重阳节", "腊八", "小年", "除夕"]
    found = [lunar.day_named(year, name) for name in names]
    assert found == sorted(found)
    assert found[-1] - found[0] < timedelta(days=400)


def test_make_up_days_are_worked_and_holidays_are_not() -> None:
    """State Council notices for 2025 and 2026."""
    assert not CALENDAR.is_working_day(date(2025, 10, 8))
    assert CALENDAR.is_working_day(date(2025, 10, 11))  # Saturday, make-up
    assert not CALENDAR.is_working_day(date(2026, 2, 17))
    assert CALENDAR.is_working_day(date(2026, 2, 14))  # Saturday, make-up
    assert CALENDAR.is_working_day(date(2026, 12, 9))
    assert not CALENDAR.is_working_day(date(2026, 12, 12))


def test_a_year_without_a_notice_is_said_and_computed_from_the_law() -> None:
    """Nobody knows make-up days before the notice; the statutory days are known."""
    last = max(CALENDAR.published)
    missing = last + 1
    assert CALENDAR.missing_years(date(last, 11, 20), date(missing, 3, 30)) == (missing,)
    assert CALENDAR.is_provisional(date(last, 12, 30), date(missing, 1, 5))
    assert not CALENDAR.is_provisional(date(last, 1, 1), date(last, 12, 31))
    assert not CALENDAR.is_working_day(date(missing, 1, 1))
    assert not CALENDAR.is_working_day(lunar.day_named(missing, "春节"))


def test_the_law_gives_thirteen_days() -> None:
    """Decree 795: 1 + 4 + 1 + 2 + 1 + 1 + 3, fewer only when two fall together."""
    for year in range(2025, 2040):
        assert len(calendars.statutory_holidays(year)) in (12, 13)


@given(days, st.integers(0, 60))
def test_a_period_of_days_never_ends_on_a_day_of_rest(start: date, count: int) -> None:
    """The start is not counted, and an end on a holiday moves to the next working day."""
    end = deadlines.last_day(start, count, CALENDAR)
    assert CALENDAR.is_working_day(end)
    assert end >= start + timedelta(days=count)
    between = (start + timedelta(days=count + n) for n in range((end - start).days - count))
    assert not any(CALENDAR.is_working_day(day) for day in between)


@given(days, st.integers(1, 30))
def test_working_days_are_counted_one_by_one(start: date, count: int) -> None:
    """Exactly so many working days lie after the start, up to and with the last."""
    end = deadlines.last_working_day(start, count, CALENDAR)
    after = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    assert sum(CALENDAR.is_working_day(day) for day in after) == count


@given(moments, st.integers(0, 5000))
def test_hours_and_minutes_run_through_nights_and_holidays(start: datetime, amount: int) -> None:
    """A tracing notice in 24 hours does not wait for Monday."""
    assert deadlines.due(start, Term(amount, "minute"), CALENDAR) - start == timedelta(
        minutes=amount
    )
    assert deadlines.due(start, Term(amount, "hour"), CALENDAR) - start == timedelta(hours=amount)


@given(moments, st.integers(0, 40), units)
def test_a_deadline_of_days_ends_with_its_last_minute(
    start: datetime, amount: int, unit: TermUnit
) -> None:
    """It is 23:59 in China, never before the start, and a longer term never ends earlier."""
    due = deadlines.due(start, Term(amount, unit), CALENDAR)
    local = due.astimezone(deadlines.CHINA)
    assert (local.hour, local.minute) == (23, 59)
    assert due >= start - timedelta(minutes=1)
    assert deadlines.due(start, Term(amount + 1, unit), CALENDAR) >= due


def test_a_moment_without_a_zone_is_refused() -> None:
    """Beijing and UTC differ by eight hours, so a naive moment is an error."""
    with pytest.raises(ValueError, match="time zone"):
        deadlines.local_day(datetime(2026, 12, 9, tzinfo=UTC).replace(tzinfo=None))


def test_seven_working_days_over_national_day() -> None:
    """From 28 September 2026: five days, then the holiday, then two more."""
    start = date(2026, 9, 28)
    end = deadlines.last_working_day(start, 7, CALENDAR)
    assert CALENDAR.is_working_day(end)
    assert end > date(2026, 10, 8)
