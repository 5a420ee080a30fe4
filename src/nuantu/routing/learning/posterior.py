"""From past stops to what a visit can expect at each place and hour, and how sure that is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from nuantu.routing.learning.cells import Cells, gather
from nuantu.routing.learning.fit import Fit, fit
from nuantu.routing.learning.gamma import Array, gamma_quantile, log_count
from nuantu.routing.learning.stops import LearnParams, PastStop

LARGEST_SHAPE = 1e6


@dataclass(frozen=True, slots=True)
class RateTable:
    """Expected encounters of a visit by [place, hour block]: gamma with `mean` and `shape`.

    `visits` counts what each place has seen, weighted. `dispersion`: variance of a night's count
    over its mean.
    """

    places: tuple[str, ...]
    mean: Array
    shape: Array
    visits: Array
    dispersion: float

    def quantile(self, probability: float) -> Array:
        """The rate is below this with the given probability (between 0 and 1, both excluded)."""
        return gamma_quantile(np.full_like(self.shape, probability), self.shape) * self._scale

    def interval(self, share: float) -> tuple[Array, Array]:
        """Equal-tailed interval that holds the rate with probability `share`."""
        return self.quantile((1 - share) / 2), self.quantile((1 + share) / 2)

    def explored(self, share: float, seed: int) -> Array:
        """Mean and a draw from the posterior, mixed by `share`: Thompson sampling.

        A place has one luck for all its hours. It depends on seed and id alone, so that a new
        place changes no other.
        """
        lucks = [
            np.random.default_rng([seed, crc32(place.encode())]).random() for place in self.places
        ]
        luck = np.clip(np.array(lucks), 1e-9, 1 - 1e-9)[:, None]
        drawn = gamma_quantile(np.broadcast_to(luck, self.shape.shape), self.shape) * self._scale
        return (1 - share) * self.mean + share * drawn

    def log_score(self, row: int, block: int, found: int) -> float:
        """Log probability that a visit meets so many."""
        mean, shape = self.mean[row, block], self.shape[row, block]
        size = 1 / ((self.dispersion - 1) / mean + 1 / shape)
        return float(log_count(found, mean, size))

    @property
    def _scale(self) -> Array:
        return self.mean / self.shape


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the stops have taught; `table` answers for one level."""

    cells: Cells
    fit: Fit

    def table(self, level: str = "") -> RateTable:
        """Rates of one level. Errors: ValueError for a level that `learn` was not told of.

        The factor of a place given the effects is gamma; the effects are Gaussian. Where a place's
        own finds fix its level, an error of the effects cancels: the second term of `slope`.
        """
        if level not in self.cells.levels:
            message = f"level {level} was not learnt"
            raise ValueError(message)
        at = self.cells.levels.index(level)
        kind = np.array(self.cells.kind_of, dtype=np.intp)
        design = self.fit.effects.design
        rates = np.exp(design @ self.fit.best)
        exposure = self.cells.visits / self.fit.dispersion * rates[kind]
        seen = self.fit.shape[kind] + self.cells.finds.sum(axis=(1, 2)) / self.fit.dispersion
        whole = self.fit.shape[kind] + exposure.sum(axis=(1, 2))
        cancel = np.zeros((len(kind), self.fit.effects.count))
        for index in range(len(self.cells.kinds)):
            rows = kind == index
            flat = design[index].reshape(-1, self.fit.effects.count)
            cancel[rows] = exposure[rows].reshape(-1, len(flat)) @ flat / whole[rows, None]
        log_variance = self._log_variance(design[:, :, at], kind, cancel)
        mean = rates[kind, :, at] * (seen / whole)[:, None] * np.exp(log_variance / 2)
        spread = (1 + 1 / seen)[:, None] * np.exp(log_variance) - 1
        shape = np.minimum(1 / spread, LARGEST_SHAPE)
        visits = self.cells.visits.sum(axis=(1, 2))
        return RateTable(self.cells.places, mean, shape, visits, self.fit.dispersion)

    def _log_variance(self, design: Array, kind: np.ndarray, cancel: Array) -> Array:
        """Variance of the log rate that the effects leave, by [place, hour]."""
        spread = design @ self.fit.covariance
        own = np.einsum("khp,khp->kh", spread, design)[kind]
        cross = np.einsum("lhp,lp->lh", spread[kind], cancel)
        back = np.einsum("lp,lp->l", cancel @ self.fit.covariance, cancel)
        return np.asarray(np.maximum(own - 2 * cross + back[:, None], 0.0))


def learn(
    stops: Iterable[PastStop],
    kinds: Mapping[str, str],
    *,
    blocks: int = 12,
    params: LearnParams | None = None,
    levels: Sequence[str] = (),
) -> Learnt:
    """Posterior of the rates of every place in `kinds` (id to kind), visited or not.

    Found = Poisson(factor of the place x exp(effects of kind, hour and level)); the factor is
    gamma with mean 1 around its kind. `levels`: asked for later besides those of the stops.
    Errors: ValueError for a stop at an unknown place, outside the blocks or with finds below 0,
    and for no place at all.
    """
    params = params or LearnParams()
    if not kinds or blocks < 1:
        message = "no location to learn for"
        raise ValueError(message)
    cells = gather(stops, kinds, blocks, params, levels)
    return Learnt(cells, fit(cells, params))
