"""A plan is opened, filled with goals and people, lived in sessions, handed on and closed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.casework.models import (
    CaseGoal,
    CasePlan,
    CaseSession,
    GoalState,
    Outcome,
    Reach,
    RiskMark,
    SessionKind,
    Supporter,
    TeamMember,
)
from nuantu.casework.rules.days import is_too_far
from nuantu.casework.rules.grounds import ground_gap
from nuantu.casework.selectors.knowing import classes_of_case, is_minor
from nuantu.casework.selectors.outside import may_reach_family
from nuantu.casework.services.lines import PLAN, RISK, note
from nuantu.casework.services.owing import ASSIGN, NEXT, SEEK, keep, owe_plan, owed
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty
from nuantu.persons.models import Case
from nuantu.planbook import deadlines

GAPS: Final = {
    "minor": _("未成年人不能只凭本人同意：请选监护人同意，或写明法定职责。"),
    "guardian": _("监护人可能就是伤害他的人，不问监护人：请选法定职责并写明。"),
    "adult": _("成年人自己决定：请问他本人。"),
}
MOST_MISSED: Final = 3


class CaseworkRefused(Refusal):
    """This cannot be done with the plan so."""


@dataclass(frozen=True, slots=True)
class Opening:
    """On what a plan rests, who works on it, and what comes first."""

    ground: str
    ground_words: str
    worker: User
    stand_in: User | None
    agency: str
    next_step: str
    next_date: date


@dataclass(frozen=True, slots=True)
class Held:
    """One session as its worker puts it down; `minutes` is 0 where nobody was met."""

    kind: str
    place: str
    held_at: datetime
    minutes: int
    is_missed: bool
    summary: str
    given: str
    notes: str
    next_step: str
    next_date: date
    partners: str = ""


def open_plan(*, actor: Actor, at: datetime, case: Case, opening: Opening) -> CasePlan:
    """Begin to work with somebody, by consent or on a lawful ground; he is met within the days of
    `casework.first_visit` (P14-08). Raises CaseworkRefused with the field to mend."""
    if not case.is_open:
        raise CaseworkRefused(_("个案已经结案。"))
    gap = ground_gap(
        opening.ground, is_minor=is_minor(case, at), classes=classes_of_case(case.case_id)
    )
    if gap:
        raise CaseworkRefused(GAPS[gap], field="ground")
    check_worker(case.owner_org, opening.worker, opening.stand_in)
    _check_next(opening.next_step, opening.next_date, at)
    try:
        with together():
            plan = CasePlan.objects.create(
                division_code=case.division_code,
                owner_org=case.owner_org,
                case_id=case.case_id,
                recorded_at=at,
                person=case.person,
                worker=opening.worker,
                stand_in=opening.stand_in,
                agency=opening.agency.strip(),
                ground=opening.ground,
                ground_words=opening.ground_words.strip(),
                opened_at=at,
                opened_by=actor.name,
                next_step=opening.next_step.strip(),
                next_date=opening.next_date,
            )
            _owe_first(plan, actor, at)
            _keep_assigned(plan, actor, at)
            note(plan, "open", actor=actor, at=at, summary="开始社工个案")
    except IntegrityError as error:
        raise CaseworkRefused(_("这个人已经有进行中的个案计划。")) from error
    return plan


def _owe_first(plan: CasePlan, actor: Actor, at: datetime) -> None:
    ruling = rules_at(plan.division_code, at).need("casework.first_visit")
    due_at = min(deadlines.end_of(plan.next_date), at + timedelta(days=int(ruling.number)))
    owe_plan(plan, NEXT, actor=actor, at=at, due_at=due_at, basis=ruling.source)


def _keep_assigned(plan: CasePlan, actor: Actor, at: datetime) -> None:
    for mark in RiskMark.objects.filter(case_id=plan.case_id, lifted_at=None):
        subject = Subject(RISK, mark.public_id)
        keep(subject, ASSIGN, actor=actor, at=at, words="已开始社工个案")


def check_worker(org_code: str, worker: User, stand_in: User | None) -> None:
    if worker.organisation_id != org_code or not worker.is_active:
        raise CaseworkRefused(_("社工要是本单位在岗的人。"), field="worker")
    if stand_in is not None and stand_in.pk == worker.pk:
        raise CaseworkRefused(_("替班人要是另一个人。"), field="stand_in")
    if stand_in is not None and stand_in.organisation_id != org_code:
        raise CaseworkRefused(_("替班人要是本单位的人。"), field="stand_in")


def _check_next(step: str, day: date, at: datetime) -> None:
    if not step.strip():
        raise CaseworkRefused(_("请写明下一步做什么。"), field="next_step")
    if day < clock.local(at).date():
        raise CaseworkRefused(_("下一步的日期不能早于今天。"), field="next_date")
    if is_too_far(day, clock.local(at).date()):
        raise CaseworkRefused(_("离今天太远，请核对年份。"), field="next_date")


def held_plan(plan: CasePlan) -> CasePlan:
    """The plan, held until the deed is done. Raises CaseworkRefused once it was closed."""
    rows = CasePlan.objects.select_for_update(of=("self",)).select_related("person", "worker")
    row = rows.get(pk=plan.pk)
    if not row.is_open:
        raise CaseworkRefused(_("个案计划已经结束。"))
    return row


def add_goal(
    *,
    actor: Actor,
    at: datetime,
    plan: CasePlan,
    area: str,
    words: str,
    measure: str,
    due_date: date,
) -> CaseGoal:
    """Set what is to be reached until a day and how one will see it. Raises CaseworkRefused."""
    if due_date <= clock.local(at).date():
        raise CaseworkRefused(_("目标的日期要晚于今天。"), field="due_date")
    with together():
        row = held_plan(plan)
        goal = CaseGoal.objects.create(
            plan=row, noted_at=at, noted_by=actor.name, area=area,
            words=words.strip(), measure=measure.strip(), due_date=due_date,
        )  # fmt: skip
        note(row, "goal", actor=actor, at=at, summary="写下目标")
    return goal


def end_goal(*, actor: Actor, at: datetime, goal: CaseGoal, state: str, result: str) -> CaseGoal:
    """Say what came of a goal. Raises CaseworkRefused without words or where it was said already."""
    if state not in GoalState.values or state == GoalState.OPEN:
        raise CaseworkRefused(_("请选目标怎样了。"), field="state")
    if not result.strip():
        raise CaseworkRefused(_("请写明结果。"), field="result")
    with together():
        row = held_plan(goal.plan)
        changed = CaseGoal.objects.filter(pk=goal.pk, state=GoalState.OPEN).update(
            state=state, result=result.strip()[:300]
        )
        if not changed:
            raise CaseworkRefused(_("这个目标已经有结果。"))
        said = stored(GoalState(state).label)
        note(row, "goal_end", actor=actor, at=at, summary=f"目标：{said}")
    goal.refresh_from_db()
    return goal


def add_member(
    *,
    actor: Actor,
    at: datetime,
    plan: CasePlan,
    user: User | None,
    name: str,
    body: str,
    part: str,
) -> TeamMember:
    """Take somebody into the team: a colleague with an account, or somebody of an agency by name."""
    if user is None and not (name.strip() and body.strip()):
        raise CaseworkRefused(_("请选一位同事，或写明外单位的人和他的单位。"), field="name")
    with together():
        row = held_plan(plan)
        if user is not None and row.teammembers.filter(user=user, left_at=None).exists():
            raise CaseworkRefused(_("他已经在小组里。"), field="user")
        member = TeamMember.objects.create(
            plan=row, noted_at=at, noted_by=actor.name, user=user, part=part.strip(),
            name=user.name if user else name.strip(),
            body=user.organisation.name if user else body.strip(),
        )  # fmt: skip
        note(row, "member", actor=actor, at=at, summary="小组加了人")
    return member


def add_supporter(
    *,
    actor: Actor,
    at: datetime,
    plan: CasePlan,
    relation: str,
    contact: str,
    helps_with: str,
    is_family: bool,
) -> Supporter:
    """Put down who in his life may help, and with what (P14-13); nobody is called by that."""
    with together():
        row = held_plan(plan)
        found = Supporter.objects.create(
            plan=row, noted_at=at, noted_by=actor.name, relation=relation.strip(),
            contact=contact.strip(), helps_with=helps_with.strip(), is_family=is_family,
        )  # fmt: skip
        note(row, "supporter", actor=actor, at=at, summary="记下支持人")
    return found


def hold_session(*, actor: Actor, at: datetime, plan: CasePlan, held: Held) -> CaseSession:
    """Put down a session and what comes next. Nobody met: he is looked for, by the clock of how often in a
    row. Raises CaseworkRefused with the field to mend."""
    _check_session(held, at)
    with together():
        row = held_plan(plan)
        if actor.account_id not in _workers(row):
            raise CaseworkRefused(_("会谈只由负责的社工或替班人登记。"))
        if held.kind == SessionKind.FAMILY and not may_reach_family(row.case_id, Reach.TALK):
            raise CaseworkRefused(
                _("没有本人（或监护人）同意通电话、见面，不联系家人。"), field="kind"
            )
        session = CaseSession.objects.create(
            plan=row, noted_at=at, noted_by=actor.name, kind=held.kind, place=held.place,
            by=account_of(actor), held_at=held.held_at,
            minutes=0 if held.is_missed else held.minutes, is_missed=held.is_missed,
            summary=held.summary.strip(), given=held.given.strip(), notes=held.notes.strip(),
            partners=" ".join(held.partners.split()),
        )  # fmt: skip
        _go_on(row, actor, at, held)
        said = "没有见到人" if held.is_missed else stored(SessionKind(held.kind).label)
        note(row, "session", actor=actor, at=at, summary=f"会谈：{said}", happened_at=held.held_at)
    return session


def account_of(actor: Actor) -> User:
    """The account that acts. Raises CaseworkRefused for programs: a person answers for this."""
    if actor.account_id is None:
        raise CaseworkRefused(_("这件事要由有账号的人做。"))
    return User.objects.get(public_id=actor.account_id)


def _workers(plan: CasePlan) -> set[object]:
    found = [plan.worker, plan.stand_in]
    return {one.public_id for one in found if one is not None}


def _check_session(held: Held, at: datetime) -> None:
    if held.held_at > at:
        raise CaseworkRefused(_("不能是以后的时间。"), field="held_at")
    if not held.is_missed and not 1 <= held.minutes <= CaseSession.LONGEST:
        raise CaseworkRefused(_("请写谈了多少分钟（1到600）。"), field="minutes")
    if not held.summary.strip():
        raise CaseworkRefused(_("请写一句给档案看的摘要。"), field="summary")
    _check_next(held.next_step, held.next_date, at)


def _go_on(plan: CasePlan, actor: Actor, at: datetime, held: Held) -> None:
    subject = Subject(PLAN, plan.public_id)
    keep(subject, NEXT, SEEK, actor=actor, at=at, words="已登记会谈")
    plan.next_step, plan.next_date = held.next_step.strip(), held.next_date
    plan.save(update_fields=["next_step", "next_date"])
    book = rules_at(plan.division_code, at)
    if held.is_missed:
        ruling = book.need("casework.seek", key=str(min(MOST_MISSED, missed_in_a_row(plan))))
        due_at = at + timedelta(minutes=ruling.number)
        owe_plan(plan, SEEK, actor=actor, at=at, due_at=due_at, basis=ruling.source)
    source = book.need("casework.first_visit").source
    due_at = deadlines.end_of(plan.next_date)
    owe_plan(plan, NEXT, actor=actor, at=at, due_at=due_at, basis=source)


def missed_in_a_row(plan: CasePlan) -> int:
    """How many of the newest sessions met nobody."""
    count = 0
    for is_missed in plan.casesessions.order_by("-held_at", "-pk").values_list(
        "is_missed", flat=True
    ):
        if not is_missed:
            break
        count += 1
    return count


def close_plan(
    *, actor: Actor, at: datetime, plan: CasePlan, outcome: str, evaluation: str
) -> CasePlan:
    """End the work with what came of it; every goal has its result before. Raises CaseworkRefused."""
    if outcome not in Outcome.values:
        raise CaseworkRefused(_("请选结果。"), field="outcome")
    if not evaluation.strip():
        raise CaseworkRefused(_("请写评估：做了什么、变化、以后谁接着管。"), field="evaluation")
    with together():
        row = held_plan(plan)
        if row.casegoals.filter(state=GoalState.OPEN).exists():
            raise CaseworkRefused(_("还有目标没有结果，先写每个目标怎样了。"))
        row.state, row.outcome = CasePlan.State.CLOSED, outcome
        row.evaluation, row.closed_at, row.closed_by = evaluation.strip(), at, actor.name
        row.save()
        for duty in owed(Subject(PLAN, row.public_id)):
            cancel_duty(actor=actor, at=at, duty=duty, reason="个案计划已结束")
        said = stored(Outcome(outcome).label)
        note(row, "close", actor=actor, at=at, summary=f"结束社工个案：{said}")
    return row
