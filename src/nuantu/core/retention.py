"""How long image evidence is kept (X13), and the proof that it was deleted afterwards (PI-07)."""

import calendar
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet

from nuantu.core import clock, files, journal
from nuantu.core.actors import SYSTEM
from nuantu.core.subjects import Subject

MOST_AT_ONCE: Final = 500


def keep_until(day: date, months: int) -> date:
    """The same day some months on, the last day of a shorter month."""
    total = day.month - 1 + months
    year, month = day.year + total // 12, total % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def delete_past(
    rows: "QuerySet[Any]", *, at: datetime, subject_of: Callable[[Any], Subject]
) -> int:
    """Delete the photos and videos whose last day is over, oldest first; how many.

    A row has `file` and `keep_until_date`. Row, key and both copies go; one line of the journal a
    photo says which digest was deleted and until when it was kept.
    """
    today = clock.local(at).date()
    past = rows.filter(keep_until_date__lt=today).select_related("file").order_by("keep_until_date")
    found = list(past[:MOST_AT_ONCE])
    for row in found:
        file, subject = row.file, subject_of(row)
        row.delete()
        files.discard(file=file)
        journal.record(
            verb="core.photo.delete",
            actor=SYSTEM,
            at=at,
            subjects=[subject],
            division_code=file.division_code,
            owner_org=file.owner_org,
            case_id=file.case_id,
            summary="视频保存期满，已删除" if file.is_video else "照片保存期满，已删除",
            basis=f"保存到 {row.keep_until_date}",
            changes={"digest": file.original_digest},
        )
    return len(found)
