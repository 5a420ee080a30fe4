"""Photos and videos of a contact are kept until their day, and as long as their case is open."""

from datetime import datetime

from nuantu.core import retention
from nuantu.core.subjects import Subject
from nuantu.encounters.models import Evidence
from nuantu.persons.models import Case


def sweep_evidence(*, at: datetime) -> int:
    """Delete the photos whose day is over and whose case is closed; how many."""
    open_ones = Case.objects.filter(state=Case.State.OPEN).values("case_id")
    return retention.delete_past(
        Evidence.objects.exclude(encounter__case_id__in=open_ones).select_related("encounter"),
        at=at,
        subject_of=lambda photo: Subject("encounter", photo.encounter.public_id),
    )
