"""From one hospital to another (转院): wanted for a reason, asked and accepted like the first, done.

Until he has left he is a patient of the hospital he lies in; news, follower and screening go on.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.places.models import Hospital
from nuantu.stays.models import CareHospital, HospitalAsk, HospitalCare
from nuantu.stays.services.health.hospital import BASIS, ask_hospital
from nuantu.stays.services.health.hospitals import let_off, lying, put_off, sought
from nuantu.stays.services.health.lines import MOVE, MOVED, drop, keep, owe
from nuantu.stays.services.health.screening import HealthRefused
from nuantu.stays.services.lines import note


@dataclass(frozen=True, slots=True)
class Moved:
    """How he came from one hospital to the next."""

    accompanied_by: str
    left_at: datetime
    arrived_at: datetime


def begin_move(
    *, actor: Actor, at: datetime, care: HospitalCare, reason: str, hospital: Hospital
) -> CareHospital:
    """A patient is to be moved: say why, ask the first hospital; its answer is owed.

    Raises HealthRefused without a reason, for somebody who lies in no hospital, for the hospital he
    lies in, and while a move is under way.
    """
    if not reason.strip():
        raise HealthRefused(_("请写明为什么转院。"), field="reason")
    if care.state != HospitalCare.State.IN_CARE:
        raise HealthRefused(_("病人还没有住进医院，或就医已经结束。"))
    try:
        with transaction.atomic():
            row = CareHospital.objects.create(
                care=care, reason=reason.strip()[:400], wanted_at=at, wanted_by=actor.name
            )
            owe(actor=actor, at=at, row=care, about="care", kind=MOVE)
            _line(actor, at, care, "stays.care.move", "办理转院", reason=reason.strip())
            ask_hospital(actor=actor, at=at, care=care, hospital=hospital)
    except IntegrityError as error:
        raise HealthRefused(_("转院已经在办，请在就医页面继续。")) from error
    return row


def drop_move(*, actor: Actor, at: datetime, care: HospitalCare, words: str) -> HospitalCare:
    """He stays where he is. Raises HealthRefused without words, or where no move is under way."""
    if not words.strip():
        raise HealthRefused(_("请写明为什么不转院了。"), field="words")
    with transaction.atomic():
        if not put_off(actor=actor, at=at, care=care, words=words):
            raise HealthRefused(_("没有在办的转院。"))
        drop(
            actor=actor,
            at=at,
            subject_id=care.public_id,
            kinds=(MOVE, MOVED),
            reason="不转院了",
        )
        _line(actor, at, care, "stays.care.stay_put", "不转院了", words=words.strip()[:300])
    return care


def move(*, actor: Actor, at: datetime, care: HospitalCare, moved: Moved) -> HospitalCare:
    """He has arrived in the hospital that takes him; the treatment goes on there.

    Raises HealthRefused with the field to mend: nobody went along, no hospital takes him, or times
    that do not follow one another.
    """
    if not moved.accompanied_by.strip():
        raise HealthRefused(_("请写明谁陪同送医。"), field="accompanied_by")
    with transaction.atomic():
        row = HospitalCare.objects.select_for_update(of=("self",)).get(pk=care.pk)
        wish, last = sought(row), lying(row)
        taken = _taker(row, wish)
        if row.state != HospitalCare.State.IN_CARE or not (wish and last and taken):
            raise HealthRefused(_("还没有医院答复接收。"))
        _check_times(at, last, moved)
        last.left_at = moved.left_at
        last.save(update_fields=["left_at"])
        wish.hospital, wish.arrived_at = taken.hospital, moved.arrived_at
        wish.accompanied_by = moved.accompanied_by.strip()[:80]
        wish.save()
        row.hospital = taken.hospital
        row.save(update_fields=["hospital"])
        let_off(actor=actor, at=at, care=row)
        keep(
            actor=actor,
            at=at,
            subject_id=row.public_id,
            kinds=(MOVE, MOVED),
            note=taken.hospital.name,
        )
        note(
            verb="stays.care.moved",
            actor=actor,
            at=at,
            row=row,
            person=row.person,
            kind="care",
            summary=f"已转到医院：{taken.hospital.name}",
            basis=BASIS,
            changes={"accompanied_by": wish.accompanied_by},
        )
    return row


def _taker(care: HospitalCare, wish: CareHospital | None) -> HospitalAsk | None:
    if wish is None:
        return None
    taken = care.asks.filter(move=wish, answer=HospitalAsk.Answer.TAKES)
    return taken.select_related("hospital").order_by("-pk").first()


def _check_times(at: datetime, last: CareHospital, moved: Moved) -> None:
    if last.arrived_at is not None and moved.left_at < last.arrived_at:
        raise HealthRefused(_("离开时间要晚于到达原来那家医院的时间。"), field="left_at")
    if moved.arrived_at < moved.left_at:
        raise HealthRefused(_("到达时间不能早于离开时间。"), field="arrived_at")
    if moved.arrived_at > at:
        raise HealthRefused(_("到达时间不能晚于现在。"), field="arrived_at")


def _line(
    actor: Actor, at: datetime, care: HospitalCare, verb: str, summary: str, **sealed: object
) -> None:
    note(
        verb=verb,
        actor=actor,
        at=at,
        row=care,
        person=care.person,
        kind="care",
        summary=summary,
        sealed={key: str(value) for key, value in sealed.items()},
    )
