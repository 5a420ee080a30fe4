"""The days off by law, without the shifts of a yearly notice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Final

from nuantu.planbook import lunar, solar_terms

DECREE_795: Final = 2025  # thirteen days since then; eleven from 2014 (令第644号) to 2024


@cache
def holidays(year: int) -> Mapping[date, str]:
    """The statutory days of a year.

    Source: 全国年节及纪念日放假办法, 国务院令第795号 (in force 2025-01-01): 13 days, 除夕 and
    5月2日 among them; before it 令第644号: 11 days.
    """
    is_new = year >= DECREE_795
    spring = lunar.civil_day(year, 1, 1)
    days = {date(year, 1, 1): "元旦"}
    days |= {spring + timedelta(days=offset): "春节" for offset in range(-1 if is_new else 0, 3)}
    days[solar_terms.day_of(year, "清明")] = "清明节"
    days |= {date(year, 5, day): "劳动节" for day in ((1, 2) if is_new else (1,))}
    days[lunar.day_named(year, "端午节")] = "端午节"
    days[lunar.day_named(year, "中秋节")] = "中秋节"
    days |= {date(year, 10, day): "国庆节" for day in (1, 2, 3)}
    return days
