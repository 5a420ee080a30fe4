"""What fragments of places say of each home, compiled: ratios, their mean over all people, log ratios."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

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
def of_towns(touch: Touch, count: int, ground: Ground, told: Told, out: Weighed) -> float:
    """The ratios of each town that fragments touch; returns how much they change the sum over people. In place of what
    it got stands what its villages start from, and then its two ratios."""
    fragments, total = len(told.mean), 0.0
    for position in range(count):
        town = touch.nodes[position]
        county, many = ground.towns[town, 0], max(ground.towns[town, 1], FEW)
        chance = touch.chance[position]
        unknown = known = 1.0
        for which in range(fragments):
            mean, unlisted = told.mean[which], told.unlisted[which]
            here = out.above[county, which] + told.levels[TOWNS] * chance[which] + told.noise * mean
            under = told.levels[VILLAGES] * chance[fragments + which] / many
            unknown *= (here + UNTOLD * under + unlisted) * told.inverse[which]
            chance[which] = (here + UNLIKE * unlisted) * told.inverse[which]
            known *= chance[which]
        chance[fragments], chance[2 * fragments] = mixed(unknown, told), mixed(known, told)
        total += ground.living[town, 0] * (chance[fragments] - out.plain[county, 0])
        total += ground.living[town, 1] * (chance[2 * fragments] - out.plain[county, 1])
    return total


@kernel
def of_villages(
    touches: tuple[Touch, ...], count: int, ground: Ground, told: Told, out: Weighed
) -> float:
    """The same for each village touched."""
    villages, towns, fragments = touches[VILLAGES], touches[TOWNS], len(told.mean)
    total = 0.0
    for position in range(count):
        row, ratio = out.under[position], 1.0
        if row < 0:
            continue
        for which in range(fragments):
            chance = told.levels[VILLAGES] * villages.chance[position, which]
            ratio *= towns.chance[row, which] + chance * told.inverse[which]
        out.villages[position] = mixed(ratio, told)
        more = out.villages[position] - towns.chance[row, 2 * fragments]
        total += ground.within[villages.nodes[position]] * more
    return total


@inlined
def logged(ratio: float, mean: float, least: float, told: Told) -> float:
    """The log of a ratio, weighed, less by the mean and no less than what is as likely as anybody's home."""
    return max(told.weight * float(np.log(np.float32(ratio))) - mean, least)


@kernel
def enter_counties(mean: float, least: float, ground: Ground, told: Told, out: Weighed) -> None:
    """Log ratios of all towns as if no fragment were of one."""
    for county in range(len(out.plain)):
        ratios, accent = out.plain[county], told.accent[county]
        one = np.float32(logged(ratios[0], mean, least, told) + accent)
        other = np.float32(logged(ratios[1], mean, least, told) + accent)
        out.highest[county] = max(one, other)
        for town in range(ground.starts[county], ground.starts[county + 1]):
            out.towns[town, 0] = one
            out.towns[town, 1] = out.towns[town, 2] = other


@kernel
def enter_touched(
    touches: tuple[Touch, ...],
    mean: float,
    least: float,
    ground: Ground,
    told: Told,
    out: Weighed,
) -> None:
    """Log ratios of the towns and villages touched."""
    towns, fragments = touches[TOWNS], len(told.mean)
    for position in range(out.counts[TOWNS]):
        town, chance = towns.nodes[position], towns.chance[position]
        county, here = ground.towns[town, 0], out.towns[town]
        here[0] = logged(chance[fragments], mean, least, told) + told.accent[county]
        here[1] = logged(chance[2 * fragments], mean, least, told) + told.accent[county]
        here[2] = here[1]
        out.highest[county] = max(out.highest[county], max(here[0], here[1]))
    for position in range(out.counts[VILLAGES]):
        row = out.under[position]
        if row < 0:
            out.villages[position] = 0.0
            continue
        town = towns.nodes[row]
        county = ground.towns[town, 0]
        value = logged(out.villages[position], mean, least, told) + told.accent[county]
        out.villages[position] = value
        if value > out.towns[town, 2]:
            out.towns[town, 2] = value
            out.highest[county] = max(out.highest[county], out.towns[town, 2])


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
    total += of_towns(touches[TOWNS], out.counts[TOWNS], ground, told, out)
    total += of_villages(touches, out.counts[VILLAGES], ground, told, out)
    mean, least = 0.0, -np.inf
    if len(told.mean) > 1:
        mean = told.weight * np.log(max(total / ground.everybody, LITTLE))
        least = told.weight * np.log(max(told.away, LITTLE))
    enter_counties(mean, least, ground, told, out)
    enter_touched(touches, mean, least, ground, told, out)
