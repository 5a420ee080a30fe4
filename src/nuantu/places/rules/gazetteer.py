"""All divisions of the country down to the village, with what some were called before.

Read from one file that ships with Nuantu (`data/gazetteer.xz`, written by `tools.build_gazetteer`);
unlike the table of divisions of `accounts` it has every village, and nothing that a page asks for
while somebody waits. Rows of a level lie in the order of their codes.
"""

import json
import lzma
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

FILE: Final = Path(__file__).resolve().parent.parent / "data" / "gazetteer.xz"
PROVINCE, CITY, COUNTY, TOWN, VILLAGE = range(5)
DIGITS: Final = (2, 4, 6, 9, 12)
DEGREE: Final = 1e4

Ints = NDArray[np.int32]


class GazetteerDamaged(ValueError):
    """The file is cut, changed or of another make."""


@dataclass(frozen=True, slots=True)
class OldName:
    """A division was called `name` until `year`."""

    level: int
    row: int
    year: int
    name: str


@dataclass(frozen=True)
class Gazetteer:
    """Five levels, province first. `parents[level]` are rows of the level above (the provinces' are
    -1); `numbers[level]` what a code adds to its parent's; `points` by (level, row) latitude and
    longitude (WGS-84) of counties and towns that have one of their own."""

    edition: str
    names: tuple[tuple[str, ...], ...]
    parents: tuple[Ints, ...]
    numbers: tuple[Ints, ...]
    points: Mapping[tuple[int, int], tuple[float, float]]
    old: tuple[OldName, ...]

    def code(self, level: int, row: int) -> str:
        """The code of a division, 2 to 12 digits. Raises IndexError for a row that is not there."""
        above = self.code(level - 1, int(self.parents[level][row])) if level else ""
        return f"{above}{self.numbers[level][row]:0{DIGITS[level] - len(above)}d}"

    def row(self, code: str) -> tuple[int, int]:
        """Level and row of a code. Raises KeyError for a code that is not in this edition."""
        level = DIGITS.index(len(code)) if len(code) in DIGITS else -1
        wanted = int(code) if code.isdigit() and level >= 0 else -1
        at = int(np.searchsorted(self._codes[level], wanted))
        if wanted < 0 or at == len(self._codes[level]) or self._codes[level][at] != wanted:
            raise KeyError(code)
        return level, at

    def above(self, level: int, row: int, wanted: int) -> int:
        """The row of the division of a higher level that a division lies in."""
        while level > wanted:
            row = int(self.parents[level][row])
            level -= 1
        return row

    @cached_property
    def old_names(self) -> Mapping[tuple[int, int], tuple[str, ...]]:
        """Earlier names by (level, row), oldest first."""
        found: dict[tuple[int, int], list[str]] = defaultdict(list)
        for one in self.old:
            found[one.level, one.row].append(one.name)
        return {key: tuple(dict.fromkeys(names)) for key, names in found.items()}

    @cached_property
    def _codes(self) -> tuple[NDArray[np.int64], ...]:
        codes: list[NDArray[np.int64]] = []
        for level, numbers in enumerate(self.numbers):
            above = 0 if not level else codes[-1][self.parents[level]]
            width = 10 ** (DIGITS[level] - (DIGITS[level - 1] if level else 0))
            codes.append(above * width + numbers.astype(np.int64))
        return tuple(codes)


def read_gazetteer(path: Path = FILE) -> Gazetteer:
    """The whole file, about half a second. Raises GazetteerDamaged, or OSError where it is missing."""
    try:
        unpacked = lzma.decompress(path.read_bytes())
        line, _, body = unpacked.partition(b"\n")
        return _unpacked(json.loads(line), body)
    except (lzma.LZMAError, EOFError, ValueError, KeyError, IndexError) as error:
        message = f"{path.name}: {error}"
        raise GazetteerDamaged(message) from error


def _unpacked(head: Mapping[str, Any], body: bytes) -> Gazetteer:
    counts: list[int] = head["counts"]
    sizes = [*counts[:VILLAGE], *counts]
    shorts, at = _arrays(body, sizes, "<u2", 0)
    places, at = _arrays(body, [2 * head["points"]], "<u2", at)
    degrees, at = _arrays(body, [2 * head["points"]], "<i4", at)
    lines = body[at:].decode().split("\n")
    if len(lines) != sum(counts) + head["old"]:
        message = f"{len(lines)} names instead of {sum(counts) + head['old']}"
        raise ValueError(message)
    starts = np.cumsum([0, *counts]).tolist()
    where = zip(places[0].reshape(-1, 2).tolist(), degrees[0].reshape(-1, 2).tolist(), strict=True)
    return Gazetteer(
        head["edition"],
        tuple(tuple(lines[start:end]) for start, end in pairwise(starts)),
        (
            np.full(counts[0], -1, np.int32),
            *(np.repeat(np.arange(len(one), dtype=np.int32), one) for one in shorts[:VILLAGE]),
        ),
        tuple(one.astype(np.int32) for one in shorts[VILLAGE:]),
        {(level, row): (north / DEGREE, east / DEGREE) for (level, row), (north, east) in where},
        tuple(_old_name(line) for line in lines[starts[-1] :]),
    )


def _arrays(body: bytes, sizes: list[int], kind: str, at: int) -> tuple[list[NDArray[Any]], int]:
    found = []
    for size in sizes:
        one = np.frombuffer(body, kind, size, at)
        found.append(one)
        at += one.nbytes
    return found, at


def _old_name(line: str) -> OldName:
    level, row, year, name = line.split("\t")
    return OldName(int(level), int(row), int(year), name)
