"""What papers of casework tell: the letter to legal aid, the plan, the minutes; nothing that lies sealed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from nuantu.casework.models import CasePlan, Conference, GoalState, Ground, Referral, ReferralKind
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.erasure import opened
from nuantu.core.sentences import stored
from nuantu.encounters.selectors.papers import moment, of_person
from nuantu.papers.models import Paper
from nuantu.papers.rules.kinds import Row, Values
from nuantu.papers.selectors import kinds
from nuantu.persons.models import Case

LEGAL_AID: Final = "legal_aid_referral"
PLAN: Final = "case_plan"
MINUTES: Final = "conference_minutes"
CONFERENCE: Final = "case_conference"


def values_of(plan: CasePlan, at: datetime, *, body: str, words: str) -> Values:
    """Who, who asks, what for."""
    known = of_person(plan.person, at)
    return {
        "name": plan.person.name or "不详",
        "sex": known.get("sex", ""),
        "age": known.get("age", ""),
        "asked_of": body,
        "request_words": words,
        "asked_at": f"{clock.local(at):%Y年%m月%d日}",
        "worker": plan.worker.name,
    }


def _gather(actor: Actor, plan: Any, at: datetime) -> Values:
    row = plan.referrals.filter(kind=ReferralKind.LEGAL_AID).order_by("-noted_at", "-pk").first()
    if not isinstance(row, Referral):
        return values_of(plan, at, body="", words="")
    return values_of(plan, at, body=row.body, words=opened(row.words))


def feed_papers() -> None:
    """Tell `papers` who fills them; they are issued from the plan, never offered by themselves."""
    kinds.feed(LEGAL_AID, subject_kind=PLAN, gather=_gather, offers=_nothing)
    kinds.feed(PLAN, subject_kind=PLAN, gather=plan_values, offers=_nothing)
    kinds.feed(MINUTES, subject_kind=CONFERENCE, gather=minutes_values, offers=_nothing)


def _nothing(case_id: UUID) -> Iterable[UUID]:
    return ()


def plan_values(actor: Actor, plan: CasePlan, at: datetime) -> Values:
    """What he and his worker set out to reach; no session, no risk, no phone of a supporter."""
    known = of_person(plan.person, at)
    team = plan.teammembers.filter(left_at=None).order_by("pk")
    return {
        **{code: known[code] for code in ("name", "sex", "age")},
        "case_number": _number(plan.case_id),
        "opened_at": f"{clock.local(plan.opened_at):%Y年%m月%d日}",
        "ground": stored(Ground(plan.ground).label),
        "worker": plan.worker.name,
        "stand_in": plan.stand_in.name if plan.stand_in else "",
        "agency": plan.agency,
        "team": [{"member": one.name, "body": one.body, "part": one.part} for one in team],
        "goals": _goals(plan),
        "supporters": [
            {"relation": one.relation, "helps_with": one.helps_with}
            for one in plan.supporters.order_by("pk")
        ],
        "next_step": plan.next_step,
        "next_date": f"{plan.next_date:%Y年%m月%d日}",
    }


def _goals(plan: CasePlan) -> list[Row]:
    return [
        {
            "words": one.words,
            "measure": one.measure,
            "due_date": f"{one.due_date:%Y-%m-%d}",
            "state": " ".join(filter(None, [stored(GoalState(one.state).label), one.result])),
        }
        for one in plan.casegoals.order_by("due_date", "pk")
    ]


def minutes_values(actor: Actor, met: Conference, at: datetime) -> Values:
    """Who sat together and what was decided; what was said lies sealed and is left out."""
    return {
        "case_number": _number(met.case_id),
        "held_at": moment(met.held_at),
        "people": met.people,
        "worker": met.plan.worker.name,
        "decisions": [
            {"order": str(count), "words": said} for count, said in enumerate(met.decisions, 1)
        ],
    }


def _number(case_id: UUID | None) -> str:
    return Case.objects.filter(case_id=case_id).values_list("number", flat=True).first() or ""


def papers_in_force(subject_ids: Iterable[UUID]) -> list[Paper]:
    """The plan and the minutes as they were issued last, the oldest first."""
    found = Paper.objects.filter(
        subject_id__in=list(subject_ids), kind__in=(PLAN, MINUTES), state=Paper.State.ISSUED
    )
    return list(found.order_by("issued_at", "pk"))
