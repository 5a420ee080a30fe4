"""A vital sign at or beyond its limit: somebody sees the resident at once; nothing says what he has."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty
from nuantu.stays.models import HealthNote, Stay
from nuantu.stays.selectors.care.alarms import SEE, alarms_in, looks_at


def follow_vitals(
    *, actor: Actor, at: datetime, stay: Stay, note: HealthNote, figures: Mapping[str, float]
) -> bool:
    """Owe a look at the resident where a figure is an alarm; any other vital signs or words of the
    medic keep that promise. What arrives late changes nothing that was noted after it.

    True where somebody has to see him. Call it in the transaction of the note.
    """
    owed = list(looks_at(stay))
    if not alarms_in(figures, stay.division_code, at):
        for duty in owed:
            if duty.opened_at <= at:
                complete_duty(actor=actor, at=at, duty=duty, note="已看望并登记")
        return False
    later = HealthNote.objects.filter(stay=stay, kind=note.kind, noted_at__gt=at)
    if owed or not stay.is_here or later.exists():
        return bool(owed)
    ruling = rules_at(stay.division_code, at).need(SEE)
    open_duty(
        actor=actor,
        at=at,
        kind=SEE,
        title="医务员和站长：马上看望这位在站人员，需要就送医",
        title_en="Medic and head: see this resident at once, to hospital if needed",
        subject=Subject("stay", stay.public_id),
        owner_org=stay.owner_org,
        division_code=stay.division_code,
        case_id=stay.case_id,
        due_at=at + timedelta(minutes=ruling.number),
        basis=ruling.source[:200],
    )
    return True
