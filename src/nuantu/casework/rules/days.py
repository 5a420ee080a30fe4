"""Days that are typed: one so far away is a slip, and a promise due then would never remind anybody."""

from datetime import date, timedelta
from typing import Final

FARTHEST: Final = timedelta(days=366)


def is_too_far(day: date, today: date) -> bool:
    """Whether a day for the next step lies more than a year ahead."""
    return day - today > FARTHEST
