"""How often is too often, counted in the database so that every process agrees."""

from collections.abc import Iterable

from django.db import connection

from nuantu.core import clock

_COUNT = """
INSERT INTO core_ratewindow (key, "window", count) VALUES (%s, %s, 1)
ON CONFLICT (key, "window") DO UPDATE SET count = core_ratewindow.count + 1 RETURNING count
"""


def allow(key: str, limit: int, per_seconds: int) -> bool:
    """Count one more for `key`; whether it is within `limit` per window of `per_seconds`."""
    window = int(clock.now().timestamp()) // per_seconds
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key[:120], window * per_seconds])
        (count,) = cursor.fetchone()
    return bool(count <= limit)


_COUNT_ALL = """
INSERT INTO core_ratewindow (key, "window", count) SELECT key, %s, 1 FROM unnest(%s::text[]) AS key
ON CONFLICT (key, "window") DO UPDATE SET count = core_ratewindow.count + 1 RETURNING key, count
"""


def beyond(keys: Iterable[str], limit: int, per_seconds: int) -> set[str]:
    """Count one more for each key (at most 120 letters); those that are beyond `limit` per window of `per_seconds`."""
    window = int(clock.now().timestamp()) // per_seconds
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_ALL, [window * per_seconds, sorted(set(keys))])
        return {key for key, count in cursor.fetchall() if count > limit}


def sweep(before_seconds: int) -> None:
    """Drop windows that began before the given moment (seconds since 1970)."""
    with connection.cursor() as cursor:
        cursor.execute('DELETE FROM core_ratewindow WHERE "window" < %s', [before_seconds])
