"""What is closed is erased when its day is over; a file that came in is forgotten."""

from datetime import datetime
from typing import Final

from django.db import transaction

from nuantu.core import clock, scope, vault
from nuantu.core.actors import SYSTEM
from nuantu.core.erasure import erase_case
from nuantu.tracing.models import ImportRow, MissingReport, ReportImport

BATCH: Final = 500
WHY: Final = "what is closed in tracing is forgotten after its term"


def forget_reports(*, at: datetime) -> int:
    """Erase closed reports whose last day is over and that no case holds; how many.

    The row stays with its days, its state and its journal; whom it was about is gone, in its history too.
    """
    with scope.system(WHY):
        due = MissingReport.objects.filter(keep_until_date__lt=clock.local(at).date(), case_id=None)
        reports = list(due.order_by("pk")[:BATCH])
        for report in reports:
            with transaction.atomic():
                MissingReport.objects.filter(pk=report.pk).update(case_id=report.public_id)
                erase_case(
                    case_id=report.public_id,
                    actor=SYSTEM,
                    at=at,
                    reason="保存期满",
                    division_code=report.division_code,
                    owner_org=report.owner_org,
                )
    return len(reports)


def forget_files(*, at: datetime) -> int:
    """Delete the rows of files whose last day is over; how many files. What came in stays as reports."""
    with scope.system(WHY):
        due = ReportImport.objects.filter(
            keep_until_date__lt=clock.local(at).date(), is_forgotten=False
        )
        batches = list(due.order_by("pk")[:BATCH])
        for batch in batches:
            with transaction.atomic():
                ImportRow.objects.filter(batch=batch).delete()
                vault.destroy(batch.public_id)
                ReportImport.objects.filter(pk=batch.pk).update(is_forgotten=True)
    return len(batches)
