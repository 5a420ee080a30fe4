"""How likely somebody is lost again, with the reasons: points of dated parameters, no black box.

Every reason that counted is in the answer with its points; what nobody knows counts nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

HIGH, MIDDLE, LOW = "high", "middle", "low"
RETURNS, MISSED, LOCKED = "returns", "missed", "locked"
NO_FAMILY, WEAK_FAMILY, NO_CARD, NO_BAND = "no_family", "weak_family", "no_card", "band_refused"
OLD, CHILD = "old", "child"
MOST_COUNTED: Final = 3
SITUATIONS: Final = (
    RETURNS,
    MISSED,
    LOCKED,
    NO_FAMILY,
    WEAK_FAMILY,
    NO_CARD,
    NO_BAND,
    OLD,
    CHILD,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody.

    `returns` is how often help began for him in the months that count, `missed` how many of the last revisits in a
    row did not reach him, `years` his age as far as it is known.
    """

    grounds: tuple[str, ...] = ()
    returns: int = 0
    missed: int = 0
    is_locked: bool = False
    family: str = "unknown"
    card: str = "unknown"
    band: str = "not_asked"
    years: int | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of each ground and each situation, from which sum on a risk is middle or high, and the ages that count."""

    grounds: Mapping[str, int]
    situations: Mapping[str, int]
    middle: int
    high: int
    old_from: int
    child_below: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that counted: its code, its points, and how many of it there were."""

    code: str
    points: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class Judged:
    """The level, the sum of points and the reasons, the heaviest first."""

    level: str
    points: int
    reasons: tuple[Reason, ...]


def judge(known: Known, weights: Weights) -> Judged:
    """Add up what is known; the same always gives the same. Who is locked in is high whatever the sum."""
    found = [Reason(code, weights.grounds.get(code, 0)) for code in dict.fromkeys(known.grounds)]
    for code, count in _counts(known, weights):
        counted = min(count, MOST_COUNTED)
        if counted:
            found.append(Reason(code, weights.situations.get(code, 0) * counted, count))
    reasons = tuple(sorted(found, key=lambda reason: (-reason.points, reason.code)))
    points = sum(reason.points for reason in reasons)
    if points >= weights.high or known.is_locked:
        return Judged(HIGH, points, reasons)
    return Judged(MIDDLE if points >= weights.middle else LOW, points, reasons)


def _counts(known: Known, weights: Weights) -> tuple[tuple[str, int], ...]:
    years = known.years
    return (
        (RETURNS, known.returns),
        (MISSED, known.missed),
        (LOCKED, int(known.is_locked)),
        (NO_FAMILY, int(known.family == "none")),
        (WEAK_FAMILY, int(known.family == "weak")),
        (NO_CARD, int(known.card == "missing")),
        (NO_BAND, int(known.band == "refused")),
        (OLD, int(years is not None and years >= weights.old_from)),
        (CHILD, int(years is not None and years < weights.child_below)),
    )
