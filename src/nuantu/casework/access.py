"""The only door from a request to a plan or a risk. A plan is seen by whoever works on it and by those who answer for
the house; what lies sealed by the worker and the stand-in alone."""

from datetime import datetime
from uuid import UUID

from django.http import Http404

from nuantu.casework.models import (
    CaseGoal,
    CasePlan,
    Conference,
    Disclosure,
    FamilyConsent,
    PlanHandover,
    Referral,
    RiskMark,
)
from nuantu.core.actors import Actor
from nuantu.persons import access as persons
from nuantu.persons.models import Case
from nuantu.persons.selectors import opened_by
from nuantu.persons.selectors.pages import IDENTITY

READ, WRITE = "casework.plan.read", "casework.plan.write"
OVERSEE, LEAD = "casework.plan.oversee", "casework.plan.lead"
EXPORT, MARK = "casework.plan.export", "casework.risk.mark"


def is_worker(actor: Actor, plan: CasePlan) -> bool:
    """Whether the actor is the worker or the stand-in of a plan; who held it before is not."""
    own = actor.account_id
    return own is not None and own in (
        plan.worker.public_id,
        plan.stand_in.public_id if plan.stand_in else None,
    )


def is_house(actor: Actor, row: CasePlan | RiskMark) -> bool:
    """Whether the actor's organisation holds or oversees the row; a grant on the case is not enough."""
    is_overseen = bool(actor.prefix) and row.division_code.startswith(actor.prefix)
    return row.owner_org == actor.org_code or is_overseen


def may_read(actor: Actor, plan: CasePlan) -> bool:
    """Whether the actor works on the plan or answers for the house."""
    if not actor.may(READ) or not is_house(actor, plan):
        return False
    if actor.may(OVERSEE) or is_worker(actor, plan):
        return True
    own = actor.account_id
    if own is not None and _is_offered(own, plan):
        return True
    return own is not None and plan.teammembers.filter(user__public_id=own, left_at=None).exists()


def _is_offered(account: UUID, plan: CasePlan) -> bool:
    waiting = PlanHandover.objects.filter(plan=plan, to_user__public_id=account, ended_at=None)
    return waiting.exists()


def may_work(actor: Actor, plan: CasePlan) -> bool:
    """Whether the actor may change an open plan: its worker, the stand-in, or who leads the house."""
    is_own = plan.owner_org == actor.org_code and plan.is_open
    return is_own and actor.may(WRITE) and (is_worker(actor, plan) or actor.may(LEAD))


def may_lead(actor: Actor, plan: CasePlan) -> bool:
    """Whether the actor gives open plans of his own house to workers."""
    return plan.owner_org == actor.org_code and plan.is_open and actor.may(LEAD)


def may_hand_on(actor: Actor, plan: CasePlan) -> bool:
    """Whether the actor gives this plan to another worker: its own worker, or who leads the house."""
    is_own = plan.is_open and actor.account_id == plan.worker.public_id
    return may_lead(actor, plan) or is_own


def plan_of(public_id: UUID) -> CasePlan:
    """A plan the database shows, whoever asks; the caller asks `may_read` and journals a refusal."""
    rows = CasePlan.objects.select_related("person__photo", "worker", "stand_in")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def plan_for(actor: Actor, public_id: UUID) -> CasePlan:
    """A plan the actor may read, else not found."""
    found = plan_of(public_id)
    if not may_read(actor, found):
        raise Http404
    return found


def goal_for(actor: Actor, public_id: UUID) -> CaseGoal:
    """A goal of a plan the actor works on."""
    rows = CaseGoal.objects.select_related("plan__worker", "plan__stand_in", "plan__person")
    found = rows.filter(public_id=public_id).first()
    if found is None or not may_work(actor, found.plan):
        raise Http404
    return found


def referral_for(actor: Actor, public_id: UUID) -> Referral:
    """A referral of a plan the actor works on."""
    rows = Referral.objects.select_related("plan__worker", "plan__stand_in", "plan__person")
    found = rows.filter(public_id=public_id).first()
    if found is None or not may_work(actor, found.plan):
        raise Http404
    return found


