"""Lunar dates as civil days and back, leap months included. Lunar years 1900 to 2099."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from lunar_python import Lunar, LunarYear, Solar

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2099

# festival: (lunar month, lunar day); 除夕 is the day before the next lunar year begins
FESTIVALS: Final = {
    "春节": (1, 1),
    "大年初一": (1, 1),
    "元宵节": (1, 15),
    "元宵": (1, 15),
    "端午节": (5, 5),
    "端午": (5, 5),
    "中秋节": (8, 15),
    "中秋": (8, 15),
    "重阳节": (9, 9),
    "重阳": (9, 9),
    "腊八节": (12, 8),
    "腊八": (12, 8),
    "小年": (12, 23),
    "北方小年": (12, 23),
    "南方小年": (12, 24),
}
EVE: Final = ("除夕", "大年三十", "年三十")
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("正 一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬 十一", "腊 十二"),
        start=1,
    )
    for name in names.split()
}
_MONTH_NAMES: Final = "正二三四五六七八九十冬腊"
_DIGITS: Final = {digit: number for number, digit in enumerate("一二三四五六七八九", start=1)}
_LUNAR_DAY: Final = re.compile(
    r"^(闰)?(正|一|二|三|四|五|六|七|八|九|十一|十二|十|冬|腊)月"
    r"(初[一二三四五六七八九十]|二十|三十|[十廿][一二三四五六七八九]|二十[一二三四五六七八九])$"
)


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the lunar calendar; prints as 腊月初八 or 闰六月初一."""

    year: int
    month: int
    day: int
    is_leap: bool = False

    def __str__(self) -> str:
        leap = "闰" if self.is_leap else ""
        return f"{leap}{_MONTH_NAMES[self.month - 1]}月{_day_words(self.day)}"


@lru_cache(maxsize=4096)
def civil_day(lunar_year: int, month: int, day: int, *, is_leap: bool = False) -> date:
    """The civil day of a lunar date. Covers lunar years 1900 to 2099.

    Errors: ValueError when that lunar month has no such day, the year has no such leap month or
    is outside the table.
    """
    leap = "闰" if is_leap else ""
    missing = ValueError(f"农历 {lunar_year} 年没有{leap} {month} 月 {day} 日")
    if not FIRST_YEAR <= lunar_year <= LAST_YEAR or not 1 <= month <= 12:
        raise missing
    try:
        solar = Lunar.fromYmd(lunar_year, -month if is_leap else month, day).getSolar()
    except Exception:  # the library raises bare Exception for a day that does not exist
        raise missing from None
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


@lru_cache(maxsize=4096)
def lunar_day(day: date) -> LunarDay:
    """The lunar date of a civil day.

    Errors: ValueError when the day lies outside the lunar years 1900 to 2099.
    """
    found = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    year, month = int(found.getYear()), int(found.getMonth())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{day}: 农历只到 {LAST_YEAR} 年")
    return LunarDay(year, abs(month), int(found.getDay()), month < 0)


def leap_month(lunar_year: int) -> int | None:
    """The month that comes twice in a lunar year, None in a year of twelve months."""
    return int(LunarYear.fromYear(lunar_year).getLeapMonth()) or None


def new_years_eve(lunar_year: int) -> date:
    """除夕: the last day of the lunar year, whether its twelfth month has 29 or 30 days.

    Errors: ValueError outside the lunar years 1900 to 2099.
    """
    if lunar_year == LAST_YEAR:
        last = max(day for day in (29, 30) if _exists(lunar_year, 12, day))
        return civil_day(lunar_year, 12, last)
    return civil_day(lunar_year + 1, 1, 1) - timedelta(days=1)


def day_named(lunar_year: int, name: str) -> date:
    """The civil day of a festival (``春节``) or a lunar day in words (``腊月初八``, ``闰六月初一``).

    Errors: ValueError when the name is not known or the day does not exist.
    """
    if name in EVE:
        return new_years_eve(lunar_year)
    if name in FESTIVALS:
        return civil_day(lunar_year, *FESTIVALS[name])
    match = _LUNAR_DAY.match(name)
    if match is None:
        raise ValueError(f"不认识的日子“{name}”，可写 {'、'.join(FESTIVALS)}、除夕 或 腊月初八")
    month, day = _MONTHS[match[2]], _day_number(match[3])
    return civil_day(lunar_year, month, day, is_leap=bool(match[1]))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        civil_day(year, month, day)
    except ValueError:
        return False
    return True


def _day_number(words: str) -> int:
    if words.startswith("初"):
        return 10 if words == "初十" else _DIGITS[words[1]]
    if words in ("二十", "三十"):
        return {"二十": 20, "三十": 30}[words]
    tens = 10 if words.startswith("十") else 20
    return tens + _DIGITS[words[-1]]


def _day_words(number: int) -> str:
    if number in (10, 20, 30):
        return {10: "初十", 20: "二十", 30: "三十"}[number]
    digit = "一二三四五六七八九"[number % 10 - 1]
    return ("初", "十", "廿")[number // 10] + digit
