"""Tracks end with their term: fixes are deleted, keys destroyed, months dropped; each with its proof.

A fix is gone the first time this runs after its term; pages stop showing it at the term itself. The key of a wearer's
month is destroyed when its last fix has reached the term. Nothing of a track is in a backup (decision 57).
"""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import F, QuerySet

from nuantu.core import brief_keys, journal, scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.ids import new_id
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.homeward.models import KeyEnd, LastFix, Position, TrackKey, Wearer
from nuantu.homeward.services.counting import count_cells
from nuantu.homeward.services.lines import WEARER

BATCH: Final = 500
WHY: Final = "tracks end with their term"
_DELETE: Final = """
WITH gone AS (
  DELETE FROM homeward_position p USING homeward_wearer w
   WHERE p.wearer_id = w.id AND p.fixed_at < %s - w.term_days * interval '1 day'
  RETURNING p.track_key_id
), counted AS (SELECT track_key_id, count(*) AS n FROM gone GROUP BY track_key_id)
UPDATE homeward_trackkey k SET purged_count = least(k.fix_count, k.purged_count + c.n)
  FROM counted c WHERE k.id = c.track_key_id
RETURNING c.n
"""
_DELETE_SINCE: Final = """
WITH gone AS (
  DELETE FROM homeward_position WHERE wearer_id = %s AND fixed_at >= %s RETURNING track_key_id
), counted AS (SELECT track_key_id, count(*) AS n FROM gone GROUP BY track_key_id)
UPDATE homeward_trackkey k SET purged_count = least(k.fix_count, k.purged_count + c.n)
  FROM counted c WHERE k.id = c.track_key_id
RETURNING c.n
"""
_ENDED: Final = """
SELECT k.id FROM homeward_trackkey k JOIN homeward_wearer w ON w.id = k.wearer_id
 WHERE k.destroyed_at IS NULL
   AND (k.month_date + interval '1 month') AT TIME ZONE 'UTC' + w.term_days * interval '1 day' <= %s
 ORDER BY k.id LIMIT %s
"""
_OLD: Final = """
SELECT l.id FROM homeward_lastfix l JOIN homeward_wearer w ON w.id = l.wearer_id
 WHERE l.sealed IS NOT NULL AND l.fixed_at < %s - w.term_days * interval '1 day'
"""
_MONTHS: Final = """
SELECT substring(c.relname FROM '[0-9]{4}_[0-9]{2}$') FROM pg_inherits i
  JOIN pg_class c ON c.oid = i.inhrelid
 WHERE i.inhparent = 'homeward_position'::regclass ORDER BY 1
"""


def month_of(moment: datetime) -> date:
    """The first day of the month (UTC) in whose partition a fix lies."""
    return moment.astimezone(UTC).date().replace(day=1)


def after(month: date) -> date:
    """The first day of the month after."""
    return (month + timedelta(days=32)).replace(day=1)


def purge(*, at: datetime) -> dict[str, int]:
    """Once a night: what has reached its term goes. How many fixes, keys and months, by name; may run twice."""
    with scope.system(WHY):
        fixes = _delete_fixes(at)
        last = _forget_last(at)
    keys = 0
    while True:
        with scope.system(WHY), transaction.atomic():
            found = list(_ended(at))
            for key in found:
                destroy_key(key=key, actor=SYSTEM, at=at, why=KeyEnd.TERM)
        keys += len(found)
        if len(found) < BATCH:
            break
    with scope.system(WHY):
        lost = _note_lost(at)
        months = _drop_months(at)
        _sweep_files()
    return {"fixes": fixes, "last": last, "keys": keys, "lost": lost, "months": months}


def forget_last(wearer: Wearer) -> None:
    """What is remembered between fixes goes, and the newest place with it; the caller holds the wearer's row."""
    for last in LastFix.objects.select_for_update().filter(wearer=wearer):
        _clear(last)


def purge_wearer(*, wearer: Wearer, actor: Actor, at: datetime, why: KeyEnd) -> int:
    """Destroy every track of a wearer now; how many fixes."""
    count = 0
    with transaction.atomic(), scope.system(WHY):
        forget_last(wearer)
        for key in wearer.track_keys.select_for_update().filter(destroyed_at=None):
            count += key.fix_count - key.purged_count
            destroy_key(key=key, actor=actor, at=at, why=why)
        Position.objects.filter(wearer=wearer).delete()
    return count


