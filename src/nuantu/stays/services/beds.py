"""Giving beds: one person, one bed, in the right zone; the database has the last word."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.core.together import attempt, together
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty
from nuantu.stays.models import Absence, Bed, BedStay, Room, Stay
from nuantu.stays.rules import zoning
from nuantu.stays.selectors import beds
from nuantu.stays.services.holding import hold_stay
from nuantu.stays.services.lines import note

APPROVE, BED = "stay.approve_exception", "stay.bed"
DL15 = "民发〔2014〕132号 第三章(DL-15)"
_TAKEN = _("这张床刚刚安排给了别人，请另选一张。")
_WORDS: dict[str, str | Promise] = {
    "stays_bedstay_one_person_per_bed": _TAKEN,
    "stays_bedstay_one_bed_per_person": _("这个人已经有床位，请用换床。"),
    "stays_bedstay_minors_apart_from_strangers": _("未成年人不能和没有亲属关系的成年人同屋"),
    "stays_bedstay_sexes_apart_but_families": _("房间里住着不同性别的人"),
    "stays_bedstay_one_family_per_family_room": _("家庭房间里已住着另一家人"),
    "stays_bedstay_fits_the_sex_of_the_zone": _("性别与生活区不符"),
    "stays_bedstay_fits_the_ages_of_the_zone": _("成年人和未成年人要分区居住"),
    "stays_bedstay_isolation_is_apart": _("需要隔离的人只能住隔离区，其他人不能住进隔离区"),
    "stays_bedstay_mother_is_in_the_room": _("母亲不在这个房间，幼儿不能按随母同住安排"),
}


class BedRefused(Refusal):
    """This bed cannot be given to this person."""


class BedTaken(BedRefused):
    """Somebody else was faster."""


class NoFreeBed(BedRefused):
    """No free bed fits."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """The exception for a child with its mother: why, who approved, and whether by phone."""

    reason: str
    approved_by: str
    is_by_phone: bool = False


def give_bed(
    *,
    actor: Actor,
    at: datetime,
    stay: Stay,
    bed: Bed,
    reason: str = "",
    exemption: Exemption | None = None,
) -> BedStay:
    """Give somebody a bed; the one he has is freed at the same moment.

    Raises BedTaken when somebody else was faster, BedRefused for a hard conflict.
    """
    with together():
        if not hold_stay(stay):
            raise BedRefused(_("这个人已经离站，不能再安排床位。"))
        if bed.room.zone.owner_org != stay.owner_org:
            raise BedRefused(_("这张床不在本站，请重新选择。"), field="bed")
        _check(stay, _held(bed.pk, bed.room_id), exemption, at)
        before = _end(stay, at, "换床")
        row = _give(actor, at, stay, bed, reason, exemption, before)
        for duty in _owed(stay):
            complete_duty(actor=actor, at=at, duty=duty, note=beds.bed_words(bed))
        return row


def _owed(stay: Stay) -> list[Duty]:
    found = Duty.objects.filter(kind=BED, subject_id=stay.public_id, state=Duty.State.OPEN)
    return list(found)


def owe_bed(*, actor: Actor, at: datetime, stay: Stay) -> Duty | None:
    """Somebody has no bed, or none he may lie in by sex and age: a fitting one is owed, once."""
    if _owed(stay):
        return None
    ruling = rules_at(stay.division_code, at).need(BED)
    return open_duty(
        actor=actor,
        at=at,
        kind=BED,
        title="安排合适的床位（性别、年龄、健康分区）",
        title_en="Give a bed that fits by sex, age and health",
        subject=Subject("stay", stay.public_id),
        owner_org=stay.owner_org,
        division_code=stay.division_code,
        case_id=stay.case_id,
        due_at=at + timedelta(minutes=ruling.number),
        basis=ruling.source[:200],
        basis_rule="P1-54",
    )


def keep_if_it_fits(*, actor: Actor, at: datetime, stay: Stay, row: BedStay) -> bool:
    """Judge the bed somebody has by what his stay says now: given anew where it fits, else left as
    it is until he is moved. Whether it fits."""
    exemption = None
    if row.exception:
        exemption = Exemption(row.exception_reason, row.approved_by, row.is_approved_by_phone)
    try:
        with attempt():
            bed = _held(row.bed_id, row.room_id)
            _end(stay, at, "更正后重新核对")
            _check(stay, bed, exemption, at)
            again = _create(actor, at, stay, bed, row.reason, exemption)
            again.given_by, again.given_by_id = row.given_by, row.given_by_id
            again.save(update_fields=["given_by", "given_by_id"])
    except BedRefused:
        return False
    return True


def _give(
    actor: Actor,
    at: datetime,
    stay: Stay,
    bed: Bed,
    reason: str,
    exemption: Exemption | None = None,
    before: BedStay | None = None,
) -> BedStay:
    row = _create(actor, at, stay, bed, reason, exemption)
    changes: dict[str, Any] = {"reason": row.reason}
    if before is not None:
        changes["before"] = beds.bed_words(before.bed)
    if exemption is not None:
        changes |= {"exception": row.exception, "approved_by": row.approved_by}
    note(
        verb="stays.bed.give",
        actor=actor,
        at=at,
        row=stay,
        person=stay.person,
        summary=f"安排床位：{beds.bed_words(bed)}",
        basis=DL15 if exemption else "",
        changes=changes,
    )
    if exemption is not None and exemption.is_by_phone:
        _owe_approval(actor, at, stay)
    return row


def _held(bed_id: int, room_id: int) -> Bed:
    """A bed as it is now, its room locked until the transaction ends."""
    Room.objects.select_for_update().values_list("pk").get(pk=room_id)
    return Bed.objects.select_related("room__zone").get(pk=bed_id)


def _check(stay: Stay, bed: Bed, exemption: Exemption | None, at: datetime) -> None:
    if bed.closed_at is not None:
        raise BedRefused(_("这张床已停用：%(why)s") % {"why": bed.closed_reason}, field="bed")
    sleeping = beds.in_rooms([bed.room_id])[bed.room_id]
    if any(row.bed_id == bed.pk for row in sleeping):
        raise BedTaken(_TAKEN, field="bed")
    if exemption is not None:
        _check_exemption(stay, exemption, at)
    others = beds.others_in(sleeping, stay)
    found = zoning.conflicts(
        beds.sleeper_of(stay), beds.place_of(bed), others, is_with_mother=exemption is not None
    )
    if found:
        why = str(_("；")).join(beds.conflict_words(code) for code in found)
        raise BedRefused(_("不能安排这张床：%(why)s。") % {"why": why}, field="bed")


def _check_exemption(stay: Stay, exemption: Exemption, at: datetime) -> None:
    line = int(rules_at(stay.division_code, at).need("age.child_with_mother").number)
    if not zoning.is_young_enough(stay.person.age_on(clock.local(at).date()), line):
        raise BedRefused(
            _("只有不满%(line)s周岁的孩子可以随母住成人区；请安排家庭房间。") % {"line": line},
            field="bed",
        )
    if not exemption.reason.strip() or not exemption.approved_by.strip():
        raise BedRefused(_("随母同住要写明理由和批准人。"), field="exemption_reason")


def _create(
    actor: Actor, at: datetime, stay: Stay, bed: Bed, reason: str, exemption: Exemption | None
) -> BedStay:
    row = BedStay(
        stay=stay,
        bed=bed,
        room=bed.room,
        period=DateTimeTZRange(at, None),
        reason=reason.strip()[:200],
        given_by=actor.name,
        given_by_id=actor.account_id,
    )
    if exemption is not None:
        row.exception = BedStay.Allowance.WITH_MOTHER
        row.exception_reason = exemption.reason.strip()[:200]
        row.approved_by, row.approved_at = exemption.approved_by.strip()[:120], at
        row.is_approved_by_phone = exemption.is_by_phone
    try:
        with together():
            row.save()
    except IntegrityError as error:
        raise _refusal_of(error) from error
    return row


def _refusal_of(error: IntegrityError) -> BedRefused:
    """What the database refused, in words."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    if name == "stays_bedstay_one_person_per_bed":
        return BedTaken(_TAKEN, field="bed")
    return BedRefused(_WORDS.get(name, _("这张床不能安排给他，请另选一张。")), field="bed")


