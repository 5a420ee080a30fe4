"""The innermost loops over places, compiled: from names that fragments may be to log ratios of towns and villages."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.kernel_names import Likely
from nuantu.routing.search.compiled import entry, inlined, kernel

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Table = NDArray[np.float32]


class Bearers(NamedTuple):
    """The nodes of one level by name: where those of each name start, the nodes, the region of each of these."""

    starts: Ints
    nodes: Ints
    region: NDArray[np.int8]


class Touch(NamedTuple):
    """The nodes of one level that fragments touch. `slot`: the row of each node, -1 for none.

    `chance`: P(fragment | node), shape (room, fragments).
    """

    slot: Ints
    nodes: Ints
    chance: Floats


class Told(NamedTuple):
    """What is told of each fragment: P(fragment), as a name nobody listed; and how places are mixed.

    `weight`: of places in the score; `away`: chance that all fragments are of another place.
    """

    mean: Floats
    unlisted: Floats
    levels: Floats
    noise: float
    weight: float
    away: float


class Towns(NamedTuple):
    """Where the towns of each county start, the county of each, how many villages it has, the accent
    of each county as a log ratio."""

    starts: Ints
    county: Ints
    villages: Floats
    accent: Floats


@kernel
def row_of(node: int, touch: Touch, count: int) -> int:
    """The row of a node, a new one where it has none; -1 when there is no more room."""
    row = touch.slot[node]
    if row < 0 and count < len(touch.nodes):
        row = touch.slot[node] = count
        touch.nodes[row] = node
        for which in range(touch.chance.shape[1]):
            touch.chance[row, which] = 0.0
    return int(row)


@entry
def spread(
    which: int,
    likely: Likely,
    levels: tuple[Bearers, ...],
    bearing: NDArray[np.uint8],
    touches: tuple[Touch, ...],
    counts: Longs,
) -> None:
    """Adds P(fragment `which` | node) of the nodes that bear a likely name; counts those touched by level.

    `bearing`: a bit for each level that has a node of that name.
    """
    for position in range(len(likely.names)):
        name = likely.names[position]
        for level in range(len(levels)):
            if bearing[name] >> level & 1:
                odds = likely.odds[position]
                counts[level] = touched(
                    which, name, odds, levels[level], touches[level], counts[level]
                )


@inlined
def touched(which: int, name: int, odds: Floats, bearers: Bearers, touch: Touch, count: int) -> int:
    """The same for one name and one level. `odds`: by region."""
    for place in range(bearers.starts[name], bearers.starts[name + 1]):
        row = row_of(bearers.nodes[place], touch, count)
        if row >= 0:
            touch.chance[row, which] += odds[bearers.region[place]]
            count = max(count, row + 1)
    return count


@entry
def lift(
    fragments: int,
    villages: Touch,
    length: int,
    town_of: Ints,
    towns: Touch,
    below: Floats,
    under: Ints,
    count: int,
) -> int:
    """Sums what the villages of a town got into `below`, shape (room, fragments); the row of the town of each
    goes into `under`, -1 where there is no more room."""
    for row in range(count):
        for which in range(fragments):
            below[row, which] = 0.0
    for position in range(length):
        row = under[position] = row_of(town_of[villages.nodes[position]], towns, count)
        if row < 0:
            continue
        if row == count:
            count += 1
            for which in range(fragments):
                below[row, which] = 0.0
        for which in range(fragments):
            below[row, which] += villages.chance[position, which]
    return count


@entry
def enter(
    fragments: int, listed: Touch, length: int, towns: Touch, below: Floats, count: int
) -> int:
    """What the listed villages of a town got goes into `below` where it is more."""
    for position in range(length):
        row = row_of(listed.nodes[position], towns, count)
        if row < 0:
            continue
        if row == count:
            count += 1
            for which in range(fragments):
                below[row, which] = 0.0
        for which in range(fragments):
            below[row, which] = max(below[row, which], listed.chance[position, which])
    return count


@entry
def enter_towns(
    fragments: int,
    listed: Touch,
    length: int,
    share: Floats,
    towns: Touch,
    below: Floats,
    count: int,
) -> int:
    """A county without a town may be any of its towns, each with its share."""
    for position in range(length):
        node = listed.nodes[position]
        row = row_of(node, towns, count)
        if row < 0:
            continue
        if row == count:
            count += 1
            for which in range(fragments):
                below[row, which] = 0.0
        for which in range(fragments):
            towns.chance[row, which] += share[node] * listed.chance[position, which]
    return count


@entry
def rename(
    fragments: int, starts: Ints, others: Ints, share: float, touch: Touch, count: int
) -> int:
    """A county under its old name matches like the one under its new name, times `share`."""
    before = count
    for position in range(before):
        county = touch.nodes[position]
        for place in range(starts[county], starts[county + 1]):
            row = row_of(others[place], touch, count)
            if row < 0:
                continue
            count = max(count, row + 1)
            for which in range(fragments):
                touch.chance[row, which] = max(
                    touch.chance[row, which], share * touch.chance[position, which]
                )
    return count


@entry
def clear(touch: Touch, count: int) -> None:
    """No node is touched any more."""
    for position in range(count):
        touch.slot[touch.nodes[position]] = -1


@kernel
def brought(node: int, which: int, level: int, touch: Touch, told: Told) -> float:
    """What a node of one level brings to a fragment."""
    row = touch.slot[node]
    return float(told.levels[level] * touch.chance[row, which]) if row >= 0 else 0.0


@entry
def of_counties(
    provinces: Touch,
    cities: Touch,
    counties: Touch,
    city_of: Ints,
    province_of: Ints,
    told: Told,
    above: Floats,
) -> None:
    """What province, city and county bring to each fragment, shape (counties, fragments), into `above`."""
    for county in range(len(above)):
        city = city_of[county]
        for which in range(len(told.mean)):
            above[county, which] = (
                brought(province_of[city], which, 0, provinces, told)
                + brought(city, which, 1, cities, told)
                + brought(county, which, 2, counties, told)
            )


@kernel
def logged(ratio: float, told: Told) -> float:
    """The log of a ratio with the chance that every fragment is of another place."""
    mixed = told.away + (1.0 - told.away) * min(max(ratio, 1e-26), 1e26)
    return told.weight * float(np.log(np.float32(mixed)))


@entry
def of_towns(
    above: Floats, towns: Towns, touch: Touch, count: int, below: Floats, told: Told, out: Table
) -> None:
    """The log ratio of each town, shape (2, towns), into `out`: for homes whose village is not known, and
    for homes whose village is known and unlike all fragments."""
    of_plain_towns(above, towns, told, out)
    for position in range(count):
        town = touch.nodes[position]
        county = towns.county[town]
        unknown = known = 1.0
        for which in range(len(told.mean)):
            mean, unlisted = told.mean[which], told.unlisted[which]
            here = (
                above[county, which]
                + told.levels[3] * touch.chance[position, which]
                + told.noise * mean
            )
            under = told.levels[4] * below[position, which] / max(towns.villages[town], 3.0)
            unknown *= (here + 0.6 * under + unlisted) / mean
            known *= (here + 0.3 * unlisted) / mean
        out[0, town] = logged(unknown, told) + towns.accent[county]
        out[1, town] = logged(known, told) + towns.accent[county]


@kernel
def of_plain_towns(above: Floats, towns: Towns, told: Told, out: Table) -> None:
    """As if no fragment were of a town or village."""
    for county in range(len(above)):
        unknown = known = 1.0
        for which in range(len(told.mean)):
            mean, unlisted = told.mean[which], told.unlisted[which]
            here = above[county, which] + told.noise * mean
            unknown *= (here + unlisted) / mean
            known *= (here + 0.3 * unlisted) / mean
        first = logged(unknown, told) + towns.accent[county]
        second = logged(known, told) + towns.accent[county]
        for town in range(towns.starts[county], towns.starts[county + 1]):
            out[0, town] = first
            out[1, town] = second


@entry
def of_villages(
    above: Floats, villages: Touch, under: Ints, of: Towns, towns: Touch, told: Told, out: Floats
) -> None:
    """The same log for each village touched."""
    for position in range(len(out)):
        row = under[position]
        if row < 0:
            out[position] = 0.0
            continue
        county = of.county[towns.nodes[row]]
        ratio = 1.0
        for which in range(len(told.mean)):
            mean = told.mean[which]
            here = (
                above[county, which]
                + told.levels[4] * villages.chance[position, which]
                + told.noise * mean
            )
            here += told.levels[3] * towns.chance[row, which] + 0.3 * told.unlisted[which]
            ratio *= here / mean
        out[position] = logged(ratio, told) + of.accent[county]


@entry
def top_of_towns(values: Floats, under: Ints, towns: Touch, known: Table, most: Table) -> None:
    """The highest log ratio of any home in each town, into `most`."""
    for town in range(len(known)):
        most[town] = known[town]
    for position in range(len(values)):
        if under[position] >= 0:
            town = towns.nodes[under[position]]
            most[town] = max(most[town], np.float32(values[position]))
