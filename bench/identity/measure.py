"""What is measured of an engine's answers: found among the first, probabilities that hold, times."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Row = dict[str, Any]
Answer = list[tuple[int, float, float]]
DRAWS: Final = 1000
BINS: Final = 10
SURE: Final = 0.9


def figures(queries: Sequence[Row], answers: Sequence[Answer]) -> Row:
    """Recall among the first 1, 10 and 50, overall and by level, with 95 % intervals by drawing
    queries anew; calibration where the engine gives probabilities."""
    present = np.array([row["truth"] >= 0 for row in queries])
    places = np.array([_place(row, one) for row, one in zip(queries, answers, strict=True)])
    levels = np.array([row["level"] for row in queries])
    found: Row = {"all": _recall(places[present])}
    for level in sorted(set(levels)):
        found[level] = _recall(places[present & (levels == level)])
    classic = present & np.isin(levels, ("L1", "L2", "L3"))
    found["L1-L3"] = _recall(places[classic])
    found["calibration"] = _calibration(queries, answers)
    return found


def _place(row: Row, answer: Answer) -> int:
    for place, (rid, _, _) in enumerate(answer):
        if rid == row["truth"]:
            return place
    return 10**6


def _recall(places: NDArray[np.int64]) -> Row:
    dice = np.random.default_rng(1)
    found: Row = {"queries": len(places)}
    if not len(places):
        return found
    drawn = places[dice.integers(0, len(places), (DRAWS, len(places)))]
    for first in (1, 10, 50):
        low, high = np.percentile((drawn < first).mean(1), (2.5, 97.5))
        found[f"@{first}"] = [
            round(float((places < first).mean()), 4),
            round(float(low), 4),
            round(float(high), 4),
        ]
    return found


def _calibration(queries: Sequence[Row], answers: Sequence[Answer]) -> Row:
    """Of the best answer's probability: expected error in ten bins, precision where it is at least
    0.9, and how often somebody who is in no report gets such an answer."""
    best = [one[0] if one else (-1, 0.0, 0.0) for one in answers]
    if any(chance < 0 for _, _, chance in best):
        return {}
    chances = np.array([chance for _, _, chance in best])
    right = np.array(
        [rid == row["truth"] >= 0 for (rid, _, _), row in zip(best, queries, strict=True)]
    )
    absent = np.array([row["truth"] < 0 for row in queries])
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    error = sum(
        abs(chances[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean()
        for one in set(bins)
    )
    sure = chances >= SURE
    return {
        "expected error": round(float(error), 4),
        "precision when sure": round(float(right[sure].mean()), 4) if sure.any() else None,
        "sure of those present": round(float(sure[~absent].mean()), 4),
        "alerts on the absent": round(float(sure[absent].mean()), 4) if absent.any() else None,
    }


def times(seconds: Sequence[float]) -> Row:
    """Median and 95th percentile in milliseconds."""
    return (
        {
            name: round(float(np.percentile(seconds, share)) * 1000, 2)
            for name, share in (("p50", 50), ("p95", 95))
        }
        if seconds
        else {}
    )
