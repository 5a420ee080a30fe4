"""Dates, periods and numbers as the genre writes them."""

from datetime import date

import pytest
from cn2an import an2cn
from hypothesis import given
from hypothesis import strategies as st

from nuantu.planbook.reading.grammar import numerals
from nuantu.planbook.reading.grammar.days import Calendar
from nuantu.planbook.reading.grammar.whens import periods, singles, year_pair
from nuantu.planbook.reading.normal import normalise

ISSUED = Calendar(issued=date(2025, 11, 10), anchors=(date(2025, 11, 10),))
WINTER = Calendar(year=2025, is_winter=True)


def days(text: str, calendar: Calendar = ISSUED) -> list[tuple[str | None, str | None]]:
    """First and last day of each period."""
    found = periods(normalise(text).text)
    return [(calendar.day(p.first, "start").iso, calendar.day(p.last, "end").iso) for p in found]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025年11月15日至2026年3月15日", "2025-11-15", "2026-03-15"),
        ("2025年12月1日—次年2月28日", "2025-12-01", "2026-02-28"),
        ("2025年11月中旬至2026年3月底", "2025-11-11", "2026-03-31"),
        ("2025年10月下旬起到明年3月份", "2025-10-21", "2026-03-31"),
        ("12月1日至3月15日", "2025-12-01", "2026-03-15"),
        ("2026年1月21—22日", "2026-01-21", "2026-01-22"),
        ("2025年11月22、23日", "2025-11-22", "2025-11-23"),
        ("从即日起到2026年3月15日", "2025-11-10", "2026-03-15"),
        ("自印发之日起至2026年3月15日", "2025-11-10", "2026-03-15"),
        ("2025年6月—9月", "2025-06-01", "2025-09-30"),
        ("2025年6-9月", "2025-06-01", "2025-09-30"),
        ("2025年11月18日(周二)至11月22日(周六)", "2025-11-18", "2025-11-22"),
        ("二〇二五年十二月一日至二〇二六年三月十五日", "2025-12-01", "2026-03-15"),
        ("２０２５年１２月１日～２０２６年３月１５日", "2025-12-01", "2026-03-15"),
        ("2025年7月13日启动,将一直持续到8月底", "2025-07-13", "2025-08-31"),
        ("11月1至11月25日", "2025-11-01", "2025-11-25"),
        ("11.10-11.15", "2025-11-10", "2025-11-15"),
    ],
)
def test_a_period_has_its_first_and_last_day(text: str, first: str, last: str) -> None:
    assert days(text) == [(first, last)]


@pytest.mark.parametrize(
    ("text", "month_day"),
    [("20xx年12月1日", "12-01"), ("20××年3月15日", "03-15"), ("x年11月30日", "11-30")],
)
def test_a_masked_year_leaves_month_and_day(text: str, month_day: str) -> None:
    when = singles(normalise(text).text)[0]
    day = Calendar().day(when)
    assert when.is_masked
    assert (day.iso, day.month_day) == (None, month_day)


@pytest.mark.parametrize("text", ["2月30日", "13月1日", "2025年11月31日", "4月31日"])
def test_a_day_that_no_calendar_holds_is_seen_and_has_no_value(text: str) -> None:
    when = singles(text)[0]
    assert when.is_impossible
    assert not ISSUED.day(when).is_known


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026年春节", "2026-02-17"),
        ("元宵节", "2026-03-03"),
        ("腊月初八", "2026-01-26"),
        ("元旦", "2026-01-01"),
    ],
)
def test_a_feast_is_a_day_of_the_lunar_year(text: str, iso: str) -> None:
    when = next(when for when in singles(text) if when.kind == "lunar")
    assert Calendar(year=2026).day(when).iso == iso


def test_a_month_early_in_a_winter_belongs_to_the_next_year() -> None:
    assert WINTER.day(singles("3月15日")[0]).iso == "2026-03-15"
    assert WINTER.day(singles("12月1日")[0]).iso == "2025-12-01"
    pair = Calendar(pair=year_pair("2025-2026年度冬春救助"))
    assert pair.day(singles("5月底")[0]).iso == "2026-05-31"
    assert pair.day(singles("11月初")[0]).iso == "2025-11-01"


@pytest.mark.parametrize(
    "text", ["24小时值班", "3.5-4万元", "12345热线", "每周3次", "500元/人", "第3条"]
)
def test_a_figure_that_is_no_date_is_none(text: str) -> None:
    assert singles(text) == []


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 3))
def test_every_day_is_read_back_as_it_was_written(day: date, style: int) -> None:
    words = (
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month:02d}/{day.day:02d}",
    )[style]
    found = singles(f"于{words}前报送")
    assert [(when.year, when.month, when.day) for when in found] == [(day.year, day.month, day.day)]


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 300))
def test_a_period_without_the_second_year_never_ends_before_it_begins(
    day: date, days_on: int
) -> None:
    last = date.fromordinal(day.toordinal() + days_on)
    found = days(f"{day.year}年{day.month}月{day.day}日至{last.month}月{last.day}日")
    assert found == [(day.isoformat(), last.isoformat())]


@given(st.integers(1, 99_999_999))
def test_every_number_is_read_in_words_and_in_figures(number: int) -> None:
    assert numerals.value_of(str(number)) == number
    assert numerals.value_of(an2cn(number)) == number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("15万", 150_000),
        ("8万余", 80_000),
        ("三百", 300),
        ("两", 2),
        ("半", 0.5),
        ("1.5亿", 150_000_000),
    ],
)
def test_a_number_with_its_scale(words: str, value: float) -> None:
    assert float(numerals.value_of(words) or 0) == value


@given(st.text(max_size=200))
def test_no_text_breaks_the_grammar_of_dates(text: str) -> None:
    normal = normalise(text)
    assert len(normal.text) <= len(text)
    for when in singles(normal.text):
        assert normal.text[when.start : when.end] == when.words
        ISSUED.day(when)


def test_the_number_of_an_item_is_no_month() -> None:
    found = singles("1、5月30日启动")
    assert [(when.month, when.day) for when in found] == [(5, 30)]
