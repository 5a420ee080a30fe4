"""Wearers counted by the squares of the map, kept in step with where each one is."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from django.db import connection

from nuantu.core import clock
from nuantu.core.ids import new_id
from nuantu.homeward.rules.cells import LEVELS

Square = tuple[str, str, int, int, int]
Cell = tuple[int | None, int | None]
_COUNT: Final = """
INSERT INTO homeward_cellcount (public_id, recorded_at, owner_org, division_code, level, x, y, count)
SELECT * FROM unnest(%s::uuid[], %s::timestamptz[], %s::text[], %s::text[], %s::smallint[], %s::int[], %s::int[],
  %s::int[])
ON CONFLICT (owner_org, division_code, level, x, y)
DO UPDATE SET count = greatest(0, homeward_cellcount.count + excluded.count)
"""
_LESS: Final = """
UPDATE homeward_cellcount c SET count = greatest(0, c.count + d.n)
  FROM unnest(%s::text[], %s::text[], %s::smallint[], %s::int[], %s::int[], %s::int[])
    AS d(org, division, level, x, y, n)
 WHERE (c.owner_org, c.division_code, c.level, c.x, c.y) = (d.org, d.division, d.level, d.x, d.y)
"""


def moved(owner_org: str, division_code: str, before: Cell, now: Cell) -> "Counter[Square]":
    """What a move from square to square changes; nothing where the square stays the same."""
    found: Counter[Square] = Counter()
    for (x, y), by in ((before, -1), (now, 1)):
        if x is not None and y is not None:
            for level in LEVELS:
                found[owner_org, division_code, level, x >> level, y >> level] += by
    return found


def count_cells(owner_org: str, division_code: str, *, before: Cell, now: Cell) -> None:
    """Count one wearer out of a square and into another."""
    write_counts(moved(owner_org, division_code, before, now))


def write_counts(changes: Mapping[Square, int]) -> None:
    """Write the changes in one order, so that two deliveries never wait for each other in a ring."""
    rows = sorted((square, by) for square, by in changes.items() if by)
    less = [(square, by) for square, by in rows if by < 0]
    more = [(square, by) for square, by in rows if by > 0]
    with connection.cursor() as cursor:
        if less:
            cursor.execute(_LESS, _columns(less))
        if more:
            ids, moment = [new_id() for _row in more], clock.now()
            cursor.execute(_COUNT, [ids, [moment] * len(more), *_columns(more)])


def _columns(rows: list[tuple[Square, int]]) -> list[list[object]]:
    return [list(column) for column in zip(*((*square, by) for square, by in rows), strict=True)]
