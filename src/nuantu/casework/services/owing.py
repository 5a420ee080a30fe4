"""Promises of casework: who must do what until when, and on which basis."""

from datetime import datetime, timedelta
from typing import Final

from nuantu.accounts.models import User
from nuantu.casework.models import CasePlan, RiskMark
from nuantu.casework.services.lines import PLAN, RISK
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty

NEXT, SEEK, ASSIGN = "casework.next", "casework.seek", "casework.assign"
STAY_WITH, CALL, TELL, COUNSEL = (
    "casework.stay_with",
    "casework.call",
    "casework.tell",
    "casework.counsel",
)
TAKE = "casework.take"
REFERRAL, DECIDE, DECISION = "casework.referral", "casework.disclosure", "casework.decision"
REPORT, REVIEW, LIFT = "casework.report", "casework.review", "casework.lift"
# what must be done now for somebody who may take his life (P14-05, X58)
AT_ONCE: Final = (STAY_WITH, CALL, TELL, COUNSEL)
BY_HAND: Final = (*AT_ONCE, REPORT, DECISION)
TITLES: Final = {
    NEXT: ("个案：按约定见面", "Casework: meet as agreed"),
    SEEK: ("个案：没有见到人，去找他", "Casework: not met, look for him"),
    ASSIGN: ("个案：安排社工接手", "Casework: give it a social worker"),
    STAY_WITH: (
        "现在安排人陪着他，不让他独处",
        "Somebody stays with him now, he is not left alone",
    ),
    CALL: ("按情况拨打120、110或心理援助热线", "Call 120, 110 or the crisis line as it stands"),
    TELL: ("告诉站内值班人员和带班领导", "Tell the watch of the station and the leader on duty"),
    COUNSEL: (
        "疏导，并问他愿不愿意联系家人",
        "Counsel him and offer to call his family",
    ),
    REPORT: (
        "依法向公安机关报案（强制报告）",
        "Report to the police as the law requires",
    ),
    TAKE: ("个案：签收交接", "Casework: sign for the hand-over"),
    REFERRAL: ("个案：催问并登记转介答复", "Casework: await the answer of a referral"),
    DECIDE: ("个案：决定是否提供材料", "Casework: decide on a disclosure"),
    REVIEW: ("复核风险", "Review the risk"),
    LIFT: ("第二人确认能否解除风险标记", "A second person decides on lifting the risk mark"),
}


def owe_plan(
    plan: CasePlan, kind: str, *, actor: Actor, at: datetime, due_at: datetime, basis: str
) -> Duty:
    """A promise about a plan, owed by its worker; the title names nobody."""
    return _open(
        Subject(PLAN, plan.public_id), plan, kind, actor=actor, at=at, due_at=due_at, basis=basis,
        who=None if kind in (ASSIGN, DECIDE) else plan.worker,
    )  # fmt: skip


def owe_risk(mark: RiskMark, kind: str, *, actor: Actor, at: datetime) -> Duty:
    """A promise about a risk, by the parameter of its kind; owed by the house, whoever is there."""
    ruling = rules_at(mark.division_code, at).need(kind, key=mark.kind)
    due_at = at + timedelta(minutes=ruling.number)
    return _open(
        Subject(RISK, mark.public_id), mark, kind, actor=actor, at=at, due_at=due_at,
        basis=ruling.source, who=None,
    )  # fmt: skip


def _open(
    subject: Subject,
    row: CasePlan | RiskMark,
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    due_at: datetime,
    basis: str,
    who: User | None,
) -> Duty:
    return open_duty(
        actor=actor,
        at=at,
        kind=kind,
        title=TITLES[kind][0],
        title_en=TITLES[kind][1],
        subject=subject,
        owner_org=row.owner_org,
        division_code=row.division_code,
        due_at=due_at,
        basis=basis[:200],
        assignee=who,
    )


def owed(subject: Subject, *kinds: str) -> list[Duty]:
    """Open promises of these kinds, the earliest first; of every kind where none is named."""
    found = Duty.objects.filter(
        subject_kind=subject.kind, subject_id=subject.public_id, state=Duty.State.OPEN
    )
    if kinds:
        found = found.filter(kind__in=kinds)
    return list(found.order_by("due_at", "pk"))


def keep(subject: Subject, *kinds: str, actor: Actor, at: datetime, words: str) -> None:
    """Tick off what was promised, because it was done elsewhere."""
    for duty in owed(subject, *kinds):
        complete_duty(actor=actor, at=at, duty=duty, note=words[:200])
