"""After a death: the stay ends, and each step is owed with a clock of its own (ST-17, DL-27)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, events
from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty
from nuantu.persons.models import Case
from nuantu.stays.models import Death, DeathStep, HospitalCare, Stay
from nuantu.stays.rules.clocks import DEATH as CLOCK
from nuantu.stays.selectors.checks import Plan, checks_of
from nuantu.stays.services.clocks import keep_clock, owed
from nuantu.stays.services.health.following import Discharge, end_care
from nuantu.stays.services.health.screening import HealthRefused
from nuantu.stays.services.leaving import WayOut, leave
from nuantu.stays.services.lines import note
from nuantu.stays.services.reception import end_by_death

STEP, ABOUT = "death.step", "death"
Kind = DeathStep.Kind
# step → Chinese title, English title, parameter and key of its clock
STEPS: dict[str, tuple[str, str, str, str]] = {
    Kind.POLICE: ("死亡：报公安机关", "Death: tell the police", "vague.clock", "rescue"),
    Kind.BUREAU: ("死亡：报民政部门", "Death: tell the civil affairs bureau", "event.report", ""),
    Kind.CERTIFICATE: (
        "死亡：取得医学死亡证明",
        "Death: obtain the doctor's certificate",
        "vague.clock",
        "paper",
    ),
    Kind.FAMILY: ("死亡：通知亲属", "Death: tell the relatives", "vague.clock", "paper"),
    Kind.BELONGINGS: (
        "死亡：清点和移交遗物",
        "Death: list the belongings and hand them over",
        "vague.clock",
        "paper",
    ),
    Kind.NOTICE: ("死亡：发布认领公告", "Death: publish the notice", "vague.clock", "paper"),
    Kind.REMAINS: ("死亡：处理遗体", "Death: see to the remains", "death.notice", ""),
}
AT_ONCE = (Kind.POLICE, Kind.BUREAU, Kind.CERTIFICATE, Kind.FAMILY, Kind.BELONGINGS)
FACTS = "死亡，见死亡登记"


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of a death."""

    died_at: datetime
    place: str
    found_by: str
    story: str


