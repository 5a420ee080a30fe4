"""How well two values agree, compiled. Nothing is allocated here: room comes with the call."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nuantu.routing.search.compiled import entry, kernel

Ints = NDArray[np.int32]
Letters = NDArray[np.uint16]
Floats = NDArray[np.float64]
Levels = NDArray[np.int8]

MISSING: Final = -1
SAME: Final = 0
SWAPPED: Final = 1  # it stands in the column that this one is taken for
SLIP: Final = 2  # one letter or digit off, day and month exchanged
CLOSE: Final = 3  # Jaro-Winkler from .88, an initial, two digits off, the neighbouring year
ALIKE: Final = 4  # Jaro-Winkler from .75, one part of a date
DIFFERENT: Final = 5
LEVELS: Final = 6
VERY: Final = 0.88
RATHER: Final = 0.75
NAME: Final = 0
CODE: Final = 2
DATE: Final = 3
NUMBER: Final = 4
FULL_DATE: Final = 8  # digits of year, month and day
SPACE: Final = 32


class Values(NamedTuple):
    """Distinct texts as of `table.Table`, and what each is as a number."""

    letters: Letters
    sizes: Ints
    numbers: Floats


@kernel
def edits(left: Letters, right: Letters, n: int, m: int, room: Ints) -> int:
    """Letters put in, left out, replaced, or exchanged with their neighbour. `room`: shape (3, LONGEST + 1)."""
    for j in range(m + 1):
        room[1, j] = j
    for i in range(1, n + 1):
        now, last, older = (i + 1) % 3, i % 3, (i + 2) % 3
        room[now, 0] = i
        for j in range(1, m + 1):
            other = 0 if left[i - 1] == right[j - 1] else 1
            best = min(room[last, j] + 1, room[now, j - 1] + 1, room[last, j - 1] + other)
            crossed = (
                i > 1 and j > 1 and left[i - 1] == right[j - 2] and left[i - 2] == right[j - 1]
            )
            if crossed:
                best = min(best, room[older, j - 2] + 1)
            room[now, j] = best
    return int(room[(n + 1) % 3, m])


@kernel
def _begun(left: Letters, right: Letters, most: int) -> int:
    """How many letters both begin with."""
    begin = 0
    while begin < most and left[begin] == right[begin]:
        begin += 1
    return begin


@kernel
def jaro_winkler(left: Letters, right: Letters, n: int, m: int, room: Ints) -> float:
    """Between 0 and 1, the same both ways. `room`: rows 0 and 1 mark the letters that have found theirs."""
    reach = max(max(n, m) // 2 - 1, 0)
    hits = 0
    room[0, :n] = 0
    room[1, :m] = 0
    for i in range(n):
        for j in range(max(0, i - reach), min(m, i + reach + 1)):
            if room[1, j] == 0 and left[i] == right[j]:
                room[0, i] = room[1, j] = 1
                hits += 1
                break
    if hits == 0:
        return 0.0
    crossed, j = 0, 0
    for i in range(n):
        if room[0, i]:
            while room[1, j] == 0:
                j += 1
            crossed += left[i] != right[j]
            j += 1
    alike = (hits / n + hits / m + (hits - crossed / 2.0) / hits) / 3.0
    return alike + 0.1 * _begun(left, right, min(4, n, m)) * (1.0 - alike)


@kernel
def _of_words(left: Letters, right: Letters, n: int, m: int, room: Ints) -> int:
    if min(n, m) > 2 and edits(left, right, n, m, room) <= 1:
        return SLIP
    how = max(jaro_winkler(left, right, n, m, room), jaro_winkler(right, left, m, n, room))
    if how >= VERY:
        return CLOSE
    if min(n, m) == 1 and left[0] == right[0]:
        return CLOSE
    return ALIKE if how >= RATHER else DIFFERENT


@kernel
def _of_dates(left: Letters, right: Letters, n: int, m: int, room: Ints) -> int:
    """Dates as YYYYMMDD; a shorter one is a year, or a year and a month."""
    if min(n, m) < FULL_DATE:
        short = min(n, m)
        return CLOSE if short >= 4 and _begun(left, right, short) == short else DIFFERENT
    if edits(left, right, n, m, room) <= 1:
        return SLIP
    year, month, day, turned = True, True, True, True
    for i in range(4):
        year = year and left[i] == right[i]
    for i in range(2):
        month = month and left[4 + i] == right[4 + i]
        day = day and left[6 + i] == right[6 + i]
        turned = turned and left[4 + i] == right[6 + i] and left[6 + i] == right[4 + i]
    if year and turned:
        return SLIP
    if year + month + day >= 2 or edits(left, right, n, m, room) <= 2:
        return CLOSE
    return ALIKE if year else DIFFERENT


@kernel
def _of_codes(left: Letters, right: Letters, n: int, m: int, room: Ints) -> int:
    if min(n, m) <= 2:
        return DIFFERENT
    off = edits(left, right, n, m, room)
    if off <= 1:
        return SLIP
    if off == 2 and min(n, m) > 3:
        return CLOSE
    return DIFFERENT


@kernel
def _of_numbers(left: float, right: float) -> int:
    apart = abs(left - right) / max(abs(left), abs(right), 1e-9)
    if not apart >= 0.0:
        return DIFFERENT
    return (
        SLIP if apart <= 0.01 else CLOSE if apart <= 0.05 else ALIKE if apart <= 0.2 else DIFFERENT
    )


@kernel
def agreement(kind: int, a: int, b: int, values: Values, room: Ints) -> int:
    """The level of two different known texts."""
    left, right, n, m = values.letters[a], values.letters[b], values.sizes[a], values.sizes[b]
    if kind == DATE:
        return _of_dates(left, right, n, m, room)
    if kind == CODE:
        return _of_codes(left, right, n, m, room)
    if kind == NUMBER:
        return _of_numbers(values.numbers[a], values.numbers[b])
    return _of_words(left, right, n, m, room)


@entry
def compare(
    pairs: Ints, codes: Ints, kinds: Ints, partners: Ints, values: Values, room: Ints, out: Levels
) -> None:
    """The levels of each pair of rows, shape (pairs, columns), written into `out`."""
    for at in range(len(pairs)):
        i, j = pairs[at, 0], pairs[at, 1]
        for column in range(len(kinds)):
            a, b = codes[column, i], codes[column, j]
            other = partners[column]
            if a < 0 or b < 0:
                level = MISSING
            elif a == b:
                level = SAME
            elif other >= 0 and a == codes[other, j] and b == codes[other, i]:
                level = SWAPPED
            else:
                level = agreement(kinds[column], a, b, values, room)
            out[at, column] = level
