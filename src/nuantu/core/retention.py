"""How long image evidence is kept (X13)."""

import calendar
from datetime import date


def keep_until(day: date, months: int) -> date:
    """The same day some months on, the last day of a shorter month."""
    total = day.month - 1 + months
    year, month = day.year + total // 12, total % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
