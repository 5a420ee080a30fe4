"""A problem with the rates that past stops teach, and the table that says how sure each is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nuantu.routing.learning import LearnParams, PastStop, RateTable, learn
from nuantu.routing.problem import Problem

SHOWN_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class RateRow:
    """One place and hour: what a visit can expect, within `low` and `high` at 80 %."""

    location: str
    kind: str
    block: int
    visits: float
    mean: float
    low: float
    high: float
    published: float


@dataclass(frozen=True, slots=True)
class Lesson:
    """The problem with new rates, every rate explained, and what was assumed."""

    problem: Problem
    rows: tuple[RateRow, ...]
    level: str
    level_stops: int
    dispersion: float
    shape: dict[str, float]


def blocks_of(problem: Problem) -> int:
    """Hours of the night that any location gives rates for."""
    return max((len(place.rates) for place in problem.locations), default=0)


def usual_level(stops: Sequence[PastStop]) -> str:
    """The level most stops were made under; the first by name where two are equal."""
    counts: dict[str, int] = {}
    for stop in stops:
        counts[stop.level] = counts.get(stop.level, 0) + 1
    return min(counts, key=lambda level: (-counts[level], level), default="")


def learn_rates(
    problem: Problem,
    stops: Sequence[PastStop],
    level: str | None = None,
    params: LearnParams | None = None,
) -> Lesson:
    """Rates for the nights of one level, that of most stops when None.

    Published rates are posterior means mixed with `explore` of a posterior draw. Errors:
    ValueError for a problem without locations or a stop that does not fit it.
    """
    params = params or LearnParams()
    kinds = {place.id: place.kind for place in problem.locations}
    chosen = usual_level(stops) if level is None else level
    learnt = learn(stops, kinds, blocks=blocks_of(problem), params=params, levels=[chosen])
    table = learnt.table(chosen)
    published = table.explored(params.explore, params.seed)
    row = {name: index for index, name in enumerate(table.places)}
    locations = tuple(
        replace(place, rates=tuple(published[row[place.id], : len(place.rates)].tolist()))
        for place in problem.locations
    )
    return Lesson(
        problem=replace(problem, locations=locations),
        rows=_rows(table, kinds, published.tolist()),
        level=chosen,
        level_stops=sum(stop.level == chosen for stop in stops),
        dispersion=table.dispersion,
        shape=dict(zip(learnt.cells.kinds, learnt.fit.shape.tolist(), strict=True)),
    )


def _rows(
    table: RateTable, kinds: dict[str, str], published: list[list[float]]
) -> tuple[RateRow, ...]:
    low, high = table.interval(SHOWN_SHARE)
    return tuple(
        RateRow(
            place,
            kinds[place],
            block,
            float(table.visits[index]),
            float(table.mean[index, block]),
            float(low[index, block]),
            float(high[index, block]),
            published[index][block],
        )
        for index, place in enumerate(table.places)
        for block in range(table.mean.shape[1])
    )