def register_death(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    known: Found,
    stay: Stay | None = None,
    care: HospitalCare | None = None,
) -> Death:
    """Register a death: treatment, stay and reception end with it, each step is owed from now on.

    Raises HealthRefused for a moment after now, or a death that is registered already.
    """
    if known.died_at > at:
        raise HealthRefused(_("死亡时间不能晚于现在。"), field="died_at")
    row = Death(
        division_code=case.division_code,
        owner_org=actor.org_code,
        case_id=case.case_id,
        recorded_at=at,
        person=case.person,
        stay=stay,
        care=care,
        died_at=known.died_at,
        place=known.place,
        found_by=known.found_by.strip()[:80],
        story=known.story.strip()[:600],
        registered_at=at,
        registered_by=actor.name,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise HealthRefused(_("这个人的死亡已经登记。")) from error
    with transaction.atomic():
        for kind in AT_ONCE:
            _owe(actor, at, row, kind)
        if care is not None and care.is_open:
            out = Discharge(end="died", end_words=FACTS)
            end_care(actor=actor, at=at, care=care, out=out)
        if stay is not None and stay.is_here:
            _end_stay(actor, at, stay)
        end_by_death(actor=actor, at=at, case=case, note_text=FACTS)
        _line("stays.death.register", actor, at, row, "死亡登记")
        events.announce("stays.death_registered", person=str(case.person.public_id))
    return row


def _line(verb: str, actor: Actor, at: datetime, row: Death, summary: str) -> None:
    note(
        verb=verb,
        actor=actor,
        at=at,
        row=row,
        person=row.person,
        kind=ABOUT,
        summary=summary,
        basis="在站死亡处置(ST-17)",
    )


def _end_stay(actor: Actor, at: datetime, stay: Stay) -> None:
    """By the way "died"; what its checks ask is answered by the steps."""
    asked = checks_of(stay, Plan("died"), at)
    leave(
        actor=actor,
        at=at,
        stay=stay,
        out=WayOut(way="died", facts=FACTS),
        confirmed={check.code: FACTS for check in asked},
    )


def _owe(actor: Actor, at: datetime, row: Death, kind: str) -> DeathStep:
    title, title_en, parameter, key = STEPS[kind]
    ruling = rules_at(row.division_code, at).need(parameter, key=key or None)
    unit = timedelta(days=1) if ruling.unit == "day" else timedelta(minutes=1)
    due_at = at + unit * ruling.number
    duty = open_duty(
        actor=actor,
        at=at,
        kind=STEP,
        title=title,
        title_en=title_en,
        subject=Subject(ABOUT, row.public_id),
        owner_org=row.owner_org,
        division_code=row.division_code,
        due_at=due_at,
        basis=f"在站死亡处置(ST-17)；{ruling.source}"[:200],
        basis_rule="P1-78",
    )
    return DeathStep.objects.create(death=row, kind=kind, due_at=due_at, duty_id=duty.public_id)


def take_step(
    *,
    actor: Actor,
    at: datetime,
    step: DeathStep,
    done_to: str,
    words: str = "",
    certificate_number: str = "",
    is_unclaimed: bool = False,
) -> DeathStep:
    """Put down that a step was taken. Nobody of the family found opens the public notice (DL-27),
    the notice opens what follows it; before its end the remains are dealt with only with words on
    what that rests. Raises HealthRefused with the field to mend."""
    if not done_to.strip():
        raise HealthRefused(_("请写明通知或交给了谁、由谁办的。"), field="done_to")
    if step.kind == Kind.CERTIFICATE and not certificate_number.strip():
        raise HealthRefused(_("请填死亡证明编号。"), field="certificate_number")
    if step.kind == Kind.REMAINS and not words.strip():
        _check_notice_over(step.death, at)
    with transaction.atomic():
        row = DeathStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
        if row.done_at is not None:
            raise HealthRefused(_("这一步已经登记。"))
        row.done_at, row.done_by = at, actor.name
        row.done_to, row.words = done_to.strip()[:80], words.strip()[:300]
        row.save()
        for duty in Duty.objects.filter(public_id=row.duty_id, state=Duty.State.OPEN):
            complete_duty(actor=actor, at=at, duty=duty, note="已办，见死亡登记")
        _follow(actor, at, row, certificate_number, is_unclaimed=is_unclaimed)
        label = stored(row.get_kind_display)
        _line("stays.death.step", actor, at, row.death, f"死亡处置：{label}")
    return row


def _check_notice_over(row: Death, at: datetime) -> None:
    """Before the public notice has run its term, the remains wait: relatives may still come."""
    end = row.notice_end_date
    if end is not None and clock.local(at).date() < end:
        said = _(
            "认领公告到 %(day)s 才满。提前处理遗体的，请写明依据：亲属已来认领，或疫情防控要求。"
        )
        raise HealthRefused(said % {"day": end.isoformat()}, field="words")


def _follow(
    actor: Actor, at: datetime, row: DeathStep, certificate_number: str, *, is_unclaimed: bool
) -> None:
    death = row.death
    if row.kind == Kind.CERTIFICATE:
        death.certificate_number = certificate_number.strip()[:60]
        death.save(update_fields=["certificate_number"])
    elif row.kind == Kind.FAMILY:
        _owe(actor, at, death, Kind.NOTICE if is_unclaimed else Kind.REMAINS)
    elif row.kind == Kind.NOTICE:
        death.notice_start_date = clock.local(at).date()
        death.notice_end_date = _notice_end(death, at)
        death.save(update_fields=["notice_start_date", "notice_end_date"])
        _owe(actor, at, death, Kind.REMAINS)


def _notice_end(row: Death, at: datetime) -> date:
    days = rules_at(row.division_code, at).need("death.notice").number
    return (clock.local(at) + timedelta(days=days)).date()


def close_death(*, actor: Actor, at: datetime, death: Death, conclusion: str) -> Death:
    """Everything is done. Raises HealthRefused while a step is open, or without a conclusion."""
    if not conclusion.strip():
        raise HealthRefused(_("请写明处理结论。"), field="conclusion")
    if death.steps.filter(done_at=None).exists():
        raise HealthRefused(_("还有没办的步骤，先逐项登记。"))
    if not death.is_open:
        raise HealthRefused(_("这起死亡已经处置完毕。"))
    with transaction.atomic():
        death.conclusion, death.closed_at = conclusion.strip()[:400], at
        death.closed_by = actor.name
        death.save()
        if death.stay is not None and owed(death.stay, CLOCK):
            keep_clock(actor=actor, at=at, stay=death.stay, kind=CLOCK, note_text=FACTS)
        _line("stays.death.close", actor, at, death, "死亡处置完毕")
    return death
