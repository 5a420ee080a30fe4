"""The innermost loops over place names, compiled: from fragments to log ratios of towns and villages."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nuantu.routing.search.compiled import entry, kernel

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Table = NDArray[np.float32]


class Spellings(NamedTuple):
    """Names in the order of the index, their letters and the syllables of these, shape (names, LONGEST)."""

    names: Ints
    letters: NDArray[np.uint16]
    syllables: NDArray[np.uint16]


class Piece(NamedTuple):
    """A fragment as heard. `heard`: what each syllable said brings, shape (length, regions + 1, syllables).

    `same`: share written as said; `least`: names that are less likely are left.
    """

    letters: NDArray[np.uint16]
    heard: Floats
    same: float
    least: float


class Stretch(NamedTuple):
    """Names `first` to `last` of the index, which have the letters from `shift` on.

    `skipped`: whether each syllable begins a name that was looked at before.
    """

    first: int
    last: int
    shift: int
    weight: float
    skipped: NDArray[np.bool_]


class Likely(NamedTuple):
    """Names that a fragment may be, and P(fragment | name), shape (names, regions + 1)."""

    names: Ints
    odds: Floats


class Bearers(NamedTuple):
    """The nodes of one level by name: where those of each name start, the nodes, the region of each."""

    starts: Ints
    nodes: Ints
    region: Ints


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
def said(letter: int, place: int, region: int, piece: Piece, syllable: int) -> float:
    """P(letter heard | letter said)."""
    part = piece.heard[place, region, syllable]
    if letter == piece.letters[place]:
        part += piece.same
    return float(part + 1e-6)


@kernel
def likelihood(
    position: int, region: int, least: float, spellings: Spellings, piece: Piece, stretch: Stretch
) -> float:
    """P(fragment | name), or something below `least`."""
    total = stretch.weight
    for place in range(len(piece.letters)):
        letter = spellings.letters[position, place + stretch.shift]
        syllable = spellings.syllables[position, place + stretch.shift]
        total *= said(letter, place, region, piece, syllable)
        if total < least:
            break
    return total


@entry
def match_names(
    spellings: Spellings, piece: Piece, stretch: Stretch, likely: Likely, count: int
) -> int:
    """Adds the names of a stretch that the piece may be; returns how many stand there now."""
    regions = piece.heard.shape[1]
    for position in range(stretch.first, stretch.last):
        if stretch.skipped[spellings.syllables[position, 0]]:
            continue
        if likelihood(position, regions - 1, piece.least, spellings, piece, stretch) < piece.least:
            continue
        if count == len(likely.names):
            break
        likely.names[count] = spellings.names[position]
        for region in range(regions):
            likely.odds[count, region] = likelihood(
                position, region, 0.0, spellings, piece, stretch
            )
        count += 1
    return count


@entry
def keep_likely(likely: Likely, count: int, carried: Floats, share: float) -> tuple[float, int]:
    """Moves the names that bring at least `share` of P(fragment) to the front; returns it and how many."""
    mean, kept = 0.0, 0
    last = likely.odds.shape[1] - 1
    for position in range(count):
        mean += likely.odds[position, last] * carried[likely.names[position]]
    for position in range(count):
        most = 0.0
        for region in range(last + 1):
            most = max(most, likely.odds[position, region])
        if most >= share * mean:
            likely.names[kept] = likely.names[position]
            for region in range(last + 1):
                likely.odds[kept, region] = likely.odds[position, region]
            kept += 1
    return mean, kept


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
    which: int, likely: Likely, length: int, bearers: Bearers, touch: Touch, count: int
) -> int:
    """Adds P(fragment `which` | node) of the nodes that bear a likely name; returns how many are touched."""
    for position in range(length):
        name = likely.names[position]
        for place in range(bearers.starts[name], bearers.starts[name + 1]):
            node = bearers.nodes[place]
            row = row_of(node, touch, count)
            if row >= 0:
                touch.chance[row, which] += likely.odds[position, bearers.region[node]]
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
    count: int,
) -> int:
    """Sums what the villages of a town got into `below`, shape (room, fragments)."""
    for row in range(count):
        for which in range(fragments):
            below[row, which] = 0.0
    for position in range(length):
        row = row_of(town_of[villages.nodes[position]], towns, count)
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
    above: Floats, villages: Touch, town_of: Ints, of: Towns, towns: Touch, told: Told, out: Floats
) -> None:
    """The same log for each village touched."""
    for position in range(len(out)):
        town = town_of[villages.nodes[position]]
        county = of.county[town]
        ratio = 1.0
        for which in range(len(told.mean)):
            mean = told.mean[which]
            here = (
                above[county, which]
                + told.levels[4] * villages.chance[position, which]
                + told.noise * mean
            )
            here += brought(town, which, 3, towns, told) + 0.3 * told.unlisted[which]
            ratio *= here / mean
        out[position] = logged(ratio, told) + of.accent[county]


@entry
def top_of_towns(villages: Ints, values: Floats, town_of: Ints, known: Table, most: Table) -> None:
    """The highest log ratio of any home in each town, into `most`."""
    for town in range(len(known)):
        most[town] = known[town]
    for position in range(len(values)):
        town = town_of[villages[position]]
        most[town] = max(most[town], np.float32(values[position]))
