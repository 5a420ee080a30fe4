"""No risk falls silent and no plan is left alone, whoever leaves the house: looked at once an hour."""

from datetime import datetime, timedelta

from nuantu.casework.models import CasePlan, RiskMark
from nuantu.casework.rules.grounds import ON_LIFE
from nuantu.casework.services.lines import PLAN, RISK
from nuantu.casework.services.owing import ASSIGN, NEXT, REVIEW, owe_plan, owe_risk, owed
from nuantu.core.actors import SYSTEM
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.operations.selectors import rules_at
from nuantu.persons.models import Case
from nuantu.planbook import deadlines


def watch_casework(*, at: datetime) -> int:
    """Owe the review of each mark of an open case, the next step of each plan, and a worker where the worker has
    gone; how many were owed. Call it under the system scope."""
    begun = 0
    going = Case.objects.filter(state=Case.State.OPEN).values("case_id")
    marks = RiskMark.objects.filter(lifted_at=None, case_id__in=going).select_related("person")
    for mark in marks.order_by("pk"):
        if not owed(Subject(RISK, mark.public_id), REVIEW):
            with together():
                owe_risk(mark, REVIEW, actor=SYSTEM, at=at)
            begun += 1
        begun += _ask_for_worker(mark, at)
    for plan in CasePlan.objects.filter(state="open").select_related("worker").order_by("pk"):
        begun += _mend(plan, at)
    return begun


def _ask_for_worker(mark: RiskMark, at: datetime) -> int:
    """Where life is at stake and nobody works with him, the house is owed a worker."""
    subject = Subject(RISK, mark.public_id)
    is_worked_on = CasePlan.objects.filter(case_id=mark.case_id, state="open").exists()
    if mark.kind not in ON_LIFE or is_worked_on or owed(subject, ASSIGN):
        return 0
    with together():
        owe_risk(mark, ASSIGN, actor=SYSTEM, at=at)
    return 1


def _mend(plan: CasePlan, at: datetime) -> int:
    subject, book = Subject(PLAN, plan.public_id), rules_at(plan.division_code, at)
    begun = 0
    with together():
        gone = not plan.worker.is_active or plan.worker.organisation_id != plan.owner_org
        if gone and not owed(subject, ASSIGN):
            ruling = book.need("casework.assign")
            due_at = at + timedelta(minutes=ruling.number)
            owe_plan(plan, ASSIGN, actor=SYSTEM, at=at, due_at=due_at, basis=ruling.source)
            begun += 1
        if not owed(subject, NEXT):
            source = book.need("casework.first_visit").source
            due_at = max(deadlines.end_of(plan.next_date), at)
            owe_plan(plan, NEXT, actor=SYSTEM, at=at, due_at=due_at, basis=source)
            begun += 1
    return begun
