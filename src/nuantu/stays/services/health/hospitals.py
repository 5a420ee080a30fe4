"""In which hospital a patient lies, and which move of his is under way."""

from datetime import datetime

from nuantu.core.actors import Actor
from nuantu.stays.models import CareHospital, HospitalAsk, HospitalCare


def lying(care: HospitalCare) -> CareHospital | None:
    """Where he lies now."""
    return care.hospitals.filter(arrived_at__isnull=False, left_at=None).first()


def sought(care: HospitalCare) -> CareHospital | None:
    """The move that is wanted and neither done nor dropped."""
    return care.hospitals.filter(arrived_at=None, dropped_at=None).first()


def enter_first(*, actor: Actor, at: datetime, care: HospitalCare) -> CareHospital:
    """The first hospital of the treatment, as the care has it."""
    return CareHospital.objects.create(
        care=care,
        hospital=care.hospital,
        wanted_at=care.begun_at,
        wanted_by=actor.name,
        arrived_at=at,
        accompanied_by=care.accompanied_by,
    )


def put_off(*, actor: Actor, at: datetime, care: HospitalCare, words: str) -> bool:
    """Drop the move that is under way; a hospital that has not answered need not any more.

    False where none is under way.
    """
    row = sought(care)
    if row is None:
        return False
    row.dropped_at, row.dropped_by, row.dropped_words = at, actor.name, words.strip()[:300]
    row.save()
    let_off(actor=actor, at=at, care=care)
    return True


def let_off(*, actor: Actor, at: datetime, care: HospitalCare) -> None:
    """A hospital that has not answered is asked no longer."""
    care.asks.filter(answer="").update(
        answer=HospitalAsk.Answer.OFF, answered_at=at, answered_by=actor.name
    )


def leave_last(*, at: datetime, care: HospitalCare) -> None:
    """The treatment is over: he left the hospital he lay in."""
    row = lying(care)
    if row is not None and row.arrived_at is not None:
        row.left_at = max(at, row.arrived_at)
        row.save(update_fields=["left_at"])
