"""What all fragments of one home say together: divided by what they say of everybody together, not one by one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage import kernel_joint as kernel
from nuantu.linkage.tree import Level

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Table = NDArray[np.float32]


@dataclass(frozen=True)
class Living:
    """How many people live where. `county`: of each town; `people`: of each town, without and with a known
    village, shape (towns, 2); `of_village`: of each village; `everybody`: in all."""

    county: Ints
    people: Floats
    of_village: Floats
    everybody: float

    @classmethod
    def of(cls, towns: Level, villages: Level) -> "Living":
        """Counted from the levels of a tree."""
        known = villages.name_of >= 0
        people = [
            np.bincount(villages.parent[one], villages.people[one], minlength=len(towns.names))
            for one in (~known, known)
        ]
        of_town = np.ascontiguousarray(np.stack(people, axis=1), np.float64)
        return cls(towns.parent, of_town, villages.people.astype(np.float64), float(of_town.sum()))


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
    kernel.divide(
        (living.county, living.people, living.of_village),
        (ratios.towns, ratios.highest, ratios.villages),
        (ratios.nodes, ratios.towns_of),
        accent,
        (weight, away, max(living.everybody, 1.0)),
    )
