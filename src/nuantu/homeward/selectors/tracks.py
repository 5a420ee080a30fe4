"""Tracks and the map: everything bounded by what is looked at."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _

from nuantu.core import brief_keys, clock
from nuantu.core.actors import Actor
from nuantu.homeward.models import Alarm, CellCount, LastFix, Position, Wearer
from nuantu.homeward.rules.cells import LEVELS, View, centre_of, level_for, window
from nuantu.homeward.rules.packing import Kept, unpack_fix
from nuantu.homeward.selectors.wearers import last_spot, url_of
from nuantu.persons.selectors import card_of
from nuantu.places.selectors import Feature

MOST_MARKS: Final = 150
MOST_FIXES: Final = 2_000
TRACK: Final = timedelta(hours=24)


def track(wearer: Wearer, at: datetime) -> list[tuple[datetime, Kept]]:
    """The fixes of the last day, oldest first, as far as the term lets them be read."""
    since = at - min(TRACK, timedelta(days=wearer.term_days))
    rows = Position.objects.filter(wearer=wearer, fixed_at__gt=since).select_related("track_key")
    found = []
    for row in rows.order_by("-fixed_at")[:MOST_FIXES]:
        try:
            opened = brief_keys.unseal(row.track_key.public_id, bytes(row.sealed))
        except brief_keys.BriefKeyGone:
            continue
        found.append((row.fixed_at, unpack_fix(opened)))
    return found[::-1]


def track_way(wearer: Wearer, at: datetime) -> list[dict[str, Any]]:
    """The track as one line, without what was not believed."""
    points = [
        [kept.lon, kept.lat]
        for _moment, kept in track(wearer, at)
        if kept.lat is not None and not kept.is_jump
    ]
    if len(points) < 2:
        return []
    return [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": points},
            "properties": {
                "key": "track",
                "label": _("最近24小时轨迹"),
                "mark": _("最近24小时轨迹"),
                "style": 3,
                "dash": 0,
                "note": "",
                "url": "",
            },
        }
    ]


def features_of(actor: Actor) -> list[Feature]:
    """Wearers of everything the reader may see, counted by the largest squares."""
    return squares(LEVELS[-1], None, clock.now())


def in_view(view: View, at: datetime) -> list[Feature]:
    """Wearers in a part of the map: each by himself where they are few, else counted by squares."""
    level = level_for(view)
    if level == LEVELS[0]:
        x1, x2, y1, y2 = window(view, level)
        found = LastFix.objects.filter(cell_x__range=(x1, x2), cell_y__range=(y1, y2))
        rows = list(
            found.select_related("track_key", "wearer__person").order_by("pk")[: MOST_MARKS + 1]
        )
        if len(rows) <= MOST_MARKS:
            return _marks(rows, at)
    return squares(level, view, at)


def people_in(found: Iterable[Feature]) -> list[UUID]:
    """Whom the marks show one by one; a square shows nobody."""
    return [UUID(one.key) for one in found if one.url]


def squares(level: int, view: View | None, at: datetime) -> list[Feature]:
    """How many wearers are in each square, and how many of them wait for an answer to an alarm."""
    found = CellCount.objects.filter(level=level, count__gt=0)
    if view is not None:
        x1, x2, y1, y2 = window(view, level)
        found = found.filter(x__range=(x1, x2), y__range=(y1, y2))
    rows = found.values("x", "y").annotate(total=Sum("count")).order_by("x", "y")
    alarmed = _alarmed(level, at)
    return [_square(level, row, alarmed[row["x"], row["y"]]) for row in rows]


def _square(level: int, row: Mapping[str, Any], alarmed: int) -> Feature:
    return Feature(
        *centre_of(level, row["x"], row["y"]),
        label=_("%(n)s 人") % {"n": row["total"]},
        note=_("%(n)s 人有告警没有处理，放大地图看是谁") % {"n": alarmed}
        if alarmed
        else _("放大地图看到每个人"),
        state="red" if alarmed else "",
        key=f"square-{level}-{row['x']}-{row['y']}",
        is_approximate=True,
    )


def _alarmed(level: int, at: datetime) -> Counter[tuple[int, int]]:
    """How many wearers of each square have an alarm that nobody answered."""
    waiting = Alarm.objects.filter(answered_at=None, due_at__lte=at).values("wearer")
    cells = LastFix.objects.filter(wearer__in=waiting).values_list("cell_x", "cell_y")
    return Counter((x >> level, y >> level) for x, y in cells if x is not None and y is not None)


def _marks(rows: list[LastFix], at: datetime) -> list[Feature]:
    alarmed = set(
        Alarm.objects.filter(
            wearer__in=[row.wearer_id for row in rows], answered_at=None, due_at__lte=at
        ).values_list("wearer_id", flat=True)
    )
    found = []
    for row in rows:
        spot = last_spot(row, at, row.wearer.term_days)
        if spot is not None:
            found.append(
                Feature(
                    spot.lat,
                    spot.lon,
                    label=card_of(row.wearer.person, at).called,
                    url=url_of(row.wearer.public_id),
                    note=_("位置时间 %(at)s") % {"at": f"{clock.local(spot.at):%m-%d %H:%M}"},
                    state="red" if row.wearer_id in alarmed else "",
                    key=str(row.wearer.public_id),
                    is_approximate=spot.accuracy > 200,
                )
            )
    return found
