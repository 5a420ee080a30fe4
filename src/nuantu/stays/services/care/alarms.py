"""A vital sign at or beyond its limit: somebody sees the resident at once; nothing says what he has."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty
from nuantu.stays.models import HealthNote, Reception, Stay
from nuantu.stays.selectors.care.alarms import SEE, alarms_in, looks_at

HERE = (
    "医务员和站长：马上看望这位在站人员，需要就送医",
    "Medic and head: see this resident at once, to hospital if needed",
)
DOOR = (
    "医务员和站长：马上看望门口这位来站人员，需要就送医",
    "Medic and head: see whoever is at the door at once, to hospital if needed",
)


def follow_screening(
    *, actor: Actor, at: datetime, row: Reception | Stay, figures: Mapping[str, float]
) -> None:
    """The same for what a medic measured at the door or in a screening: a figure at or beyond its limit
    owes a look, one within the limits keeps it. Call it in the transaction of the screening."""
    if not figures:
        return
    owed = list(looks_at(row))
    if not alarms_in(figures, row.division_code, at):
        for duty in owed:
            if duty.opened_at <= at:
                complete_duty(actor=actor, at=at, duty=duty, note="已看望并登记")
    elif not owed:
        _owe_look(actor, at, row)


def _owe_look(actor: Actor, at: datetime, row: Reception | Stay) -> None:
    ruling = rules_at(row.division_code, at).need(SEE)
    is_here = isinstance(row, Stay)
    open_duty(
        actor=actor,
        at=at,
        kind=SEE,
        title=HERE[0] if is_here else DOOR[0],
        title_en=HERE[1] if is_here else DOOR[1],
        subject=Subject("stay" if is_here else "reception", row.public_id),
        owner_org=row.owner_org,
        division_code=row.division_code,
        case_id=row.case_id,
        due_at=at + timedelta(minutes=ruling.number),
        basis=ruling.source[:200],
    )


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
    _owe_look(actor, at, stay)
    return True
