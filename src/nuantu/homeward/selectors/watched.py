"""What a delivery of fixes needs to know of each wearer, asked once for all of them."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db import connection

from nuantu.core import brief_keys, clock, vault
from nuantu.homeward.models import Alarm, Fence
from nuantu.homeward.rules import fences as rules
from nuantu.homeward.rules.packing import unpack_state
from nuantu.homeward.rules.watching import CALLS, CONDITIONS, State, Watch

CALLS_REMEMBERED: Final = timedelta(days=8)
_WEARERS: Final = """
SELECT w.id, w.public_id, w.case_id, w.division_code, w.owner_org, w.silent_minutes, w.low_battery,
       w.still_hours, w.margin_metres, w.quiet_from, w.quiet_to, w.term_days,
       c.locate, c.fence, l.id, l.sealed, l.cell_x, l.cell_y, l.fixed_at, k.public_id, l.heard_at
  FROM homeward_wearer w
  JOIN homeward_lastfix l ON l.wearer_id = w.id
  LEFT JOIN homeward_trackkey k ON k.id = l.track_key_id
  LEFT JOIN LATERAL (
    SELECT coalesce(bool_or(purpose = 'locate'), false) AS locate,
           coalesce(bool_or(purpose = 'fence'), false) AS fence
      FROM homeward_consent n
     WHERE n.wearer_id = w.id AND n.ended_at IS NULL AND %(today)s BETWEEN n.given_date AND n.until_date
  ) c ON true
 WHERE w.id = ANY(%(wearers)s)
 ORDER BY w.id FOR UPDATE OF l
"""
_BANDS: Final = """
SELECT b.id, b.id_hash, g.wearer_id, g.given_at
  FROM homeward_wristband b
  LEFT JOIN homeward_wearing g ON g.wristband_id = b.id AND g.taken_at IS NULL
 WHERE b.id_hash = ANY(%s) AND b.owner_org = %s
"""


@dataclass(frozen=True, slots=True)
class Band:
    """A wristband that told something: who wears it since when, if anybody does."""

    pk: int
    wearer: int | None
    given_at: datetime | None


@dataclass(slots=True)
class Watched:
    """A wearer as a delivery finds him; `state` moves on with each fix."""

    pk: int
    public_id: UUID
    case_id: UUID
    division_code: str
    owner_org: str
    quiet: tuple[time | None, time | None]
    term: timedelta
    may_locate: bool
    watch: Watch
    last_pk: int
    cell: tuple[int | None, int | None]
    fixed_at: datetime | None
    state: State = field(default_factory=State)


def hashes_of(devices: Iterable[str]) -> dict[str, str]:
    """The keyed hash of each device (as `vault.keyed_hash`, the key read once)."""
    key = vault.load().index
    return {
        device: hmac.new(key, device.encode(), hashlib.sha256).hexdigest()
        for device in set(devices)
    }


def bands_of(hashes: Sequence[str], owner_org: str) -> dict[str, Band]:
    """The wristbands of an organisation by their hashes."""
    with connection.cursor() as cursor:
        cursor.execute(_BANDS, [list(hashes), owner_org])
        return {digest: Band(pk, wearer, given) for pk, digest, wearer, given in cursor.fetchall()}


def watched(wearers: Sequence[int], at: datetime) -> dict[int, Watched]:
    """These wearers, locked until the end of the transaction, in one order; their open events and calls."""
    today = clock.local(at).date()
    with connection.cursor() as cursor:
        cursor.execute(_WEARERS, {"wearers": list(wearers), "today": today})
        rows = cursor.fetchall()
    fences = _fences([row[0] for row in rows if row[13]])
    found = {row[0]: _of_row(row, fences.get(row[0], ())) for row in rows}
    _with_events(found, at)
    return found


def _of_row(row: tuple[Any, ...], fences: tuple[rules.Fence, ...]) -> Watched:
    return Watched(
        pk=row[0],
        public_id=row[1],
        case_id=row[2],
        division_code=row[3],
        owner_org=row[4],
        quiet=(row[9], row[10]),
        term=timedelta(days=row[11]),
        may_locate=bool(row[12]),
        watch=Watch(
            fences=fences,
            margin=row[8],
            silent_after=timedelta(minutes=row[5]),
            low_battery=row[6],
            still_after=timedelta(hours=row[7]) if row[7] else None,
            may_judge=bool(row[13]) and bool(row[12]),
        ),
        last_pk=row[14],
        cell=(row[16], row[17]),
        fixed_at=row[18],
        state=replace(_state(row[15], row[19]), heard_at=row[20]),
    )


def _state(sealed: memoryview | bytes | None, key: UUID | None) -> State:
    """What is remembered; nothing where the key has ended."""
    if sealed is None or key is None:
        return State()
    try:
        return unpack_state(brief_keys.unseal(key, bytes(sealed)))
    except brief_keys.BriefKeyGone:
        return State()


def _with_events(found: dict[int, Watched], at: datetime) -> None:
    """Open events and recent calls are what the alarms say."""
    opened: dict[int, dict[str, datetime]] = defaultdict(dict)
    calls: dict[int, dict[str, tuple[tuple[datetime, datetime], ...]]] = defaultdict(dict)
    rows = Alarm.objects.filter(wearer__in=found, ended_at=None).values_list(
        "wearer_id", "kind", "began_at"
    )
    for wearer, kind, began in rows:
        if kind in CONDITIONS:
            opened[wearer][kind] = began
    recent = Alarm.objects.filter(
        wearer__in=found, kind__in=CALLS, last_at__gt=at - CALLS_REMEMBERED
    )
    for wearer, kind, began, last in recent.values_list("wearer_id", "kind", "began_at", "last_at"):
        calls[wearer][kind] = (*calls[wearer].get(kind, ()), (began, last))
    for pk, one in found.items():
        if pk in opened or pk in calls:
            one.state = replace(one.state, open=opened.get(pk, {}), calls=calls.get(pk, {}))


def _fences(wearers: Sequence[int]) -> dict[int, tuple[rules.Fence, ...]]:
    found: dict[int, list[rules.Fence]] = defaultdict(list)
    for fence in Fence.objects.filter(wearer__in=wearers, ended_at=None).order_by("pk"):
        try:
            shape = _shape(fence.shape.token)
            found[fence.wearer_id].append(rules.Fence(shape, fence.hours_from, fence.hours_to))
        except vault.KeyDestroyed:
            continue
    return {wearer: tuple(one) for wearer, one in found.items()}


@lru_cache(maxsize=50_000)
def _shape(token: str) -> rules.Shape:
    """A shape opened once in a process: its token never changes, and an ended fence is not asked for."""
    return rules.read(vault.unseal(token))


def quiet_span(
    hours: tuple[time | None, time | None], at: datetime
) -> tuple[datetime, datetime] | None:
    """The quiet hours that a moment may lie in, as moments; they may pass midnight."""
    start, end = hours
    if start is None or end is None or not rules.is_within(clock.local(at).time(), start, end):
        return None
    local = clock.local(at)
    day: date = local.date()
    begun = datetime.combine(day, start, clock.LOCAL)
    if begun > local:
        begun -= timedelta(days=1)
    over = datetime.combine(begun.date(), end, clock.LOCAL)
    return begun, over if over > begun else over + timedelta(days=1)