def _owe_approval(actor: Actor, at: datetime, stay: Stay) -> None:
    """What was allowed over the phone is looked at by a leader on the page."""
    term = timedelta(
        minutes=rules_at(stay.division_code, at).need("vague.clock", key="paper").number
    )
    open_duty(
        actor=actor,
        at=at,
        kind=APPROVE,
        title="确认电话批准的幼儿随母同住",
        title_en="Confirm a child with its mother, allowed by phone",
        subject=Subject("stay", stay.public_id),
        owner_org=stay.owner_org,
        division_code=stay.division_code,
        case_id=stay.case_id,
        due_at=at + term,
        basis=DL15,
        basis_rule="P1-54",
    )


def approve_exception(*, actor: Actor, at: datetime, stay: Stay) -> BedStay:
    """A leader stands by what was allowed over the phone; nobody confirms what he gave himself."""
    row = beds.current(stay)
    if row is None or not row.is_approved_by_phone:
        raise BedRefused(_("没有等确认的电话批准。"))
    if _has_given(row, actor):
        raise BedRefused(_("安排床位的人不能自己确认，请另一位负责人确认。"))
    row.is_approved_by_phone, row.approved_by, row.approved_at = False, actor.name, at
    with transaction.atomic():
        row.save(update_fields=["is_approved_by_phone", "approved_by", "approved_at"])
        for duty in Duty.objects.filter(kind=APPROVE, subject_id=stay.public_id, state="open"):
            complete_duty(actor=actor, at=at, duty=duty)
        note(
            verb="stays.bed.approve",
            actor=actor,
            at=at,
            row=stay,
            person=stay.person,
            summary="批准幼儿随母同住",
            basis=DL15,
        )
    return row


