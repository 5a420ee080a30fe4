"""Medicine, doses, vital signs and counselling; what is said lies sealed, and reading it is put down."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, journal, late
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.stays.models import Dose, HealthNote, Medication, Stay
from nuantu.stays.rules.medicine import doses_of
from nuantu.stays.selectors.care.medicine import may_be_early
from nuantu.stays.services.care.alarms import follow_vitals
from nuantu.stays.services.lines import note


class MedicineRefused(Refusal):
    """This cannot be put down so."""


def prescribe(
    *,
    actor: Actor,
    at: datetime,
    stay: Stay,
    what: str,
    times: Sequence[time],
    until_date: date | None = None,
    is_told: bool = False,
) -> Medication:
    """Put down a medicine with its times of the day. Raises MedicineRefused with the field to mend."""
    today = clock.local(at).date()
    if not stay.is_here:
        raise MedicineRefused(_("这个人已经离站。"))
    if until_date is not None and until_date < today:
        raise MedicineRefused(_("结束日期不能早于今天。"), field="until_date")
    with transaction.atomic():
        row = Medication.objects.create(
            division_code=stay.division_code,
            owner_org=stay.owner_org,
            case_id=stay.case_id,
            recorded_at=at,
            stay=stay,
            what=what.strip(),
            times=list(times),
            begins_date=today,
            until_date=until_date,
            is_told=is_told,
            put_by=actor.name,
        )
        _say("stays.medicine.put", actor, at, stay, "登记用药")
    return row


def end_medication(*, actor: Actor, at: datetime, row: Medication) -> None:
    """It is not taken any more. Raises MedicineRefused when it was ended already."""
    with transaction.atomic():
        changed = Medication.objects.filter(pk=row.pk, ended_at=None).update(
            ended_at=at, ended_by=actor.name
        )
        if not changed:
            raise MedicineRefused(_("已经停药。"))
        _say("stays.medicine.end", actor, at, row.stay, "停药")


def give_dose(
    *, actor: Actor, at: datetime, row: Medication, due_at: datetime, outcome: str
) -> Dose:
    """A dose was given, refused, or he was not there. Raises MedicineRefused for a dose that is not
    due on that day, lies further ahead than `care.dose_early`, or was put down already."""
    if outcome not in Dose.Outcome.values:
        raise MedicineRefused(_("请选服药的结果。"))
    day = clock.local(due_at).date()
    due = doses_of(row.times, day, row.begins_date, row.until_date, clock.LOCAL)
    is_ended = row.ended_at is not None and row.ended_at <= at
    if is_ended or due_at not in due:
        raise MedicineRefused(_("这个时间没有要服的药，请刷新。"))
    if day > clock.local(at).date():
        raise MedicineRefused(_("还没到这一次的日期。"))
    opens_at = due_at - may_be_early(row.division_code, at)
    if at < opens_at:
        words = {"due": f"{clock.local(due_at):%H:%M}", "opens": f"{clock.local(opens_at):%H:%M}"}
        raise MedicineRefused(_("还没到时间：%(due)s 这一次从 %(opens)s 起登记。") % words)
    try:
        with transaction.atomic():
            dose = Dose.objects.create(
                medication=row, due_at=due_at, outcome=outcome, given_at=at, given_by=actor.name
            )
            label = stored(Dose.Outcome(outcome).label)
            _say("stays.medicine.dose", actor, at, row.stay, f"服药：{label}")
    except IntegrityError as error:
        raise MedicineRefused(_("这一次刚刚由别人登记了。")) from error
    return dose


def take_after_all(*, actor: Actor, at: datetime, row: Medication, due_at: datetime) -> Dose:
    """A dose that he refused, or missed because he was not there, was taken later. Raises
    MedicineRefused where nothing of the kind stands."""
    with transaction.atomic():
        dose = (
            Dose.objects.select_for_update()
            .filter(medication=row, due_at=due_at, taken_back_at=None)
            .exclude(outcome=Dose.Outcome.GIVEN)
            .first()
        )
        if dose is None:
            raise MedicineRefused(_("这一次没有登记过“本人不要”或“不在”，请刷新。"))
        before = stored(dose.get_outcome_display)
        dose.outcome, dose.given_at, dose.given_by = Dose.Outcome.GIVEN, at, actor.name
        dose.save()
        _say("stays.medicine.dose", actor, at, row.stay, f"服药：{before}，后来服了")
    return dose


def take_dose_back(*, actor: Actor, at: datetime, dose: Dose, mistake: str) -> Dose:
    """A dose was put down wrongly: the line stays with its mistake, the dose is open again. Raises
    MedicineRefused without a mistake, or where somebody was faster."""
    if mistake not in Dose.Mistake.values:
        raise MedicineRefused(_("请选登记错在哪里。"), field="mistake")
    with transaction.atomic():
        row = Dose.objects.select_for_update().get(pk=dose.pk)
        if row.taken_back_at is not None:
            raise MedicineRefused(_("这一次已经更正过，请刷新。"))
        row.mistake, row.taken_back_at, row.taken_back_by = mistake, at, actor.name
        row.save()
        was, why = stored(row.get_outcome_display), stored(Dose.Mistake(mistake).label)
        _say("stays.medicine.back", actor, at, dose.medication.stay, f"更正服药“{was}”：{why}")
    return row


def note_health(
    *,
    actor: Actor,
    at: datetime,
    stay: Stay,
    kind: str,
    text: str,
    figures: Mapping[str, float] | None = None,
) -> HealthNote:
    """Vital signs, as figures by `MEASURES`, or a talk; a figure at or beyond its limit is kept and owes
    a look at him at once. Raises MedicineRefused without either."""
    if not text.strip() and not figures:
        raise MedicineRefused(_("请写明量到多少或谈了什么。"), field="text")
    label = stored(HealthNote.Kind(kind).label)
    with transaction.atomic():
        row = HealthNote.objects.create(
            division_code=stay.division_code,
            owner_org=stay.owner_org,
            case_id=stay.case_id,
            recorded_at=late.recorded_at(at),
            stay=stay,
            kind=kind,
            text=text.strip(),
            figures=json.dumps(figures) if figures else "",
            noted_at=at,
            noted_by=actor.name,
        )
        _say("stays.medical.note", actor, at, stay, f"用药体征：{label}")
        if row.kind == HealthNote.Kind.VITAL:
            follow_vitals(actor=actor, at=at, stay=stay, note=row, figures=figures or {})
    return row


def read_health(*, actor: Actor, at: datetime, stays: Iterable[Stay]) -> None:
    """Put down that the medical words about these residents are read now; one line."""
    found = list(stays)
    if not found:
        return
    journal.record(
        verb="stays.medical.read",
        actor=actor,
        at=at,
        subjects=[
            *(Subject("person", stay.person.public_id) for stay in found),
            *(Subject("stay", stay.public_id) for stay in found),
        ],
        division_code=actor.division_code,
        owner_org=actor.org_code,
        summary="查看用药体征",
        basis="个人信息保护法 第28条",
    )


def _say(verb: str, actor: Actor, at: datetime, stay: Stay, summary: str) -> None:
    note(verb=verb, actor=actor, at=at, row=stay, person=stay.person, summary=summary)