def conference_of(actor: Actor, public_id: UUID) -> Conference:
    """A conference of a plan the actor may read."""
    rows = Conference.objects.select_related("plan__worker", "plan__stand_in", "plan__person")
    found = rows.filter(public_id=public_id).first()
    if found is None or not may_read(actor, found.plan):
        raise Http404
    return found


def conference_for(actor: Actor, public_id: UUID) -> Conference:
    """A conference of a plan the actor works on."""
    found = conference_of(actor, public_id)
    if not may_work(actor, found.plan):
        raise Http404
    return found


def handover_for(actor: Actor, public_id: UUID) -> PlanHandover:
    """A hand-over that waits for the actor himself."""
    rows = PlanHandover.objects.select_related("plan__person", "to_user")
    found = rows.filter(public_id=public_id).first()
    is_theirs = found is not None and found.to_user.public_id == actor.account_id
    if found is None or not is_theirs or not found.plan.is_open:
        raise Http404
    return found


def consent_for(actor: Actor, public_id: UUID) -> FamilyConsent:
    """What he said of his family, of a plan the actor works on."""
    rows = FamilyConsent.objects.select_related("plan__worker", "plan__stand_in", "plan__person")
    found = rows.filter(public_id=public_id).first()
    if found is None or not may_work(actor, found.plan):
        raise Http404
    return found


def disclosure_to_decide(actor: Actor, public_id: UUID) -> Disclosure:
    """What police or a court asked for, for those who lead the house that holds the plan."""
    rows = Disclosure.objects.select_related("plan__worker", "plan__stand_in", "plan__person")
    found = rows.filter(public_id=public_id).first()
    if found is None or not may_lead(actor, found.plan):
        raise Http404
    return found


def mark_for(actor: Actor, public_id: UUID) -> RiskMark:
    """A risk of somebody in the actor's house, for those who may mark one."""
    if actor.may(MARK):
        rows = RiskMark.objects.select_related("person__photo", "lift_asked_of")
        found = rows.filter(public_id=public_id).first()
        if found is not None and is_house(actor, found):
            return found
    raise Http404


def mark_to_review(actor: Actor, public_id: UUID) -> RiskMark:
    """A risk that the actor may look at again: the worker's, the stand-in's, or of whoever leads the house."""
    found = mark_for(actor, public_id)
    if not may_review(actor, found):
        raise Http404
    return found


def may_review(actor: Actor, mark: RiskMark) -> bool:
    """Whether the actor is the worker or the stand-in, or leads the house that holds the case."""
    if mark.owner_org != actor.org_code:
        return False
    plans = CasePlan.objects.select_related("worker", "stand_in").filter(case_id=mark.case_id)
    return actor.may(LEAD) or any(is_worker(actor, one) for one in plans.filter(state="open"))


def mark_to_lift(actor: Actor, public_id: UUID) -> RiskMark:
    """A risk whose lifting somebody proposed, for those who lead the house."""
    found = mark_to_review(actor, public_id)
    if not actor.may(LEAD):
        raise Http404
    return found


def case_to_mark(actor: Actor, case_id: UUID) -> Case:
    """An open case of the actor's own organisation, for those who may mark a risk."""
    found = persons.case_for(actor, case_id)
    if not persons.may_change(actor, found, MARK):
        raise Http404
    return found


def case_to_open(actor: Actor, case_id: UUID) -> Case:
    """An open case of the actor's own organisation, for those who begin casework."""
    found = persons.case_for(actor, case_id)
    if not persons.may_change(actor, found, WRITE):
        raise Http404
    return found


def is_masked(actor: Actor, plan: CasePlan, at: datetime) -> bool:
    """Whether the actor has yet to give a purpose before he sees who this is; whoever works on it knows him."""
    hidden = plan.person.is_restricted and not is_worker(actor, plan)
    return hidden and not opened_by(plan.person, actor, at).has(IDENTITY)
