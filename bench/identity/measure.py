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
PERFECT: Final = 200  # engines whose every word holds
NORMAL: Final = 1.96


def figures(queries: Sequence[Row], answers: Sequence[Answer], alert: float = SURE) -> Row:
    """Recall among the first 1, 10 and 50, overall and by level, with 95 % intervals by drawing
    queries anew; calibration where the engine gives probabilities. `alert`: the probability from which the
    engine shows a report as nearly certain."""
    present = np.array([row["truth"] >= 0 for row in queries])
    places = np.array([_place(row, one) for row, one in zip(queries, answers, strict=True)])
    levels = np.array([row["level"] for row in queries])
    found: Row = {"all": _recall(places[present])}
    for level in sorted(set(levels)):
        found[level] = _recall(places[present & (levels == level)])
    classic = present & np.isin(levels, ("L1", "L2", "L3"))
    found["L1-L3"] = _recall(places[classic])
    found["calibration"] = _calibration(queries, answers, alert)
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


def _calibration(queries: Sequence[Row], answers: Sequence[Answer], alert: float) -> Row:
    """Of the best answer's probability: expected error in ten bins, what an engine whose every word holds
    would show on as many queries, precision where it is at least 0.9, how often somebody who is in no report
    gets such an answer, and how often an alert."""
    best = [one[0] if one else (-1, 0.0, 0.0) for one in answers]
    if any(chance < 0 for _, _, chance in best):
        return {}
    chances = np.array([chance for _, _, chance in best])
    right = np.array(
        [rid == row["truth"] >= 0 for (rid, _, _), row in zip(best, queries, strict=True)]
    )
    absent = np.array([row["truth"] < 0 for row in queries])
    dice = np.random.default_rng(2)
    perfect = [expected_error(chances, dice.random(len(chances)) < chances) for _ in range(PERFECT)]
    sure = chances >= SURE
    return {
        "expected error": round(expected_error(chances, right), 4),
        "perfect engine": [
            round(float(one), 4) for one in (np.mean(perfect), np.percentile(perfect, 97.5))
        ],
        "said, right": [round(float(one.mean()), 4) for one in (chances, right)],
        "precision when sure": _share(right[sure]),
        "sure of those present": round(float(sure[~absent].mean()), 4),
        "0.9 said of the absent": _share(sure[absent]),
        "alert from": round(alert, 4),
        "precision of alerts": _share(right[chances >= alert]),
        "alerts on those present": round(float((chances >= alert)[~absent].mean()), 4),
        "alerts on the absent": _share((chances >= alert)[absent]),
    }


def expected_error(chances: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """By how much said and true shares differ in ten bins, each bin by its number."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    many = np.bincount(bins, chances - right, BINS)
    return float(np.abs(many).sum() / max(len(chances), 1))


def reliability(queries: Sequence[Row], answers: Sequence[Answer]) -> list[Row]:
    """For each tenth of what is said of the best answer: how many, what is said, what is right."""
    best = [one[0] if one else (-1, 0.0, 0.0) for one in answers]
    chances = np.array([max(chance, 0.0) for _, _, chance in best])
    right = np.array(
        [rid == row["truth"] >= 0 for (rid, _, _), row in zip(best, queries, strict=True)]
    )
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    return [
        {
            "from": one / BINS,
            "queries": int((bins == one).sum()),
            "said": round(float(chances[bins == one].mean()), 4),
            "right": round(float(right[bins == one].mean()), 4),
        }
        for one in range(BINS)
        if (bins == one).any()
    ]


def _share(of: NDArray[np.bool_]) -> list[float] | None:
    """A share with its 95 % interval (Wilson), None of nobody."""
    count = len(of)
    if not count:
        return None
    share, spread = float(of.mean()), NORMAL**2 / count
    middle = (share + spread / 2) / (1 + spread)
    half = NORMAL * np.sqrt(share * (1 - share) / count + spread / count / 4) / (1 + spread)
    return [round(share, 4), round(float(middle - half), 4), round(float(middle + half), 4)]


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
