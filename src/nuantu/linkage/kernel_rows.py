"""The innermost loops over records, compiled."""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.kernel_places import find
from nuantu.linkage.kernel_signs import CLASSES, SIGNED, noted, steps_left
from nuantu.routing.search.compiled import entry, inlined, kernel

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Table = NDArray[np.float32]
Codes = NDArray[Any]  # uint16, or uint32 where a field has more values

NOBODY: Final = -1e30  # nats: the threshold that every row passes
CHUNK: Final = 1 << 10  # rows that are looked at together
HANDFUL: Final = 8  # rows that are rather looked at one by one
SLACK: Final = 1e-3  # nats: more than what adding up in another order changes
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
    """What each code says, in nats. `towns` to `values`: as in `fragments.Homes`; `sex`: by sex.

    `flat`: the tables of the fields behind each other, with where each begins and how long it is for
    one region, 0 where regions are alike; `order`: the fields, the most telling first and the nickname last; `most`: what the fields from each position on bring at most, shape
    (regions + 1, order + 1); `lacks`: what the classes of SIGNED fields lack, in steps, by region.
    """

    towns: Table
    highest: Floats
    table: Ints
    values: Table
    sex: Table
    flat: Table
    offsets: Longs
    strides: Longs
    order: Longs
    most: Table
    lacks: Bytes


class Runs(NamedTuple):
    """Stretches of blocks of one sex and one county. `starts`: the block each begins with, and the end;
    `county`, `sex` and `region` of each; `county_of`: of each town; `signs`: of each row, by plane.
    """

    starts: Longs
    county: Ints
    sex: NDArray[np.int8]
    region: NDArray[np.int8]
    county_of: Ints
    signs: Bytes


class Limits(NamedTuple):
    """Runs `first` to `last` that begin with `promising` at least; rows that score at least `least`.

    That rises to `span` below the best, and to the best `keep` whenever the room for rows is full.
    """

    first: int
    last: int
    least: float
    span: float
    promising: float
    keep: int


class Results(NamedTuple):
    """Rows found and their scores; then room: where the table of each field begins, in the order of the
    fields, and for CHUNK rows and their sums."""

    rows: Ints
    scores: Floats
    here: Longs
    chunk: Ints
    sums: Table


@kernel
def home(row: int, block: int, records: Records, asked: Asked) -> float:
    """What the home of a row says: by its village where a fragment touches that, else by its town."""
    known = records.known[block]
    if known:
        place = find(records.village[row], asked.table)
        if place >= 0:
            return float(asked.values[place])
    return float(asked.towns[records.town[block], known])


@inlined
def opening(block: int, records: Records, asked: Asked) -> float:
    """What the home says at most in a block."""
    if records.known[block]:
        return float(asked.towns[records.town[block], 2])
    return float(asked.towns[records.town[block], 0])


@kernel
def nickname(position: int, codes: Codes, of: int, asked: Asked) -> float:
    """What a nickname says, or a given name where none is on record."""
    code, field = codes[ALIAS, position], ALIAS
    if code == 0:
        code, field = codes[SECOND, position], ALIAS + 1
    return float(asked.flat[asked.offsets[field] + of * asked.strides[field] + code])


@entry
def sample(records: Records, asked: Asked, scores: Floats) -> None:
    """Whole scores of records of which each is a block of its own."""
    for row in range(len(scores)):
        scores[row] = asked.sex[records.sex[row]] + home(row, row, records, asked)
    for field in asked.order:
        begins, stride = asked.offsets[field], asked.strides[field]
        for row in range(len(scores)):
            of = int(records.region[row])
            if field == ALIAS:
                scores[row] += nickname(row, records.codes, of, asked)
            else:
                scores[row] += asked.flat[begins + of * stride + records.codes[field, row]]


@entry
def score(rows: Ints, least: float, records: Records, asked: Asked, scores: Floats) -> int:
    """Brings those of some rows that score at least `least` to the front; returns how many. `scores`: of these."""
    count, block = 0, 0
    for place in range(len(rows)):
        row = rows[place]
        if row >= records.starts[block + 1] or row < records.starts[block]:
            block = np.searchsorted(records.starts, row, side="right") - 1
        of = int(records.region[block])
        total = float(asked.sex[records.sex[block]]) + home(row, block, records, asked)
        for position in range(len(asked.order)):
            if total + asked.most[of, position] < least:
                total = NOBODY
                break
            field = asked.order[position]
            if field == ALIAS:
                total += nickname(row, records.codes, of, asked)
            else:
                begin = asked.offsets[field] + of * asked.strides[field]
                total += asked.flat[begin + records.codes[field, row]]
        if total >= least:
            rows[count], scores[count] = row, total
            count += 1
    return count


@kernel
def whole(
    row: int,
    first: int,
    total: float,
    of: int,
    least: float,
    records: Records,
    asked: Asked,
    here: Longs,
) -> float:
    """Adds all fields from the `first` on; NOBODY when the row cannot reach `least`."""
    for position in range(first, len(asked.order)):
        field = asked.order[position]
        if field == ALIAS:
            total += nickname(row, records.codes, of, asked)
        else:
            total += asked.flat[here[position] + records.codes[field, row]]
        if total + asked.most[of, position + 1] < least:
            return NOBODY
    return total


