"""Whom to look after though nothing is told."""

from datetime import datetime

from django.db import connection

_DUE = """
SELECT w.id FROM homeward_wearer w
  JOIN homeward_wearing g ON g.wearer_id = w.id AND g.taken_at IS NULL
  JOIN homeward_lastfix l ON l.wearer_id = w.id
 WHERE w.ended_at IS NULL AND (
   (l.heard_at <= %s - w.silent_minutes * interval '1 minute' AND NOT EXISTS (
      SELECT 1 FROM homeward_alarm a WHERE a.wearer_id = w.id AND a.kind = 'silent' AND a.ended_at IS NULL))
   OR EXISTS (SELECT 1 FROM homeward_fence f
               WHERE f.wearer_id = w.id AND f.ended_at IS NULL AND f.hours_from IS NOT NULL))
 ORDER BY w.id
"""


def to_look_after(at: datetime) -> list[int]:
    """Wearers who are silent for too long, and those whose fences have hours."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [at])
        return [pk for (pk,) in cursor.fetchall()]
