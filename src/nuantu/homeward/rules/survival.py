"""How long people stay away from the street: the estimate of Kaplan and Meier.

Somebody who has not returned by today is no success for ever: he counts for as long as he was watched.
E. L. Kaplan, P. Meier, J. Am. Stat. Assoc. 53 (1958) 457; the interval is Greenwood's variance on the
scale of log(-log), J. D. Kalbfleisch, R. L. Prentice, The Statistical Analysis of Failure Time Data (1980).
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Z = 1.96  # of a two-sided interval of 95 %


@dataclass(frozen=True, slots=True)
class Spell:
    """One return: whole days until he was met again, or until today where he was not."""

    days: int
    has_returned: bool


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on: how many were still watched, the share not met again, its 95 % interval."""

    day: int
    at_risk: int
    share: float
    low: float
    high: float


def curve(spells: Iterable[Spell]) -> list[Step]:
    """The share not met again, a step for each day on which somebody was; the first step is day 0."""
    told = [Spell(max(one.days, 0), one.has_returned) for one in spells]
    ends, returns = (
        Counter(one.days for one in told),
        Counter(one.days for one in told if one.has_returned),
    )
    at_risk, share, variance = len(told), 1.0, 0.0
    steps = [Step(0, at_risk, 1.0, 1.0, 1.0)]
    for day in sorted(ends):
        met = returns[day]
        if met:
            share *= 1 - met / at_risk
            variance += met / (at_risk * (at_risk - met)) if at_risk > met else 0.0
            steps.append(Step(day, at_risk, share, *_interval(share, variance)))
        at_risk -= ends[day]
    return steps


def _interval(share: float, variance: float) -> tuple[float, float]:
    if share in (0.0, 1.0):
        return share, share
    width = Z * math.sqrt(variance) / abs(math.log(share))
    return share ** math.exp(width), share ** math.exp(-width)


@dataclass(frozen=True, slots=True)
class Within:
    """Until a day: how many were met again, the share by the estimate with its interval, and how many of all
    were watched that long or met before; a share that rests on nobody watched so long is None."""

    day: int
    met: int
    watched: int
    share: float | None
    low: float
    high: float

    @property
    def percent(self) -> int | None:
        """The share in whole percent."""
        return None if self.share is None else round(100 * self.share)


def within(spells: Sequence[Spell], day: int) -> Within:
    """The share that was met again by the end of a day."""
    met = sum(one.has_returned and one.days <= day for one in spells)
    watched = sum(one.days >= day or one.has_returned for one in spells)
    is_told = any(one.days >= day for one in spells) or (met > 0 and met == len(spells))
    step = [one for one in curve(spells) if one.day <= day][-1]
    return Within(
        day, met, watched, 1 - step.share if is_told else None, 1 - step.high, 1 - step.low
    )
