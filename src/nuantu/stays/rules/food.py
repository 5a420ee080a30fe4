"""Food samples: heavy enough, kept long enough, one for every dish of a meal that was served."""

from collections.abc import Iterable
from datetime import datetime, timedelta

TOO_LIGHT, TOO_EARLY, MISSING = "too_light", "too_early", "missing"


def is_too_light(grams: int, least: float) -> bool:
    """Whether a sample weighs less than it must (X21)."""
    return grams < least


def keep_until(put_in_at: datetime, hours: float) -> datetime:
    """The moment from which a sample may be thrown away."""
    return put_in_at + timedelta(hours=hours)


def is_too_early(put_in_at: datetime, at: datetime, hours: float) -> bool:
    """Whether a sample taken out now was not kept long enough."""
    return at < keep_until(put_in_at, hours)


def without_sample(dishes: Iterable[str], sampled: Iterable[str]) -> tuple[str, ...]:
    """Dishes of a meal of which nothing was kept, in the order of the meal."""
    known = set(sampled)
    return tuple(dish for dish in dishes if dish not in known)


def dishes_in(text: str) -> tuple[str, ...]:
    """The dishes somebody typed, one a line or between commas; each once."""
    for mark in "，、,；;\r":
        text = text.replace(mark, "\n")
    return tuple(dict.fromkeys(part.strip() for part in text.split("\n") if part.strip()))
