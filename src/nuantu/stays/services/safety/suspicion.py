"""Food poisoning is suspected: samples are locked, those who must know are owed a notice."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import open_duty
from nuantu.stays.models import FoodIllness, FoodSample, FoodSuspicion
from nuantu.stays.services.safety.lines import note_safety

NOTICE = "food.notice"
FIRST = "疑似食物中毒", "Suspected food poisoning"
AGAIN = "疑似食物中毒又有病人", "Suspected food poisoning, more ill"


class SuspicionRefused(Refusal):
    """A suspicion that cannot be put down or ended like this."""


def subject_of(row: FoodSuspicion) -> Subject:
    """A suspicion as duties and journal lines name it."""
    return Subject("food_suspicion", row.public_id)


def suspect(*, actor: Actor, at: datetime, ill_count: int, signs: str) -> FoodSuspicion:
    """Lock every sample of the actor's station and owe the notices of the law, each with its clock.

    Raises SuspicionRefused without signs, or while another suspicion runs.
    """
    if not signs.strip():
        raise SuspicionRefused(_("请写明什么人、什么症状、吃过什么。"), field="signs")
    try:
        with transaction.atomic():
            row = FoodSuspicion.objects.create(
                division_code=actor.division_code,
                owner_org=actor.org_code,
                recorded_at=at,
                suspected_at=at,
                suspected_by=actor.name,
                ill_count=ill_count,
                signs=signs.strip()[:300],
            )
            inside = FoodSample.objects.filter(meal__owner_org=row.owner_org, taken_out_at=None)
            locked = inside.update(is_locked=True, suspicion=row)
            _owe_notices(actor, at, row)
            note_safety(
                verb="stays.food.suspect",
                actor=actor,
                at=at,
                subject=subject_of(row),
                row=row,
                summary=f"疑似食物中毒，封存留样 {locked} 份",
                ill=ill_count,
                signs=row.signs,
            )
    except IntegrityError as error:
        raise SuspicionRefused(_("已经有一次疑似食物中毒在处理，留样已封存。")) from error
    return row


def add_ill(
    *, actor: Actor, at: datetime, suspicion: FoodSuspicion, ill_count: int, signs: str
) -> FoodIllness:
    """More people fell ill: whoever was told already is owed the new number, within the same clock.

    Raises SuspicionRefused without signs, or when the suspicion is over.
    """
    if not signs.strip():
        raise SuspicionRefused(_("请写明什么人、什么症状、吃过什么。"), field="signs")
    with transaction.atomic():
        row = FoodSuspicion.objects.select_for_update().get(pk=suspicion.pk)
        if row.released_at is not None:
            raise SuspicionRefused(_("封存已经解除，新的情况请另行登记。"))
        more = FoodIllness.objects.create(
            suspicion=row,
            ill_count=ill_count,
            signs=signs.strip()[:300],
            noted_at=at,
            noted_by=actor.name,
        )
        row.ill_count += ill_count
        row.save(update_fields=["ill_count"])
        _owe_notices(actor, at, row, is_again=True)
        note_safety(
            verb="stays.food.more_ill",
            actor=actor,
            at=at,
            subject=subject_of(row),
            row=row,
            summary=f"疑似食物中毒，又有 {ill_count} 人不舒服",
            ill=row.ill_count,
            signs=more.signs,
        )
    return more


def _owe_notices(actor: Actor, at: datetime, row: FoodSuspicion, *, is_again: bool = False) -> None:
    waiting = Duty.objects.filter(
        kind=NOTICE, subject_id=row.public_id, state=Duty.State.OPEN
    ).values_list("title", flat=True)
    told = {title.partition("：")[2] for title in waiting}
    head, head_en = AGAIN if is_again else FIRST
    for ruling in rules_at(row.division_code, at).every(NOTICE):
        if not isinstance(ruling.value, dict):
            continue
        says = ruling.value
        if says["says"] in told:
            continue
        open_duty(
            actor=actor,
            at=at,
            kind=NOTICE,
            title=f"{head}：{says['says']}",
            title_en=f"{head_en}: {says.get('says_en', '')}",
            subject=subject_of(row),
            owner_org=row.owner_org,
            division_code=row.division_code,
            due_at=at + timedelta(minutes=float(says["minutes"])),
            basis=ruling.source[:200],
            basis_rule="S1-23",
        )


def release(*, actor: Actor, at: datetime, suspicion: FoodSuspicion, outcome: str) -> FoodSuspicion:
    """End a suspicion with its outcome; the samples may leave again at their time.

    Only the head of the station is let here. Raises SuspicionRefused without words, or when it is
    over already.
    """
    if not outcome.strip():
        raise SuspicionRefused(_("请写明查明的结果和谁查的。"), field="outcome")
    with transaction.atomic():
        row = FoodSuspicion.objects.select_for_update().get(pk=suspicion.pk)
        if row.released_at is not None:
            raise SuspicionRefused(_("封存已经解除。"))
        row.released_at, row.released_by = at, actor.name
        row.outcome = outcome.strip()[:300]
        row.save()
        count = FoodSample.objects.filter(suspicion=row, is_locked=True).update(is_locked=False)
        note_safety(
            verb="stays.food.release",
            actor=actor,
            at=at,
            subject=subject_of(row),
            row=row,
            summary=f"解除封存留样 {count} 份",
            outcome=row.outcome,
        )
    return row
