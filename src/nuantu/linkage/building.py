"""A registry sorted and coded: what every search of it shares."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nuantu.linkage import fields, names
from nuantu.linkage.asking import FIELDS, Coded
from nuantu.linkage.columns import Registry
from nuantu.linkage.fragments import Places
from nuantu.linkage.kernel_rows import Codes, Records
from nuantu.linkage.listed import Listed
from nuantu.linkage.tree import Tree, grow

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


@dataclass(frozen=True)
class Built:
    """A registry made ready: the tree of its homes, what is known of all records together, and the records."""

    tree: Tree
    coded: Coded
    records: Records
    rid: NDArray[np.signedinteger]


def build(registry: Registry, listed: Listed | None = None) -> Built:
    """Sorts and codes a registry, beside a gazetteer where there is one. Raises ValueError for one without reports."""
    if not len(registry):
        message = "a registry without reports cannot be searched"
        raise ValueError(message)
    tree, _, village = grow(registry.home)
    coded, called = names.code_names(registry.surname, registry.given, registry.alias)
    of, columns = fields.code_fields(registry)
    codes = (*called[:3], *columns, called[3])
    shares = [np.bincount(one) / len(registry) for one in codes]
    known = Coded(coded, of, Places(tree, listed), shares)
    return laid(known, registry.sex, village.astype(np.int64), codes, registry.rid)


def laid(
    coded: Coded,
    sex: NDArray[np.int8],
    village: Longs,
    codes: Sequence[NDArray[np.unsignedinteger]],
    rid: NDArray[np.signedinteger],
) -> Built:
    """Rows brought into their order: by sex, county, town, known or unknown village, and village."""
    tree = coded.places.tree
    towns, villages = tree.levels[3], tree.levels[4]
    key = (sex.astype(np.int64) * len(towns.names) + villages.parent[village]) * 2
    key += villages.name_of[village] >= 0
    order = np.argsort(key * len(villages.names) + village, kind="stable")
    narrow = int(np.abs(rid).max()) < 1 << 31
    region = coded.places.regions[3]
    return Built(
        tree, coded, _blocks(key[order], len(towns.names), region, village[order], _in_order(codes, order)),
        rid[order].astype(np.int32 if narrow else np.int64),
    )  # fmt: skip


def _in_order(columns: Sequence[NDArray[np.unsignedinteger]], order: Longs) -> Codes:
    """The codes of all fields, shape (FIELDS, rows)."""
    widest = max(int(one.max(initial=0)) for one in columns)
    codes = np.empty((FIELDS, len(order)), np.uint16 if widest < 1 << 16 else np.uint32)
    for place, column in enumerate(columns):
        codes[place] = column[order]
    return codes


def _blocks(key: Longs, towns: int, region: Ints, village: Longs, codes: Codes) -> Records:
    """Each stretch of one sex, one town, and of known or unknown villages."""
    begins = np.flatnonzero(np.diff(key, prepend=-1))
    of = key[begins]
    town = (of // 2 % towns).astype(np.int32)
    return Records(
        np.append(begins, len(key)).astype(np.int32),
        (of // 2 // towns).astype(np.int8),
        town,
        (of % 2).astype(np.int8),
        region[town].astype(np.int8),
        village.astype(np.int32),
        codes,
    )
