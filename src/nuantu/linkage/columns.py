"""Registers of missing people as columns, and what is known of a found person.

Every field may be unknown. Days count from 1 January 1990, heights are in centimetres, divisions
are six-digit codes as text, marks are a set of bits (`marks.yaml` names them).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

UNKNOWN: Final = -1
LEVELS: Final = ("province", "city", "county", "town", "village")
WOMAN, MAN = 1, 2
SEX: Final = {"": 0, "F": WOMAN, "M": MAN}


@dataclass(frozen=True, slots=True)
class Words:
    """A column of words: `codes`, shape (n,), point into `values`; "" is the word of the unknown."""

    codes: NDArray[np.int32]
    values: tuple[str, ...]

    @classmethod
    def of(cls, words: Iterable[str | None]) -> "Words":
        """Any words, in their order; None is unknown."""
        numbers: dict[str, int] = {}
        codes = [numbers.setdefault(word or "", len(numbers)) for word in words]
        return cls(np.array(codes, np.int32), tuple(numbers))

    def __len__(self) -> int:
        """How many rows."""
        return len(self.codes)

    def __getitem__(self, row: int) -> str:
        """The word of a row."""
        return self.values[int(self.codes[row])]


@dataclass(frozen=True, slots=True)
class Registry:
    """Missing-person reports. All columns have one length.

    `home`: the five levels of the home as written, province first. `birth_year`, `height` and
    `lost_day` are -1 where unknown; `sex` is 0 unknown, 1 woman, 2 man.
    """

    rid: NDArray[np.int64]
    surname: Words
    given: Words
    alias: Words
    sex: NDArray[np.int8]
    birth_year: NDArray[np.int32]
    height: NDArray[np.int32]
    home: tuple[Words, Words, Words, Words, Words]
    lost_day: NDArray[np.int32]
    lost_county: Words
    marks: NDArray[np.uint64]

    def __post_init__(self) -> None:
        """Raises ValueError when columns differ in length."""
        columns: list[Words | NDArray[Any]] = [
            self.surname, self.given, self.alias, self.sex, self.birth_year, self.height,
            *self.home, self.lost_day, self.lost_county, self.marks,
        ]  # fmt: skip
        if {len(one) for one in columns} - {len(self.rid)}:
            message = "the columns of a registry differ in length"
            raise ValueError(message)

    def __len__(self) -> int:
        """How many reports."""
        return len(self.rid)


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of somebody who cannot say who he is.

    `surname`, `given`, `nickname` as heard and written down; `places`: pieces of place names, of
    unknown level and in any order; `accent`: two-digit division; `age` in years on `found_day`.
    """

    surname: str = ""
    given: str = ""
    nickname: str = ""
    sex: str = ""
    age: int = UNKNOWN
    height: int = UNKNOWN
    places: Sequence[str] = field(default=())
    accent: str = ""
    found_day: int = UNKNOWN
    found_county: str = ""
    marks: int = 0

    @property
    def is_empty(self) -> bool:
        """True when nothing was said that tells one person from another."""
        told = (
            self.surname,
            self.given,
            self.nickname,
            self.accent,
            self.found_county,
            *self.places,
        )
        return (
            not any(told) and self.age < 0 and self.height < 0 and not self.marks and not self.sex
        )