def _has_given(row: BedStay, actor: Actor) -> bool:
    """Whether the same account gave the bed; by name only where a row from before has no account."""
    if row.given_by_id is None:
        return row.given_by == actor.name
    return row.given_by_id == actor.account_id


def _end(stay: Stay, at: datetime, why: str) -> BedStay | None:
    """End the bed somebody has now; one that was given this very moment is taken back."""
    row = beds.current(stay)
    if row is None:
        return None
    if row.period.lower >= at:
        row.delete()
    else:
        row.period = DateTimeTZRange(row.period.lower, at)
        row.end_reason = why
        row.save(update_fields=["period", "end_reason"])
    return row


def free_bed(*, actor: Actor, at: datetime, stay: Stay, why: str) -> BedStay | None:
    """Free the bed of somebody, for example when he leaves or stays in hospital for long."""
    with transaction.atomic():
        row = _end(stay, at, why[:200])
        if row is not None:
            note(
                verb="stays.bed.free",
                actor=actor,
                at=at,
                row=stay,
                person=stay.person,
                summary=f"腾出床位：{beds.bed_words(row.bed)}",
                changes={"reason": why},
            )
    return row


def free_bed_of_absent(*, actor: Actor, at: datetime, stay: Stay) -> BedStay:
    """Free the bed of somebody who is in hospital, so that somebody else may sleep in it.

    Raises BedRefused while he is in the house or out for another reason, and without a bed.
    """
    absent = Absence.objects.filter(stay=stay, back_at=None, reason=Absence.Reason.HOSPITAL)
    if not absent.exists():
        raise BedRefused(_("只有住院的人才能腾出床位；外出的人床位保留。"))
    row = free_bed(actor=actor, at=at, stay=stay, why="住院，床位腾出")
    if row is None:
        raise BedRefused(_("这个人没有床位。"))
    return row


def give_best_bed(*, actor: Actor, at: datetime, stay: Stay, is_new: bool = False) -> BedStay:
    """The best free bed that fits; of many clerks at once each gets another one.

    A stay that `is_new` began in this transaction: nobody else sees it, and it has no bed yet.
    Raises NoFreeBed when nothing that fits is left.
    """
    for found in beds.ranked(stay):
        try:
            with attempt():
                bed = _held(found.bed_id, found.room_id)
                why = beds.Offer(bed, found.option).why
                if not is_new:
                    return give_bed(actor=actor, at=at, stay=stay, bed=bed, reason=why)
                _check(stay, bed, None, at)
                return _give(actor, at, stay, bed, why)
        except BedTaken:
            continue
    raise NoFreeBed(
        _(
            "没有合适的空床。可以：先安排在接待室并有人看护、请邻近救助站接收、送定点医院或启用备用床位。"
        )
    )
