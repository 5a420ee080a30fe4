"""The innermost loops over records for sixteen questions at once, compiled.

What a row lacks of the best is counted in whole steps from 0 to 255, rounded so that no row seems worse than it
is: a group of lanes holds what is left of each question's range, and a row is of use while any lane is above 0.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from nuantu.linkage.kernel_rows import ALIAS, SECOND, Asked, Records, Runs
from nuantu.routing.search.compiled import entry, inlined, kernel

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

LANES: Final = 16
MOST: Final = 255  # that a lane holds
STRETCH: Final = 512  # rows that are looked at together, about
CAREFUL: Final = 0.02  # steps: more than what adding up in another order changes


_WHOLE: Final = ir.IntType(8 * LANES)
_GROUP: Final = ir.VectorType(ir.IntType(8), LANES)


class Lacks(NamedTuple):
    """What lacks, in groups of lanes. `runs`: what the best row of each run has left; `towns`: of each town, of
    its homes without and with a known village, a group of zeros last; `codes`: of each code of each field, a group of zeros first;
    `begins`: where the codes of each field begin, then those of records without a nickname.
    """

    runs: Bytes
    towns: Bytes
    codes: Bytes
    begins: Longs


class Hits(NamedTuple):
    """By lane how many rows are left, and which, shape (LANES, room); then room for a stretch of rows."""

    counts: Longs
    rows: Ints
    left: Bytes


def _address(context: Any, builder: Any, kind: Any, array: Any, place: Any) -> Any:
    begin = context.make_array(kind)(context, builder, array).data
    byte = builder.mul(place, ir.Constant(place.type, LANES))
    return builder.bitcast(builder.gep(begin, [byte]), _GROUP.as_pointer())


def _loaded(builder: Any, address: Any) -> Any:
    value = builder.load(address)
    value.align = 1
    return value


def _lessen(_: Any, out: Any, at: Any, of: Any, place: Any, less: Any, one: Any, other: Any) -> Any:
    """out[at] = of[place] - less[one] - less[other], not below 0."""
    signature = types.void(out, types.uint64, of, types.uint64, less, types.uint64, types.uint64)

    def made(context: Any, builder: Any, of_: Any, given: Any) -> Any:
        kinds = of_.args
        value = _loaded(builder, _address(context, builder, kinds[2], given[2], given[3]))
        name = f"llvm.usub.sat.v{LANES}i8"
        take = builder.module.declare_intrinsic(name, (), ir.FunctionType(_GROUP, [_GROUP, _GROUP]))
        for which in (given[5], given[6]):
            address = _address(context, builder, kinds[4], given[4], which)
            value = builder.call(take, [value, _loaded(builder, address)])
        into = _address(context, builder, kinds[0], given[0], given[1])
        builder.store(value, into).align = 1
        return context.get_dummy_value()

    return signature, made


def _some(_: Any, groups: Any, place: Any) -> Any:
    """Whether any lane of a group is more than 0."""
    signature = types.boolean(groups, types.uint64)

    def made(context: Any, builder: Any, of_: Any, given: Any) -> Any:
        value = _loaded(builder, _address(context, builder, of_.args[0], given[0], given[1]))
        return builder.icmp_unsigned("!=", builder.bitcast(value, _WHOLE), ir.Constant(_WHOLE, 0))

    return signature, made


lessen: Any = intrinsic(_lessen)
some: Any = intrinsic(_some)


@entry
def enter_homes(runs: Runs, asked: Asked, least: float, lane: int, lacks: Lacks) -> float:
    """What runs and towns lack for one question; returns how many steps a nat has."""
    most = 0.0
    for run in range(len(runs.county)):
        best = asked.highest[runs.county[run]] + asked.sex[runs.sex[run]]
        most = max(most, best + asked.most[runs.region[run], 0] - least)
    steps = (MOST - 2.0) / max(most, 1.0)
    for run in range(len(runs.county)):
        best = asked.highest[runs.county[run]] + asked.sex[runs.sex[run]]
        left = (best + asked.most[runs.region[run], 0] - least) * steps
        lacks.runs[run * LANES + lane] = np.uint8(left + 1.0 + CAREFUL) if left > -CAREFUL else 0
    for town in range(len(runs.county_of)):
        best = asked.highest[runs.county_of[town]]
        for known in range(2):
            here = asked.towns[town, 2 * known]
            place = (town * 2 + known) * LANES + lane
            lacks.towns[place] = short(best - here, steps)
    return steps


@inlined
def short(nats: float, steps: float) -> np.uint8:
    """Nats as steps, rounded down."""
    return np.uint8(min(max(nats * steps - CAREFUL, 0.0), float(MOST)))


@entry
def enter_fields(
    asked: Asked, of: int, anew: bool, sizes: Longs, steps: float, lane: int, lacks: Lacks
) -> None:
    """What codes lack for one question in one region of speech. `anew`: whether no region was entered before;
    fields that are alike for all stay. `sizes`: how many codes each field has."""
    for position in range(len(asked.order)):
        field = asked.order[position]
        if not anew and asked.strides[field] == 0 and field != ALIAS:
            continue
        best = asked.most[of, position] - asked.most[of, position + 1]
        for table in range(field, field + (2 if field == ALIAS else 1)):
            begin = asked.offsets[table] + of * asked.strides[table]
            place = lacks.begins[table] * LANES + lane
            for code in range(sizes[table]):
                lacks.codes[place + code * LANES] = short(best - asked.flat[begin + code], steps)


@kernel
def count_down(
    low: int, high: int, one: int, other: int, records: Records, lacks: Lacks, left: Bytes
) -> None:
    """Takes what two fields lack from what a stretch of rows has left."""
    rows = np.uint64(high - low)
    first, second = np.uint64(lacks.begins[one]), np.uint64(lacks.begins[other])
    codes, more = records.codes[one], records.codes[other]
    for row in range(rows):
        at = np.uint64(row)
        here = at + np.uint64(low)
        lessen(left, at, left, at, lacks.codes, first + codes[here], second + more[here])


@kernel
def count_down_last(
    low: int, high: int, field: int, records: Records, lacks: Lacks, left: Bytes
) -> None:
    """The same for one field; a nickname that nobody wrote down is that of the given name."""
    rows, nothing = np.uint64(high - low), np.uint64(0)
    begin, without = np.uint64(lacks.begins[field]), np.uint64(lacks.begins[ALIAS + 1])
    codes, given = records.codes[field], records.codes[SECOND]
    for row in range(rows):
        at = np.uint64(row)
        here = at + np.uint64(low)
        place = begin + codes[here]
        if field == ALIAS and codes[here] == 0:
            place = without + given[here]
        lessen(left, at, left, at, lacks.codes, place, nothing)


@inlined
def note(low: int, high: int, hits: Hits) -> None:
    """Notes the rows of a stretch that have something left."""
    room = hits.rows.shape[1]
    for row in range(high - low):
        if some(hits.left, np.uint64(row)):
            for lane in range(LANES):
                if hits.left[row * LANES + lane] > 0 and hits.counts[lane] < room:
                    hits.rows[lane, hits.counts[lane]] = low + row
                    hits.counts[lane] += 1


@kernel
def finish(low: int, high: int, fields: Longs, records: Records, lacks: Lacks, hits: Hits) -> None:
    """All fields of a stretch."""
    pairs = len(fields) // 2 if fields[-1] != ALIAS else (len(fields) - 1) // 2
    for pair in range(pairs):
        count_down(low, high, fields[2 * pair], fields[2 * pair + 1], records, lacks, hits.left)
    for position in range(2 * pairs, len(fields)):
        count_down_last(low, high, fields[position], records, lacks, hits.left)
    note(low, high, hits)


@inlined
def begin(
    first: int, last: int, run: np.uint64, place: np.uint64, lacks: Lacks, left: Bytes
) -> None:
    """What rows of one block have left before their fields are looked at. `place`: of their town."""
    nothing = np.uint64(len(lacks.towns) // LANES - 1)
    for row in range(first, last):
        lessen(left, np.uint64(row), lacks.runs, run, lacks.towns, place, nothing)


@entry
def scan(
    chosen: Longs, fields: Longs, records: Records, runs: Runs, lacks: Lacks, hits: Hits
) -> None:
    """Notes the rows of some runs, all of one region, that may reach the threshold of each question. `fields`: those
    asked, a nickname last."""
    low, high = 0, 0
    for run in chosen:
        if not some(lacks.runs, np.uint64(run)):
            continue
        for block in range(runs.starts[run], runs.starts[run + 1]):
            first, last = records.starts[block], records.starts[block + 1]
            place = np.uint64(records.town[block]) * np.uint64(2) + np.uint64(records.known[block])
            while first < last:
                if first != high or high - low == STRETCH:
                    finish(low, high, fields, records, lacks, hits)
                    low = high = first
                until = min(last, low + STRETCH)
                begin(first - low, until - low, np.uint64(run), place, lacks, hits.left)
                first = high = until
    finish(low, high, fields, records, lacks, hits)
