"""A question as tables: what each code of each field of a registry says about who is searched."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage import fields, names
from nuantu.linkage.columns import SEX, Found
from nuantu.linkage.dialects import regions
from nuantu.linkage.fields import Fields
from nuantu.linkage.fragments import Homes, Places
from nuantu.linkage.kernel_rows import ALIAS, MARKS, SECOND, Asked
from nuantu.linkage.names import Names
from nuantu.linkage.parameters import Parameters
from nuantu.linkage.tree import PROVINCES
from nuantu.linkage.written import plain_found

Floats = NDArray[np.float64]
Table = NDArray[np.float32]

# The group of each table, in the order of the codes; the last is that of records without a nickname.
GROUPS: Final = (
    "surname", "given", "given", "birth", "height", "lost", "county", "marks", "nickname", "nickname",
)  # fmt: skip
PARTS: Final = (*dict.fromkeys(GROUPS), "place", "accent", "sex")
FIELDS: Final = len(GROUPS) - 1


@dataclass(frozen=True)
class Coded:
    """What is known of all records together. `shares`: of the codes of each field."""

    names: Names
    fields: Fields
    places: Places
    shares: Sequence[Floats]

    @property
    def province_codes(self) -> tuple[int, ...]:
        """Two-digit code of each province of the tree, 0 for a name that is none."""
        return tuple(PROVINCES.get(one[:2], 0) for one in self.places.tree.levels[0].names)


@dataclass(frozen=True)
class Question:
    """`tables`: by field, shape (regions + 1, codes) or (1, codes); `accent`: by province."""

    tables: Sequence[Table]
    accent: Floats
    homes: Homes
    asked: Asked


@contextmanager
def asking(coded: Coded, found: Found, with_: Parameters) -> Iterator[Question]:
    """The tables of what is asked. Raises ValueError when nothing tells one person from another."""
    if found.is_empty:
        message = "nothing is known that tells one person from another"
        raise ValueError(message)
    found = plain_found(found)
    tables = [
        table * np.float32(with_.weight(group))
        for group, table in zip(GROUPS, _tables(coded, found, with_), strict=True)
    ]
    people = coded.places.tree.levels[0].people
    heard = fields.accent_table(coded.province_codes, people, found.accent, with_)
    accent = heard.astype(np.float64) * with_.weight("accent")
    sex = fields.sex_table(SEX.get(found.sex, 0), with_) * np.float32(with_.weight("sex"))
    offsets = np.cumsum([0, *(table.size for table in tables[:-1])]).astype(np.int64)
    strides = np.array([table.shape[1] if len(table) > 1 else 0 for table in tables], np.int64)
    flat = np.concatenate([table.ravel() for table in tables])
    with coded.places.compare(found.places, accent, with_) as homes:
        yield Question(
            tables, accent, homes,
            Asked(
                homes.towns, homes.top, homes.slot, homes.values, sex, flat, offsets, strides,
                *_bounds(tables, coded.shares),
            ),
        )  # fmt: skip


def _tables(coded: Coded, found: Found, with_: Parameters) -> list[Table]:
    """By field as in GROUPS, before weights."""
    none, short = np.zeros((1, 1), np.float32), np.zeros((1, 256), np.float32)
    surname, first, second = names.name_tables(coded.names, found.surname, found.given, with_)
    alias = bare = none
    if found.nickname:
        alias, bare = names.nickname_tables(coded.names, found.nickname, with_)
    of = coded.fields
    plain = (
        fields.birth_table(of, found.age, found.found_day, with_) if found.age >= 0 else short,
        fields.height_table(of, found, with_) if found.height >= 0 else short,
        fields.lost_table(of, found.found_day, with_) if found.found_day >= 0 else none,
        fields.county_table(of, found.found_county, with_) if found.found_county else none,
        fields.marks_table(of, found.marks, with_),
    )
    return [surname, first, second, *(table.reshape(1, -1) for table in plain), alias, bare]


def _bounds(tables: Sequence[Table], shares: Sequence[Floats]) -> tuple[NDArray[np.int64], Table]:
    """The order of the fields asked, by how far the best code lies above the usual one.

    Codes that nobody has count for nothing: a report that has left leaves no trace.
    """
    best, gain = {}, {}
    for field, share in enumerate(shares):
        if tables[field].size > 1 or field == MARKS:
            best[field], usual = _carried(tables[field], share)
            if field == ALIAS:
                bare = _carried(tables[ALIAS + 1], shares[SECOND])[0]
                best[field] = np.maximum(best[field], bare)
            gain[field] = round(float(best[field][-1]) - usual, 5)
    order = sorted(gain, key=lambda field: (field == ALIAS, -gain[field]))
    most = np.zeros((len(regions()) + 1, len(order) + 1), np.float32)
    for place in range(len(order) - 1, -1, -1):
        most[:, place] = most[:, place + 1] + best[order[place]]
    return np.array(order, np.int64), most


def _carried(table: Table, share: Floats) -> tuple[Table, float]:
    """The best that a code which somebody has brings, by region, and what codes bring on the whole."""
    table, share = table[:, : len(share)], share[: table.shape[1]]
    here = share > 0.0
    best: Table = (table if here.all() else table[:, here]).max(axis=1)
    return best, float((table[-1] * share).sum())
