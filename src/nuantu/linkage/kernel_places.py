"""The innermost loops over places, compiled: from names that fragments may be to the places they touch."""

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
LEVELS: Final = 5
MIX: Final = np.uint64(0x9E3779B97F4A7C15)  # 2^64 by the golden ratio (Knuth): spreads numbers
HALF, ONE = np.uint64(32), np.uint64(1)


class Bearers(NamedTuple):
    """All nodes by name: where those of each name start; of each node the level, its number, the number of the node
    above it and its region, shape (nodes, 4)."""

    starts: Ints
    nodes: Ints


class Reach(NamedTuple):
    """Room for what one fragment may mean: `towns` in which a village of the list lies, and P(fragment | village);
    `villages` of the tree with the town of each, shape (nodes, 2), and the same."""

    towns: Ints
    odds: Table
    villages: Ints
    chances: Table
    spans: Ints


class Touch(NamedTuple):
    """The nodes of one level that fragments touch. `table`: of villages pairs of node and row, a place by `place_of`,
    row -1 for none; of other levels the row of each node.

    `chance`: P(fragment | node), shape (room, fragments). Of towns there follow the same for the villages below, then
    three ratios and the accent (`kernel_homes.of_town`).
    """

    table: Ints
    nodes: Ints
    chance: Table


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

    `living`: people of each town without and with a known village, `dwelling` the same of each county; `within`: of each
    village; `everybody`: in all.
    """

    province_of: Ints
    city_of: Ints
    towns: Ints
    starts: Ints
    share: Floats
    same_starts: Ints
    same: Ints
    living: Floats
    dwelling: Floats
    within: Floats
    everybody: float


class Weighed(NamedTuple):
    """Log ratios of homes: of towns, for homes whose village is not known, for homes whose village is known and unlike
    all fragments, and the highest, shape (towns, 3); the highest of each county; of the villages touched.

    Then room: the row of the town of each village; what lies above the towns of each city and county, shape (…, fragments);
    ratios of the towns of each county of which no fragment is, shape (counties, 2); how many nodes of each level are touched.
    """

    towns: Table
    highest: Floats
    villages: Table
    under: Ints
    cities: Floats
    above: Floats
    plain: Floats
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


@inlined
def row_at(node: int, touch: Touch, count: int) -> np.int64:
    """The same of a level whose table has a place for each node."""
    if touch.table[node] < 0 and count < len(touch.nodes):
        touch.table[node] = count
        touch.nodes[count] = node
        for which in range(touch.chance.shape[1]):
            touch.chance[count, which] = 0.0
    return np.int64(touch.table[node])


@inlined
def touched(
    which: int, level: int, node: int, chance: float, touches: tuple[Touch, ...], counts: Longs
) -> None:
    """Adds P(fragment `which` | node) of a node of a level whose table has a place for each."""
    row = row_at(node, touches[level], counts[level])
    if row >= 0:
        touches[level].chance[row, which] += chance
        counts[level] = max(counts[level], row + 1)


@kernel
def gather(
    which: int,
    likely: Likely,
    bearers: Bearers,
    reach: Reach,
    touches: tuple[Touch, ...],
    ground: Ground,
    counts: Longs,
) -> tuple[np.uint64, np.uint64]:
    """Notes the listed and the own villages that bear likely names, and returns how many; adds P(fragment `which` | node)
    of all other nodes. A county without a town may be any of its towns, each with its share.

    No step waits for what the one before it reads.
    """
    names, spans, listed, own = likely.names, reach.spans, np.uint64(0), np.uint64(0)
    for position in range(np.uint64(len(names))):
        name = np.uint64(names[position])
        spans[position, 0] = bearers.starts[name]
        spans[position, 1] = bearers.starts[name + ONE]
    for position in range(np.uint64(len(names))):
        for place in range(np.uint64(spans[position, 0]), np.uint64(spans[position, 1])):
            level, node = bearers.nodes[place, 0], bearers.nodes[place, 1]
            chance = likely.odds[position, np.uint64(bearers.nodes[place, 3])]
            if level == LISTED:
                reach.towns[listed] = node
                reach.odds[listed] = chance
                listed += ONE
            elif level == VILLAGES:
                reach.villages[own, 0] = node
                reach.villages[own, 1] = bearers.nodes[place, 2]
                reach.chances[own] = chance
                own += ONE
            elif level == UNNAMED:
                touched(which, TOWNS, node, ground.share[node] * chance, touches, counts)
            else:
                touched(which, level, node, chance, touches, counts)
    return listed, own


@inlined
def in_village(
    which: int, node: int, town: int, chance: float, touches: tuple[Touch, ...], out: Weighed
) -> None:
    """Adds P(fragment | village), to its town too."""
    villages, towns, many = touches[VILLAGES], touches[TOWNS], out.counts[VILLAGES]
    row = row_of(node, villages, many)
    if row == many:
        out.counts[VILLAGES] = many + 1
        out.under[row] = row_at(town, towns, out.counts[TOWNS])
        out.counts[TOWNS] = max(out.counts[TOWNS], out.under[row] + 1)
    if row >= 0:
        villages.chance[row, which] += chance
        if out.under[row] >= 0:
            towns.chance[out.under[row], which + villages.chance.shape[1]] += chance


@kernel
def spread(
    which: int,
    listed: np.uint64,
    own: np.uint64,
    reach: Reach,
    touches: tuple[Touch, ...],
    out: Weighed,
) -> None:
    """Adds P(fragment `which` | village) of the villages noted; counts those touched. A town gets what its villages get,
    too, with those that only a list knows."""
    towns, counts = touches[TOWNS], out.counts
    under = which + touches[VILLAGES].chance.shape[1]
    count = counts[TOWNS]
    for position in range(listed):
        row = row_at(reach.towns[position], towns, count)
        if row >= 0:
            towns.chance[row, under] += reach.odds[position]
            count = max(count, row + 1)
    counts[TOWNS] = count
    for position in range(own):
        node, town = reach.villages[position, 0], reach.villages[position, 1]
        in_village(which, node, town, reach.chances[position], touches, out)


@kernel
def rename(touch: Touch, counts: Longs, ground: Ground, share: float) -> None:
    """A county under its old name matches like the one under its new name, times `share`."""
    count = counts[COUNTIES]
    for position in range(counts[COUNTIES]):
        county = touch.nodes[position]
        for place in range(ground.same_starts[county], ground.same_starts[county + 1]):
            row = row_at(ground.same[place], touch, count)
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
        high = touches[PROVINCES].table[ground.province_of[city]]
        row = touches[CITIES].table[city]
        for which in range(len(told.mean)):
            here = 0.0
            if high >= 0:
                here += told.levels[PROVINCES] * touches[PROVINCES].chance[high, which]
            if row >= 0:
                here += told.levels[CITIES] * touches[CITIES].chance[row, which]
            out.cities[city, which] = here
    counties = touches[COUNTIES]
    for county in range(len(out.above)):
        row = counties.table[county]
        for which in range(len(told.mean)):
            here = out.cities[ground.city_of[county], which]
            if row >= 0:
                here += told.levels[COUNTIES] * counties.chance[row, which]
            out.above[county, which] = here


@kernel
def touch_all(
    likely: Likely,
    begins: Longs,
    bearers: Bearers,
    reach: Reach,
    touches: tuple[Touch, ...],
    ground: Ground,
    told: Told,
    out: Weighed,
) -> None:
    """All nodes that fragments touch, for fragments of which each may be the names from where it begins on."""
    for level in range(LEVELS):
        out.counts[level] = 0
    for which in range(len(told.mean)):
        low, high = begins[which], begins[which + 1]
        some = Likely(likely.names[low:high], likely.odds[low:high])
        listed, own = gather(which, some, bearers, reach, touches, ground, out.counts)
        spread(which, listed, own, reach, touches, out)
    rename(touches[COUNTIES], out.counts, ground, told.renamed)
    of_counties(touches, ground, told, out)


@entry
def looked_up(villages: Ints, table: Ints, values: Table, out: Floats) -> None:
    """The log ratio of each of some villages into `out`, which stays where no fragment touches it."""
    for position in range(len(villages)):
        row = find(villages[position], table)
        if row >= 0:
            out[position] = values[row]
