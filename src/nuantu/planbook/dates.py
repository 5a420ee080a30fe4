"""Dates as a plan writes them, with the year of the season left open.

A date in a plan file is one of

====================  =============================================================
``2026-12-01``        a fixed day
``Y-12-01``           1 December of the year the season begins; ``Y+1-03-30`` the next
``Y-11-中旬``         a ten-day part of a month: 上旬, 中旬, 下旬; ``Y-12-底`` its last day
``Y+1-春节``          a festival of the lunar year (腊八, 小年 and 除夕 belong to the old year)
``Y-腊月初八``        a lunar day; ``Y+1-正月十五``, ``Y-闰六月初一``
``Y-立冬``            a solar term, ``Y+1-元旦`` a civil feast: of the civil year
``Y+1-两节``          from New Year's Day to the Spring Festival
``Y+1-春节-1d``       some days before or after any of these; here 除夕
``issue``             the day the plan is issued; ``issue+10d`` ten days later
``start-3d``          relative to the first or last day of the operation (``end+10d``)
``待定``, ``Y-12-xx``  not decided: the plan stays a draft (X39)
====================  =============================================================
"""

from __future__ import annotations

import calendar as month_lengths
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from nuantu.planbook import feasts

Precision = Literal["day", "dekad", "month", "span"]

_PLACEHOLDER: Final = re.compile(r"^(待定|未定|tbd|xx)$|x{2}|[×X]{2}|_{2}", re.IGNORECASE)
_RELATIVE: Final = re.compile(r"^(issue|start|end)(?:([+-]\d{1,3})d)?$")
_YEAR: Final = re.compile(r"^(?:(?P<fixed>\d{4})|Y(?P<offset>[+-]\d)?)-(?P<rest>.+)$")
_OFFSET: Final = re.compile(r"^(?P<base>.+?)(?P<days>[+-]\d{1,3})d$")
_MONTH_DAY: Final = re.compile(r"^(\d{1,2})-(\d{1,2})$")
_MONTH_PART: Final = re.compile(r"^(\d{1,2})-(上旬|中旬|下旬|月底|底|末)$")

DATE_PATTERN: Final = (
    r"^(\d{4}|Y([+-]\d)?)-.+$|^(issue|start|end)([+-]\d{1,3}d)?$|^(待定|未定|tbd)$|^.*[xX×_]{2}.*$"
)


class BadDateError(ValueError):
    """The words are no date that a plan may hold; says what to write instead."""


@dataclass(frozen=True, slots=True)
class Bases:
    """What open dates are resolved against. ``start`` and ``end`` are the operation's days."""

    year: int
    issue: date | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last day that a written date can mean."""

    first: date
    last: date
    precision: Precision = "day"


_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]


def day_said(day: date, language: str = "zh") -> str:
    """A day as people read it: 2026年12月1日; 1 Dec 2026."""
    if language.startswith("en"):
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def is_placeholder(text: str) -> bool:
    """Whether the date is left open by its author (待定, 12月xx日)."""
    return bool(_PLACEHOLDER.search(text.strip()))


def validate(text: str) -> str:
    """The text itself when it is a date of a plan.

    Errors: BadDateError, also for a day that exists in no year.
    """
    text = text.strip()
    if not is_placeholder(text):
        # 2027 and 2028: one ordinary and one leap year, so that 29 February passes in one of them
        errors = []
        for year in (2027, 2028):
            try:
                _span(text, Bases(year, *(date(year, 1, 1),) * 3))
            except BadDateError as error:
                errors.append(error)
        if len(errors) == 2:
            raise errors[0]
    return text


def resolve(text: str, bases: Bases) -> Span | None:
    """The days a written date means; None while it is a placeholder or its base is unknown.

    Errors: BadDateError when the day does not exist in that year.
    """
    text = text.strip()
    return None if is_placeholder(text) else _span(text, bases)


def _span(text: str, bases: Bases) -> Span | None:
    relative = _RELATIVE.match(text)
    if relative:
        base = {"issue": bases.issue, "start": bases.start, "end": bases.end}[relative[1]]
        if base is None:
            return None
        day = base + timedelta(days=int(relative[2] or 0))
        return Span(day, day)
    match = _YEAR.match(text)
    if match is None:
        raise BadDateError(
            f"{text}: 日期要写成 Y-12-01、2026-12-01、Y-11-中旬、Y+1-春节、Y+1-春节-1d、issue+10d 或 待定"
        )
    year = int(match["fixed"]) if match["fixed"] else bases.year + int(match["offset"] or 0)
    rest = match["rest"].strip()
    offset = _OFFSET.match(rest)
    if offset is None:
        return _in_year(year, rest, text)
    span = _in_year(year, offset["base"], text)
    by = timedelta(days=int(offset["days"]))
    return Span(span.first + by, span.last + by, span.precision)


def _in_year(year: int, rest: str, text: str) -> Span:
    month_day = _MONTH_DAY.match(rest)
    if month_day:
        try:
            day = date(year, int(month_day[1]), int(month_day[2]))
        except ValueError:
            raise BadDateError(
                f"{text}: 没有 {int(month_day[1])} 月 {int(month_day[2])} 日这一天"
            ) from None
        return Span(day, day)
    part = _MONTH_PART.match(rest)
    if part:
        return _part_of_month(year, int(part[1]), part[2], text)
    try:
        first, last = feasts.span_named(year, rest)
    except ValueError as error:
        raise BadDateError(f"{text}: {error}") from None
    return Span(first, last, "day" if first == last else "span")


def _part_of_month(year: int, month: int, part: str, text: str) -> Span:
    if not 1 <= month <= 12:
        raise BadDateError(f"{text}: 没有 {month} 月")
    last = month_lengths.monthrange(year, month)[1]
    first_day, last_day = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, last)}.get(
        part, (last, last)
    )
    precision: Precision = "month" if first_day == last_day else "dekad"
    return Span(date(year, month, first_day), date(year, month, last_day), precision)
