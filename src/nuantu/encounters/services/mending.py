"""Taking back what an entry promised, when the entry was a mistake."""

from datetime import datetime

from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.encounters.models import Encounter, RefuserNotice, Revisit
from nuantu.encounters.services.owing import take_off
from nuantu.operations.models import Handover
from nuantu.operations.services import withdraw_handover


def take_back(*, actor: Actor, at: datetime, encounter: Encounter, reason: str) -> None:
    """Cancel open duties, a waiting hand-over and notices to partners of one entry."""
    take_off(actor=actor, at=at, encounter=encounter, reason=reason)
    Revisit.objects.filter(encounter=encounter, result="").update(
        result=Revisit.Result.WITHDRAWN, done_at=at, done_by=actor.name, note=reason[:300]
    )
    for handover in Handover.objects.filter(
        subject_kind="encounter", subject_id=encounter.public_id, state=Handover.State.OFFERED
    ):
        withdraw_handover(actor=actor, at=at, handover=handover)
    with scope.system("a notice of a mistaken entry is taken back from the partner"):
        RefuserNotice.objects.filter(encounter=encounter, withdrawn_at=None).update(withdrawn_at=at)
