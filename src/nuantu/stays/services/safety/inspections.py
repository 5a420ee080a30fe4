"""Inspectors from outside: what they found becomes hazards, and they are owed an answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation
from nuantu.accounts.selectors import bureau_of
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty, Operation
from nuantu.operations.selectors import operations_at, rules_at
from nuantu.operations.services import complete_duty, open_duty
from nuantu.planbook import calendars, deadlines
from nuantu.planbook.deadlines import start_of
from nuantu.planbook.rules import Ruling
from nuantu.stays.models import Inspection
from nuantu.stays.services.safety.hazards import Found, raise_hazard
from nuantu.stays.services.safety.lines import keep_duties, note_safety

ANSWER, PLANNED = "safety.answer", "safety.inspection"


class InspectionRefused(Refusal):
    """An inspection that cannot be put down or answered like this."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looked, how, when and what they wrote; `findings` are one hazard each."""

    authority: str
    mode: str
    inspected_at: datetime
    inspectors: tuple[str, ...]
    document_number: str = ""
    result: str = ""
    findings: tuple[str, ...] = ()


def subject_of(row: Inspection) -> Subject:
    """An inspection as duties and journal lines name it."""
    return Subject("inspection", row.public_id)


def record_inspection(
    *,
    actor: Actor,
    at: datetime,
    visit: Visit,
    owner_org: str = "",
    division_code: str = "",
) -> Inspection:
    """Put down an inspection of a station (the actor's own unless named); its findings are owed.

    A safety inspection keeps the promise of a plan that whoever put it down owes (P1-52). Raises InspectionRefused for a moment
    to come, for too few inspectors of a double-random check, and without findings or a result.
    """
    org, division = owner_org or actor.org_code, division_code or actor.division_code
    book = rules_at(division, at)
    _judge(visit, at, int(book.need("safety.inspectors").number))
    with transaction.atomic():
        row = Inspection.objects.create(
            division_code=division,
            owner_org=org,
            recorded_at=at,
            authority=visit.authority,
            mode=visit.mode,
            inspected_at=visit.inspected_at,
            inspectors=list(visit.inspectors),
            document_number=visit.document_number.strip()[:60],
            result=visit.result.strip()[:300],
            recorded_by=actor.name,
            is_answer_owed=bool(visit.findings),
        )
        label = stored(row.get_authority_display)
        for what in visit.findings:
            found = Found(what=f"{label}：{what}"[:300], source="inspection", inspection=row)
            raise_hazard(actor=actor, at=at, found=found, owner_org=org, division_code=division)
        if visit.findings:
            _owe_answer(actor, at, row)
        if visit.mode == Inspection.Mode.SAFETY:
            _keep_planned(actor, at, row)
        note_safety(
            verb="stays.inspection.record",
            actor=actor,
            at=at,
            subject=subject_of(row),
            row=row,
            summary=f"外部检查：{label}",
            findings=list(visit.findings),
        )
    return row


def _judge(visit: Visit, at: datetime, least: int) -> None:
    if visit.inspected_at > at:
        raise InspectionRefused(_("检查时间不能晚于现在。"), field="inspected_at")
    if not visit.inspectors:
        raise InspectionRefused(_("请写检查人员姓名。"), field="inspectors")
    if visit.mode == Inspection.Mode.DOUBLE_RANDOM and len(visit.inspectors) < least:
        words = _("双随机抽查至少%(least)s名检查人员，请把姓名写全。") % {"least": least}
        raise InspectionRefused(words, field="inspectors")
    if not visit.findings and not visit.result.strip():
        raise InspectionRefused(_("没有发现问题的，请写检查结论。"), field="result")


def _owe_answer(actor: Actor, at: datetime, row: Inspection) -> None:
    ruling = rules_at(row.division_code, at).need(ANSWER)
    due_at = deadlines.due(
        at, deadlines.Term(int(ruling.number), "working_day"), calendars.national()
    )
    open_duty(
        actor=actor,
        at=at,
        kind=ANSWER,
        title="答复检查意见",
        title_en="Answer the inspectors' findings",
        subject=subject_of(row),
        owner_org=row.owner_org,
        division_code=row.division_code,
        due_at=due_at,
        basis=ruling.source,
        basis_rule="P1-82" if row.authority == Inspection.Authority.REGULATOR else "P1-83",
    )


def _keep_planned(actor: Actor, at: datetime, row: Inspection) -> None:
    station = Organisation.objects.get(code=row.owner_org)
    owed = Duty.objects.filter(
        kind=PLANNED,
        subject_id=station.public_id,
        owner_org=actor.org_code,
        state=Duty.State.OPEN,
    )
    for duty in list(owed):
        complete_duty(actor=actor, at=at, duty=duty, note="已做安全检查", evidence=row.public_id)


def open_planned(*, at: datetime, station: Organisation) -> int:
    """What the plans in force promise to inspect in a station is owed by whoever they name: how many
    promises were opened. A plan without a day gets the default of the word (X56)."""
    book = rules_at(station.division_id, at)
    wanted = [
        (ruling, operation)
        for ruling in book.every("inspection.planned")
        for operation in operations_at(station.division_id, at)
        if operation.plan_code == ruling.plan_code and _is_of_stations(ruling)
    ]
    return sum(_owe_planned(at, station, ruling, operation) for ruling, operation in wanted)


def _is_of_stations(ruling: Ruling) -> bool:
    """One safety inspection of the stations by their bureau."""
    says = ruling.value if isinstance(ruling.value, dict) else {}
    return (
        says.get("kind") == Inspection.Mode.SAFETY
        and "relief_station" in says.get("whom", ())
        and "civil_affairs" in says.get("who", ())
    )


def _owe_planned(at: datetime, station: Organisation, ruling: Ruling, plan: Operation) -> int:
    name = f"{plan.public_id.hex}:{ruling.key}:{station.code}"
    bureau = bureau_of(station.division_id)
    if bureau is None or Duty.objects.filter(recurrence=name).exists():
        return 0
    vague = rules_at(station.division_id, at).need("vague.clock", key="inspection")
    open_duty(
        actor=SYSTEM,
        at=at,
        kind=PLANNED,
        title=f"安全检查：{station.name}",
        title_en="One safety inspection of the relief station",
        subject=Subject("station", station.public_id),
        owner_org=bureau.code,
        division_code=station.division_id,
        due_at=max(start_of(plan.start_date) + timedelta(minutes=vague.number), at),
        basis=f"{plan.plan_code} {ruling.source} {ruling.quote}"[:200],
        basis_rule=ruling.source[:60],
        operation=plan,
        recurrence=name,
    )
    return 1


def answer_inspection(
    *, actor: Actor, at: datetime, inspection: Inspection, answer: str
) -> Inspection:
    """The station's answer to what was found. Raises InspectionRefused without words or twice."""
    if not answer.strip():
        raise InspectionRefused(_("请写明怎么整改的、哪些还在整改、何时完成。"), field="answer")
    with transaction.atomic():
        row = Inspection.objects.select_for_update().get(pk=inspection.pk)
        if row.answered_at is not None or not row.is_answer_owed:
            raise InspectionRefused(_("这次检查不用再答复。"))
        row.answered_at, row.answered_by = at, actor.name
        row.answer = answer.strip()[:600]
        row.save()
        keep_duties(actor=actor, at=at, subject=subject_of(row), kind=ANSWER, words=row.answer)
        note_safety(
            verb="stays.inspection.answer",
            actor=actor,
            at=at,
            subject=subject_of(row),
            row=row,
            summary=f"已答复检查意见：{stored(row.get_authority_display)}",
            answer=row.answer,
        )
    return row
