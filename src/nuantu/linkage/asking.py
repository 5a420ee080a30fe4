"""A question as tables: what each code of each field of a registry says about who is searched."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage import fields, names
from nuantu.linkage.columns import SEX, Found
from nuantu.linkage.dialects import regions
from nuantu.linkage.fields import Fields
from nuantu.linkage.fragments import Homes, Places
from nuantu.linkage.kernel_rows import (
    ALIAS,
    BIRTH,
    COUNTY,
    HEIGHT,
    LOST,
    MARKS,
    SECOND,
    Asked,
)
from nuantu.linkage.kernel_signs import CLASSES, NONE, SIGNED, carried
from nuantu.linkage.latin import is_latin
from nuantu.linkage.memory import Memory
from nuantu.linkage.names import Names
from nuantu.linkage.parameters import Parameters
from nuantu.linkage.signs import FIELDS as SIGNS
from nuantu.linkage.signs import classes_of
from nuantu.linkage.threads import pool
from nuantu.linkage.tree import PROVINCES
from nuantu.linkage.written import plain_found

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]
Table = NDArray[np.float32]
Fresh = dict[str, tuple[Table, ...]]

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
    said: Memory["Says"] = field(default_factory=Memory, repr=False, compare=False)
    accents: Memory[Floats] = field(default_factory=Memory, repr=False, compare=False)

    @cached_property
    def classes(self) -> Mapping[int, Bytes]:
        """The class of each code of the fields that rows are first looked at by."""
        return classes_of(self.names, self.shares)

    @cached_property
    def province_codes(self) -> tuple[int, ...]:
        """Two-digit code of each province of the tree, 0 for a name that is none."""
        return tuple(PROVINCES.get(one[:2], 0) for one in self.places.tree.levels[0].names)


@dataclass(frozen=True)
class Says:
    """What one field says, weighed: the `table`; `best` that it brings, by region, and what it `usual`ly does; what
    each class `lacks` of the best, in steps."""

    table: Table
    best: Table
    usual: float
    lacks: Bytes

    @property
    def nbytes(self) -> int:
        """What it takes to be remembered."""
        return self.table.nbytes + 500


@dataclass(frozen=True)
class Question:
    """`tables`: by field, shape (regions + 1, codes) or (1, codes); `accent`: by province."""

    tables: Sequence[Table]
    accent: Floats
    homes: Homes
    asked: Asked


@contextmanager
def asking(coded: Coded, found: Found, with_: Parameters, threads: int = 1) -> Iterator[Question]:
    """The tables of what is asked: with two threads, those of fields while places are compared.

    Raises ValueError when nothing tells one person from another.
    """
    if found.is_empty:
        message = "nothing is known that tells one person from another"
        raise ValueError(message)
    found = plain_found(found)
    accent = _accent(coded, found.accent, with_)
    shared = threads > 1 and any(found.places)
    aside = pool().submit(_says, coded, found, with_) if shared else None
    with coded.places.compare(found.places, accent, with_) as homes:
        says = aside.result() if aside else _says(coded, found, with_)
        yield Question(
            [one.table for one in says], accent, homes, _asked(found, homes, says, with_)
        )


def _asked(found: Found, homes: Homes, says: Sequence[Says], with_: Parameters) -> Asked:
    """The same as rows are asked for."""
    tables = [one.table for one in says]
    sex = fields.sex_table(SEX.get(found.sex, 0), with_) * np.float32(with_.weight("sex"))
    offsets = np.cumsum([0, *(table.size for table in tables[:-1])]).astype(np.int64)
    strides = np.array([table.shape[1] if len(table) > 1 else 0 for table in tables], np.int64)
    flat = np.concatenate([table.ravel() for table in tables])
    lacks = np.empty((len(regions()) + 1, SIGNED, CLASSES), np.uint8)
    for place, signed in enumerate(SIGNS):
        lacks[:, place] = says[signed].lacks
    return Asked(
        homes.towns, homes.highest, homes.table, homes.values, sex, flat, offsets, strides, *_bounds(says),
        lacks.ravel(),
    )  # fmt: skip


def _accent(coded: Coded, heard: str, with_: Parameters) -> Floats:
    """What an accent says of each province, weighed."""
    memory = coded.accents.under(with_)
    accent = memory.get(heard)
    if accent is None:
        people = coded.places.tree.levels[0].people
        table = fields.accent_table(coded.province_codes, people, heard, with_)
        accent = table.astype(np.float64) * with_.weight("accent")
        memory.put(heard, accent)
    return accent


def _says(coded: Coded, found: Found, with_: Parameters) -> list[Says]:
    """By field as in GROUPS. What was asked not long ago is remembered by its value."""
    surname, given = (found.surname, ""), ("", found.given)
    if is_latin(found.surname) or is_latin(found.given):
        surname = given = (found.surname, found.given)
    asked = (
        surname, given, given, (found.age, found.found_day),
        (found.height, found.age, found.sex), found.found_day, found.found_county, found.marks,
        found.nickname, found.nickname,
    )  # fmt: skip
    memory, made = coded.said.under(with_), []
    fresh: Fresh = {}
    for place, value in enumerate(asked):
        says = memory.get((place, value))
        if says is None:
            table = _table(coded, found, with_, place, fresh) * np.float32(
                with_.weight(GROUPS[place])
            )
            field = SECOND if place > ALIAS else place
            classes = coded.classes.get(place)
            says = Says(table, *_carried(table, coded.shares[field], classes))
            memory.put((place, value), says)
        made.append(says)
    return made


def _table(coded: Coded, found: Found, with_: Parameters, place: int, fresh: Fresh) -> Table:
    """One table, before weights. `fresh`: those that are made together, for this question."""
    none = np.zeros((1, 1), np.float32)
    if place <= SECOND:
        if "name" not in fresh:
            fresh["name"] = names.name_tables(coded.names, found.surname, found.given, with_)
        return fresh["name"][place]
    if place >= ALIAS:
        if found.nickname and "nickname" not in fresh:
            fresh["nickname"] = names.nickname_tables(coded.names, found.nickname, with_)
        return fresh["nickname"][place - ALIAS] if found.nickname else none
    return _plain(coded.fields, found, with_, place).reshape(1, -1)


def _plain(of: Fields, found: Found, with_: Parameters, place: int) -> Table:
    """A table that is alike for all regions."""
    none = np.zeros(1, np.float32)
    if place == BIRTH:
        return fields.birth_table(of, found.age, found.found_day, with_)
    if place == HEIGHT:
        return fields.height_table(of, found, with_)
    if place == LOST:
        return fields.lost_table(of, found.found_day, with_) if found.found_day >= 0 else none
    if place == COUNTY:
        return fields.county_table(of, found.found_county, with_) if found.found_county else none
    return fields.marks_table(of, found.marks, with_)


def _bounds(says: Sequence[Says]) -> tuple[NDArray[np.int64], Table]:
    """The order of the fields asked, by how far the best code lies above the usual one."""
    best, gain = {}, {}
    for place, one in enumerate(says[:-1]):
        if one.table.size > 1 or place == MARKS:
            best[place] = one.best
            if place == ALIAS:
                best[place] = np.maximum(one.best, says[-1].best)
            gain[place] = round(float(best[place][-1]) - one.usual, 5)
    order = sorted(gain, key=lambda place: (place == ALIAS, -gain[place]))
    most = np.zeros((len(regions()) + 1, len(order) + 1), np.float32)
    for position in range(len(order) - 1, -1, -1):
        most[:, position] = most[:, position + 1] + best[order[position]]
    return np.array(order, np.int64), most


def _carried(table: Table, share: Floats, classes: Bytes | None) -> tuple[Table, float, Bytes]:
    """The best that a code which somebody has brings, by region, what codes bring on the whole, and what each of the
    `classes` lacks.

    Codes that nobody has count for nothing: a report that has left leaves no trace.
    """
    best, lacks = np.empty(len(table), np.float32), np.empty((len(table), CLASSES), np.uint8)
    of_codes = np.zeros(len(share), np.uint8) if classes is None else classes
    most = np.empty(CLASSES, np.float32)
    usual = carried(table, share, of_codes, most, best, lacks)
    if classes is None or table.size == 1 or best[0] <= NONE:
        lacks[:] = 0
    return (best, float(usual), lacks) if best[0] > NONE else (table.max(axis=1), 0.0, lacks)
