"""Maximum a posteriori effects and empirical-Bayes hyper-parameters of the Gamma-Poisson model.

A place's factor is integrated out, so that the log posterior of the effects is concave and a
damped Newton method finds its only maximum. The variances follow by EM with the curvature at the
maximum (Laplace), the spread of the places of a kind by its own marginal likelihood.
"""

from dataclasses import dataclass

import numpy as np

from nuantu.routing.learning.cells import Cells
from nuantu.routing.learning.effects import START_VARIANCE, Effects, effects_of
from nuantu.routing.learning.gamma import Array, log_gamma
from nuantu.routing.learning.stops import LearnParams

ROUNDS = 30
NEWTON_STEPS = 60
TOLERANCE = 1e-7
CHANGE = 3e-3
LOG_SHAPES = np.linspace(np.log(0.05), np.log(50), 60)
# One place tells little about the spread of its kind: the log shape is near that of all kinds.
SHAPE_LOG_SD, POOLED_LOG_SD = 0.5, 1.0
LARGEST_DISPERSION = 10.0


@dataclass(frozen=True, slots=True)
class Fit:
    """Effects with their covariance; `shape` of the places of each kind; `dispersion` >= 1."""

    effects: Effects
    best: Array
    covariance: Array
    shape: Array
    dispersion: float


@dataclass(frozen=True, slots=True)
class _Data:
    """Places by kind with their visits [place, hour and level] and all finds of the kind."""

    visits: tuple[Array, ...]
    totals: tuple[Array, ...]
    finds: tuple[Array, ...]


def fit(cells: Cells, params: LearnParams) -> Fit:
    """First as if counts were Poisson, then with every stop weighing less by the dispersion."""
    first = _fit(cells, params, 1.0)
    dispersion = _dispersion(cells, first)
    return _fit(cells, params, dispersion) if dispersion > 1.0 else first


def _fit(cells: Cells, params: LearnParams, dispersion: float) -> Fit:
    data = _data(cells, dispersion)
    effects = effects_of(len(cells.kinds), cells.blocks, len(cells.levels))
    overall = params.prior_log_sd**-2
    variances = np.full(len(effects.groups), START_VARIANCE)
    shape = np.ones(len(cells.kinds))
    best = np.zeros(effects.count)
    best[0] = middle = np.log(params.prior_rate)
    covariance = np.zeros((effects.count, effects.count))
    for _round in range(ROUNDS):
        precision = effects.precision(variances, overall)
        best, covariance = _newton(data, effects, shape, best, (precision, float(middle)))
        after = np.array([group.variance(best, covariance) for group in effects.groups])
        spread = _shapes(data, effects, best)
        change = np.abs(np.log(after / variances)).max() + np.abs(np.log(spread / shape)).max()
        variances, shape = after, spread
        if change < CHANGE:
            break
    precision = effects.precision(variances, overall)
    best, covariance = _newton(data, effects, shape, best, (precision, float(middle)))
    return Fit(effects, best, covariance, shape, dispersion)


def _data(cells: Cells, dispersion: float) -> _Data:
    size = cells.blocks * len(cells.levels)
    visits = cells.visits.reshape(-1, size) / dispersion
    finds = cells.finds.reshape(-1, size) / dispersion
    of = np.array(cells.kind_of, dtype=np.intp)
    each = [np.flatnonzero(of == kind) for kind in range(len(cells.kinds))]
    return _Data(
        tuple(visits[rows] for rows in each),
        tuple(finds[rows].sum(axis=1) for rows in each),
        tuple(finds[rows].sum(axis=0) for rows in each),
    )


def _newton(
    data: _Data, effects: Effects, shape: Array, start: Array, prior: tuple[Array, float]
) -> tuple[Array, Array]:
    """The maximum and the inverse curvature there. `prior`: precision, mean of the first effect."""
    at, (precision, middle) = start, prior
    centre = np.zeros_like(at)
    centre[0] = middle
    value, slope, curve = _log_posterior(data, effects, shape, at)
    covariance = inverse(curve + precision)
    for _step in range(NEWTON_STEPS):
        slope = slope - precision @ (at - centre)
        total = value - 0.5 * (at - centre) @ precision @ (at - centre)
        direction = covariance @ slope
        gain = float(slope @ direction)
        if gain < TOLERANCE:
            break
        length = 1.0
        while length > 1e-6:
            there = at + length * direction
            value, slope, curve = _log_posterior(data, effects, shape, there)
            after = value - 0.5 * (there - centre) @ precision @ (there - centre)
            if after >= total + 1e-4 * length * gain:
                break
            length /= 2
        at = there
        covariance = inverse(curve + precision)
    return at, covariance


