"""A newer year's holidays come as a file, and a file with a slip in it counts for nothing."""

from datetime import date

import pytest
from chinese_calendar import constants

from nuantu.planbook import calendars, notices, statutory
from nuantu.planbook.notices import BadNotice

# invented: the notice for 2027 was not published when this was written
GOOD = """
year: 2027
source: 测试用的放假通知（虚构）
holidays:
  - {name: 元旦, first: 2026-12-31, last: 2027-01-02, make_up: [2027-01-03]}
  - {name: 春节, first: 2027-02-05, last: 2027-02-11, make_up: [2027-01-31, 2027-02-13]}
  - {name: 清明节, first: 2027-04-03, last: 2027-04-05}
  - {name: 劳动节, first: 2027-05-01, last: 2027-05-05, make_up: [2027-05-08]}
  - {name: 端午节, first: 2027-06-09}
  - {name: 中秋节, first: 2027-09-15}
  - {name: 国庆节, first: 2027-10-01, last: 2027-10-07, make_up: [2027-09-26, 2027-10-09]}
"""


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("year: 2027", "year: 2028", "2028"),
        ("source: 测试用的放假通知（虚构）", "source: 无", "source"),
        ("source: 测试用的放假通知（虚构）", "sorce: 测试用的放假通知", "sorce"),
        ("first: 2027-06-09", "first: 2027-06-08", "2027-06-09 是法定节假日"),
        ("first: 2027-06-09", "first: 2027-02-30", "日期不存在"),
        ("first: 2027-06-09", "first: 六月九日", "holidays.4.first"),
        ("last: 2027-10-07", "last: 2027-11-07", "不像一个假期"),
        ("last: 2027-10-07", "last: 2027-09-07", "不像一个假期"),
        ("make_up: [2027-05-08]", "make_up: [2027-05-07]", "不是周末"),
        ("make_up: [2027-05-08]", "make_up: [2027-05-02]", "既放假又上班"),
        ("make_up: [2027-05-08]", "make_up: [2028-05-06]", "不在 2027 年"),
        ("{name: 中秋节, first: 2027-09-15}", "{name: 中秋节, first: 2027-10-01}", "写了两次"),
        ("holidays:", "holidays: [", "不是 YAML"),
    ],
)
def test_a_file_with_a_slip_is_refused_and_says_where(old: str, new: str, word: str) -> None:
    with pytest.raises(BadNotice) as refusal:
        notices.read(GOOD.replace(old, new), 2027)
    assert word in refusal.value.says.zh
    assert refusal.value.says.en


@pytest.mark.parametrize("text", ["", "[]", "放假通知", "year: 2027", "x" * 70_000])
def test_what_is_no_notice_is_refused(text: str) -> None:
    with pytest.raises(BadNotice):
        notices.read(text)


def test_a_new_year_counts_and_leaves_the_others_alone() -> None:
    before = calendars.with_notices(())
    after = calendars.with_notices((notices.read(GOOD, 2027),))
    assert 2027 not in before.published
    assert 2027 in after.published
    assert after.sources[2027] == "测试用的放假通知（虚构）"
    assert not after.is_working_day(date(2026, 12, 31))
    assert before.is_working_day(date(2026, 12, 31))
    assert after.is_working_day(date(2027, 1, 3))
    assert not before.is_working_day(date(2027, 1, 3))
    assert {day for day in after.rest_days if day.year == 2025} == {
        day for day in before.rest_days if day.year == 2025
    }


def test_an_own_file_replaces_what_is_packaged_for_its_year() -> None:
    """A notice may be changed after it was published, as that of 2020 was."""
    changed = calendars.packaged_notices()[-1].model_copy(
        update={"source": "更正", "holidays": calendars.packaged_notices()[-1].holidays[1:]}
    )
    found = calendars.with_notices((changed,))
    assert found.sources[2026] == "更正"
    assert date(2026, 1, 2) not in found.rest_days
    assert date(2026, 1, 4) not in found.make_up_days


def test_a_source_is_asked_at_every_look() -> None:
    lines: list[notices.Notice] = []
    before = list(calendars._sources)
    calendars.add_source(lambda: tuple(lines))
    try:
        assert 2027 not in calendars.national().published
        lines.append(notices.read(GOOD))
        assert 2027 in calendars.national().published
    finally:
        calendars._sources[:] = before


def test_the_packaged_notices_agree_with_the_other_source_and_name_their_own() -> None:
    found = calendars.with_notices(())
    for notice in calendars.packaged_notices():
        assert "国办发明电" in notice.source
        for ours, theirs in (
            (found.rest_days, constants.holidays),
            (found.make_up_days, constants.workdays),
        ):
            assert {day for day in ours if day.year == notice.year} == {
                day for day in theirs if day.year == notice.year
            }
        assert set(statutory.holidays(notice.year)) <= set(found.rest_days)
    assert set(found.sources) == found.published


def test_next_years_notice_is_missed_from_november_on() -> None:
    """It comes in October or November; before that nobody can be blamed for its absence."""
    calendar = calendars.with_notices(())
    last = max(calendar.published)
    assert calendar.overdue_year(date(last, 10, 31)) is None
    assert calendar.overdue_year(date(last, 11, 1)) == last + 1
    assert calendar.overdue_year(date(last + 1, 1, 2)) == last + 1
    assert calendar.overdue_year(date(last - 1, 12, 31)) is None


@pytest.mark.parametrize("year", range(2014, 2027))
def test_the_days_off_by_law_are_off_in_every_published_year(year: int) -> None:
    """令第644号 until 2024, 令第795号 since."""
    off = calendars.with_notices(()).rest_days
    missing = {day for day in statutory.holidays(year) if day not in off and day.weekday() < 5}
    assert not missing
    assert len(statutory.holidays(year)) in ((12, 13) if year >= 2025 else (10, 11))
