"""Photos and videos of a contact are kept until their day, as long as their case is open, and while
they or the patrol on which they were taken are held (X13)."""

from datetime import datetime

from nuantu.core import retention
from nuantu.core.subjects import Subject
from nuantu.encounters.models import Evidence
from nuantu.patrols.models import PatrolContact
from nuantu.persons.models import Case
from nuantu.persons.selectors.holds import held, held_cases


def sweep_evidence(*, at: datetime) -> int:
    """Delete the photos whose day is over, whose case is closed and which nothing holds; how many."""
    open_ones = Case.objects.filter(state=Case.State.OPEN).values("case_id")
    on_patrol = PatrolContact.objects.filter(visit__run__public_id__in=held("patrol_run"))
    rows = Evidence.objects.exclude(encounter__case_id__in=open_ones)
    rows = rows.exclude(encounter__case_id__in=held_cases())
    return retention.delete_past(
        rows.exclude(encounter__public_id__in=on_patrol.values("subject_id")).select_related(
            "encounter"
        ),
        at=at,
        subject_of=lambda photo: Subject("encounter", photo.encounter.public_id),
    )
