"""What confirmed matches teach: shares by counting, weights of the groups by conditional logit, calibration.

Everything learnt is drawn towards where it started, as if `PRIOR` more matches had agreed with that, so
that thirty matches change little and three thousand much.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.asking import PARTS, asking
from nuantu.linkage.columns import SEX, Found
from nuantu.linkage.dialects import kindred
from nuantu.linkage.explain import Record, record_of
from nuantu.linkage.index import Index
from nuantu.linkage.parameters import LEAST_SURE, Calibration, Parameters
from nuantu.linkage.sure import LISTED
from nuantu.linkage.tree import PROVINCES

Floats = NDArray[np.float64]

LEAST: Final = 30  # matches from which anything is learnt
PRIOR: Final = 100.0  # matches that the start counts for
RIVALS: Final = 100  # records beside the true one, from which its weight is learnt
STEPS: Final = 30
ALIKE: Final = 1e-5  # a step of weights that changes nothing
STEADY: Final = 20.0  # how strongly weights are drawn to their start
CLOSED: Final = 0.02  # share of people on the last day, from which a list was closed
ROUNDS: Final = 3  # of learning without labels
FALSE_ALERTS: Final = (
    0.007  # people in no report to whom one may be shown as certain: .01 gave up to .012
)
SUREST: Final = 0.995  # more than this is never asked for


@dataclass(frozen=True, slots=True)
class Match:
    """A found person, the row of his report, and how sure that is."""

    found: Found
    row: int
    share: float = 1.0


def from_matches(
    index: Index, found: Sequence[Found], rids: Sequence[int], start: Parameters | None = None
) -> Parameters:
    """Parameters from people whose report is known; `rids`: -1 for somebody who is in no report.

    Raises ValueError below 30 matches, KeyError for a report that is not in the index.
    """
    present = [one for one, rid in zip(found, rids, strict=True) if rid >= 0 and not one.is_empty]
    truths = [rid for one, rid in zip(found, rids, strict=True) if rid >= 0 and not one.is_empty]
    if len(present) < LEAST:
        message = f"at least {LEAST} confirmed matches are needed, there are {len(present)}"
        raise ValueError(message)
    rows = index.rows_of(truths)
    begun = start or index.parameters
    counted = counted_from(
        index, [Match(one, int(row)) for one, row in zip(present, rows, strict=True)], begun
    )
    weighed = _weighed(index, present, rows, counted)
    absent = [one for one, rid in zip(found, rids, strict=True) if rid < 0 and not one.is_empty]
    return calibrated(index, [*present, *absent], [*truths, *[-1] * len(absent)], weighed)


def closing_day(found: Sequence[Found]) -> int:
    """The day on which a list of found people was closed, -1 for none.

    A list that was closed puts everybody found later on its last day; so many on one day, and on the
    last one, does not happen by chance. To be told to `Parameters.closing_day`.
    """
    days = np.array([one.found_day for one in found if one.found_day >= 0])
    if len(days) < LEAST:
        return -1
    last = int(days.max())
    return last if float((days == last).mean()) >= CLOSED else -1


def without_labels(
    index: Index, found: Sequence[Found], start: Parameters | None = None
) -> Parameters:
    """The shares from people whose report nobody knows: each likely record counts by its posterior (EM).

    Weights and calibration stay: they need matches that somebody confirmed.
    """
    told = [one for one in found if not one.is_empty]
    parameters = start or index.parameters
    for _ in range(ROUNDS):
        matches = [match for one in told for match in _likely(index, one, parameters)]
        parameters = counted_from(index, matches, parameters)
    return parameters


def _likely(index: Index, found: Found, parameters: Parameters) -> Iterator[Match]:
    with asking(index.coded, found, parameters) as question:
        ranking = index.ranked(question, 5)
    for rid, posterior in zip(ranking.rid.tolist(), ranking.posterior.tolist(), strict=True):
        if posterior > 0.01:
            yield Match(found, int(index.rows_of([rid])[0]), posterior)


def counted_from(index: Index, matches: Sequence[Match], start: Parameters) -> Parameters:
    """The shares that can be counted: marks, accents, sex, where and when people are found."""
    seen = [(one, record_of(index, one.row)) for one in matches]
    shares = _shares(seen, start)
    return replace(
        start,
        mark_seen=shares["mark_seen"],
        mark_invented=shares["mark_invented"],
        accent_own=shares["accent_own"],
        accent_near=shares["accent_near"],
        sex_wrong=shares["sex_wrong"],
        relations=_relations(seen, start.relations),
        gaps=_gaps(seen, start),
    )


def _drawn(hits: float, of: float, start: float) -> float:
    """A share, drawn towards its start."""
    return (hits + PRIOR * start) / (of + PRIOR)


def _shares(seen: Sequence[tuple[Match, Record]], start: Parameters) -> dict[str, float]:
    shares: dict[str, list[float]] = {
        "mark_seen": [0.0, 0.0], "mark_invented": [0.0, 0.0], "accent_own": [0.0, 0.0], "accent_near": [0.0, 0.0],
        "sex_wrong": [0.0, 0.0],
    }  # fmt: skip
    for match, record in seen:
        for name, hits, of in _tallies(match.found, record):
            shares[name][0] += match.share * hits
            shares[name][1] += match.share * of
    return {name: _drawn(hits, of, getattr(start, name)) for name, (hits, of) in shares.items()}


def _tallies(found: Found, record: Record) -> Iterator[tuple[str, float, float]]:
    """Which share, how many hits, of how many."""
    has, told = record.marks.bit_count(), found.marks
    yield "mark_seen", (told & record.marks).bit_count(), has
    yield "mark_invented", (told & ~record.marks).bit_count(), 40 - has
    if found.sex and record.sex:
        yield "sex_wrong", float(SEX[found.sex] != record.sex), 1.0
    here = PROVINCES.get(record.home[0][:2], 0)
    if found.accent.isdigit() and here:
        heard = int(found.accent)
        yield "accent_own", float(heard == here), 1.0
        yield "accent_near", float(heard != here and kindred(heard, here)), 1.0


def _relations(
    seen: Sequence[tuple[Match, Record]], start: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    counts = [PRIOR * one for one in start]
    for match, record in seen:
        here, lost = match.found.found_county, record.lost_county
        if here and lost:
            same = (here == lost, here[:4] == lost[:4], here[:2] == lost[:2], True)
            counts[same.index(True)] += match.share
    total = sum(counts)
    return counts[0] / total, counts[1] / total, counts[2] / total, counts[3] / total


def _gaps(seen: Sequence[tuple[Match, Record]], start: Parameters) -> tuple[tuple[int, float], ...]:
    """How long people stay lost (Kaplan and Meier): who was found on the closing day was lost at least as long."""
    told = [
        (one.found.found_day - record.lost_day, one.found.found_day == start.closing_day, one.share)
        for one, record in seen
        if record.lost_day >= 0 and one.found.found_day >= record.lost_day
    ]
    gaps, closed, share = (np.array(column, np.float64) for column in zip(*told, strict=True)) if told else (
        np.zeros(0), np.zeros(0), np.zeros(0),
    )  # fmt: skip
    left, before, found, ends = 1.0, 0, [], 1.0
    for until, usual in start.gaps:
        within = (gaps >= before) & (gaps < until)
        at_risk = float(share[gaps >= before].sum() - share[within & (closed > 0)].sum() / 2)
        hits = float(share[within & (closed == 0)].sum())
        hazard = (hits + PRIOR * usual) / max(at_risk + PRIOR * max(ends, 1e-6), 1e-6)
        part = left * min(hazard, 1.0)
        found.append((until, part))
        left, ends, before = left - part, ends - usual, until
    return tuple(found)


def _weighed(
    index: Index, found: Sequence[Found], rows: NDArray[np.int64], start: Parameters
) -> Parameters:
    """One weight for each group, so that the true record stands out among the likeliest others."""
    plain = replace(start, weights=())
    parts, sizes = [], []
    for one, row in zip(found, rows, strict=True):
        with asking(index.coded, one, plain) as question:
            best = index.rows_of(index.ranked(question, RIVALS).rid.tolist())
            others = best[best != row]
            parts.append(index.parts(question, np.concatenate([[row], others])))
        sizes.append(len(parts[-1]))
    begun = np.array([start.weight(part) for part in PARTS])
    weights = conditional_logit(np.concatenate(parts), np.array(sizes), begun)
    pairs = tuple(
        (part, round(float(weight), 4)) for part, weight in zip(PARTS, weights, strict=True)
    )
    return replace(start, weights=pairs)


def conditional_logit(parts: Floats, sizes: NDArray[np.int64], start: Floats) -> Floats:
    """Weights under which the first row of each group is the likeliest, drawn towards `start` (Newton).

    `parts`: shape (rows, fields), the groups behind each other, of `sizes`. Weights are 0 at least.
    """
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    weights = start.copy()
    for _ in range(STEPS):
        score = parts @ weights
        chance = np.exp(score - np.repeat(np.maximum.reduceat(score, begins), sizes))
        chance /= np.repeat(np.add.reduceat(chance, begins), sizes)
        mean = np.add.reduceat(chance[:, None] * parts, begins)
        slope = (parts[begins] - mean).sum(axis=0) - STEADY * (weights - start)
        curve = (parts * chance[:, None]).T @ parts - mean.T @ mean + STEADY * np.eye(len(weights))
        step = np.clip(np.linalg.solve(curve, slope), -0.3, 0.3)
        weights = np.maximum(weights + step, 0.0)
        if float(np.abs(step).max()) < 1e-4:
            break
    return weights


def calibrated(
    index: Index, found: Sequence[Found], rids: Sequence[int], start: Parameters
) -> Parameters:
    """How sure the best record is, from people of whom it is known; -1 for who is in no report."""
    seen, right = [], []
    for one, rid in zip(found, rids, strict=True):
        with asking(index.coded, one, start) as question:
            ranking = index.ranked(question, LISTED)
        seen.append(ranking.evidence)
        right.append(float(ranking.rid[0] == rid))
    fitted = _fitted(np.array(seen), np.array(right), start.calibration)
    absent = sum(rid < 0 for rid in rids)
    if not absent:
        return replace(start, calibration=fitted)
    chances = np.array([fitted.chance(one) for one in seen])
    return replace(start, calibration=replace(fitted, sure=sure_from(chances, absent)))


def sure_from(chances: Floats, absent: int) -> float:
    """From which chance a record may be shown as nearly certain: to one in a hundred of the absent at most.

    Of who is told a chance, the rest of it is wrong: counted by chances, not by the few who were told so
    wrongly. `absent`: how many of these people are in no report.
    """
    falling = np.sort(chances)[::-1]
    within = int((np.cumsum(1.0 - falling) <= FALSE_ALERTS * absent).sum())
    least = float(falling[within - 1]) if within else SUREST
    return round(float(np.clip(least, LEAST_SURE, SUREST)), 4)


def _fitted(seen: Floats, right: Floats, start: Calibration) -> Calibration:
    """Logistic regression of `right` on the evidence, drawn towards the start (Newton, a step as long as it helps)."""
    design = np.column_stack([np.ones(len(seen)), seen])
    begun = np.array([start.constant, start.ahead, start.above, start.short])
    weights, pull = begun.copy(), STEADY * 0.1

    def loss(tried: Floats) -> float:
        odds = design @ tried
        return float(
            (np.logaddexp(0.0, odds) - right * odds).sum()
            + pull / 2.0 * ((tried - begun) ** 2).sum()
        )

    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-design @ weights))
        slope = design.T @ (right - chance) - pull * (weights - begun)
        curve = (design * (chance * (1.0 - chance))[:, None]).T @ design
        step = np.linalg.solve(curve + pull * np.eye(len(weights)), slope)
        least = loss(weights)
        while loss(weights + step) > least and float(np.abs(step).max()) > ALIKE:
            step /= 2.0
        weights += step
        if float(np.abs(step).max()) < ALIKE:
            break
    constant, ahead, above, short = (round(float(one), 4) for one in weights)
    return replace(start, constant=constant, ahead=ahead, above=above, short=short)
