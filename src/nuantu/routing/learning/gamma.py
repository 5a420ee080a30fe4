"""The gamma distribution on arrays: NumPy has its draws but neither its integral nor quantiles.

Series and continued fraction of the incomplete gamma function: Press et al., Numerical Recipes,
section 6.2; above a shape of 200 the cube-root transform of Wilson and Hilferty (1931).
"""

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

LARGE_SHAPE = 200.0
TINY = 1e-300
STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680)


def log_gamma(x: ArrayLike) -> Array:
    """ln Γ(x) for x > 0: recurrence up to 8, then Stirling's series; within 1e-10."""
    value = np.asarray(x, dtype=np.float64)
    steps = np.where(value < 8, np.ceil(8 - value), 0.0)
    shift = np.zeros_like(value)
    for step in range(8):
        shift += np.where(step < steps, np.log(value + step), 0.0)
    high = value + steps
    series = sum(term / high ** (2 * power + 1) for power, term in enumerate(STIRLING))
    stirling = (high - 0.5) * np.log(high) - high + 0.5 * np.log(2 * np.pi) + series
    return np.asarray(stirling - shift)


def gamma_cdf(x: ArrayLike, shape: ArrayLike) -> Array:
    """P(G <= x) for a gamma variable of scale 1; both arguments of one shape and positive."""
    at, a = np.broadcast_arrays(np.asarray(x, np.float64), np.asarray(shape, np.float64))
    at, a = np.atleast_1d(np.maximum(at, TINY), a)
    front = np.exp(np.clip(a * np.log(at) - at - log_gamma(a), -700, 700))
    low = at < a + 1
    found = np.empty_like(front)
    found[low] = front[low] * _series(at[low], a[low])
    found[~low] = 1 - front[~low] * _fraction(at[~low], a[~low])
    shown = np.broadcast_shapes(np.shape(x), np.shape(shape))
    return np.asarray(np.clip(found, 0.0, 1.0).reshape(shown))


def _series(x: Array, a: Array) -> Array:
    term: Array = 1 / a
    total = term.copy()
    for step in range(1, 600):
        term = term * x / (a + step)
        total += term
        if np.all(term < total * 1e-14):
            break
    return total


def _fraction(x: Array, a: Array) -> Array:
    b = x + 1 - a
    c, d = np.full_like(x, 1 / TINY), 1 / b
    total = d.copy()
    for step in range(1, 600):
        an = -step * (step - a)
        b = b + 2
        d = _nonzero(an * d + b)
        c = _nonzero(b + an / c)
        d = 1 / d
        total *= d * c
        if np.all(np.abs(d * c - 1) < 1e-14):
            break
    return total


def _nonzero(value: Array) -> Array:
    return np.where(np.abs(value) < TINY, TINY, value)


def gamma_quantile(probability: ArrayLike, shape: ArrayLike) -> Array:
    """x with P(G <= x) = probability, scale 1. Probabilities strictly between 0 and 1."""
    p, a = np.broadcast_arrays(np.asarray(probability, np.float64), np.asarray(shape, np.float64))
    normal = NormalDist()
    z = np.array([normal.inv_cdf(float(value)) for value in np.unique(p)])[
        np.unique(p, return_inverse=True)[1].reshape(p.shape)
    ]
    cube: Array = 1 - 1 / (9 * a) + z / (3 * np.sqrt(a))
    start: Array = a * np.maximum(cube, 0.01) ** 3
    small = a < LARGE_SHAPE
    found = np.array(start)
    if np.any(small):
        found[small] = _solve(p[small], a[small], np.array(start)[small])
    return found


def _solve(p: Array, a: Array, start: Array) -> Array:
    """Newton in ln x inside a bracket that every step narrows."""
    tail = (np.log(p) + log_gamma(a + 1)) / a
    low = np.minimum(tail, np.log(start)) - 1
    high = np.log(a + 40 * np.sqrt(a) + 40)
    y = np.clip(np.where(a < 1, tail, np.log(start)), low, high)
    for _step in range(60):
        x = np.exp(y)
        error = gamma_cdf(x, a) - p
        low, high = np.where(error < 0, y, low), np.where(error < 0, high, y)
        slope = np.exp(np.clip(a * y - x - log_gamma(a), -700, 700))
        step = y - error / np.maximum(slope, TINY)
        inside = (step > low) & (step < high)
        after = np.where(inside, step, (low + high) / 2)
        if np.all(np.abs(after - y) < 1e-10):
            break
        y = after
    return np.exp(after)


def log_count(found: ArrayLike, mean: ArrayLike, size: ArrayLike) -> Array:
    """Log probability of a count: negative binomial, variance mean + mean² / size."""
    y, m, k = (np.asarray(value, np.float64) for value in (found, mean, size))
    head = log_gamma(y + k) - log_gamma(k) - log_gamma(y + 1)
    return np.asarray(head - k * np.log1p(m / k) + y * (np.log(m) - np.log(k + m)))
