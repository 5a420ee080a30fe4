"""How many visits a week a cadence promises, and how far apart they should lie."""

import math
from typing import Final

from nuantu.patrols.rules.halves import DAYS, HALVES

WEEKS_OF_MONTH = 4  # the shortest month has 28 days
RHYTHMS: Final = ("per_day", "per_week", "per_month")


def visits_a_week(number: float, unit: str) -> int:
    """Visits of a location in a week: 3 per_week is 3, 1 per_day is 7 (P9-03, P9-05).

    Of a number per month a week owes its share of the shortest month, rounded up. Raises
    ValueError for a unit that is no rhythm.
    """
    per_week = {"per_day": DAYS, "per_week": 1.0, "per_month": 1 / WEEKS_OF_MONTH}.get(unit)
    if per_week is None:
        raise ValueError(f"no rhythm of patrols: {unit}")
    return math.ceil(number * per_week - 1e-9)


def gap_in_halves(visits: int, nights: float) -> int:
    """Halves between two visits of a location.

    `nights` is the gap wished for; it gives way where so many visits would not fit into the week.
    """
    if visits <= 1:
        return 1
    return max(1, min(round(nights * 2), HALVES // visits))
