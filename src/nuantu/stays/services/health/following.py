"""Following a patient: news, whether he is a relief object, how the treatment ends."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.persons.models import PersonClass
from nuantu.persons.rules.ages import is_treated_as_minor
from nuantu.persons.selectors import age_lines
from nuantu.stays.models import Absence, CareNews, HospitalCare, Reception, Stay
from nuantu.stays.rules import eligibility, health
from nuantu.stays.selectors.health.measured import signs_of
from nuantu.stays.services.after_door import owe_coming_back
from nuantu.stays.services.health.hospitals import leave_last, put_off
from nuantu.stays.services.health.lines import (
    FOLLOW,
    GONE,
    MOVE,
    MOVED,
    NOTICE,
    SCREEN,
    SEEK,
    drop,
    keep,
    owe,
)
from nuantu.stays.services.health.screening import HealthRefused
from nuantu.stays.services.lines import note
from nuantu.stays.services.staying import come_back

GAPS = {
    "stable": (_("病情稳定后才能出院回站或返家。"), "is_stable"),
    "certificate": (_("请填医院的出院证明编号。"), "certificate_number"),
    "infectious": (
        _("传染病人不能按「本人拒绝治疗」结束：报疾控机构依法处置，继续跟踪。"),
        "end",
    ),
    "protected": (
        _("未成年人、危重和不能自己作主的病人不能按「本人拒绝治疗」结束：联系监护人，继续治疗。"),
        "end",
    ),
    "words": (_("请写明经过：谁告知的、本人怎么说、去了哪里。"), "end_words"),
}


ENDED = (SEEK, SCREEN, FOLLOW, MOVE, MOVED)
BACK = (HospitalCare.End.TO_STAY, HospitalCare.End.NO_NEED)


@dataclass(frozen=True, slots=True)
class Discharge:
    """How a treatment ends."""

    end: str
    is_stable: bool = False
    certificate_number: str = ""
    end_words: str = ""


def note_news(
    *, actor: Actor, at: datetime, care: HospitalCare, condition: str, words: str = ""
) -> CareNews:
    """What the follower learned; the next news are owed within the term (P1-49).

    Raises HealthRefused where the patient is in no hospital.
    """
    if care.state != HospitalCare.State.IN_CARE:
        raise HealthRefused(_("病人还没有住进医院，或就医已经结束。"))
    with transaction.atomic():
        row = CareNews.objects.create(
            care=care,
            noted_at=at,
            noted_by=actor.name,
            condition=condition,
            words=words.strip()[:600],
        )
        keep(actor=actor, at=at, subject_id=care.public_id, kinds=(FOLLOW,), note="已了解治疗情况")
        owe(actor=actor, at=at, row=care, about="care", kind=FOLLOW, assignee=care.follower)
        note(
            verb="stays.care.news",
            actor=actor,
            at=at,
            row=care,
            person=care.person,
            kind="care",
            summary="了解治疗情况",
            sealed={"condition": condition},
        )
    return row


def put_found(
    *, actor: Actor, at: datetime, care: HospitalCare, found: str, words: str = ""
) -> HospitalCare:
    """What the screening at the hospital found (P1-47); after the discharge too, while it is not
    known or a bill waits for it. Raises HealthRefused without a reason for leaving somebody out."""
    if found == HospitalCare.Found.NO_OBJECT and not words.strip():
        raise HealthRefused(_("不是救助对象的，请写明依据和谁来照管。"), field="found_words")
    if not care.may_be_screened:
        raise HealthRefused(_("这次就医已经结束。"))
    with transaction.atomic():
        care.found, care.found_words = found, words.strip()[:400]
        care.found_at, care.found_by = at, actor.name
        care.save()
        label = stored(care.get_found_display)
        keep(actor=actor, at=at, subject_id=care.public_id, kinds=(SCREEN,), note=label)
        note(
            verb="stays.care.found",
            actor=actor,
            at=at,
            row=care,
            person=care.person,
            kind="care",
            summary=f"到医院甄别：{label}",
        )
    return care


def is_protected(care: HospitalCare, at: datetime) -> bool:
    """Whether the patient's word alone does not end a treatment: a minor or a protected class."""
    codes = set(
        PersonClass.objects.filter(case_id=care.case_id, withdrawn_at=None).values_list(
            "code", flat=True
        )
    )
    age = care.person.age_on(clock.local(at).date())
    is_minor = is_treated_as_minor(age, age_lines(care.division_code, at))
    return eligibility.is_protected(codes | set(signs_of(care)), is_minor=is_minor)


