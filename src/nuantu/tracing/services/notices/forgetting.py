"""The face of somebody whose notice is withdrawn goes after its term, in the notice and in the screenshots."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from nuantu.core import clock, files, journal, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.subjects import Subject
from nuantu.persons.selectors import holds
from nuantu.tracing.models import NoticeVersion, Posting, PostingProof, TracingNotice
from nuantu.tracing.services.notices.lines import NOTICE

BATCH: Final = 200
WHY: Final = "photos of withdrawn notices are deleted after their term"


def forget_photos(*, at: datetime) -> int:
    """Delete photos and screenshots of notices whose last day is over; how many files.

    The digest stays in the journal. A case whose evidence is held keeps them, and so does a notice that
    still stands somewhere: there it is needed to find it.
    """
    gone = 0
    with scope.system(WHY):
        up = Posting.objects.filter(state=Posting.State.UP).values("notice_id")
        due = TracingNotice.objects.filter(keep_until_date__lt=clock.local(at).date())
        shown = Q(versions__photo__isnull=False) | Q(postings__proofs__file__isnull=False)
        rows = due.exclude(pk__in=up).filter(shown).distinct()
        kept = holds.held(holds.CASE)
        for notice in [one for one in rows.order_by("pk")[:BATCH] if one.case_id not in kept]:
            with transaction.atomic():
                gone += _forget(notice, at)
    return gone


def _forget(notice: TracingNotice, at: datetime) -> int:
    shown: list[Any] = [
        *NoticeVersion.objects.filter(notice=notice, photo__isnull=False).select_related("photo"),
    ]
    files_gone = [row.photo for row in shown]
    proofs = PostingProof.objects.filter(posting__notice=notice, file__isnull=False)
    files_gone += [row.file for row in proofs.select_related("file") if row.file]
    for file in files_gone:
        files.discard(file=file)
        journal.record(
            verb="core.photo.delete",
            actor=SYSTEM,
            at=at,
            subjects=[Subject(NOTICE, notice.public_id)],
            division_code=notice.division_code,
            owner_org=notice.owner_org,
            case_id=notice.case_id,
            summary="照片保存期满，已删除",
            basis=f"保存到 {notice.keep_until_date}",
            changes={"digest": file.original_digest},
        )
    return len(files_gone)
