"""The clock of a wristband against the moment its fix was told."""

from datetime import datetime, timedelta
from typing import Final

BEIJING: Final = timedelta(hours=8)
NEAR: Final = timedelta(minutes=5)
OLDEST: Final = timedelta(days=7)
RIGHT, AHEAD, BEHIND, FUTURE, OLD = "right", "ahead", "behind", "future", "old"


def judge(at: datetime, told_at: datetime) -> tuple[str, datetime]:
    """What to think of a moment, and the moment that it means.

    Eight hours ahead: the wristband says Beijing time and calls it UTC, and is set right. Eight hours behind may
    as well be a fix that was kept without signal; only a run of them says that the clock is wrong. Any other
    future, and what is older than a week, cannot be used.
    """
    ahead = at - told_at
    if ahead > NEAR:
        return (AHEAD, at - BEIJING) if abs(ahead - BEIJING) <= NEAR else (FUTURE, at)
    if -ahead > OLDEST:
        return OLD, at
    return (BEHIND if abs(ahead + BEIJING) <= NEAR else RIGHT), min(at, told_at)
