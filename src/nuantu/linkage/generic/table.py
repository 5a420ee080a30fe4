"""A table of any columns, each with its kind; values are kept as numbers of distinct texts."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage.generic.kinds import Kind

Ints = NDArray[np.int32]
Letters = NDArray[np.uint16]

LONGEST: Final = 32  # letters of a value that count
UNKNOWN: Final = -1


@dataclass(frozen=True, slots=True)
class Column:
    """A column and its kind. `swaps_with`: the column it is taken for, as given name and surname are."""

    name: str
    kind: Kind
    swaps_with: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`codes`: distinct text of each row, shape (columns, rows), -1 unknown; `letters`: of each text, with `sizes`."""

    columns: tuple[Column, ...]
    codes: Ints
    texts: tuple[str, ...]
    letters: Letters
    sizes: Ints

    def __len__(self) -> int:
        return int(self.codes.shape[1])

    @property
    def partners(self) -> Ints:
        """The place of the column that each may be confused with, -1 for none."""
        names = [one.name for one in self.columns]
        found = [names.index(one.swaps_with) if one.swaps_with else -1 for one in self.columns]
        return np.array(found, np.int32)

    @classmethod
    def of(cls, values: Mapping[str, Sequence[str | None]], columns: Sequence[Column]) -> "Table":
        """Raises ValueError for a kind or a column that is not there, columns of unequal length, or none."""
        _check(values, columns)
        known: dict[str, int] = {}
        codes = [
            [_number(known, normal(value, one.kind)) for value in values[one.name]]
            for one in columns
        ]
        texts = tuple(known)
        letters = np.zeros((len(texts), LONGEST), np.uint16)
        for place, text in enumerate(texts):
            cut = [min(ord(letter), 0xFFFF) for letter in text[:LONGEST]]
            letters[place, : len(cut)] = cut
        sizes = np.array([min(len(text), LONGEST) for text in texts], np.int32)
        return cls(tuple(columns), np.array(codes, np.int32), texts, letters, sizes)


def normal(value: str | None, kind: Kind) -> str:
    """Small letters without accents or marks; dates and codes as letters and digits alone; "" for unknown."""
    bare = unicodedata.normalize("NFKD", value or "").lower()
    bare = "".join(one for one in bare if not unicodedata.combining(one))
    if kind == "number":
        return bare.strip()
    if kind in {"date", "code"}:
        return re.sub(r"[\W_]", "", bare)
    return " ".join(re.sub(r"[\W_]+", " ", bare.replace("'", "")).split())


def _number(known: dict[str, int], text: str) -> int:
    return known.setdefault(text, len(known)) if text else UNKNOWN


def _check(values: Mapping[str, Sequence[str | None]], columns: Sequence[Column]) -> None:
    names = [one.name for one in columns]
    if not columns or len(set(names)) < len(names):
        message = "columns are told once each, at least one"
        raise ValueError(message)
    for one in columns:
        wanted = {one.name, one.swaps_with} - {""}
        absent = (wanted - set(names)) | (wanted - set(values))
        if absent:
            raise ValueError(min(absent))
        if one.kind not in get_args(Kind):
            raise ValueError(one.kind)
    if len({len(values[name]) for name in names}) > 1:
        message = "columns of unequal length"
        raise ValueError(message)
