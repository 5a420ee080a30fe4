"""Entering the house, what somebody needs there, going out and coming back."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, events
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.ids import RECEIPT_ALPHABET
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.operations.models import Duty
from nuantu.operations.services import complete_duty, open_duty
from nuantu.persons.models import Case
from nuantu.persons.rules.ages import is_treated_as_minor
from nuantu.persons.selectors import age_lines
from nuantu.stays.models import Absence, Reception, Stay
from nuantu.stays.selectors import beds
from nuantu.stays.services.beds import BedRefused, free_bed, give_bed, owe_bed
from nuantu.stays.services.holding import hold_stay
from nuantu.stays.services.lines import note

RETURN = "stay.return"


class StayRefused(Refusal):
    """This cannot be done with the stay as it stands."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What somebody needs in the house."""

    sex: str
    health: str = "general"
    has_limited_mobility: bool = False
    care_level: str = "self"
    diet: str = "general"


def number_of(letter: str, division_code: str, at: datetime) -> str:
    """County, day, four letters behind a letter for the kind: read over the phone, counts nothing."""
    tail = "".join(secrets.choice(RECEIPT_ALPHABET) for _place in range(4))
    return f"{letter}{division_code[:6]}-{clock.local(at):%y%m%d}-{tail}"


def enter(
    *,
    actor: Actor,
    at: datetime,
    case: Case | Reception,
    needs: Needs,
    reception: Reception | None = None,
    with_stay: Stay | None = None,
) -> Stay:
    """Begin a stay of the case's person in the actor's station; a reception stands for its case.

    Raises StayRefused while he still stays somewhere, here or in another station.
    """
    person = case.person
    is_minor = is_treated_as_minor(
        person.age_on(clock.local(at).date()), age_lines(actor.division_code, at)
    )
    head = with_stay.with_stay or with_stay if with_stay else None
    stay = Stay(
        division_code=actor.division_code,
        owner_org=actor.org_code,
        case_id=case.case_id,
        recorded_at=at,
        person=person,
        reception=reception,
        number=number_of("S", actor.division_code, at),
        entered_at=at,
        with_stay=head,
        is_minor=is_minor,
        sex=needs.sex,
        health=needs.health,
        has_limited_mobility=needs.has_limited_mobility,
        care_level=needs.care_level,
        diet=needs.diet,
    )
    try:
        with together():
            stay.save()
    except IntegrityError as error:
        raise StayRefused(
            _("这个人还有没办结的在站登记（本站或外站）。请先在那里办理离站。")
        ) from error
    note(
        verb="stays.stay.enter",
        actor=actor,
        at=at,
        row=stay,
        person=person,
        summary=f"入站：{stay.number}",
        changes={
            "is_minor": is_minor,
            "health": stay.health,
            "with_stay": head.number if head else "",
        },
    )
    events.announce("stays.stay_begun", stay=str(stay.public_id))
    return stay


def change_needs(
    *, actor: Actor, at: datetime, stay: Stay, needs: Needs, note_text: str = ""
) -> Stay:
    """Put right what somebody needs; a bed that no longer fits is freed, and the page says so."""
    with transaction.atomic():
        _hold_here(stay)
        before = {"sex": stay.sex, "health": stay.health, "care_level": stay.care_level}
        is_minor = is_treated_as_minor(
            stay.person.age_on(clock.local(at).date()), age_lines(stay.division_code, at)
        )
        is_moved = (stay.sex, stay.health, stay.is_minor) != (needs.sex, needs.health, is_minor)
        row = beds.current(stay) if is_moved else None
        if row is not None:
            free_bed(actor=actor, at=at, stay=stay, why="在站需要变了")
        stay.sex, stay.health, stay.is_minor = needs.sex, needs.health, is_minor
        stay.has_limited_mobility = needs.has_limited_mobility
        stay.care_level, stay.diet = needs.care_level, needs.diet
        stay.save()
        note(
            verb="stays.stay.change",
            actor=actor,
            at=at,
            row=stay,
            person=stay.person,
            summary="调整在站需要",
            changes={"before": before, "note": note_text.strip()},
        )
        if row is not None:
            _keep_bed_if_it_fits(actor, at, stay, row)
    return stay


def _hold_here(stay: Stay) -> None:
    if not hold_stay(stay):
        raise StayRefused(_("这个人已经离站。"))


def _keep_bed_if_it_fits(actor: Actor, at: datetime, stay: Stay, row: Any) -> None:
    try:
        with transaction.atomic():
            give_bed(actor=actor, at=at, stay=stay, bed=row.bed, reason=row.reason)
    except BedRefused:
        owe_bed(actor=actor, at=at, stay=stay)


def go_out(
    *,
    actor: Actor,
    at: datetime,
    stay: Stay,
    reason: str,
    due_at: datetime,
    with_whom: str = "",
    note_text: str = "",
) -> Absence:
    """Somebody goes out; the bed is kept and a duty asks when he is due back (EL-06).

    Raises StayRefused when he is out already or the return lies in the past.
    """
    if due_at <= at:
        raise StayRefused(_("预计返回时间要晚于现在。"), field="due_at")
    label = stored(Absence.Reason(reason).label)
    try:
        with transaction.atomic():
            _hold_here(stay)
            absence = Absence.objects.create(
                stay=stay,
                reason=reason,
                with_whom=with_whom.strip(),
                note=note_text.strip(),
                left_at=at,
                due_at=due_at,
                noted_by=actor.name,
            )
            note(
                verb="stays.absence.leave",
                actor=actor,
                at=at,
                row=stay,
                person=stay.person,
                summary=f"外出：{label}",
                changes={"due_at": due_at.isoformat(), "note": absence.note},
            )
            duty = owe_return(actor=actor, at=at, stay=stay, due_at=due_at)
            absence.duty_id = duty.public_id
            absence.save(update_fields=["duty_id"])
    except IntegrityError as error:
        raise StayRefused(_("已登记外出，还没有返回。")) from error
    return absence


def owe_return(*, actor: Actor, at: datetime, stay: Stay, due_at: datetime) -> Duty:
    """Owe a look whether somebody who is out came back; coming back and leaving end it."""
    return open_duty(
        actor=actor,
        at=at,
        kind=RETURN,
        title="确认外出人员已返回",
        title_en="Confirm that a resident who went out is back",
        subject=Subject("stay", stay.public_id),
        owner_org=stay.owner_org,
        division_code=stay.division_code,
        case_id=stay.case_id,
        due_at=due_at,
        basis="国务院令第381号 第十一条",
        basis_rule="P1-78",
    )


def come_back(*, actor: Actor, at: datetime, stay: Stay) -> Absence:
    """Somebody is back in the house. Raises StayRefused when he was not out."""
    with transaction.atomic():
        absence = Absence.objects.select_for_update().filter(stay=stay, back_at=None).first()
        if absence is None:
            raise StayRefused(_("没有未返回的外出登记。"))
        absence.back_at = at
        absence.save(update_fields=["back_at"])
        owed = Duty.objects.filter(kind=RETURN, subject_id=stay.public_id, state=Duty.State.OPEN)
        for duty in owed:
            complete_duty(actor=actor, at=at, duty=duty)
        note(
            verb="stays.absence.return",
            actor=actor,
            at=at,
            row=stay,
            person=stay.person,
            summary="返回站内",
        )
        if beds.current(stay) is None:
            owe_bed(actor=actor, at=at, stay=stay)
    return absence
