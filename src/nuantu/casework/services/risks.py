"""A risk is marked, raises what must be done now, is reviewed by a clock and lifted by two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from nuantu.casework.models import CasePlan, RiskKind, RiskMark, RiskSign, SafetyPlan, Urgency
from nuantu.casework.rules.grounds import CLASS_OF, ON_LIFE, RISK_OF, must_report
from nuantu.casework.selectors.knowing import classes_of_case, is_minor
from nuantu.casework.services.lines import RISK, note_risk
from nuantu.casework.services.owing import (
    AT_ONCE,
    LIFT,
    REPORT,
    REVIEW,
    keep,
    owe_risk,
    owed,
)
from nuantu.casework.services.plans import CaseworkRefused, account_of
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.operations.services import cancel_duty
from nuantu.persons import services as persons
from nuantu.persons.models import Case, Certainty, ClassCode, Person, PersonClass

SHORTEST: Final = 4


@dataclass(frozen=True, slots=True)
class Assessed:
    """What the short form of a risk says."""

    kind: str
    urgency: str
    signs: Sequence[str]
    reasons: str


def mark_risk(*, actor: Actor, at: datetime, case: Case, assessed: Assessed) -> RiskMark:
    """Say that life or safety is at stake: what must be done now is owed at once, the class that others read
    is given. Raises CaseworkRefused with the field to mend."""
    if assessed.kind not in RiskKind.values or assessed.urgency not in Urgency.values:
        raise CaseworkRefused(_("请选是哪种风险、有多急。"), field="kind")
    if not assessed.signs:
        raise CaseworkRefused(_("请至少选一个迹象。"), field="signs")
    if len(assessed.reasons.strip()) < SHORTEST:
        raise CaseworkRefused(_("请写明看到、听到了什么。"), field="reasons")
    if not case.is_open:
        raise CaseworkRefused(_("个案已经结案。"))
    with together():
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if open_marks(case, assessed.kind):
            raise CaseworkRefused(_("这种风险已经标记。请复核那一条。"), field="kind")
        mark = _put(case, assessed, actor, at)
        persons.assign_classes(
            actor=actor,
            at=at,
            case=case,
            codes=[CLASS_OF[assessed.kind]],
            certainty=Certainty.ESTIMATED,
            source="风险评估",
        )
    return mark


def open_marks(case: Case, *kinds: str) -> list[RiskMark]:
    """What holds in this case."""
    found = RiskMark.objects.filter(case_id=case.case_id, lifted_at=None)
    return list(found.filter(kind__in=kinds) if kinds else found)


def _put(case: Case, assessed: Assessed, actor: Actor, at: datetime) -> RiskMark:
    mark = RiskMark.objects.create(
        division_code=case.division_code,
        owner_org=case.owner_org,
        case_id=case.case_id,
        recorded_at=at,
        person=case.person,
        kind=assessed.kind,
        urgency=assessed.urgency,
        signs=[sign for sign in assessed.signs if sign in RiskSign.values],
        reasons=assessed.reasons.strip(),
        marked_at=at,
        marked_by=actor.name,
    )
    for kind in _owed_by(case, assessed, at):
        owe_risk(mark, kind, actor=actor, at=at)
    note_risk(mark, "mark", actor=actor, at=at, summary="标记风险，先问社工")
    return mark


def _owed_by(case: Case, assessed: Assessed, at: datetime) -> list[str]:
    """What a risk asks for now, besides its review."""
    found = [REVIEW]
    if assessed.kind == RiskKind.SUICIDE or (
        assessed.kind in ON_LIFE and assessed.urgency == Urgency.IMMEDIATE
    ):
        found = [*AT_ONCE, REVIEW]
    classes = classes_of_case(case.case_id)
    if must_report(assessed.kind, is_minor=is_minor(case, at), classes=classes):
        found.append(REPORT)
    return found


def review_risk(
    *, actor: Actor, at: datetime, mark: RiskMark, urgency: str, reasons: str
) -> RiskMark:
    """Look again: how urgent it is now and why; the next look is owed. Raises CaseworkRefused."""
    if urgency not in Urgency.values:
        raise CaseworkRefused(_("请选现在有多急。"), field="urgency")
    if len(reasons.strip()) < SHORTEST:
        raise CaseworkRefused(_("请写明看到、听到了什么。"), field="reasons")
    with together():
        row = _held(mark)
        earlier = row.reasons.open()
        row.urgency, row.reviewed_at = urgency, at
        row.reasons = f"{earlier}\n—\n{reasons.strip()}"
        row.save()
        subject = Subject(RISK, row.public_id)
        keep(subject, REVIEW, actor=actor, at=at, words="已复核")
        owe_risk(row, REVIEW, actor=actor, at=at)
        note_risk(row, "review", actor=actor, at=at, summary="风险已复核")
    return row


def ask_to_lift(*, actor: Actor, at: datetime, mark: RiskMark, reason: str) -> RiskMark:
    """Propose to lift a mark, with the reason; it holds until another person agrees."""
    if len(reason.strip()) < SHORTEST:
        raise CaseworkRefused(_("请写明为什么可以解除。"), field="reason")
    with together():
        row = _held(mark)
        row.lift_reason, row.lift_asked_at = reason.strip(), at
        row.lift_asked_of = account_of(actor)
        row.save()
        if not owed(Subject(RISK, row.public_id), LIFT):
            owe_risk(row, LIFT, actor=actor, at=at)
        note_risk(row, "ask_to_lift", actor=actor, at=at, summary="提出解除风险标记，待第二人确认")
    return row


def lift_risk(*, actor: Actor, at: datetime, mark: RiskMark, is_agreed: bool) -> RiskMark:
    """The second of two decides: lifted, or the mark goes on. Raises CaseworkRefused for whoever asked."""
    with together():
        row = _held(mark)
        if row.lift_asked_of is None:
            raise CaseworkRefused(_("还没有人提出解除。"))
        if row.lift_asked_of.public_id == actor.account_id:
            raise CaseworkRefused(_("要由另一个人确认。"))
        subject = Subject(RISK, row.public_id)
        if not is_agreed:
            row.lift_asked_of, row.lift_asked_at, row.lift_reason = None, None, ""
            row.save()
            keep(subject, LIFT, actor=actor, at=at, words="不解除")
            note_risk(row, "keep", actor=actor, at=at, summary="风险标记继续")
            return row
        row.lifted_at, row.lifted_by = at, actor.name
        row.lifted_of = account_of(actor)
        row.save()
        keep(subject, LIFT, actor=actor, at=at, words="已解除")
        for duty in owed(subject):
            cancel_duty(actor=actor, at=at, duty=duty, reason="风险标记已解除")
        _take_class_back(row, actor, at)
        note_risk(row, "lift", actor=actor, at=at, summary="解除风险标记")
    return row


def _take_class_back(mark: RiskMark, actor: Actor, at: datetime) -> None:
    """The class goes with the last mark that says the same."""
    code = CLASS_OF[mark.kind]
    case = Case.objects.select_related("person").get(case_id=mark.case_id)
    if any(CLASS_OF[one.kind] == code for one in open_marks(case)):
        return
    rows = PersonClass.objects.filter(case_id=mark.case_id, code=code, withdrawn_at=None)
    for given in rows:
        persons.withdraw_class(
            actor=actor, at=at, case=case, given=given, reason="风险标记由两人解除"
        )


def _held(mark: RiskMark) -> RiskMark:
    rows = RiskMark.objects.select_for_update(of=("self",)).select_related(
        "person", "lift_asked_of"
    )
    row = rows.get(pk=mark.pk)
    if not row.is_open:
        raise CaseworkRefused(_("风险标记已经解除。"))
    return row


def put_safety_plan(
    *,
    actor: Actor,
    at: datetime,
    plan: CasePlan,
    is_agreed: bool,
    **words: str,
) -> SafetyPlan:
    """Keep what helps in bad hours: signs, what helps, whom to call, what is out of reach."""
    with together():
        row = SafetyPlan.objects.create(
            division_code=plan.division_code,
            owner_org=plan.owner_org,
            case_id=plan.case_id,
            recorded_at=at,
            person=plan.person,
            put_at=at,
            put_by=actor.name,
            is_agreed=is_agreed,
            **{name: text.strip() for name, text in words.items()},
        )
        for mark in RiskMark.objects.filter(case_id=plan.case_id, lifted_at=None):
            note_risk(mark, "safety", actor=actor, at=at, summary="写下安全计划")
    return row


def follow_classes(*, at: datetime, person: Person) -> int:
    """Somebody gave the class of a risk elsewhere, on the street or at the door: the mark and what it asks for
    begin with it. How many. Call it under the system scope."""
    begun = 0
    given = PersonClass.objects.filter(person=person, withdrawn_at=None, code__in=RISK_OF)
    for row in given.select_related("person"):
        case = Case.objects.select_related("person").filter(case_id=row.case_id).first()
        kind = RISK_OF[str(ClassCode(row.code))]
        if case is None or not case.is_open or open_marks(case, kind):
            continue
        with together():
            assessed = Assessed(kind, Urgency.HIGH, (RiskSign.SAYS,), f"人员类别：{row.source}")
            _put(case, assessed, SYSTEM, at)
        begun += 1
    return begun
