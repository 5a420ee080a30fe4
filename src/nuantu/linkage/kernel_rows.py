"""The innermost loops over records, compiled."""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nuantu.routing.search.compiled import entry, inlined, kernel

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Table = NDArray[np.float32]
Codes = NDArray[Any]  # uint16, or uint32 where a field has more values

NOBODY: Final = -1e30  # nats: the threshold that every row passes
SURNAME, FIRST, SECOND, BIRTH, HEIGHT, LOST, COUNTY, MARKS, ALIAS = range(9)


class Records(NamedTuple):
    """Rows in blocks, each a stretch of one sex and one town, with or without known villages.

    `starts`: where each block begins, and the end; then what each block is; `village` of each row;
    `codes`: shape (fields, rows).
    """

    starts: Ints
    sex: NDArray[np.int8]
    town: Ints
    known: NDArray[np.int8]
    region: NDArray[np.int8]
    village: Ints
    codes: Codes


class Asked(NamedTuple):
    """What each code says, in nats. `towns`, `top`, `slot`, `values`: as in `fragments.Homes`; `sex`: by sex.

    `flat`: the tables of the fields behind each other, with where each begins and how long it is for
    one region, 0 where regions are alike; `order`: the fields, the most telling first, three at least
    and the nickname last; `most`: what the fields from each position on bring at most, shape
    (regions + 1, order + 1).
    """

    towns: Table
    top: Table
    slot: Ints
    values: Floats
    sex: Table
    flat: Table
    offsets: Longs
    strides: Longs
    order: Longs
    most: Table


class Limits(NamedTuple):
    """Blocks `first` to `last` that begin with `promising` at least; rows that score at least `least`.

    That rises to `span` below the best.
    """

    first: int
    last: int
    least: float
    span: float
    promising: float


class Results(NamedTuple):
    """Room for what was found; `here`: for where the table of each field begins."""

    rows: Ints
    scores: Floats
    here: Longs


@kernel
def home(row: int, block: int, records: Records, asked: Asked) -> float:
    """What the home of a row says: by its village where a fragment touches that, else by its town."""
    known = records.known[block]
    if known:
        place = asked.slot[records.village[row]]
        if place >= 0:
            return float(asked.values[place])
    return float(asked.towns[known, records.town[block]])


@inlined
def opening(block: int, records: Records, asked: Asked) -> float:
    """What the home says at most in a block."""
    if records.known[block]:
        return float(asked.top[records.town[block]])
    return float(asked.towns[0, records.town[block]])


@kernel
def nickname(position: int, codes: Codes, of: int, asked: Asked) -> float:
    """What a nickname says, or a given name where none is on record."""
    code, field = codes[ALIAS, position], ALIAS
    if code == 0:
        code, field = codes[SECOND, position], ALIAS + 1
    return float(asked.flat[asked.offsets[field] + of * asked.strides[field] + code])


@entry
def sample(
    rows: Longs, blocks: Longs, codes: Codes, records: Records, asked: Asked, scores: Floats
) -> None:
    """Whole scores of some rows. `blocks` and `codes`: where each lies, and its codes."""
    for position in range(len(rows)):
        block = blocks[position]
        of = int(records.region[block])
        total = asked.sex[records.sex[block]] + home(rows[position], block, records, asked)
        for field in asked.order:
            if field == ALIAS:
                total += nickname(position, codes, of, asked)
            else:
                total += asked.flat[
                    asked.offsets[field] + of * asked.strides[field] + codes[field, position]
                ]
        scores[position] = total


@kernel
def whole(
    row: int, total: float, of: int, least: float, records: Records, asked: Asked, here: Longs
) -> float:
    """Adds all fields but the first three; NOBODY when the row cannot reach `least`."""
    for position in range(3, len(asked.order)):
        field = asked.order[position]
        if field == ALIAS:
            total += nickname(row, records.codes, of, asked)
        else:
            total += asked.flat[here[position] + records.codes[field, row]]
        if total + asked.most[of, position + 1] < least:
            return NOBODY
    return total


@inlined
def scan_block(
    block: int,
    count: int,
    least: float,
    span: float,
    records: Records,
    asked: Asked,
    out: Results,
) -> tuple[int, float]:
    """The rows of one block. The first three fields are added up without a question between them."""
    order, here, codes = asked.order, out.here, records.codes
    above = opening(block, records, asked)
    begin = above + asked.sex[records.sex[block]]
    of = int(records.region[block])
    h_1, h_2, h_3 = here[0], here[1], here[2]
    first, second, third = order[0], order[1], order[2]
    needed = least - begin - asked.most[of, 3]
    for row in range(records.starts[block], records.starts[block + 1]):
        total = (
            asked.flat[h_1 + codes[first, row]]
            + asked.flat[h_2 + codes[second, row]]
            + asked.flat[h_3 + codes[third, row]]
        )
        if total < needed:
            continue
        score = whole(row, total + begin, of, least, records, asked, here)
        if score < least:
            continue
        score += home(row, block, records, asked) - above
        if score < least:
            continue
        if count < len(out.rows):
            out.rows[count] = row
            out.scores[count] = score
        count += 1
        if score - span > least:
            least = score - span
            needed = least - begin - asked.most[of, 3]
    return count, least


@entry
def scan(records: Records, asked: Asked, limits: Limits, out: Results) -> tuple[int, float]:
    """The rows that score at least `least`; returns how many there are, and what `least` rose to.

    A row is left as soon as what is left of it cannot reach that.
    """
    count, before, least = 0, -1, limits.least
    for block in range(limits.first, limits.last):
        begin = opening(block, records, asked) + asked.sex[records.sex[block]]
        of = int(records.region[block])
        if begin < limits.promising or begin + asked.most[of, 0] < least:
            continue
        if of != before:
            before = of
            for position in range(len(asked.order)):
                field = asked.order[position]
                out.here[position] = asked.offsets[field] + of * asked.strides[field]
        count, least = scan_block(block, count, least, limits.span, records, asked, out)
    return count, least


@entry
def highest(records: Records, asked: Asked) -> float:
    """How high the best block begins."""
    best = NOBODY
    for block in range(len(records.town)):
        best = max(best, opening(block, records, asked) + asked.sex[records.sex[block]])
    return best