@inlined
def narrowed(
    count: int,
    position: int,
    short: float,
    of: int,
    records: Records,
    asked: Asked,
    out: Results,
) -> int:
    """Leaves of the rows noted those that one field more leaves in hope; returns how many.

    No branch hangs on a row: which of them stays is not to be foreseen. `short`: what a row lacks.
    """
    begin, codes = np.uint64(out.here[position]), records.codes[asked.order[position]]
    together, kept = np.float32(short - asked.most[of, position + 1]), np.uint64(0)
    for place in range(np.uint64(count)):
        row = np.uint64(out.chunk[place])
        total = out.sums[place] + asked.flat[begin + codes[row]]
        out.chunk[kept] = row
        out.sums[kept] = total
        kept += np.uint64(total >= together)
    return int(kept)


@inlined
def telling(count: int, short: float, of: int, records: Records, asked: Asked, out: Results) -> int:
    """The same with the three most telling fields at once."""
    one, two, three = np.uint64(out.here[0]), np.uint64(out.here[1]), np.uint64(out.here[2])
    codes, more = records.codes[asked.order[0]], records.codes[asked.order[1]]
    rest, together = records.codes[asked.order[2]], np.float32(short - asked.most[of, 3])
    kept = np.uint64(0)
    for place in range(np.uint64(count)):
        row = np.uint64(out.chunk[place])
        total = asked.flat[one + codes[row]] + asked.flat[two + more[row]]
        total += asked.flat[three + rest[row]]
        out.chunk[kept] = row
        out.sums[kept] = total
        kept += np.uint64(total >= together)
    return int(kept)


@inlined
def left(
    span: tuple[int, int],
    begin: float,
    least: float,
    of: int,
    signs: Bytes,
    records: Records,
    asked: Asked,
    out: Results,
) -> tuple[int, int]:
    """How many rows are noted, and how many fields their sums hold: so many that few are left. `begin`: what home and
    sex bring at most."""
    plain, added = len(asked.order) - (asked.order[-1] == ALIAS), 0
    most = steps_left(begin + asked.most[of, 0] - least)
    kept = noted(span, of * SIGNED * CLASSES, most, signs, asked.lacks, out.chunk)
    if kept > HANDFUL and plain > 2:
        kept, added = telling(kept, least - begin - SLACK, of, records, asked, out), 3
    else:
        for position in range(kept):
            out.sums[position] = 0.0
    while kept > HANDFUL and added < plain:
        kept = narrowed(kept, added, least - begin - SLACK, of, records, asked, out)
        added += 1
    return kept, added


@kernel
def best_first(keep: int, count: int, out: Results) -> None:
    """Brings the `keep` best of the rows found to the front (selection by halves, as Hoare wrote it)."""
    low, high = 0, count - 1
    while low < high:
        pivot = out.scores[(low + high) // 2]
        left, right = low, high
        while left <= right:
            while out.scores[left] > pivot:
                left += 1
            while out.scores[right] < pivot:
                right -= 1
            if left <= right:
                row, score = out.rows[left], out.scores[left]
                out.rows[left], out.scores[left] = out.rows[right], out.scores[right]
                out.rows[right], out.scores[right] = row, score
                left += 1
                right -= 1
        if keep - 1 <= right:
            high = right
        elif keep - 1 >= left:
            low = left
        else:
            break


@inlined
def scan_run(
    run: int,
    begin: float,
    before: tuple[int, float],
    limits: Limits,
    records: Records,
    asked: Asked,
    runs: Runs,
    out: Results,
) -> tuple[int, float]:
    """The rows of one run, a chunk after the other. `begin`: what home and sex bring at most; `before`: how
    many rows were found and what `least` was.
    """
    count, least = before
    of, block = int(runs.region[run]), runs.starts[run]
    last = records.starts[runs.starts[run + 1]]
    for low in range(records.starts[block], last, CHUNK):
        span = low, min(low + CHUNK, last)
        kept, added = left(span, begin, least, of, runs.signs, records, asked, out)
        for position in range(kept):
            row = out.chunk[position]
            while records.starts[block + 1] <= row:
                block += 1
            above = opening(block, records, asked)
            total = out.sums[position] + above + asked.sex[records.sex[block]]
            if total + asked.most[of, added] < least:
                continue
            score = whole(row, added, total, of, least, records, asked, out.here)
            if score < least:
                continue
            score += home(row, block, records, asked) - above
            if score < least:
                continue
            out.rows[count] = row
            out.scores[count] = score
            count += 1
            least = max(least, score - limits.span)
            if count == len(out.rows) and limits.keep < count:
                best_first(limits.keep, count, out)
                count = limits.keep
                least = max(least, out.scores[count - 1])
    return count, least


@entry
def scan(
    records: Records, asked: Asked, runs: Runs, limits: Limits, out: Results
) -> tuple[int, float]:
    """The rows that score at least `least`; returns how many there are, and what `least` rose to. Of rows
    that score just that some may be missing.

    A row is left as soon as what is left of it cannot reach that.
    """
    count, before, least = 0, -1, limits.least
    for run in range(limits.first, limits.last):
        begin = asked.highest[runs.county[run]] + asked.sex[runs.sex[run]]
        of = int(runs.region[run])
        if begin < limits.promising or begin + asked.most[of, 0] < least:
            continue
        if of != before:
            before = of
            for position in range(len(asked.order)):
                field = asked.order[position]
                out.here[position] = asked.offsets[field] + of * asked.strides[field]
        found = count, least
        count, least = scan_run(run, begin, found, limits, records, asked, runs, out)
    return count, least


@entry
def nearest(records: Records, asked: Asked, runs: Runs) -> float:
    """How high the best block begins."""
    best = NOBODY
    for run in range(len(runs.county)):
        if asked.highest[runs.county[run]] + asked.sex[runs.sex[run]] > best:
            for block in range(runs.starts[run], runs.starts[run + 1]):
                begin = opening(block, records, asked) + asked.sex[records.sex[block]]
                best = max(best, begin)
    return best
