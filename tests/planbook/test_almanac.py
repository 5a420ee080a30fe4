"""Solar terms, lunar months and named days, held against the sky and against published almanacs."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuantu.planbook import feasts, lunar, solar_terms
from nuantu.planbook.lunar import LunarDay
from tests.examples import examples
from tests.planbook import sky

years = st.integers(1950, 2098)
days = st.dates(date(1950, 1, 1), date(2099, 12, 31))
MAJOR = solar_terms.NAMES[1::2]  # 中气: every second term, from 大寒 to 冬至

# to the minute, from Don Cross's astronomy-engine 2.1.19; 2021 and 2033 are the hard years: a
# solstice one minute before midnight, and the year of the leap eleventh month
KNOWN = {
    2021: "01-05 11:24 01-20 04:40 02-03 22:59 02-18 18:44 03-05 16:54 03-20 17:37 04-04 21:35 "
    "04-20 04:33 05-05 14:47 05-21 03:37 06-05 18:52 06-21 11:32 07-07 05:05 07-22 22:26 "
    "08-07 14:54 08-23 05:35 09-07 17:53 09-23 03:21 10-08 09:39 10-23 12:51 11-07 12:59 "
    "11-22 10:34 12-07 05:57 12-21 23:59",
    2026: "01-05 16:23 01-20 09:45 02-04 04:02 02-18 23:52 03-05 21:59 03-20 22:46 04-05 02:40 "
    "04-20 09:39 05-05 19:49 05-21 08:37 06-05 23:49 06-21 16:25 07-07 09:57 07-23 03:13 "
    "08-07 19:43 08-23 10:19 09-07 22:42 09-23 08:06 10-08 14:30 10-23 17:38 11-07 17:53 "
    "11-22 15:24 12-07 10:53 12-22 04:50",
    2027: "01-05 22:10 01-20 15:30 02-04 09:46 02-19 05:34 03-06 03:39 03-21 04:25 04-05 08:17 "
    "04-20 15:17 05-06 01:25 05-21 14:18 06-06 05:25 06-21 22:11 07-07 15:37 07-23 09:04 "
    "08-08 01:26 08-23 16:14 09-08 04:28 09-23 14:01 10-08 20:17 10-23 23:33 11-07 23:39 "
    "11-22 21:16 12-07 16:38 12-22 10:42",
    2033: "01-05 09:09 01-20 02:33 02-03 20:42 02-18 16:34 03-05 14:33 03-20 15:23 04-04 19:08 "
    "04-20 02:13 05-05 12:14 05-21 01:11 06-05 16:13 06-21 09:01 07-07 02:25 07-22 19:53 "
    "08-07 12:16 08-23 03:02 09-07 15:20 09-23 00:52 10-08 07:14 10-23 10:28 11-07 10:41 "
    "11-22 08:16 12-07 03:44 12-21 21:45",
}


@pytest.mark.parametrize("year", KNOWN)
def test_the_terms_come_when_the_almanac_says(year: int) -> None:
    words = KNOWN[year].split()
    for name, day, hour in zip(solar_terms.NAMES, words[::2], words[1::2], strict=True):
        known = datetime.fromisoformat(f"{year}-{day}T{hour}:00+08:00")
        found = solar_terms.instant(year, name)
        # half a minute of rounding, and what nobody knows of the earth's turning in years to come
        assert abs(found - known) <= timedelta(seconds=90), (name, found)
        assert solar_terms.day_of(year, name) == date.fromisoformat(f"{year}-{day}")


@given(years, st.sampled_from(solar_terms.NAMES))
def test_the_sun_stands_where_a_term_says(year: int, name: str) -> None:
    """At the moment of each term its longitude is a multiple of fifteen degrees."""
    wanted = (285 + 15 * solar_terms.NAMES.index(name)) % 360
    off = (sky.sun_longitude(solar_terms.instant(year, name)) - wanted + 180) % 360 - 180
    assert abs(off) < 0.014, (year, name, off)


@given(years)
def test_a_year_has_its_terms_in_order(year: int) -> None:
    found = [solar_terms.instant(year, name) for name in solar_terms.NAMES]
    assert found == sorted(found)
    assert len(solar_terms.of_year(year)) == 24
    gaps = {(after - before).days for before, after in pairwise(found)}
    assert gaps <= {14, 15}


def test_a_word_that_is_no_term_and_a_year_beyond_the_table_are_refused() -> None:
    with pytest.raises(ValueError, match="不认识"):
        solar_terms.instant(2026, "立东")
    with pytest.raises(ValueError, match="2100"):
        solar_terms.instant(2101, "立冬")


@given(days)
def test_a_day_keeps_its_lunar_date_there_and_back(day: date) -> None:
    found = lunar.lunar_day(day)
    assert lunar.civil_day(found.year, found.month, found.day, is_leap=found.is_leap) == day
    assert lunar.day_named(found.year, str(found)) == day
    before = lunar.lunar_day(day - timedelta(days=1))
    assert before.day == found.day - 1 or found.day == 1


@given(days)
def test_a_lunar_month_begins_on_the_day_of_the_new_moon(day: date) -> None:
    found = lunar.lunar_day(day)
    first = day - timedelta(days=found.day - 1)
    moon = sky.new_moon_near(datetime(first.year, first.month, first.day, 4, tzinfo=UTC))
    slack = timedelta(
        minutes=20
    )  # the formula's error; a moon this near to midnight proves nothing
    nights = {(moon + sign * slack).astimezone(solar_terms.STANDARD).date() for sign in (-1, 1)}
    assert first in nights


@pytest.mark.slow
@examples(40)
@given(st.integers(1985, 2090))
def test_a_leap_month_is_the_first_without_a_major_term(year: int) -> None:
    """From one winter solstice to the next (GB/T 33661-2017): thirteen months, one of them leap."""
    solstice = [solar_terms.day_of(y, "冬至") for y in (year - 1, year)]
    majors = {solar_terms.day_of(y, name) for y in (year - 1, year, year + 1) for name in MAJOR}
    starts = _months(solstice[0], solstice[1])
    without = [
        first
        for first, after in pairwise(starts)
        if not any(first <= day < after for day in majors)
    ]
    leaps = [first for first in starts[:-1] if lunar.lunar_day(first).is_leap]
    assert lunar.lunar_day(starts[0]).month == lunar.lunar_day(starts[-1]).month == 11
    assert leaps == (without[:1] if len(starts) == 14 else [])


def _months(first_solstice: date, second_solstice: date) -> list[date]:
    """First days of the months from the one with the first solstice to the one with the second."""
    day, starts = first_solstice, []
    while True:
        first = day - timedelta(days=lunar.lunar_day(day).day - 1)
        starts.append(first)
        day = first + timedelta(days=32)
        if first > second_solstice - timedelta(days=30):
            return starts


@pytest.mark.parametrize(
    ("year", "month"), [(2020, 4), (2023, 2), (2025, 6), (2028, 5), (2033, 11), (2026, None)]
)
def test_the_leap_months_of_the_almanac(year: int, month: int | None) -> None:
    assert lunar.leap_month(year) == month


def test_a_leap_month_is_named_and_exists_only_in_its_year() -> None:
    assert lunar.day_named(2025, "六月初一") == date(2025, 6, 25)
    assert lunar.day_named(2025, "闰六月初一") == date(2025, 7, 25)
    assert str(lunar.lunar_day(date(2025, 7, 25))) == "闰六月初一"
    with pytest.raises(ValueError, match="闰"):
        lunar.day_named(2026, "闰六月初一")


@pytest.mark.parametrize(
    ("year", "name", "first", "last"),
    [
        (2026, "腊月初八", date(2027, 1, 15), date(2027, 1, 15)),
        (2026, "小年", date(2027, 1, 30), date(2027, 1, 30)),
        (2026, "南方小年", date(2027, 1, 31), date(2027, 1, 31)),
        (2026, "除夕", date(2027, 2, 5), date(2027, 2, 5)),
        (2024, "除夕", date(2025, 1, 28), date(2025, 1, 28)),  # a twelfth month of 29 days
        (2027, "春节", date(2027, 2, 6), date(2027, 2, 6)),
        (2027, "元宵节", date(2027, 2, 20), date(2027, 2, 20)),
        (2027, "元旦", date(2027, 1, 1), date(2027, 1, 1)),
        (2027, "两节", date(2027, 1, 1), date(2027, 2, 6)),
        (2027, "清明节", date(2027, 4, 5), date(2027, 4, 5)),
        (2026, "立冬", date(2026, 11, 7), date(2026, 11, 7)),
        (2026, "冬至", date(2026, 12, 22), date(2026, 12, 22)),
    ],
)
def test_named_days_fall_where_the_almanac_has_them(
    year: int, name: str, first: date, last: date
) -> None:
    assert feasts.span_named(year, name) == (first, last)


@pytest.mark.parametrize("name", ["腊月三十一", "闰月初一", "立东", "小年节", ""])
def test_a_name_that_means_no_day_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="不认识"):
        feasts.span_named(2026, name)


def test_lunar_days_print_as_people_write_them() -> None:
    assert str(LunarDay(2026, 12, 8)) == "腊月初八"
    assert [str(LunarDay(2026, 1, day)) for day in (10, 15, 20, 23, 30)] == [
        "正月初十",
        "正月十五",
        "正月二十",
        "正月廿三",
        "正月三十",
    ]
