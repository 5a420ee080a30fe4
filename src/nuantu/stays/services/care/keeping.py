"""Photos of roll-calls and answered complaints are kept until their day, and no longer."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from nuantu.core import clock, files, journal, scope, vault
from nuantu.core.actors import SYSTEM
from nuantu.core.retention import MOST_AT_ONCE, keep_until
from nuantu.core.subjects import Subject
from nuantu.operations.selectors import rules_at
from nuantu.stays.models import Complaint, RollCall, RollMark, Search
from nuantu.stays.selectors.care.complaints import disputed_rolls

ROLL_PHOTO, COMPLAINT = "keep.roll_photo", "keep.complaint"
WHY: Final = "what is past its term in a station is deleted, whoever it is about"


def sweep_roll_photos(*, at: datetime) -> int:
    """Delete the photos of roll-calls that are older than `keep.roll_photo`; how many.

    The roll-call with its marks stays. Somebody who was gone at it and is still looked for holds it,
    and so does a complaint of about that day that waits for its answer.
    """
    sought = Search.objects.filter(end="").values("stay")
    holding = RollMark.objects.filter(
        roll_call=OuterRef("pk"), found=RollMark.Found.GONE, stay__in=sought
    )
    with scope.system(WHY):
        rows = RollCall.objects.filter(~Exists(holding), ~disputed_rolls(), photo__isnull=False)
        return _sweep(rows.select_related("photo").order_by("called_at"), at, _drop_photo)


def _drop_photo(row: RollCall, at: datetime) -> bool:
    file, until = row.photo, _last_day(row.division_code, row.called_at, ROLL_PHOTO)
    if file is None or until >= clock.local(at).date():
        return False
    row.photo = None
    row.save(update_fields=["photo"])
    files.discard(file=file)
    _told(row, "core.photo.delete", at, "照片保存期满，已删除", until, digest=file.original_digest)
    return True


def sweep_complaints(*, at: datetime) -> int:
    """Delete the complaints that were answered longer ago than `keep.complaint`, with their key; how
    many. One that waits for its answer is kept however old it is."""
    with scope.system(WHY):
        rows = Complaint.objects.filter(answered_at__isnull=False)
        return _sweep(rows.order_by("answered_at"), at, _drop_complaint)


def _drop_complaint(row: Complaint, at: datetime) -> bool:
    until = _last_day(row.division_code, row.answered_at or at, COMPLAINT)
    if until >= clock.local(at).date():
        return False
    number, own_id = row.number, row.public_id
    row.delete()
    vault.destroy(own_id)
    _told(row, "stays.complaint.forget", at, f"在站人员意见保存期满，已删除：{number}", until)
    return True


def _sweep(rows: Any, at: datetime, drop: Callable[[Any, datetime], bool]) -> int:
    """Drop what is due, the oldest first, each in a transaction of its own."""
    count = 0
    for row in rows[:MOST_AT_ONCE]:
        with transaction.atomic():
            count += drop(row, at)
    return count


def _last_day(division_code: str, since: datetime, kind: str) -> date:
    """The last day of what is kept from that moment on, by the parameter of then."""
    months = int(rules_at(division_code, since).need(kind).number)
    return keep_until(clock.local(since).date(), months)


def _told(
    row: RollCall | Complaint, verb: str, at: datetime, summary: str, until: date, **changes: object
) -> None:
    kind = "roll_call" if isinstance(row, RollCall) else "complaint"
    journal.record(
        verb=verb,
        actor=SYSTEM,
        at=at,
        subjects=[Subject(kind, row.public_id)],
        division_code=row.division_code,
        owner_org=row.owner_org,
        case_id=row.case_id,
        summary=summary,
        basis=f"保存到 {until}",
        changes=changes,
    )
