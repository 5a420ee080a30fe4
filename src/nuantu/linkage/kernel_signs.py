"""The first look at rows, compiled: sixteen at once, by the classes that the codes of four fields fall into.

Of each row two bytes say the class of four fields, sixteen classes each. What a class lacks of the best is counted
in steps, rounded so that no row seems worse than it is; a shuffle of bytes looks sixteen rows up in one instruction.
"""

import platform
from typing import Any, Final

import numpy as np
from llvmlite import binding, ir
from numba.core import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from nuantu.routing.search.compiled import entry, inlined

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]
Codes = NDArray[Any]
Table = NDArray[np.float32]

SIGNED: Final = 4  # fields
CLASSES: Final = 16
GROUP: Final = 16  # rows that are looked at together
PLANES: Final = SIGNED // 2
STEPS: Final = 8.0  # of a nat
MOST: Final = 255  # steps that are told apart
CAREFUL: Final = 0.02  # steps: more than what adding up in another order changes
NONE: Final = -1e29  # nats: less than anything says

_GROUP: Final = ir.VectorType(ir.IntType(8), GROUP)
_BYTE: Final = ir.IntType(8)
_LONG: Final = ir.IntType(64)
_SHUFFLES: Final = {"x86": "llvm.x86.ssse3.pshuf.b.128", "arm": "llvm.aarch64.neon.tbl1.v16i8"}


def _shuffle() -> str:
    """The instruction of this processor, "" where none is known."""
    if platform.machine().lower() in {"aarch64", "arm64"}:
        return _SHUFFLES["arm"]
    return _SHUFFLES["x86"] if binding.get_host_cpu_features().get("ssse3") else ""


def _all(byte: Any, builder: Any) -> Any:
    one = builder.insert_element(ir.Constant(_GROUP, ir.Undefined), byte, ir.Constant(_LONG, 0))
    zeros = ir.Constant(ir.VectorType(ir.IntType(32), GROUP), [0] * GROUP)
    return builder.shuffle_vector(one, ir.Constant(_GROUP, ir.Undefined), zeros)


def _at(builder: Any, begin: Any, place: Any) -> Any:
    return builder.gep(begin, [place])


def _group(builder: Any, address: Any) -> Any:
    value = builder.load(builder.bitcast(address, _GROUP.as_pointer()))
    value.align = 1
    return value


def _looked_up(builder: Any, shuffle: str, table: Any, places: Any) -> Any:
    """The bytes that stand in a table of sixteen at sixteen places."""
    if shuffle:
        kind = ir.FunctionType(_GROUP, [_GROUP, _GROUP])
        take = builder.module.declare_intrinsic(shuffle, (), kind)
        return builder.call(take, [_group(builder, table), places])
    found = ir.Constant(_GROUP, ir.Undefined)
    for lane in range(GROUP):
        number = ir.Constant(_LONG, lane)
        place = builder.zext(builder.extract_element(places, number), _LONG)
        found = builder.insert_element(found, builder.load(_at(builder, table, place)), number)
    return found


def hopeful_by(shuffle: str) -> Any:
    """An intrinsic (signs, stride, row, tables, place, most) → which of sixteen rows lack no more than `most` steps, as bits.

    `signs`: planes of bytes, `stride` apart; `tables`: of SIGNED fields behind each other from `place` on.
    """

    def typed(_: Any, signs: Any, stride: Any, row: Any, tables: Any, place: Any, most: Any) -> Any:
        signature = types.int64(
            signs, types.int64, types.int64, tables, types.int64, types.uint8
        )  # fmt: skip
        return signature, made

    def made(context: Any, builder: Any, of: Any, given: Any) -> Any:
        signs, tables = (
            context.make_array(of.args[one])(context, builder, given[one]).data for one in (0, 3)
        )
        add = builder.module.declare_intrinsic(
            f"llvm.uadd.sat.v{GROUP}i8", (), ir.FunctionType(_GROUP, [_GROUP, _GROUP])
        )
        total = ir.Constant(_GROUP, [0] * GROUP)
        low, half = ir.Constant(_GROUP, [15] * GROUP), ir.Constant(_GROUP, [4] * GROUP)
        for plane in range(PLANES):
            row = builder.add(given[2], builder.mul(given[1], ir.Constant(_LONG, plane)))
            both = _group(builder, _at(builder, signs, row))
            for side, places in enumerate((builder.and_(both, low), builder.lshr(both, half))):
                begin = ir.Constant(_LONG, (2 * plane + side) * CLASSES)
                table = _at(builder, tables, builder.add(given[4], begin))
                total = builder.call(add, [total, _looked_up(builder, shuffle, table, places)])
        few = builder.icmp_unsigned("<=", total, _all(given[5], builder))
        return builder.zext(builder.bitcast(few, ir.IntType(GROUP)), _LONG)

    return intrinsic(typed)


