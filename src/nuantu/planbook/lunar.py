"""Lunar dates and festivals as civil days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from lunar_python import Lunar

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2099

# festival: (lunar month, lunar day); 除夕 is the day before the next lunar year begins
FESTIVALS: Final = {
    "春节": (1, 1),
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
}
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("正 一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬 十一", "腊 十二"),
        start=1,
    )
    for name in names.split()
}
_DIGITS: Final = {digit: number for number, digit in enumerate("一二三四五六七八九", start=1)}
_LUNAR_DAY: Final = re.compile(
    r"^(正|一|二|三|四|五|六|七|八|九|十一|十二|十|冬|腊)月"
    r"(初[一二三四五六七八九十]|二十|三十|[十廿][一二三四五六七八九]|二十[一二三四五六七八九])$"
)


def civil_day(lunar_year: int, month: int, day: int) -> date:
    """The civil day of a lunar date (not a leap month). Covers lunar years 1900 to 2099.

    Errors: ValueError when that lunar month has no such day or the year is outside the table.
    """
    missing = ValueError(f"农历 {lunar_year} 年没有 {month} 月 {day} 日")
    if not FIRST_YEAR <= lunar_year <= LAST_YEAR or not 1 <= month <= 12:
        raise missing
    try:
        solar = Lunar.fromYmd(lunar_year, month, day).getSolar()
    except Exception:  # the library raises bare Exception for a day that does not exist
        raise missing from None
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def new_years_eve(lunar_year: int) -> date:
    """除夕: the last day of the lunar year, whether its twelfth month has 29 or 30 days."""
    return civil_day(lunar_year + 1, 1, 1) - timedelta(days=1)


def day_named(lunar_year: int, name: str) -> date:
    """The civil day of a festival (``春节``) or a lunar day in words (``腊月初八``).

    Errors: ValueError when the name is not known or the day does not exist.
    """
    if name == "除夕":
        return new_years_eve(lunar_year)
    if name in FESTIVALS:
        return civil_day(lunar_year, *FESTIVALS[name])
    match = _LUNAR_DAY.match(name)
    if match is None:
        raise ValueError(f"不认识的日子“{name}”，可写 {'、'.join(FESTIVALS)}、除夕 或 腊月初八")
    return civil_day(lunar_year, _MONTHS[match[1]], _day_number(match[2]))


def _day_number(words: str) -> int:
    if words.startswith("初"):
        return 10 if words == "初十" else _DIGITS[words[1]]
    if words in ("二十", "三十"):
        return {"二十": 20, "三十": 30}[words]
    tens = 10 if words.startswith("十") else 20
    return tens + _DIGITS[words[-1]]
