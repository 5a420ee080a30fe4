"""Seasons of patrols with a known truth, for backtests: invented places, levels, finds.

Everything follows from the seed. `drift`, `quirk` and `crowding` break what the model assumes:
places that change from year to year, hours of their own at a place, people who come in groups.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from nuantu.routing.learning.gamma import Array
from nuantu.routing.learning.stops import PastStop

KINDS = ("bridge", "station", "square", "atm", "park", "culvert", "hospital", "empty")
LEVELS = ("", "yellow", "orange")
LEVEL_SHARES = (0.7, 0.2, 0.1)
LEVEL_EFFECT = (0.0, 0.25, 0.5)


@dataclass(frozen=True, slots=True)
class SeasonParams:
    """Sizes and truths. Logarithms are natural, `..._sd` standard deviations of log effects."""

    places: int = 300
    nights: int = 90
    stops_per_night: int = 60
    years: int = 1
    blocks: int = 12
    kinds: int = 8
    mean_rate: float = 0.12
    kind_sd: float = 0.5
    hour_sd: float = 0.35
    level_sd: float = 0.3
    shape: float = 0.8
    drift: float = 0.0
    quirk: float = 0.0
    crowding: float = 1.0
    unvisited: float = 0.1


@dataclass(frozen=True, slots=True)
class Seasons:
    """`truth[year]`: expected encounters by [place, hour, level]; `stops[year]`: what was seen."""

    kinds: dict[str, str]
    levels: tuple[str, ...]
    truth: tuple[Array, ...]
    stops: tuple[tuple[PastStop, ...], ...]


def simulate(params: SeasonParams, seed: int) -> Seasons:
    """Draw a truth, then patrols of it. A share of the places is never visited."""
    rng = np.random.default_rng(seed)
    kind = rng.integers(params.kinds, size=params.places)
    names = [f"L{row + 1:04d}" for row in range(params.places)]
    effects = _effects(params, rng)
    factor = rng.gamma(params.shape, 1 / params.shape, params.places)
    factor = np.maximum(factor, 1e-6)
    popularity = rng.gamma(0.7, 1.0, params.places) + 0.02
    popularity[rng.random(params.places) < params.unvisited] = 0.0
    own = rng.normal(0, params.quirk, (params.places, params.blocks, 1))
    own -= params.quirk**2 / 2
    truth, stops = [], []
    for year in range(params.years):
        if year:
            moved = rng.normal(-(params.drift**2) / 2, params.drift, params.places)
            factor = factor * np.exp(moved)
        rates = np.exp(effects[kind] + own) * factor[:, None, None]
        truth.append(rates)
        begin = date(2020 + year, 11, 15)
        stops.append(patrol(rates, names, popularity, params, begin, rng))
    kinds = {name: KINDS[index] for name, index in zip(names, kind, strict=True)}
    return Seasons(kinds, LEVELS, tuple(truth), tuple(stops))


def _effects(params: SeasonParams, rng: np.random.Generator) -> Array:
    """Log rate by [kind, hour, level]: smooth hours, a level that moves kinds apart."""
    shape = (params.kinds, params.blocks)
    walk = np.cumsum(rng.normal(0, params.hour_sd, (1, params.blocks)), axis=1)
    walk = walk + np.cumsum(rng.normal(0, params.hour_sd / 2, shape), axis=1)
    base = rng.normal(np.log(params.mean_rate), params.kind_sd, (params.kinds, 1))
    level = np.array(LEVEL_EFFECT) + rng.normal(0, params.level_sd, (params.kinds, len(LEVELS)))
    level[:, 0] = 0.0
    hours = walk - walk.mean(axis=1, keepdims=True)
    return np.asarray((base + hours)[:, :, None] + level[:, None, :])


def patrol(
    rates: Array,
    names: list[str],
    popularity: Array,
    params: SeasonParams,
    begin: date,
    rng: np.random.Generator,
) -> tuple[PastStop, ...]:
    """A season of stops, no place twice in one night, more often where it is popular."""
    stops: list[PastStop] = []
    count = min(params.stops_per_night, int(np.count_nonzero(popularity)))
    for night in range(params.nights):
        level = int(rng.choice(len(LEVELS), p=LEVEL_SHARES))
        places = rng.choice(len(names), count, replace=False, p=popularity / popularity.sum())
        minutes = rng.triangular(60, 240, params.blocks * 60, count)
        blocks = (minutes // 60).astype(np.intp)
        found = _counts(rates[places, blocks, level], params.crowding, rng)
        stops += [
            PastStop(
                names[place],
                begin + timedelta(days=night),
                float(int(minute)),
                int(count_found),
                LEVELS[level],
            )
            for place, minute, count_found in zip(places, minutes, found, strict=True)
        ]
    return tuple(stops)


def _counts(mean: Array, crowding: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """Counts whose variance is `crowding` times the mean."""
    if crowding <= 1:
        return rng.poisson(mean)
    return rng.poisson(rng.gamma(mean / (crowding - 1), crowding - 1))
