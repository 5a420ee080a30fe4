"""A plan goes from one worker to another: offered with what the other must know, taken, or declined with a reason."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.casework.models import CasePlan, PlanHandover
from nuantu.casework.services.lines import PLAN, note
from nuantu.casework.services.owing import ASSIGN, TAKE, keep, owe_plan, owed
from nuantu.casework.services.plans import CaseworkRefused, account_of, check_worker, held_plan
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.core.together import together
from nuantu.operations.selectors import rules_at


def hand_on(
    *,
    actor: Actor,
    at: datetime,
    plan: CasePlan,
    worker: User,
    stand_in: User | None,
    words: str,
) -> PlanHandover:
    """Offer a plan to another worker, with what he must know; until he takes it, it stays where it is. Raises
    CaseworkRefused with the field to mend."""
    check_worker(plan.owner_org, worker, stand_in)
    if not words.strip():
        raise CaseworkRefused(_("请写明接手的人要知道什么。"), field="words")
    with together():
        row = held_plan(plan)
        if row.worker_id == worker.pk:
            raise CaseworkRefused(_("已经是这位社工。"), field="worker")
        if PlanHandover.objects.filter(plan=row, ended_at=None).exists():
            raise CaseworkRefused(_("已经在交接，等对方接手或退回。"))
        found = PlanHandover.objects.create(
            plan=row, noted_at=at, noted_by=actor.name, from_user=row.worker, to_user=worker,
            stand_in=stand_in, words=words.strip(),
        )  # fmt: skip
        ruling = rules_at(row.division_code, at).need("casework.assign")
        due_at = at + timedelta(minutes=ruling.number)
        duty = owe_plan(row, TAKE, actor=actor, at=at, due_at=due_at, basis=ruling.source)
        duty.assignee = worker
        duty.save(update_fields=["assignee"])
        note(row, "hand_on", actor=actor, at=at, summary="交出社工个案，等对方接手")
    return found


def take_over(
    *, actor: Actor, at: datetime, handover: PlanHandover, answer: str, reason: str
) -> PlanHandover:
    """The other worker signs: open promises go to him, the former one reads nothing sealed any more; or he declines
    with a reason and it stays. Raises CaseworkRefused."""
    with together():
        row = held_plan(handover.plan)
        found = PlanHandover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
        if found.ended_at is not None:
            raise CaseworkRefused(_("交接已经办完。"))
        if found.to_user_id != account_of(actor).pk:
            raise CaseworkRefused(_("只有接手的人能签收。"))
        if answer != "take" and not reason.strip():
            raise CaseworkRefused(_("请写明为什么不接。"), field="reason")
        found.plan, found.ended_at = row, at
        keep(Subject(PLAN, row.public_id), TAKE, actor=actor, at=at, words="已答复")
        if answer == "take":
            found.taken_by = actor.name
            _give(row, found, actor, at)
        else:
            found.declined_reason = reason.strip()[:200]
            note(row, "decline", actor=actor, at=at, summary="退回社工个案的交接")
        found.save()
    return found


def _give(plan: CasePlan, handover: PlanHandover, actor: Actor, at: datetime) -> None:
    plan.worker, plan.stand_in = handover.to_user, handover.stand_in
    plan.save(update_fields=["worker", "stand_in"])
    subject = Subject(PLAN, plan.public_id)
    keep(subject, ASSIGN, actor=actor, at=at, words="已安排社工")
    for duty in owed(subject):
        if duty.assignee_id == handover.from_user_id:
            duty.assignee = handover.to_user
            duty.save(update_fields=["assignee"])
    note(plan, "take_over", actor=actor, at=at, summary="接手社工个案")