def inverse(matrix: Array) -> Array:
    """Inverse of a symmetric positive definite matrix by the sweep operator.

    With some hundred rows the threads of LAPACK gain nothing and wait for each other on a busy
    machine: 54 ms a call were measured where this takes 3 to 8.
    """
    found, room = matrix.copy(), np.empty_like(matrix)
    for row in range(len(found)):
        pivot = found[row, row]
        line = found[row] / pivot
        found -= np.multiply.outer(found[:, row], line, out=room)
        found[row] = line
        found[:, row] = line
        found[row, row] = -1 / pivot
    return np.asarray(-found)


def _log_posterior(
    data: _Data, effects: Effects, shape: Array, at: Array
) -> tuple[float, Array, Array]:
    """Log marginal likelihood, its gradient and negative curvature in the effects."""
    value, slope = 0.0, np.zeros_like(at)
    curve = np.zeros((len(at), len(at)))
    for kind, visits in enumerate(data.visits):
        design = effects.design[kind].reshape(-1, effects.count)
        log_rate = np.clip(design @ at, -40, 40)
        exposure = visits * np.exp(log_rate)
        seen = shape[kind] + data.totals[kind]
        whole = shape[kind] + exposure.sum(axis=1)
        value += float(data.finds[kind] @ log_rate - seen @ np.log(whole))
        expected = (seen / whole) @ exposure
        slope += design.T @ (data.finds[kind] - expected)
        scaled = exposure * (np.sqrt(seen) / whole)[:, None]
        curve += design.T @ (np.diag(expected) - scaled.T @ scaled) @ design
    return value, slope, curve


def _shapes(data: _Data, effects: Effects, at: Array) -> Array:
    """Shape of the gamma distribution of the places of each kind, pooled over the kinds."""
    likelihood = np.zeros((len(data.visits), len(LOG_SHAPES)))
    alpha = np.exp(LOG_SHAPES)
    for kind, visits in enumerate(data.visits):
        design = effects.design[kind].reshape(-1, effects.count)
        exposure = (visits @ np.exp(np.clip(design @ at, -40, 40)))[:, None]
        finds = data.totals[kind][:, None]
        terms = log_gamma(alpha + finds) - log_gamma(alpha) + alpha * np.log(alpha)
        terms = terms - (alpha + finds) * np.log(alpha + exposure)
        likelihood[kind] = terms.sum(axis=0)
    together = likelihood.sum(axis=0) - 0.5 * (LOG_SHAPES / POOLED_LOG_SD) ** 2
    middle = _peak(together)
    own = likelihood - 0.5 * ((LOG_SHAPES - middle) / SHAPE_LOG_SD) ** 2
    return np.exp([_peak(row) for row in own])


def _peak(values: Array) -> float:
    """Where a smooth curve over the log shapes is highest: parabola through three points."""
    top = int(np.clip(np.argmax(values), 1, len(values) - 2))
    left, middle, right = values[top - 1 : top + 2]
    bend = left - 2 * middle + right
    shift = 0.0 if bend >= 0 else 0.5 * (left - right) / bend
    step = LOG_SHAPES[1] - LOG_SHAPES[0]
    return float(LOG_SHAPES[top] + float(np.clip(shift, -1, 1)) * step)


def _dispersion(cells: Cells, poisson: Fit) -> float:
    """Squared residuals over what Poisson counts would leave, at least 1."""
    kind = np.array(cells.kind_of, dtype=np.intp)
    rate = np.exp(poisson.effects.design @ poisson.best)[kind]
    exposure = cells.visits * rate
    shape = poisson.shape[kind]
    whole = shape + exposure.sum(axis=(1, 2))
    factor = (shape + cells.finds.sum(axis=(1, 2))) / whole
    mean = rate * factor[:, None, None]
    squares = cells.squares - 2 * mean * cells.finds + mean**2 * cells.visits
    left = mean * cells.visits * (1 - rate / whole[:, None, None])
    total = float(left.sum())
    found = float(squares.sum()) / total if total > 0 else 1.0
    return float(np.clip(found, 1.0, LARGEST_DISPERSION))
