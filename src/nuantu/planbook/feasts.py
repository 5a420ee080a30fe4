"""Days and windows that a plan names instead of dating: feasts, lunar days, solar terms, 两节."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from nuantu.planbook import lunar, solar_terms

# feasts of the civil calendar: (month, day)
CIVIL: Final = {"元旦": (1, 1), "劳动节": (5, 1), "国庆节": (10, 1)}
WINDOWS: Final[dict[str, Callable[[int], tuple[date, date]]]] = {
    "两节": lambda year: (date(year, 1, 1), lunar.day_named(year, "春节")),
}


def span_named(year: int, name: str) -> tuple[date, date]:
    """First and last day of what a name means in a year; most names mean one day.

    Solar terms and civil feasts belong to the civil year; lunar days to the lunar year, so that
    腊八, 小年 and 除夕 of a year may fall in the next January or February.

    Errors: ValueError when the name is not known or the day does not exist in that year.
    """
    if name in WINDOWS:
        return WINDOWS[name](year)
    day = _day_named(year, name)
    return day, day


def _day_named(year: int, name: str) -> date:
    if name in CIVIL:
        return date(year, *CIVIL[name])
    term = name.removesuffix("节")
    if term in solar_terms.NAMES:
        return solar_terms.day_of(year, term)
    return lunar.day_named(year, name)
