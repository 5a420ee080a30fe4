"""The keys under which the fixes of a delivery are sealed: one for each wearer and month, made at its first fix."""

from collections.abc import Iterable
from datetime import date, datetime

from nuantu.core import brief_keys
from nuantu.core.actors import SYSTEM
from nuantu.core.ids import new_id
from nuantu.homeward.models import KeyEnd, TrackKey
from nuantu.homeward.selectors.watched import Watched
from nuantu.homeward.services.purging import destroy_key

Wanted = tuple[int, date]


def keys_for(
    wanted: Iterable[Wanted], wearers: dict[int, Watched], at: datetime
) -> dict[Wanted, TrackKey]:
    """A key that can be read for each wearer and month; the caller holds the wearers' rows.

    One whose file is not there any more is put down as lost, and another takes its place.
    """
    needed = set(wanted)
    live = TrackKey.objects.filter(
        wearer__in={wearer for wearer, _month in needed},
        month_date__in={month for _wearer, month in needed},
        destroyed_at=None,
    )
    found = {(key.wearer_id, key.month_date): key for key in live}
    for pair in sorted(needed):
        key = found.get(pair)
        if key is not None and not brief_keys.is_there(key.public_id):
            destroy_key(key=key, actor=SYSTEM, at=at, why=KeyEnd.LOST)
            key = None
        found[pair] = key or _make(wearers[pair[0]], pair[1], at)
    return {pair: found[pair] for pair in needed}


def _make(wearer: Watched, month: date, at: datetime) -> TrackKey:
    ref = new_id()
    return TrackKey.objects.create(
        public_id=ref,
        wearer_id=wearer.pk,
        case_id=wearer.case_id,
        division_code=wearer.division_code,
        owner_org=wearer.owner_org,
        recorded_at=at,
        month_date=month,
        key_digest=brief_keys.make(ref),
    )
