"""What all fragments of one home say together: divided by what they say of everybody together, not one by one."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.tree import Level

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Table = NDArray[np.float32]
LITTLE: Final = 1e-9
FAR: Final = 18.0  # nats below the best: all who live there together weigh less than one who lives at the best


@dataclass(frozen=True)
class Living:
    """How many people live where. `county`: of each town; `people`: of each town, without and with a known
    village, shape (towns, 2); `of_village`: of each village."""

    county: Ints
    people: Floats
    of_village: Floats

    @classmethod
    def of(cls, towns: Level, villages: Level) -> "Living":
        """Counted from the levels of a tree."""
        known = villages.name_of >= 0
        people = [
            np.bincount(villages.parent[one], villages.people[one], minlength=len(towns.names))
            for one in (~known, known)
        ]
        return cls(towns.parent, np.stack(people, axis=1).astype(np.float64), villages.people)


@dataclass(frozen=True)
class Ratios:
    """Log ratios of homes in nats, weighed, the accent among them: of towns, shape (towns, 3), the best of each
    county, and of the `nodes` and `towns_of` of villages that fragments touch."""

    towns: Table
    highest: Floats
    villages: Floats
    nodes: Ints
    towns_of: Ints


def divide(living: Living, ratios: Ratios, accent: Floats, place: tuple[float, float]) -> None:
    """Divides ratios of homes by their mean over all people, in place.

    Who names a county and its province has said no more than who names the county, though each alone would be
    rare. `accent`: log ratio by county, part of all; `place`: weight of places, and the chance that all
    fragments are of another home, which is then as likely as anybody's.
    """
    weight, away = place
    here = accent[living.county[ratios.towns_of]]
    best = max(float(ratios.highest.max()), float(ratios.villages.max(initial=-np.inf)))
    town, known = np.nonzero(ratios.towns[:, :2] > best - FAR * weight)
    alike = np.exp((ratios.towns[town, known] - accent[living.county[town]]) / weight)
    total = float((alike * living.people[town, known]).sum())
    alike = np.exp((ratios.villages - here) / weight)
    total += float((alike * living.of_village[ratios.nodes]).sum())
    everybody = max(float(living.people.sum()), 1.0)
    mean, least = (weight * math.log(max(one, LITTLE)) for one in (total / everybody, away))
    floor = accent.astype(np.float32) + np.float32(least)
    _lower(ratios.towns, mean, floor[living.county][:, None])
    _lower(ratios.highest, mean, floor)
    _lower(ratios.villages, mean, here + least)


def _lower(ratios: NDArray[np.floating], by: float, least: NDArray[np.floating]) -> None:
    ratios -= ratios.dtype.type(by)
    np.maximum(ratios, least, out=ratios)
