"""The twenty-four solar terms (节气) as moments and as civil days in China.

A term is the moment at which the sun's apparent longitude reaches a multiple of 15 degrees
(GB/T 33661-2017); its day is the civil day of that moment at UTC+8.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

from lunar_python import Lunar

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
# in the order of the civil year; 小寒 is at 285 degrees, each next one 15 degrees on
_NAMES: Final = (
    "小寒 大寒 立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 "
    "小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至"
)
NAMES: Final = tuple(_NAMES.split())
STANDARD: Final = timezone(timedelta(hours=8))  # without the summer time of 1986 to 1991


def instant(year: int, name: str) -> datetime:
    """The moment of a term in a civil year, in UTC.

    Errors: ValueError for a name that is no term or a year outside 1900 to 2100.
    """
    if name not in NAMES:
        raise ValueError(f"不认识的节气“{name}”")
    return _instants(year)[name].astimezone(UTC)


def day_of(year: int, name: str) -> date:
    """The Chinese civil day of a term in a civil year.

    Errors: ValueError as in `instant`.
    """
    return instant(year, name).astimezone(STANDARD).date()


@lru_cache(maxsize=256)
def of_year(year: int) -> Mapping[date, str]:
    """The twenty-four days of a civil year with their terms."""
    return {day_of(year, name): name for name in NAMES}


@lru_cache(maxsize=256)
def _instants(year: int) -> dict[str, datetime]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"节气只到 {LAST_YEAR} 年")
    table = Lunar.fromYmd(year, 6, 1).getJieQiTable()
    found = {}
    for name in NAMES:
        # the library's table names the year's last term apart from the one a year before
        moment = table["DONG_ZHI" if name == "冬至" else name]
        found[name] = datetime(
            moment.getYear(),
            moment.getMonth(),
            moment.getDay(),
            moment.getHour(),
            moment.getMinute(),
            moment.getSecond(),
            tzinfo=STANDARD,
        )
    return found
