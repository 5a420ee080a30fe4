"""The journal line of what happens to the safety of a house, and the promises about it."""

from datetime import datetime

from nuantu.core import journal, live
from nuantu.core.actors import Actor
from nuantu.core.models import ScopedModel
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.services import complete_duty

HINT = "safety"


def note_safety(
    *,
    verb: str,
    actor: Actor,
    at: datetime,
    subject: Subject,
    row: ScopedModel,
    summary: str,
    **changes: object,
) -> None:
    """One line about a meal, check, hazard or inspection of a station; open pages are told."""
    journal.record(
        verb=verb,
        actor=actor,
        at=at,
        subjects=[subject],
        division_code=row.division_code,
        owner_org=row.owner_org,
        case_id=row.case_id,
        summary=summary,
        changes=changes,
    )
    live.hint(HINT, row.division_code, row.owner_org)


def keep_duties(*, actor: Actor, at: datetime, subject: Subject, kind: str, words: str) -> int:
    """Tick off what is still owed about a thing; how many promises that kept."""
    owed = Duty.objects.filter(
        subject_kind=subject.kind,
        subject_id=subject.public_id,
        kind=kind,
        state=Duty.State.OPEN,
    )
    found = list(owed)
    for duty in found:
        complete_duty(actor=actor, at=at, duty=duty, note=words[:200])
    return len(found)