def purge_since(*, wearer: Wearer, since: datetime, actor: Actor, at: datetime) -> int:
    """Delete the fixes of a wristband that was on somebody else; a key that sealed only these goes with them.
    How many fixes."""
    with transaction.atomic(), scope.system(WHY):
        forget_last(wearer)
        with connection.cursor() as cursor:
            cursor.execute(_DELETE_SINCE, [wearer.pk, since])
            count = sum(int(number) for (number,) in cursor.fetchall())
        whole = wearer.track_keys.select_for_update().filter(destroyed_at=None)
        for key in whole.filter(purged_count=F("fix_count")):
            destroy_key(key=key, actor=actor, at=at, why=KeyEnd.WRONG)
    return count


def destroy_key(*, key: TrackKey, actor: Actor, at: datetime, why: KeyEnd) -> None:
    """Destroy one key and write the proof: how many fixes, which key by its digest. The file goes with the commit."""
    key.destroyed_at, key.destroyed_why = at, why
    key.purged_count = key.fix_count
    key.save(update_fields=["destroyed_at", "destroyed_why", "purged_count"])
    LastFix.objects.filter(track_key=key).update(track_key=None, sealed=None)
    month, said = f"{key.month_date:%Y-%m}", stored(why.label)
    journal.record(
        verb="homeward.track.destroy",
        actor=actor,
        at=at,
        subjects=[Subject(WEARER, key.wearer.public_id)],
        division_code=key.division_code,
        owner_org=key.owner_org,
        case_id=key.case_id,
        summary=f"销毁 {month} 轨迹密钥：{said}",
        changes={"count": key.fix_count, "key_digest": key.key_digest, "month": month, "why": why},
    )
    transaction.on_commit(lambda: brief_keys.destroy(key.public_id))


def _delete_fixes(at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_DELETE, [at])
        return sum(count for (count,) in cursor.fetchall())


def _forget_last(at: datetime) -> int:
    """Newest places that have reached the term."""
    with connection.cursor() as cursor:
        cursor.execute(_OLD, [at])
        found = [last for (last,) in cursor.fetchall()]
    rows = list(LastFix.objects.filter(pk__in=found).select_for_update().order_by("pk"))
    for row in rows:
        _clear(row)
    return len(rows)


def _clear(last: LastFix) -> None:
    count_cells(
        last.owner_org, last.division_code, before=(last.cell_x, last.cell_y), now=(None, None)
    )
    last.cell_x = last.cell_y = last.track_key = last.sealed = last.fixed_at = last.battery = None
    last.save(update_fields=["cell_x", "cell_y", "track_key", "sealed", "fixed_at", "battery"])


def _ended(at: datetime) -> "QuerySet[TrackKey]":
    """Keys whose last fix has reached the term of their wearer."""
    with connection.cursor() as cursor:
        cursor.execute(_ENDED, [at, BATCH])
        found = [key for (key,) in cursor.fetchall()]
    return TrackKey.objects.filter(pk__in=found).select_related("wearer").order_by("pk")


def _note_lost(at: datetime) -> int:
    """Keys whose file is not there any more: the machine they lay on is lost, and the tracks with it."""
    live = TrackKey.objects.filter(destroyed_at=None).select_related("wearer")
    lost = [key for key in live.iterator(2000) if not brief_keys.is_there(key.public_id)]
    for key in lost:
        destroy_key(key=key, actor=SYSTEM, at=at, why=KeyEnd.LOST)
    return len(lost)


def _sweep_files() -> None:
    """Files whose row says destroyed, where the machine stopped between the commit and the deed."""
    held = brief_keys.names()
    gone = TrackKey.objects.filter(public_id__in=held).exclude(destroyed_at=None)
    for ref in gone.values_list("public_id", flat=True):
        brief_keys.destroy(ref)


def _drop_months(at: datetime) -> int:
    """Partitions that are over and have no living key."""
    this = month_of(at)
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS)
        months = [date(int(name[:4]), int(name[5:]), 1) for (name,) in cursor.fetchall() if name]
    over = [month for month in months if month < this]
    living = set(
        TrackKey.objects.filter(destroyed_at=None, month_date__in=over).values_list(
            "month_date", flat=True
        )
    )
    dropped = [month for month in over if month not in living]
    for month in dropped:
        _drop(month, at)
    return len(dropped)


def _drop(month: date, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nuantu_drop_month(%s)", [month])
    name = f"{month:%Y-%m}"
    keys = TrackKey.objects.filter(month_date=month)
    count = sum(keys.values_list("fix_count", flat=True))
    journal.record(
        verb="homeward.track.drop",
        actor=SYSTEM,
        at=at,
        subjects=[Subject("track_month", new_id())],
        division_code="000000000000",
        owner_org="",
        summary=f"删除 {name} 轨迹分区",
        changes={"month": name, "keys": keys.count(), "count": count},
    )
