"""The rows of a delivery, each table written by one statement."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from nuantu.core import brief_keys
from nuantu.homeward.models import TrackKey
from nuantu.homeward.rules.cells import cell_of
from nuantu.homeward.rules.fixes import Fix
from nuantu.homeward.rules.packing import pack_fix, pack_state
from nuantu.homeward.selectors.watched import Watched
from nuantu.homeward.services.counting import Square, moved, write_counts
from nuantu.homeward.services.purging import month_of

_KNOWN: Final = """
SELECT p.wearer_id, p.fixed_at FROM homeward_position p
  JOIN unnest(%s::bigint[], %s::timestamptz[]) AS d(wearer, moment)
    ON p.wearer_id = d.wearer AND p.fixed_at = d.moment
"""
_OPEN: Final = "SELECT nuantu_open_month(month) FROM unnest(%s::date[]) AS month"
_POSITIONS: Final = """
INSERT INTO homeward_position (wearer_id, fixed_at, told_at, track_key_id, sealed)
SELECT * FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::bigint[], %s::bytea[])
ON CONFLICT DO NOTHING
"""
_COUNTS: Final = """
UPDATE homeward_trackkey k SET fix_count = k.fix_count + d.n
  FROM unnest(%s::bigint[], %s::int[]) AS d(id, n) WHERE k.id = d.id
"""
_LAST: Final = """
UPDATE homeward_lastfix l SET heard_at = d.heard, fixed_at = d.fixed, battery = d.battery, cell_x = d.x, cell_y = d.y,
       is_doubtful = d.doubtful, track_key_id = d.key, sealed = d.sealed
  FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::smallint[], %s::int[], %s::int[],
              %s::boolean[], %s::bigint[], %s::bytea[])
    AS d(id, heard, fixed, battery, x, y, doubtful, key, sealed)
 WHERE l.id = d.id
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A fix to be kept for a wearer."""

    wearer: int
    fix: Fix
    is_jump: bool
    is_set_right: bool


def known_before(pairs: Iterable[tuple[int, datetime]]) -> set[tuple[int, datetime]]:
    """Which of these fixes stand there already."""
    asked = list(pairs)
    if not asked:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [[pk for pk, _at in asked], [at for _pk, at in asked]])
        return {(pk, at) for pk, at in cursor.fetchall()}


def keep_positions(
    rows: Sequence[Row], keys: Mapping[tuple[int, date], TrackKey], at: datetime
) -> None:
    """Seal the fixes and put them into their months."""
    if not rows:
        return
    held = [keys[row.wearer, month_of(row.fix.at)] for row in rows]
    sealed = [
        brief_keys.seal(
            key.public_id,
            pack_fix(row.fix, is_jump=row.is_jump, is_set_right=row.is_set_right),
        )
        for row, key in zip(rows, held, strict=True)
    ]
    counts = Counter(key.pk for key in held)
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [sorted({key.month_date for key in held})])
        cursor.execute(
            _POSITIONS,
            [
                [row.wearer for row in rows],
                [row.fix.at for row in rows],
                [at] * len(rows),
                [key.pk for key in held],
                sealed,
            ],
        )
        cursor.execute(_COUNTS, [list(counts), list(counts.values())])


def keep_last(heard: Sequence[Watched], keys: Mapping[int, TrackKey | None]) -> None:
    """What is remembered of each wearer, sealed, and the square he is in."""
    if not heard:
        return
    squares: Counter[Square] = Counter()
    values = []
    for one in heard:
        last, key = one.state.last, keys[one.pk]
        cell = cell_of(last.lat, last.lon) if last and key else (None, None)
        if cell != one.cell:
            squares.update(moved(one.owner_org, one.division_code, one.cell, cell))
        values.append(_values(one, key, cell))
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [list(column) for column in zip(*values, strict=True)])
    write_counts(squares)


def _values(
    one: Watched, key: TrackKey | None, cell: tuple[int | None, int | None]
) -> tuple[Any, ...]:
    state = one.state
    return (
        one.last_pk,
        state.heard_at,
        state.last.at if state.last and key else None,
        state.battery,
        *cell,
        state.doubts > 0,
        key.pk if key else None,
        brief_keys.seal(key.public_id, pack_state(state)) if key else None,
    )
