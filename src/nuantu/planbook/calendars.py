"""Working days of China: State Council holidays and make-up working days.

The published years come from the ``chinesecalendar`` package and may be extended by
``calendar.yaml`` beside this file (one entry per notice, with its source). For a year without a
notice the statutory days are computed and the answer is marked provisional: nobody can know the
make-up days before the State Council publishes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

import yaml
from chinese_calendar import constants

from nuantu.planbook import lunar
from nuantu.planbook.schema.parts import Part

SATURDAY: Final = 5
QINGMING_BASE: Final = 4.81  # day of April in the 21st century: int(Y*0.2422 + 4.81) - leap days


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked. ``published`` are the years whose State Council notice is known."""

    published: frozenset[int]
    rest_days: Mapping[date, str] = field(default_factory=dict)
    make_up_days: Mapping[date, str] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on this day, make-up working weekends included."""
        if day.year not in self.published:
            return day.weekday() < SATURDAY and day not in statutory_holidays(day.year)
        if day in self.make_up_days:
            return True
        return day.weekday() < SATURDAY and day not in self.rest_days

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether a day between the two lies in a year whose notice is not known yet."""
        return any(year not in self.published for year in range(first.year, last.year + 1))

    def missing_years(self, today: date, last_needed: date) -> tuple[int, ...]:
        """Years from today to the last needed day that have no published notice."""
        years = range(today.year, last_needed.year + 1)
        return tuple(year for year in years if year not in self.published)

    def next_working_day(self, day: date) -> date:
        """This day when it is worked, else the first worked day after it."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day


@cache
def statutory_holidays(year: int) -> Mapping[date, str]:
    """The days off by law, without the shifts of a yearly notice.

    Source: 全国年节及纪念日放假办法, 国务院令第795号 (in force 2025-01-01): 13 days.
    """
    spring = lunar.civil_day(year, 1, 1)
    days = {date(year, 1, 1): "元旦"}
    days |= {spring + timedelta(days=offset): "春节" for offset in range(-1, 3)}
    days[qingming(year)] = "清明节"
    days |= {date(year, 5, day): "劳动节" for day in (1, 2)}
    days[lunar.day_named(year, "端午节")] = "端午节"
    days[lunar.day_named(year, "中秋节")] = "中秋节"
    days |= {date(year, 10, day): "国庆节" for day in (1, 2, 3)}
    return days


def qingming(year: int) -> date:
    """清明 (solar term), valid for 2000 to 2099."""
    short = year % 100
    return date(year, 4, int(short * 0.2422 + QINGMING_BASE) - short // 4)


@cache
def national() -> WorkCalendar:
    """The State Council's calendar as far as it is packaged."""
    rest = {day: str(name) for day, name in constants.holidays.items()}
    work = {day: str(name) for day, name in constants.workdays.items()}
    published = {day.year for day in rest}
    for notice in _own_notices():
        published.add(notice.year)
        rest |= dict.fromkeys(notice.rest, notice.source)
        work |= dict.fromkeys(notice.make_up, notice.source)
    return WorkCalendar(frozenset(published), rest, work)


class Notice(Part):
    """One State Council notice: every day off and every weekend day that is worked."""

    year: int
    source: str
    rest: tuple[date, ...]
    make_up: tuple[date, ...] = ()


def _own_notices() -> list[Notice]:
    text = files("nuantu.planbook").joinpath("calendar.yaml").read_text(encoding="utf-8")
    lines = (yaml.safe_load(text) or {}).get("notices", [])
    return [Notice.model_validate(line) for line in lines]
