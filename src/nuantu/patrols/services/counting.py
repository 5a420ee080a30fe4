"""A patrol that was walked keeps what the county promised, where the plan lets it count."""

from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.core.turns import wait_for_turn
from nuantu.operations.models import Duty
from nuantu.operations.rules.cadence import slot_key
from nuantu.operations.rules.rhythm import RHYTHMS
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import DutyClosed, complete_duty, take_evidence_back
from nuantu.patrols.models import PatrolRun
from nuantu.patrols.rules.register import share_walked
from nuantu.planbook import deadlines

DUTY: Final = "patrol.daily"


def count_for_cadence(*, actor: Actor, at: datetime, run: PatrolRun) -> Duty | None:
    """Tick off the patrol of the day that the county owes, once the run has walked its share.

    The share of promised stops is the rule `patrol.run_counts`; nought lets no run count. Of all
    runs of a county in one half one counts, because the cadence asks for patrols, not for teams.
    """
    if run.counted_id is not None or not _has_walked_enough(run, at):
        return None
    with scope.system("what the county owes was walked by one of its teams"):
        wait_for_turn(_turn_of(run))
        if _mates(run).filter(counted_id__isnull=False).exists():
            return None
        duty = _owed_now(run.division_code, at)
        return _tick(duty, actor, at, run) if duty else None


def uncount(*, actor: Actor, at: datetime, run: PatrolRun) -> None:
    """A result was taken back: what the run no longer keeps is owed again.

    Another team that walked its share in that half keeps the promise in its place.
    """
    if run.counted_id is None or _has_walked_enough(run, at):
        return
    with scope.system("what the county owes was not walked after all"):
        wait_for_turn(_turn_of(run))
        duty = Duty.objects.get(public_id=run.counted_id)
        reason = "巡查登记已退回"
        if not take_evidence_back(
            actor=actor, at=at, duty=duty, evidence=run.public_id, reason=reason
        ):
            return
        PatrolRun.objects.filter(pk=run.pk).update(counted_id=None)
        run.counted_id = None
        for mate in _mates(run).exclude(pk=run.pk):
            count_for_cadence(actor=actor, at=at, run=mate)


def _has_walked_enough(run: PatrolRun, at: datetime) -> bool:
    share = rules_at(run.division_code, at).find("patrol.run_counts")
    if share is None or share.number <= 0:
        return False
    return share_walked(list(run.visits.values_list("is_promised", "state"))) >= share.number


def _mates(run: PatrolRun) -> QuerySet[PatrolRun]:
    """The runs of the county in the same half, this one with them."""
    return PatrolRun.objects.filter(
        division_code=run.division_code, first_day=run.first_day, half=run.half
    )


def _turn_of(run: PatrolRun) -> str:
    """One county and half: two teams may end together."""
    return f"patrols.counting:{run.division_code}:{run.first_day}:{run.half}"


def _owed_now(county: str, at: datetime) -> Duty | None:
    """The open patrol of the running day, week or month that is due first."""
    day = deadlines.local_day(at)
    running = Q()
    for unit in RHYTHMS:
        begins = slot_key(DUTY, county, unit, day, 0).removesuffix("0")
        running |= Q(recurrence__startswith=begins)
    found = Duty.objects.filter(running, kind=DUTY, state=Duty.State.OPEN, division_code=county)
    return found.order_by("due_at", "warn_at", "pk").first()


def _tick(duty: Duty, actor: Actor, at: datetime, run: PatrolRun) -> Duty | None:
    try:
        done = complete_duty(
            actor=actor, at=at, duty=duty, note=stored(_("按巡查登记办结")), evidence=run.public_id
        )
    except DutyClosed:
        return None
    PatrolRun.objects.filter(pk=run.pk).update(counted_id=done.public_id)
    return done
