"""The mean of what all fragments say of everybody's home, compiled: one pass to add up, one to divide."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from nuantu.routing.search.compiled import entry, kernel

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Table = NDArray[np.float32]
LITTLE: Final = 1e-9
FAR: Final = 18.0  # nats below the best: all who live there together weigh less than one who lives at the best
Living = tuple[Ints, Floats, Floats]
Said = tuple[Table, Floats, Floats]
Touched = tuple[Ints, Ints]
KNOWN: Final = 1  # the column of those whose village is known


@kernel
def nearest(said: Said) -> float:
    """The highest ratio of all."""
    best = -np.inf
    for one in range(len(said[1])):
        best = max(best, said[1][one])
    for one in range(len(said[2])):
        best = max(best, said[2][one])
    return best


@kernel
def of_towns(
    known: int, living: Living, towns: Table, accent: Floats, weight: float, edge: float
) -> float:
    """The sum over people of towns, of those whose village is known or of the others."""
    total, odds = 0.0, 0.0
    before, of = np.float32(np.nan), -1  # towns that nobody named are alike in a county
    for town in range(len(towns)):
        ratio = towns[town, known]
        if ratio > edge:
            if ratio != before or living[0][town] != of:
                before, of = ratio, living[0][town]
                odds = np.exp((ratio - accent[of]) / weight)
            total += living[1][town, known] * odds
    return total


@kernel
def of_villages(
    living: Living, said: Said, touched: Touched, accent: Floats, weight: float, edge: float
) -> float:
    """What people of villages that are named add to the sums of their towns, in which they stand too."""
    total = 0.0
    for row in range(len(touched[0])):
        town, here = touched[1][row], living[2][touched[0][row]]
        base = accent[living[0][town]]
        total += here * np.exp((said[2][row] - base) / weight)
        if said[0][town, KNOWN] > edge:
            total -= here * np.exp((said[0][town, KNOWN] - base) / weight)
    return total


@kernel
def lower(
    county: Ints, said: Said, towns_of: Ints, accent: Floats, mean: float, least: float
) -> None:
    """Each less by the mean, and nowhere less than what is as likely as anybody's home."""
    towns, highest, villages = said
    by, low = np.float32(mean), np.float32(least)
    for town in range(len(towns)):
        floor = np.float32(accent[county[town]]) + low
        for column in range(towns.shape[1]):
            towns[town, column] = max(towns[town, column] - by, floor)
    for one in range(len(highest)):
        highest[one] = max(highest[one] - mean, np.float64(np.float32(accent[one]) + low))
    for row in range(len(villages)):
        villages[row] = max(villages[row] - mean, accent[county[towns_of[row]]] + least)


@entry
def divide(
    living: Living,
    said: Said,
    touched: Touched,
    accent: Floats,
    place: tuple[float, float, float],
) -> None:
    """Divides in place. `living`: county of each town, people of each town without and with a known village, of
    each village; `touched`: villages and their towns; `place`: weight, chance to be elsewhere, people in all."""
    weight, away, everybody = place
    edge = nearest(said) - FAR * weight
    total = of_villages(living, said, touched, accent, weight, edge)
    for known in range(2):
        total += of_towns(known, living, said[0], accent, weight, edge)
    mean = weight * np.log(max(total / everybody, LITTLE))
    lower(living[0], said, touched[1], accent, mean, weight * np.log(max(away, LITTLE)))