def end_care(*, actor: Actor, at: datetime, care: HospitalCare, out: Discharge) -> HospitalCare:
    """End a treatment: back to the station or home only when stable and with the certificate.

    A patient who left by himself is looked for; nobody is held. Raises HealthRefused with the field
    to mend.
    """
    gap = health.end_gap(
        out.end,
        is_stable=out.is_stable,
        has_certificate=bool(out.certificate_number.strip()),
        has_words=bool(out.end_words.strip()),
        is_protected=is_protected(care, at),
        is_infectious=health.INFECTIOUS in signs_of(care),
    )
    if gap:
        words, field = GAPS[gap]
        raise HealthRefused(words, field=field)
    with transaction.atomic():
        row = HospitalCare.objects.select_for_update(of=("self",)).get(pk=care.pk)
        if not row.is_open:
            raise HealthRefused(_("这次就医已经结束。"))
        row.state, row.end, row.ended_at, row.ended_by = "ended", out.end, at, actor.name
        row.is_stable, row.end_words = out.is_stable, out.end_words.strip()[:600]
        row.certificate_number = out.certificate_number.strip()[:60]
        row.save()
        put_off(actor=actor, at=at, care=row, words="就医已结束")
        leave_last(at=at, care=row)
        _settle_promises(actor, at, row)
        note(
            verb="stays.care.end",
            actor=actor,
            at=at,
            row=row,
            person=row.person,
            kind="care",
            summary=f"就医结束：{stored(row.get_end_display)}",
            basis="民发〔2014〕132号 第四章(ST-10)",
            changes={"certificate": row.certificate_number},
        )
    return row


def _settle_promises(actor: Actor, at: datetime, row: HospitalCare) -> None:
    drop(
        actor=actor,
        at=at,
        subject_id=row.public_id,
        kinds=ENDED if row.end != "no_need" else (*ENDED, NOTICE),
        reason="就医已结束",
    )
    if row.end == HospitalCare.End.LEFT:
        owe(actor=actor, at=at, row=row, about="care", kind=GONE)
    if row.end in BACK:
        _comes_back(actor, at, row)


def _comes_back(actor: Actor, at: datetime, row: HospitalCare) -> None:
    """Into his bed, or where he never had one, to the door, which awaits him."""
    if row.stay is not None and row.stay.is_here:
        _back_in_the_house(actor, at, row.stay)
    elif not Reception.objects.filter(case_id=row.case_id, state=Reception.State.OPEN).exists():
        owe_coming_back(actor=actor, at=at, care=row)


def _back_in_the_house(actor: Actor, at: datetime, stay: Stay) -> None:
    if Absence.objects.filter(stay=stay, back_at=None, reason="hospital").exists():
        come_back(actor=actor, at=at, stay=stay)


def keep_gone(*, actor: Actor, at: datetime, care: HospitalCare, words: str) -> None:
    """The patient who left was found or looked for: say what came of it."""
    if not words.strip():
        raise HealthRefused(_("请写明找了哪里、结果怎样。"), field="words")
    with transaction.atomic():
        keep(
            actor=actor, at=at, subject_id=care.public_id, kinds=(GONE,), note="已寻找，见就医记录"
        )
        note(
            verb="stays.care.gone",
            actor=actor,
            at=at,
            row=care,
            person=care.person,
            kind="care",
            summary="寻找自行离院的病人",
            sealed={"words": words.strip()[:200]},
        )
