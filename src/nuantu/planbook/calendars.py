"""Working days of China: State Council holidays and make-up working days.

The notices of the latest years stand in ``calendar.yaml`` beside this file, the years before them
come from the ``chinesecalendar`` package; an installation adds newer ones as files
(``add_source``). For a year without a notice the statutory days are computed and the answer is
marked provisional: nobody can know the make-up days before the State Council publishes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import yaml
from chinese_calendar import constants

from nuantu.planbook import statutory
from nuantu.planbook.notices import Notice

SATURDAY: Final = 5
NOTICE_MONTH: Final = 11  # the notice for the next year has come in October or November
statutory_holidays = statutory.holidays


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked. ``published`` are the years whose State Council notice is known,
    ``sources`` the notice of each of them."""

    published: frozenset[int]
    rest_days: Mapping[date, str] = field(default_factory=dict)
    make_up_days: Mapping[date, str] = field(default_factory=dict)
    sources: Mapping[int, str] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on this day, make-up working weekends included."""
        if day in self.make_up_days:
            return True
        if day in self.rest_days or day.weekday() >= SATURDAY:
            return False
        return day.year in self.published or day not in statutory.holidays(day.year)

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether a day between the two lies in a year whose notice is not known yet."""
        return any(year not in self.published for year in range(first.year, last.year + 1))

    def missing_years(self, today: date, last_needed: date) -> tuple[int, ...]:
        """Years from today to the last needed day that have no published notice."""
        years = range(today.year, last_needed.year + 1)
        return tuple(year for year in years if year not in self.published)

    def overdue_year(self, today: date) -> int | None:
        """The year whose notice should be here by now: this one, from 1 November the next one."""
        expected = (today.year, today.year + 1) if today.month >= NOTICE_MONTH else (today.year,)
        return next((year for year in expected if year not in self.published), None)

    def next_working_day(self, day: date) -> date:
        """This day when it is worked, else the first worked day after it."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day


_sources: list[Callable[[], tuple[Notice, ...]]] = []


def add_source(source: Callable[[], tuple[Notice, ...]]) -> None:
    """Let the notices of an installation count too; ``source`` is asked at every look, so that a
    new file needs no restart. It replaces the one named before."""
    _sources[:] = [source]


def national() -> WorkCalendar:
    """The State Council's calendar: what is packaged, and over it the installation's own files."""
    return with_notices(tuple(notice for source in _sources for notice in source()))


@lru_cache(maxsize=16)
def with_notices(notices: tuple[Notice, ...]) -> WorkCalendar:
    """The packaged calendar with these notices in place of what it says of their years."""
    rest = {day: str(name) for day, name in constants.holidays.items()}
    work = {day: str(name) for day, name in constants.workdays.items()}
    named = "国务院办公厅关于{}年部分节假日安排的通知（chinesecalendar 收录）"
    sources = {year: named.format(year) for year in {day.year for day in rest}}
    for notice in (*packaged_notices(), *notices):
        _forget(notice, rest, work)
        rest |= {day: holiday.name for holiday in notice.holidays for day in holiday.days}
        work |= {day: holiday.name for holiday in notice.holidays for day in holiday.make_up}
        sources[notice.year] = notice.source
    return WorkCalendar(frozenset(sources), rest, work, sources)


def _forget(notice: Notice, rest: dict[date, str], work: dict[date, str]) -> None:
    """A notice says all of its year; days of that year known before are dropped."""
    for known in (rest, work):
        for day in [day for day in known if day.year == notice.year]:
            # a day of December may belong to the notice of the year after
            del known[day]


@cache
def packaged_notices() -> tuple[Notice, ...]:
    """The notices that come with the software, each with its source."""
    text = files("nuantu.planbook").joinpath("calendar.yaml").read_text(encoding="utf-8")
    return tuple(
        Notice.model_validate(line) for line in yaml.load(text, Loader=yaml.CSafeLoader)["notices"]
    )
