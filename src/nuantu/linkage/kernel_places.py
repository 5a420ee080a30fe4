"""The innermost loops over places, compiled: from names that fragments may be to log ratios of towns and villages."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.kernel_names import Likely
from nuantu.routing.search.compiled import entry, inlined, kernel

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Table = NDArray[np.float32]

PROVINCES, CITIES, COUNTIES, TOWNS, VILLAGES, LISTED, UNNAMED = range(7)
LEVELS: Final = 7
UNTOLD: Final = 0.6  # how much a village counts of a report that knows only its town
UNLIKE: Final = 0.3  # how much a place nobody listed counts where the village is known
FEW: Final = 3.0  # villages that a town has at least
MIX: Final = np.uint64(0x9E3779B97F4A7C15)  # 2^64 by the golden ratio (Knuth): spreads numbers
HALF, ONE = np.uint64(32), np.uint64(1)
NOBODY: Final = -1e30


class Bearers(NamedTuple):
    """All nodes by name: where those of each name start; of each node the level, its number, the number of the node
    above it and its region, shape (nodes, 4)."""

    starts: Ints
    nodes: Ints


class Reach(NamedTuple):
    """Room for the nodes that one fragment may mean, as in `Bearers`, and P(fragment | node)."""

    nodes: Ints
    odds: Table
    spans: Ints


class Touch(NamedTuple):
    """The nodes of one level that fragments touch. `table`: pairs of node and row, its place by `place_of`, row -1 for none.

    `chance`: P(fragment | node), shape (room, fragments). Of towns there follow the same for the villages below, and
    the accent.
    """

    table: Ints
    nodes: Ints
    chance: Floats


class Told(NamedTuple):
    """What is told of each fragment: P(fragment), as a name nobody listed; and how places are mixed.

    `inverse`: 1 / `mean`; `weight`: of places in the score; `away`: chance that all fragments are of another place; `renamed`: that a
    county under its old name is meant by the new one; `accent`: of each county as a log ratio.
    """

    mean: Floats
    inverse: Floats
    unlisted: Floats
    levels: Floats
    noise: float
    weight: float
    away: float
    renamed: float
    accent: Floats


class Ground(NamedTuple):
    """The tree. `province_of` and `city_of`: of each city and county; `towns`: the county of each and how many villages
    it has; where the towns of each county start; `share`: one in how many towns of its county a nameless one is;
    which counties are one, by county.
    """

    province_of: Ints
    city_of: Ints
    towns: Ints
    starts: Ints
    share: Floats
    same_starts: Ints
    same: Ints


class Weighed(NamedTuple):
    """Log ratios of homes: of towns, for homes whose village is not known, for homes whose village is known and unlike
    all fragments, and the highest, shape (towns, 3); the highest of each county; of the villages touched.

    Then room: the row of the town of each village; what lies above the towns of each city and county, shape (…, fragments);
    how many nodes of each level are touched.
    """

    towns: Table
    highest: Floats
    villages: Floats
    under: Ints
    cities: Floats
    above: Floats
    counts: Longs


@inlined
def place_of(node: int, table: Ints) -> np.uint64:
    """Where a node is looked for first."""
    mask = np.uint64(len(table) // 2 - 1)
    return (np.uint64(node) * MIX >> HALF) & mask


@kernel
def find(node: int, table: Ints) -> int:
    """The row of a node, -1 for none."""
    mask, place = np.uint64(len(table) // 2 - 1), place_of(node, table)
    while table[(place << ONE) + ONE] >= 0 and table[place << ONE] != node:
        place = (place + ONE) & mask
    return int(table[(place << ONE) + ONE])


@inlined
def row_of(node: int, touch: Touch, count: int) -> np.int64:
    """The row of a node, a new one where it has none; -1 when there is no more room."""
    table = touch.table
    mask, place = np.uint64(len(table) // 2 - 1), place_of(node, table)
    while table[(place << ONE) + ONE] >= 0 and table[place << ONE] != node:
        place = (place + ONE) & mask
    if table[(place << ONE) + ONE] < 0 and count < len(touch.nodes):
        table[place << ONE] = node
        table[(place << ONE) + ONE] = count
        touch.nodes[count] = node
        for which in range(touch.chance.shape[1]):
            touch.chance[count, which] = 0.0
    return np.int64(table[(place << ONE) + ONE])


@kernel
def row_for(node: int, touch: Touch, count: int) -> int:
    """The same, where it is asked seldom."""
    return int(row_of(node, touch, count))


@kernel
def gather(likely: Likely, bearers: Bearers, reach: Reach) -> int:
    """The nodes that bear likely names; returns how many. No step waits for what the one before it reads."""
    names, spans, count = likely.names, reach.spans, np.uint64(0)
    for position in range(np.uint64(len(names))):
        name = np.uint64(names[position])
        spans[position, 0] = bearers.starts[name]
        spans[position, 1] = bearers.starts[name + ONE]
    for position in range(np.uint64(len(names))):
        for place in range(np.uint64(spans[position, 0]), np.uint64(spans[position, 1])):
            for part in range(4):
                reach.nodes[count, part] = bearers.nodes[place, part]
            reach.odds[count] = likely.odds[position, np.uint64(bearers.nodes[place, 3])]
            count += ONE
    return int(count)


@kernel
def spread(
    which: int, count: int, reach: Reach, touches: tuple[Touch, ...], counts: Longs, under: Ints
) -> None:
    """Adds P(fragment `which` | node) of nodes; counts those touched by level. Towns get what their villages get, too."""
    villages, towns = touches[VILLAGES], touches[TOWNS]
    many, below, beside = counts[VILLAGES], counts[TOWNS], which + villages.chance.shape[1]
    for position in range(count):
        level, chance = reach.nodes[position, 0], reach.odds[position]
        if level == VILLAGES:
            row = row_of(reach.nodes[position, 1], villages, many)
            if row == many:
                many += 1
                under[row] = row_of(reach.nodes[position, 2], towns, below)
                below = max(below, under[row] + 1)
            if row >= 0:
                villages.chance[row, which] += chance
                if under[row] >= 0:
                    towns.chance[under[row], beside] += chance
        elif level == TOWNS:
            row = row_of(reach.nodes[position, 1], towns, below)
            if row >= 0:
                towns.chance[row, which] += chance
                below = max(below, row + 1)
        else:
            touched(which, level, reach.nodes[position, 1], chance, touches, counts)
    counts[VILLAGES], counts[TOWNS] = many, below


@kernel
def touched(
    which: int, level: int, node: int, chance: float, touches: tuple[Touch, ...], counts: Longs
) -> None:
    """The same for one node of another level."""
    row = row_for(node, touches[level], counts[level])
    if row >= 0:
        touches[level].chance[row, which] += chance
        counts[level] = max(counts[level], row + 1)


@kernel
def enter(touches: tuple[Touch, ...], counts: Longs, ground: Ground) -> None:
    """What a gazetteer knows: what the listed villages of a town got counts where it is more; a county without
    a town may be any of its towns, each with its share."""
    towns, count = touches[TOWNS], counts[TOWNS]
    listed, unnamed = touches[LISTED], touches[UNNAMED]
    fragments = listed.chance.shape[1]
    for position in range(counts[LISTED]):
        row = row_for(listed.nodes[position], towns, count)
        if row < 0:
            continue
        count = max(count, row + 1)
        for which in range(fragments):
            below = towns.chance[row, fragments + which]
            towns.chance[row, fragments + which] = max(below, listed.chance[position, which])
    for position in range(counts[UNNAMED]):
        node = unnamed.nodes[position]
        row = row_for(node, towns, count)
        if row < 0:
            continue
        count = max(count, row + 1)
        for which in range(fragments):
            towns.chance[row, which] += ground.share[node] * unnamed.chance[position, which]
    counts[TOWNS] = count


@kernel
def rename(touch: Touch, counts: Longs, ground: Ground, share: float) -> None:
    """A county under its old name matches like the one under its new name, times `share`."""
    count = counts[COUNTIES]
    for position in range(counts[COUNTIES]):
        county = touch.nodes[position]
        for place in range(ground.same_starts[county], ground.same_starts[county + 1]):
            row = row_for(ground.same[place], touch, count)
            if row < 0:
                continue
            count = max(count, row + 1)
            for which in range(touch.chance.shape[1]):
                touch.chance[row, which] = max(
                    touch.chance[row, which], share * touch.chance[position, which]
                )
    counts[COUNTIES] = count


@kernel
def of_counties(touches: tuple[Touch, ...], ground: Ground, told: Told, out: Weighed) -> None:
    """What province, city and county bring to each fragment."""
    for city in range(len(out.cities)):
        high = find(ground.province_of[city], touches[PROVINCES].table)
        row = find(city, touches[CITIES].table)
        for which in range(len(told.mean)):
            here = 0.0
            if high >= 0:
                here += told.levels[PROVINCES] * touches[PROVINCES].chance[high, which]
            if row >= 0:
                here += told.levels[CITIES] * touches[CITIES].chance[row, which]
            out.cities[city, which] = here
    counties = touches[COUNTIES]
    for county in range(len(out.above)):
        row = find(county, counties.table)
        for which in range(len(told.mean)):
            here = out.cities[ground.city_of[county], which]
            if row >= 0:
                here += told.levels[COUNTIES] * counties.chance[row, which]
            out.above[county, which] = here


@inlined
def logged(ratio: float, told: Told) -> float:
    """The log of a ratio with the chance that every fragment is of another place."""
    mixed = told.away + (1.0 - told.away) * min(max(ratio, 1e-26), 1e26)
    return told.weight * float(np.log(np.float32(mixed)))


@kernel
def plain(above: Floats, told: Told) -> tuple[float, float]:
    """Log ratios of a town of which no fragment is: its village unknown, and known. `above`: by fragment."""
    unknown = known = 1.0
    for which in range(len(told.mean)):
        mean, unlisted = told.mean[which], told.unlisted[which]
        here = above[which] + told.noise * mean
        unknown *= (here + unlisted) / mean
        known *= (here + UNLIKE * unlisted) / mean
    return logged(unknown, told), logged(known, told)


@kernel
def of_plain_towns(ground: Ground, told: Told, out: Weighed) -> None:
    """As if no fragment were of a town or village. Most counties have nothing to do with what is told."""
    none = -1
    unknown = known = 0.0
    for county in range(len(out.above)):
        nothing = True
        for which in range(len(told.mean)):
            nothing = nothing and out.above[county, which] == 0.0
        if nothing and none < 0:
            none = county
            unknown, known = plain(out.above[county], told)
        first, second = (unknown, known) if nothing else plain(out.above[county], told)
        one = np.float32(first + told.accent[county])
        other = np.float32(second + told.accent[county])
        out.highest[county] = max(one, other)
        for town in range(ground.starts[county], ground.starts[county + 1]):
            out.towns[town, 0] = one
            out.towns[town, 1] = out.towns[town, 2] = other


@kernel
def of_towns(touch: Touch, count: int, ground: Ground, told: Told, out: Weighed) -> None:
    """The log ratio of each town that fragments touch. In place of what it got stands what its villages start from."""
    fragments = len(told.mean)
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
        chance[2 * fragments] = told.accent[county]
        here = out.towns[town]
        here[0] = logged(unknown, told) + told.accent[county]
        here[1] = here[2] = logged(known, told) + told.accent[county]
        highest = max(here[0], here[1])
        out.highest[county] = max(out.highest[county], highest)


@kernel
def of_villages(
    touches: tuple[Touch, ...], count: int, ground: Ground, told: Told, out: Weighed
) -> None:
    """The same for each village touched."""
    villages, towns, fragments = touches[VILLAGES], touches[TOWNS], len(told.mean)
    for position in range(count):
        row = out.under[position]
        if row < 0:
            out.villages[position] = 0.0
            continue
        ratio = 1.0
        for which in range(fragments):
            chance = told.levels[VILLAGES] * villages.chance[position, which]
            ratio *= towns.chance[row, which] + chance * told.inverse[which]
        value = logged(ratio, told) + towns.chance[row, 2 * fragments]
        out.villages[position] = value
        town = towns.nodes[row]
        if value > out.towns[town, 2]:
            out.towns[town, 2] = value
            county = ground.towns[town, 0]
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
    """All homes, for fragments of which each may be the names from where it begins on."""
    for level in range(LEVELS):
        out.counts[level] = 0
    for which in range(len(told.mean)):
        low, high = begins[which], begins[which + 1]
        count = gather(Likely(likely.names[low:high], likely.odds[low:high]), bearers, reach)
        spread(which, count, reach, touches, out.counts, out.under)
    rename(touches[COUNTIES], out.counts, ground, told.renamed)
    enter(touches, out.counts, ground)
    of_counties(touches, ground, told, out)
    of_plain_towns(ground, told, out)
    of_towns(touches[TOWNS], out.counts[TOWNS], ground, told, out)
    of_villages(touches, out.counts[VILLAGES], ground, told, out)


@entry
def looked_up(villages: Ints, table: Ints, values: Floats, out: Floats) -> None:
    """The log ratio of each of some villages into `out`, which stays where no fragment touches it."""
    for position in range(len(villages)):
        row = find(villages[position], table)
        if row >= 0:
            out[position] = values[row]
