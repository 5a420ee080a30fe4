"""How often patrols are asked for by what is in force, for the schedule and for what is owed alike."""

import math
from dataclasses import replace
from datetime import date
from typing import Final

from nuantu.planbook import vague
from nuantu.planbook.levels import NORMAL
from nuantu.planbook.rulebook import RuleBook
from nuantu.planbook.rules import Ruling

DAYS: Final = 7
MOST: Final = 2 * DAYS  # visits of a place in a week: one by day and one by night
WEEKS_OF_MONTH: Final = 4  # the shortest month has 28 days
RHYTHMS: Final = ("per_day", "per_week", "per_month")
STRONGER: Final = "above_base"


def visits_a_week(number: float, unit: str) -> int:
    """Visits of a location in a week: 3 per_week is 3, 1 per_day is 7 (P9-03, P9-05).

    Of a number per month a week owes its share of the shortest month, rounded up. Raises
    ValueError for a unit that is no rhythm.
    """
    per_week = {"per_day": DAYS, "per_week": 1.0, "per_month": 1 / WEEKS_OF_MONTH}.get(unit)
    if per_week is None:
        raise ValueError(f"no rhythm of patrols: {unit}")
    return math.ceil(number * per_week - 1e-9)


def cadence_of(book: RuleBook, level: str, place_class: str = "") -> Ruling | None:
    """The cadence in force: the strictest figure of own and parent plan (X03); on a raised level above
    that of the normal one where a plan asks for stronger patrols (S1-07). None without a figure."""
    ruling = book.find("patrol.cadence", level=level, place_class=place_class)
    if ruling is None or not _is_figure(ruling):
        return None
    base = book.find("patrol.cadence", level=NORMAL.code, place_class=place_class)
    if base is None or not _is_figure(base) or not book.level(level).rank:
        return ruling
    return _above(book, level, base, ruling)


def _is_figure(ruling: Ruling) -> bool:
    return ruling.value is not None and ruling.unit in RHYTHMS


def _above(book: RuleBook, level: str, base: Ruling, ruling: Ruling) -> Ruling:
    """At least `patrol.more` visits a week above the normal level, as far as the week holds them."""
    clauses = vague.said(book, level, STRONGER)
    least = visits_a_week(base.number, base.unit)
    if not clauses or visits_a_week(ruling.number, ruling.unit) > least or least >= MOST:
        return ruling
    more = book.need("patrol.more")
    return replace(
        ruling,
        value=min(least + round(more.number), MOST),
        unit="per_week",
        level=level,
        source=f"{ruling.source}；{clauses[0]}",
        status=more.status,
    )


def asked_on(cadence: Ruling, said: Ruling | None, day: date) -> tuple[int, str]:
    """How many patrols the period of a day asks for, and what that period is.

    `said` is what the plans say themselves. Where that is so many a day, no day is without its patrol
    under a cadence above it either: what is more falls on the first days of the week.
    """
    if said is None or said.unit != "per_day" or cadence.unit != "per_week":
        return int(cadence.number), cadence.unit
    each, more = divmod(int(cadence.number), DAYS)
    return each + (day.weekday() < more), "per_day"
