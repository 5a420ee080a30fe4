"""A team that was sent and is not heard of any more is looked for."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from nuantu.core import late
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.dispatch.models import Dispatch
from nuantu.dispatch.services.rows import write_line
from nuantu.operations.models import Duty
from nuantu.operations.selectors import leader_on_duty, rules_at
from nuantu.operations.services import DutyClosed, complete_duty, open_duty
from nuantu.patrols.models import PatrolRun

KIND, ALARM = "dispatch", "dispatch.no_word"
OUT: Final = (Dispatch.State.DEPARTED, Dispatch.State.ARRIVED)


def watch_over(*, at: datetime) -> int:
    """Ask the leader on duty to look for each team that is out for a tip and silent for the minutes
    of team.silence; how many were asked for.

    A team on patrol that is looked for already is not looked for twice. Runs every minute under
    the system scope; may run twice.
    """
    runs = Dispatch.objects.filter(state__in=OUT).select_related("tip", "team").order_by("pk")
    return sum(_ask(run, at) for run in runs if _is_silent(run, at))


def end_alarm(*, actor: Actor, at: datetime, run: Dispatch) -> None:
    """The team gave a sign of life: whoever looks for it may stop, unless that was told so late that
    it is silent still."""
    duty = _alarms(run).filter(state=Duty.State.OPEN).first()
    if duty is None or late.recorded_at(at) > at + _silence(run, at):
        return
    try:
        done_at = max(at, duty.opened_at)
        complete_duty(actor=actor, at=done_at, duty=duty, note=stored(_("队伍已有回音")))
    except DutyClosed:
        return


def _alarms(run: Dispatch) -> "QuerySet[Duty]":
    return Duty.objects.filter(kind=ALARM, subject_kind=KIND, subject_id=run.public_id)


def _silence(run: Dispatch, at: datetime) -> timedelta:
    return timedelta(minutes=rules_at(run.division_code, at).need("team.silence").number)


def _is_silent(run: Dispatch, at: datetime) -> bool:
    words = [run.assigned_at, run.departed_at, run.arrived_at, run.checked_in_at]
    last = max(moment for moment in words if moment)
    if at <= last + _silence(run, at):
        return False
    asked = _alarms(run).aggregate(last=Max("opened_at"))
    if asked["last"] is not None and at <= asked["last"] + _silence(run, at):
        return False
    patrol = PatrolRun.objects.filter(team_id=run.team_id, state=PatrolRun.State.UNDER_WAY).first()
    if patrol is None:
        return True
    heard = patrol.heard_at or patrol.planned_since
    return patrol.alarm_id is None and at > heard + _silence(run, at)


def _ask(run: Dispatch, at: datetime) -> int:
    """Open the duty of the leader on duty, unless one is open; 1 where it was opened."""
    list(Dispatch.objects.select_for_update(of=("self",)).filter(pk=run.pk))
    if _alarms(run).filter(state=Duty.State.OPEN).exists():
        return 0
    book = rules_at(run.division_code, at)
    basis = book.need("team.silence")
    leader = leader_on_duty(run.owner_org, at)
    open_duty(
        actor=SYSTEM,
        at=at,
        kind=ALARM,
        title=f"联系{run.team.name}：很久没有消息",
        title_en=f"Look for {run.team.name}: not heard of for long",
        subject=Subject(KIND, run.public_id),
        owner_org=run.owner_org,
        division_code=run.division_code,
        due_at=at + timedelta(minutes=book.need("patrol.call_team").number),
        basis=f"{basis.source} {basis.number:g} {basis.unit}",
        basis_rule=basis.source[:60],
        assignee=leader.user if leader else None,
    )
    write_line(
        verb="dispatch.run.alarm",
        actor=SYSTEM,
        at=at,
        tip=run.tip,
        run=run,
        summary=f"{run.team.name}很久没有消息",
    )
    return 1
