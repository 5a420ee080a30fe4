"""To the hospital: who is told at once, who takes the patient, who goes along, who follows him."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.core.actors import Actor
from nuantu.encounters.services.owing import FOLLOW as STREET_FOLLOW
from nuantu.encounters.services.owing import SCREEN as STREET_SCREEN
from nuantu.operations.models import Duty
from nuantu.operations.services import complete_duty
from nuantu.persons.models import Case
from nuantu.places.models import Hospital
from nuantu.stays.models import (
    Absence,
    HealthNotice,
    HospitalAsk,
    HospitalCare,
    Reception,
    Stay,
)
from nuantu.stays.rules import health
from nuantu.stays.selectors.care.alarms import SEE
from nuantu.stays.services.after_door import FOLLOW as HOSPITAL_DUTY
from nuantu.stays.services.health.hospitals import enter_first, sought
from nuantu.stays.services.health.lines import (
    FOLLOW,
    MOVE,
    MOVED,
    NOTICE,
    SCREEN,
    SEEK,
    drop,
    keep,
    owe,
    owed,
)
from nuantu.stays.services.health.screening import HealthRefused
from nuantu.stays.services.lines import note
from nuantu.stays.services.staying import go_out

BASIS = "民发〔2014〕132号 第8条(IN-02)"
# who → Chinese title, English title, rule
TOLD = {
    "ambulance": ("立即通知急救机构", "Call the ambulance at once", "P1-46"),
    "psychiatric": (
        "立即通知精神卫生机构",
        "Tell the psychiatric hospital at once",
        "P1-46",
    ),
    "cdc": ("向疾控机构报告", "Report to disease control", "P10-30"),
    "health_bureau": (
        "医院没有收治，报卫生健康部门协调",
        "No hospital took the patient: ask the health bureau",
        "P1-48",
    ),
}


@dataclass(frozen=True, slots=True)
class Patient:
    """Why somebody goes to a hospital, and where he is with us."""

    signs: tuple[str, ...]
    why: str
    reception: Reception | None = None
    stay: Stay | None = None


def begin_care(
    *, actor: Actor, at: datetime, case: Case, patient: Patient, hospital: Hospital
) -> HospitalCare:
    """Ask the first hospital; ambulance, psychiatric hospital and disease control are owed a word
    at once where the signs ask for it (P1-46), the screening at the hospital as well (P1-47).

    Raises HealthRefused while he is a patient already.
    """
    row = HospitalCare(
        division_code=case.division_code,
        owner_org=actor.org_code,
        case_id=case.case_id,
        recorded_at=at,
        person=case.person,
        reception=patient.reception,
        stay=patient.stay,
        seen=health.Measured(signs=patient.signs).written(),
        why=patient.why.strip()[:600],
        begun_at=at,
        begun_by=actor.name,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise HealthRefused(_("这个人正在就医，请在那一页继续。")) from error
    with transaction.atomic():
        note(
            verb="stays.care.begin",
            actor=actor,
            at=at,
            row=row,
            person=case.person,
            kind="care",
            summary="送医",
            basis=BASIS,
            sealed={"signs": list(patient.signs)},
        )
        _take_over_from_street(actor, at, case, row)
        must_tell(actor=actor, at=at, care=row, kinds=health.told_of(patient.signs))
        owe(actor=actor, at=at, row=row, about="care", kind=SEEK)
        owe(actor=actor, at=at, row=row, about="care", kind=SCREEN)
        ask_hospital(actor=actor, at=at, care=row, hospital=hospital)
    return row


def _take_over_from_street(actor: Actor, at: datetime, case: Case, row: HospitalCare) -> None:
    """What the street contact or the door promised is promised here from now on."""
    drop(
        actor=actor,
        at=at,
        subject_id=case.public_id,
        kinds=(STREET_SCREEN, STREET_FOLLOW),
        reason="已转入就医跟踪",
    )
    if row.reception is not None:
        keep(
            actor=actor,
            at=at,
            subject_id=row.reception.public_id,
            kinds=(HOSPITAL_DUTY, SEE),
            note="已转入就医跟踪",
        )


def must_tell(*, actor: Actor, at: datetime, care: HospitalCare, kinds: Iterable[str]) -> None:
    """Owe a word to each of these, once."""
    held = set(care.notices.values_list("kind", flat=True))
    for kind in kinds:
        if kind in held:
            continue
        title, title_en, rule = TOLD[kind]
        row = HealthNotice.objects.create(care=care, kind=kind, owed_at=at)
        duty = owe(
            actor=actor,
            at=at,
            row=care,
            about="care",
            kind=NOTICE,
            told=(title, title_en, "rescue", rule),
        )
        row.duty_id = duty.public_id
        row.save(update_fields=["duty_id"])


def ask_hospital(
    *, actor: Actor, at: datetime, care: HospitalCare, hospital: Hospital
) -> HospitalAsk:
    """Ask a hospital to take the patient. Raises HealthRefused while another one has not answered, and
    for the hospital he lies in; who lies in one is asked about while he is to be moved."""
    if not care.is_open:
        raise HealthRefused(_("这次就医已经结束。"))
    wish = sought(care)
    if care.hospital_id is not None and wish is None:
        raise HealthRefused(_("病人已经住院；要换医院，请办转院。"))
    if care.hospital_id == hospital.pk:
        raise HealthRefused(_("病人就在这家医院，请选别的医院。"), field="hospital")
    try:
        with transaction.atomic():
            row = HospitalAsk.objects.create(
                care=care, move=wish, hospital=hospital, asked_at=at, asked_by=actor.name
            )
            note(
                verb="stays.care.ask",
                actor=actor,
                at=at,
                row=care,
                person=care.person,
                kind="care",
                summary=f"联系医院：{hospital.name}",
            )
    except IntegrityError as error:
        raise HealthRefused(
            _("前一家医院还没有答复，先登记它的答复。"), field="hospital"
        ) from error
    return row


def answer_ask(
    *, actor: Actor, at: datetime, ask: HospitalAsk, answer: str, answer_note: str = ""
) -> HospitalAsk:
    """What the hospital said. A designated hospital that does not take a patient is told to the
    health bureau (P1-48). Raises HealthRefused with the field to mend."""
    if answer == HospitalAsk.Answer.REFUSES and not answer_note.strip():
        raise HealthRefused(_("请写明医院为什么拒收、谁答复的。"), field="answer_note")
    with transaction.atomic():
        row = HospitalAsk.objects.select_for_update().get(pk=ask.pk)
        if row.answer:
            raise HealthRefused(_("答复已经登记。"))
        row.answer, row.answered_at, row.answered_by = answer, at, actor.name
        row.answer_note = answer_note.strip()[:200]
        row.save()
        care = row.care
        note(
            verb="stays.care.answer",
            actor=actor,
            at=at,
            row=care,
            person=care.person,
            kind="care",
            summary=f"医院答复：{row.hospital.name}",
            changes={"answer": answer},
            sealed={"answer_note": row.answer_note},
        )
        if answer == HospitalAsk.Answer.TAKES:
            _owe_arrival(actor, at, row)
        elif row.hospital.is_designated:
            must_tell(actor=actor, at=at, care=care, kinds=(health.HEALTH_BUREAU,))
    return row


def _owe_arrival(actor: Actor, at: datetime, row: HospitalAsk) -> None:
    """Who is to be moved has a hospital: that he left and arrived is put down next."""
    care = row.care
    if row.move is None or not row.move.is_sought:
        return
    keep(actor=actor, at=at, subject_id=care.public_id, kinds=(MOVE,), note=row.hospital.name)
    if not owed(care.public_id, (MOVED,)):
        owe(actor=actor, at=at, row=care, about="care", kind=MOVED)


def arrive(
    *,
    actor: Actor,
    at: datetime,
    care: HospitalCare,
    accompanied_by: str,
    follower: User,
    due_at: datetime,
) -> HospitalCare:
    """The patient is in the hospital that takes him; somebody went along, somebody follows him.

    Raises HealthRefused when no hospital takes him yet, or nobody went along.
    """
    if not accompanied_by.strip():
        raise HealthRefused(_("请写明谁陪同送医。"), field="accompanied_by")
    if due_at <= at:
        raise HealthRefused(_("预计住到的时间要晚于现在。"), field="due_at")
    with transaction.atomic():
        row = HospitalCare.objects.select_for_update(of=("self",)).get(pk=care.pk)
        taken = row.asks.filter(answer=HospitalAsk.Answer.TAKES).order_by("-pk").first()
        if row.state != HospitalCare.State.SEEKING or taken is None:
            raise HealthRefused(_("还没有医院答复接收。"))
        row.state, row.hospital, row.arrived_at = HospitalCare.State.IN_CARE, taken.hospital, at
        row.accompanied_by, row.follower = accompanied_by.strip()[:80], follower
        row.save()
        enter_first(actor=actor, at=at, care=row)
        keep(actor=actor, at=at, subject_id=row.public_id, kinds=(SEEK,), note=taken.hospital.name)
        owe(actor=actor, at=at, row=row, about="care", kind=FOLLOW, assignee=follower)
        note(
            verb="stays.care.arrive",
            actor=actor,
            at=at,
            row=row,
            person=row.person,
            kind="care",
            summary=f"已送到医院：{taken.hospital.name}",
            basis=BASIS,
            changes={"accompanied_by": row.accompanied_by, "follower": follower.name},
        )
        if row.stay is not None and row.stay.is_here:
            _go_out(actor, at, row.stay, row.accompanied_by, due_at)
    return row


def _go_out(actor: Actor, at: datetime, stay: Stay, with_whom: str, due_at: datetime) -> None:
    """His bed is kept while he is in hospital."""
    if not Absence.objects.filter(stay=stay, back_at=None).exists():
        go_out(
            actor=actor,
            at=at,
            stay=stay,
            reason=Absence.Reason.HOSPITAL,
            due_at=due_at,
            with_whom=with_whom,
        )


def change_follower(
    *, actor: Actor, at: datetime, care: HospitalCare, follower: User
) -> HospitalCare:
    """Somebody else follows the patient; what is owed goes with it."""
    if care.state != HospitalCare.State.IN_CARE:
        raise HealthRefused(_("病人还没有住进医院，或就医已经结束。"))
    with transaction.atomic():
        drop(
            actor=actor,
            at=at,
            subject_id=care.public_id,
            kinds=(FOLLOW,),
            reason="换人跟踪",
        )
        care.follower = follower
        care.save(update_fields=["follower"])
        owe(actor=actor, at=at, row=care, about="care", kind=FOLLOW, assignee=follower)
        note(
            verb="stays.care.follower",
            actor=actor,
            at=at,
            row=care,
            person=care.person,
            kind="care",
            summary="更换跟踪人",
            changes={"follower": follower.name},
        )
    return care


def tell(
    *, actor: Actor, at: datetime, notice: HealthNotice, told_to: str, note_text: str = ""
) -> HealthNotice:
    """Put down who was told. Raises HealthRefused without a name, or when it was told already."""
    if not told_to.strip():
        raise HealthRefused(_("请写明通知了谁：单位、姓名或工号。"), field="told_to")
    if notice.told_at is not None:
        raise HealthRefused(_("已经通知过。"))
    with transaction.atomic():
        notice.told_at, notice.told_by = at, actor.name
        notice.told_to, notice.note = told_to.strip()[:80], note_text.strip()[:200]
        notice.save()
        _keep_notice(actor, at, notice)
        care = notice.care
        note(
            verb="stays.care.tell",
            actor=actor,
            at=at,
            row=care,
            person=care.person,
            kind="care",
            summary="已通知有关单位",
            changes={"kind": notice.kind},
            sealed={"told_to": notice.told_to},
        )
    return notice


def _keep_notice(actor: Actor, at: datetime, notice: HealthNotice) -> None:
    if notice.duty_id is None:
        return
    for duty in Duty.objects.filter(public_id=notice.duty_id, state=Duty.State.OPEN):
        complete_duty(actor=actor, at=at, duty=duty, note=notice.told_to)
