"""Are two tips about the same person? A score with its reasons; a person decides.

The score adds what distance, time, words, marks and number of people say, each between 0 and its
weight; the weights add up to 1. Tips that are too far apart in place or time are no candidates at
all. Without a point on either side words have to carry more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from nuantu.routing import haversine_metres

SUGGEST_FROM = 0.5
_WEIGHTS = {"near": 0.4, "recent": 0.2, "words": 0.25, "flags": 0.1, "people": 0.05}
_PLACE_PAIRS = 4  # fewer are a county or a kind of place, not a place
_NOISE = set(" \n\t,，。.、;；:：!！?？()（）\"'“”的了在有个人一")


class Reason(StrEnum):
    """What speaks for a duplicate; the page turns it into words."""

    NEAR = "near"
    RECENT = "recent"
    WORDS = "words"
    FLAGS = "flags"
    CALLER = "caller"


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one tip says, as far as it helps to compare. `point` is (lat, lon) in WGS-84."""

    received_at: datetime
    place: str
    seen: str = ""
    point: tuple[float, float] | None = None
    flags: frozenset[str] = frozenset()
    person_count: int = 1
    caller: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Beyond these two tips are never proposed (parameters tip.duplicate_radius, tip.duplicate_window)."""

    radius_metres: float
    window_minutes: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two tips are (0 to 1) and why; distance in metres where both have a point."""

    score: float
    reasons: tuple[Reason, ...]
    metres: int | None


UNLIKE = Likeness(0.0, (), None)


def likeness(a: Sighting, b: Sighting, bounds: Bounds) -> Likeness:
    """How much speaks for one person behind two tips; symmetric, 0 outside the bounds."""
    minutes = abs((a.received_at - b.received_at).total_seconds()) / 60
    if minutes > bounds.window_minutes:
        return UNLIKE
    metres = haversine_metres(a.point, b.point) if a.point and b.point else None
    if metres is not None and metres > bounds.radius_metres:
        return UNLIKE
    words = word_likeness(f"{a.place}{a.seen}", f"{b.place}{b.seen}")
    place = word_likeness(a.place, b.place)
    parts = {
        # Without two points the words of the place stand in, but never count as much.
        "near": 1 - metres / bounds.radius_metres / 2
        if metres is not None
        else shared_place(a.place, b.place) * 0.8,
        "recent": 1 - minutes / bounds.window_minutes,
        "words": max(words, place),
        "flags": _overlap(a.flags, b.flags),
        "people": 1.0 if a.person_count == b.person_count else 0.0,
    }
    score = sum(_WEIGHTS[name] * value for name, value in parts.items())
    has_same_caller = bool(a.caller) and a.caller == b.caller
    if has_same_caller:
        score = min(1.0, score + 0.2)
    return Likeness(round(score, 3), _reasons(parts, metres, has_same_caller), _rounded(metres))


def word_likeness(a: str, b: str) -> float:
    """Share of common pairs of characters (Jaccard), 0 to 1; Chinese needs no word borders for it."""
    return _overlap(_pairs(a), _pairs(b))


def shared_place(a: str, b: str) -> float:
    """Share of the shorter name that stands in the longer one, 0 to 1: 桥东头 in 桥东头烟酒店门口."""
    left, right = _pairs(a), _pairs(b)
    common = len(left & right)
    return common / min(len(left), len(right)) if common >= _PLACE_PAIRS else word_likeness(a, b)


def _pairs(text: str) -> frozenset[str]:
    plain = "".join(ch for ch in text.casefold() if ch not in _NOISE)
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1)) or frozenset(plain)


def _overlap(a: Iterable[str], b: Iterable[str]) -> float:
    left, right = frozenset(a), frozenset(b)
    return len(left & right) / len(left | right) if left | right else 0.0


def _reasons(
    parts: dict[str, float], metres: float | None, has_same_caller: bool
) -> tuple[Reason, ...]:
    told = {
        Reason.CALLER: has_same_caller,
        Reason.NEAR: metres is not None,
        Reason.RECENT: parts["recent"] >= 0.5,
        Reason.WORDS: parts["words"] >= 0.2,
        Reason.FLAGS: parts["flags"] > 0,
    }
    return tuple(reason for reason, is_so in told.items() if is_so)


def _rounded(metres: float | None) -> int | None:
    return None if metres is None else round(metres)
