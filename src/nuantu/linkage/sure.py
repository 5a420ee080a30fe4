"""From the chance that the best record is the person to what is said of each record that is listed."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LISTED: Final = 50  # records by which it is decided, however few are asked for
STEEPEST: Final = 1.5  # times: more would tell apart what is nearly alike
HALVINGS: Final = 20


def shared_out(scores: Floats, everybody: float, chance: float) -> tuple[float, float]:
    """What is said of the best record, and how steeply it falls: one that lies d nats behind gets exp(-steep d) of it.

    `scores`: best first; `everybody`: log of the sum of exp(score) over all records. Where the chance is more than the
    share of the best among all records, shares are made steeper until it is not, as far as that goes: equally
    likely records stay equally likely, and all together get 1 at most.
    """
    behind = scores - scores[0]
    tail = max(float(np.exp(everybody - scores[0]) - np.exp(behind).sum()), 0.0)
    if chance <= _share(behind, tail, 1.0):
        return chance, 1.0
    low, high = 1.0, STEEPEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if _share(behind, tail, middle) < chance else (low, middle)
    return min(chance, _share(behind, tail, high)), high


def _share(behind: Floats, tail: float, steep: float) -> float:
    """Of the best among all. `tail`: what is not listed, none of it less far behind than the last that is."""
    rest = tail * np.exp((steep - 1.0) * behind[-1])
    return float(1.0 / (np.exp(steep * behind).sum() + rest))
