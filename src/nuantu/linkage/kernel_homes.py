"""What fragments of places say of each home, compiled: ratios, their mean over all people, log ratios."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.kernel_logs import log_of
from nuantu.linkage.kernel_names import Likely
from nuantu.linkage.kernel_places import (
    TOWNS,
    VILLAGES,
    Bearers,
    Ground,
    Reach,
    Told,
    Touch,
    Weighed,
    touch_all,
)
from nuantu.routing.search.compiled import entry, inlined, kernel

Longs = NDArray[np.int64]
Floats = NDArray[np.float64]

UNTOLD: Final = 0.6  # how much a village counts of a report that knows only its town
UNLIKE: Final = 0.3  # how much a place nobody listed counts where the village is known
FEW: Final = 3.0  # villages that a town has at least
LITTLE: Final = 1e-9


@inlined
def mixed(ratio: float, told: Told) -> float:
    """A ratio with the chance that every fragment is of another place."""
    return told.away + (1.0 - told.away) * min(max(ratio, 1e-26), 1e26)


@kernel
def plain(above: Floats, told: Told, out: Floats) -> None:
    """The ratios of a town of which no fragment is: its village unknown, and known. `above`: by fragment."""
    unknown = known = 1.0
    for which in range(len(told.mean)):
        mean, unlisted = told.mean[which], told.unlisted[which]
        here = above[which] + told.noise * mean
        unknown *= (here + unlisted) / mean
        known *= (here + UNLIKE * unlisted) / mean
    out[0], out[1] = mixed(unknown, told), mixed(known, told)


@kernel
def of_plain_towns(ground: Ground, told: Told, out: Weighed) -> float:
    """As if no fragment were of a town or village; returns the sum over people. Most counties have nothing to do with
    what is told."""
    none, total = -1, 0.0
    for county in range(len(out.above)):
        nothing = True
        for which in range(len(told.mean)):
            nothing = nothing and out.above[county, which] == 0.0
        if nothing and none >= 0:
            out.plain[county, 0], out.plain[county, 1] = out.plain[none, 0], out.plain[none, 1]
        else:
            plain(out.above[county], told, out.plain[county])
            none = county if nothing else none
        for known in range(2):
            total += ground.dwelling[county, known] * out.plain[county, known]
    return total


@kernel
def of_town(
    town: int, row: np.int64, county: int, towns: Touch, ground: Ground, told: Told, out: Weighed
) -> float:
    """The ratios of a town that fragments touch; returns how much they change the sum over people.

    In place of what it got stands what its villages start from; after these the ratios without and with a known
    village and the best of them, and the accent.
    """
    fragments, chance = len(told.mean), towns.chance[row]
    many = max(float(ground.towns[town, 1]), FEW)
    share = told.levels[VILLAGES] / many
    unknown = known = 1.0
    for which in range(fragments):
        mean, unlisted = told.mean[which], told.unlisted[which]
        here = out.above[county, which] + told.levels[TOWNS] * chance[which] + told.noise * mean
        under = share * chance[fragments + which]
        unknown *= (here + UNTOLD * under + unlisted) * told.inverse[which]
        start = (here + UNLIKE * unlisted) * told.inverse[which]
        chance[which] = start
        known *= start
    unknown, known = mixed(unknown, told), mixed(known, told)
    chance[2 * fragments], chance[2 * fragments + 1] = unknown, known
    chance[2 * fragments + 2], chance[2 * fragments + 3] = known, told.accent[county]
    more = ground.living[town, 0] * (unknown - out.plain[county, 0])
    return float(more + ground.living[town, 1] * (known - out.plain[county, 1]))


@kernel
def of_towns(towns: Touch, ground: Ground, told: Told, out: Weighed) -> float:
    """All of them, in their order."""
    total = 0.0
    for county in range(len(out.plain)):
        for town in range(ground.starts[county], ground.starts[county + 1]):
            row = np.int64(towns.table[town])
            if row >= 0:
                total += of_town(town, row, county, towns, ground, told, out)
    return total


@kernel
def of_villages(
    touches: tuple[Touch, ...], count: int, ground: Ground, told: Told, out: Weighed
) -> float:
    """The same for each village touched."""
    villages, towns, fragments = touches[VILLAGES], touches[TOWNS], len(told.mean)
    total, best = 0.0, 2 * fragments + 2
    for position in range(count):
        row, ratio = out.under[position], 1.0
        out.villages[position] = 1.0
        if row < 0:
            continue
        for which in range(fragments):
            chance = told.levels[VILLAGES] * villages.chance[position, which]
            ratio *= towns.chance[row, which] + chance * told.inverse[which]
        ratio = mixed(ratio, told)
        out.villages[position] = ratio
        towns.chance[row, best] = max(towns.chance[row, best], out.villages[position])
        more = ratio - towns.chance[row, 2 * fragments + 1]
        total += ground.within[villages.nodes[position]] * more
    return total


@inlined
def logged(ratio: float, mean: float, least: float, told: Told) -> float:
    """The log of a ratio, weighed, less by the mean and no less than what is as likely as anybody's home."""
    return max(told.weight * float(log_of(np.float32(ratio))) - mean, least)


@kernel
def enter_towns(
    towns: Touch, mean: float, least: float, ground: Ground, told: Told, out: Weighed
) -> None:
    """Log ratios of all towns, county by county."""
    first = 2 * len(told.mean)
    for county in range(len(out.plain)):
        ratios, accent = out.plain[county], told.accent[county]
        one = np.float32(logged(ratios[0], mean, least, told) + accent)
        other = np.float32(logged(ratios[1], mean, least, told) + accent)
        highest = max(one, other)
        for town in range(ground.starts[county], ground.starts[county + 1]):
            here, row = out.towns[town], towns.table[town]
            if row < 0:
                here[0] = one
                here[1] = here[2] = other
                continue
            for which in range(3):
                ratio = towns.chance[row, first + which]
                here[which] = logged(ratio, mean, least, told) + accent
            highest = max(highest, max(here[0], here[2]))
        out.highest[county] = highest


@kernel
def enter_villages(
    towns: Touch, count: int, mean: float, least: float, told: Told, out: Weighed
) -> None:
    """Log ratios of the villages touched."""
    accent = 2 * len(told.mean) + 3
    for position in range(np.uint64(count)):
        out.villages[position] = logged(out.villages[position], mean, least, told)
    for position in range(np.uint64(count)):
        row = out.under[position]
        out.villages[position] += towns.chance[row, accent] if row >= 0 else np.float32(0.0)


@entry
def weigh(
    likely: Likely,
    begins: Longs,
    bearers: Bearers,
    reach: Reach,
    touches: tuple[Touch, ...],
    ground: Ground,
    told: Told,
    out: Weighed,
) -> None:
    """All homes, for fragments of which each may be the names from where it begins on.

    Several are divided by what they say of everybody together: who names a county and its province has said no more
    than who names the county, though each alone would be rare.
    """
    touch_all(likely, begins, bearers, reach, touches, ground, told, out)
    total = of_plain_towns(ground, told, out)
    total += of_towns(touches[TOWNS], ground, told, out)
    total += of_villages(touches, out.counts[VILLAGES], ground, told, out)
    mean, least = 0.0, -np.inf
    if len(told.mean) > 1:
        mean = told.weight * np.log(max(total / ground.everybody, LITTLE))
        least = told.weight * np.log(max(told.away, LITTLE))
    enter_towns(touches[TOWNS], mean, least, ground, told, out)
    enter_villages(touches[TOWNS], out.counts[VILLAGES], mean, least, told, out)