def _lowest(_: Any, bits: Any) -> Any:
    """The place of the lowest bit that is set."""
    del bits

    def made(_context: Any, builder: Any, _of: Any, given: Any) -> Any:
        kind = ir.FunctionType(_LONG, [_LONG, ir.IntType(1)])
        count = builder.module.declare_intrinsic("llvm.cttz", [_LONG], kind)
        return builder.call(count, [given[0], ir.Constant(ir.IntType(1), 0)])

    return types.int64(types.int64), made


hopeful: Any = hopeful_by(_shuffle())
lowest: Any = intrinsic(_lowest)


@inlined
def noted(
    span: tuple[int, int], place: int, most: np.uint8, signs: Bytes, lacks: Bytes, chunk: Ints
) -> int:
    """Notes the rows from one to another that lack no more than `most` steps; returns how many. `place`: where the
    tables of their region stand in `lacks`."""
    row, last = np.int64(span[0]), np.int64(span[1])
    stride, count = np.int64(signs.shape[1]), 0
    while row < last:
        bits = hopeful(signs, stride, row, lacks, np.int64(place), most)
        if last - row < GROUP:
            bits &= (np.int64(1) << (last - row)) - np.int64(1)
        while bits:
            chunk[count] = row + lowest(bits)
            count += 1
            bits &= bits - np.int64(1)
        row += GROUP
    return count


@inlined
def steps_left(nats: float) -> np.uint8:
    """What may be lacking, rounded up."""
    return np.uint8(min(max(nats * STEPS + 1.0 + CAREFUL, 0.0), float(MOST)))


@entry
def carried(
    table: Table,
    share: NDArray[np.float64],
    classes: Bytes,
    most: Table,
    best: Table,
    lacks: Bytes,
) -> float:
    """The best that a code which somebody has brings, by region, into `best`, and what each class lacks of it, in steps,
    shape (regions, CLASSES), into `lacks`; returns what codes bring on the whole. `share`, `classes`: of each code; `most`: room
    for the classes."""
    codes, usual, last = min(table.shape[1], len(share)), 0.0, len(table) - 1
    for of in range(len(table)):
        for one in range(CLASSES):
            most[one] = NONE
        for code in range(codes):
            if share[code] > 0.0:
                most[classes[code]] = max(most[classes[code]], table[of, code])
        best[of] = NONE
        for one in range(CLASSES):
            best[of] = max(best[of], most[one])
        for one in range(CLASSES):
            lacks[of, one] = np.uint8(
                min(max((best[of] - most[one]) * STEPS - CAREFUL, 0.0), float(MOST))
            )
    for code in range(codes):
        usual += table[last, code] * share[code]
    return usual


@entry
def sign(codes: Codes, one: Bytes, other: Bytes, fields: tuple[int, int], plane: Bytes) -> None:
    """The classes of two fields as a byte of each row."""
    first, second = codes[fields[0]], codes[fields[1]]
    for row in range(np.uint64(codes.shape[1])):
        plane[row] = one[first[row]] | other[second[row]] << np.uint8(4)
