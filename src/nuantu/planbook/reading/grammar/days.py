"""From a date as written to a day of the calendar, where the document says enough for it."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal

from nuantu.planbook import lunar
from nuantu.planbook.reading.grammar.whens import When

Side = Literal["start", "end"]
_NEXT: Final = frozenset("明次翌来")
_FIXED: Final = {"元旦": (1, 1), "国庆": (10, 1), "国庆节": (10, 1)}
_LUNAR_NEXT_YEAR: Final = ("元旦", "春节", "元宵", "正月")
_DEKADS: Final = {"上旬": 1, "中旬": 11, "下旬": 21}
_DOUBLE: Final = {"上中旬": (1, 11), "中下旬": (11, 21)}
_WINTER_TURN: Final = 5
_SEASON_BEGINS: Final = 9


@dataclass(frozen=True, slots=True)
class Day:
    """An ISO day or, where the year is not said, month and day."""

    iso: str | None = None
    month_day: str | None = None
    precision: str = "unknown"

    @property
    def is_known(self) -> bool:
        """Whether at least month and day are known."""
        return bool(self.iso or self.month_day)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a document says about its years."""

    issued: date | None = None
    year: int | None = None
    pair: tuple[int, int] | None = None
    anchors: tuple[date, ...] = ()
    is_masked: bool = False
    is_winter: bool = False
    is_spring: bool = False
    _cache: dict[str, int | None] = field(default_factory=dict, compare=False)

    def year_of(self, when: When) -> int | None:
        """The year of a date, its own or the one the document makes certain."""
        if when.year:
            return when.year
        if when.year_word:
            return self._spoken_year(when.year_word)
        if when.is_masked or when.month is None:
            return None
        if self.pair:
            return self.pair[0] if when.month >= _SEASON_BEGINS - 2 else self.pair[1]
        if self.anchors:
            return self._nearest(when.month, when.day or 15)
        if self.year is None:
            return None
        if self.is_spring and when.month >= _SEASON_BEGINS + 2:
            return self.year - 1
        return self.year + (self.is_winter and when.month < _WINTER_TURN)

    def day(self, when: When | None, side: Side = "end") -> Day:
        """The day a date means as the first or the last of a window."""
        if when is None or when.is_impossible:
            return Day()
        if when.month is None:
            return self._in_words(when)
        year = self.year_of(when)
        if year is None and when.kind == "day" and when.day is None:
            return Day()
        number = _day_number(when, side, year or 2025)
        precision = _precision(when)
        month_day = f"{when.month:02d}-{number:02d}"
        if year is None:
            return Day(None, month_day, precision)
        try:
            return Day(date(year, when.month, number).isoformat(), None, precision)
        except ValueError:
            return Day()

    def _in_words(self, when: When) -> Day:
        if when.kind == "issue" and self.issued:
            return Day(self.issued.isoformat(), None, "day")
        if when.kind == "spoken":
            return self._spoken(when.words)
        return self._festival(when.words) if when.kind == "lunar" else Day()

    def _spoken_year(self, word: str) -> int | None:
        now = self.issued.year if self.issued else self.year
        if now is None and self.anchors:
            now = self.anchors[0].year
        if now is None:
            return None
        return now + (word in _NEXT) - (word == "去")

    def _spoken(self, words: str) -> Day:
        if self.issued is None or words in ("近日", "日前"):
            return Day()
        back = 1 if words.startswith("昨") else 0
        return Day((self.issued - timedelta(days=back)).isoformat(), None, "day")

    def _festival(self, words: str) -> Day:
        name = words.removeprefix("农历")
        for tail in ("前夕", "当天", "前后"):
            name = name.removesuffix(tail)
        year = self.year or (self.issued.year if self.issued else None)
        if name in _FIXED and (year is None or self.is_masked):
            month, day = _FIXED[name]
            return Day(None, f"{month:02d}-{day:02d}", "day")
        if year is None or tuple(name) == ():
            return Day()
        if name in _FIXED:
            return Day(date(year, *_FIXED[name]).isoformat(), None, "day")
        lunar_year = year if name.startswith(_LUNAR_NEXT_YEAR) else year - (not self.is_winter)
        try:
            return Day(lunar.day_named(lunar_year, name).isoformat(), None, "day")
        except ValueError:
            return Day()

    def _nearest(self, month: int, number: int) -> int:
        """The year that puts month and day nearest to a date the document gives in full."""

        def distance(year: int) -> int:
            day = date(year, month, min(number, 28))
            return min(abs((day - anchor).days - 30) for anchor in self.anchors)

        years = {anchor.year + shift for anchor in self.anchors for shift in (-1, 0, 1)}
        return min(sorted(years), key=distance)


def anchors_of(whens: Iterable[When]) -> tuple[date, ...]:
    """The dates of a document that carry year and month."""
    return tuple(
        date(when.year, when.month, when.day or 15)
        for when in whens
        if when.year and when.month and not when.is_masked and not when.is_impossible
    )


def _day_number(when: When, side: Side, year: int) -> int:
    last = calendar.monthrange(year, when.month or 12)[1]
    if when.day is not None:
        return when.day
    if when.part in _DEKADS:
        return _DEKADS[when.part]
    if when.part in _DOUBLE:
        return _DOUBLE[when.part][side == "end"]
    if "初" in when.part:
        return 1
    if when.part:
        return last
    return 1 if side == "start" else last


def _precision(when: When) -> str:
    if when.day is not None:
        return "day"
    return "dekad" if when.part else "month"
