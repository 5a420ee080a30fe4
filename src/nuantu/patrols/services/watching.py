"""Who was not heard of: a silent team, one that is not back, one that never went out."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from nuantu.core.actors import SYSTEM
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import leader_on_duty, rules_at
from nuantu.operations.services import open_duty
from nuantu.patrols.models import PatrolRoute, PatrolRun, PatrolWeek
from nuantu.patrols.services.register_rows import ALARM, KIND, State, copy_of, held_run, told_of_run
from nuantu.planbook.rulebook import RuleBook

LOOK_BACK: Final = timedelta(days=2)  # a route of the week before last raises no alarm any more
SILENT: Final = "很久没有消息"
NOT_BACK: Final = "没有按时收队"
NOT_OUT: Final = "没有出巡"
_ENGLISH = {
    SILENT: "Look for {team}: not heard of for long",
    NOT_BACK: "Look for {team}: not back in time",
    NOT_OUT: "Look for {team}: did not go out",
}
_PARAMETER = {SILENT: "patrol.silence", NOT_BACK: "patrol.overdue", NOT_OUT: "patrol.overdue"}


def watch_over(*, at: datetime) -> int:
    """Ask the leader on duty to look for each team that was not heard of; how many were asked for.

    A published route that nobody walked enters the register as not begun. Runs every minute under
    the system scope; may run twice.
    """
    asked = 0
    for route in _not_out(at):
        run = copy_of(route, at)
        asked += _ask(run, at)
    for run in PatrolRun.objects.filter(state=State.UNDER_WAY).order_by("pk"):
        if _what_lacks(run, at):
            asked += _ask(run, at)
    return asked


def _minutes(book: RuleBook, kind: str) -> timedelta:
    return timedelta(minutes=book.need(kind).number)


def _not_out(at: datetime) -> list[PatrolRoute]:
    routes = PatrolRoute.objects.filter(
        week__state=PatrolWeek.State.PUBLISHED,
        week__published_at__isnull=False,
        leaves_at__gt=at - LOOK_BACK,
        leaves_at__lt=at,
    ).select_related("week", "team")
    known = set(
        PatrolRun.objects.filter(planned_since__gt=at - LOOK_BACK * 2).values_list(
            "team_id", "first_day", "half"
        )
    )
    return [
        route
        for route in routes.order_by("pk")
        if (route.team_id, route.week.first_day, route.half) not in known
        and _is_long_past(route, at)
    ]


def _is_long_past(route: PatrolRoute, at: datetime) -> bool:
    """Past the time to go out, counted from the publication where that came later."""
    published = route.week.published_at or route.leaves_at
    overdue = _minutes(rules_at(route.week.division_code, at), "patrol.overdue")
    return at > max(route.leaves_at, published) + overdue


def _what_lacks(run: PatrolRun, at: datetime) -> str:
    if run.state == State.NOT_BEGUN:
        return NOT_OUT
    if run.state != State.UNDER_WAY:
        return ""
    book = rules_at(run.division_code, at)
    heard = run.heard_at or run.planned_since
    if at > max(heard, run.alarmed_at or heard) + _minutes(book, "patrol.silence"):
        return SILENT
    is_back_late = at > run.planned_until + _minutes(book, "patrol.overdue")
    return NOT_BACK if is_back_late and run.alarmed_at is None else ""


def _ask(run: PatrolRun, at: datetime) -> int:
    """Open the duty of the leader on duty, unless one is open or the team was heard of meanwhile; 1
    where it was opened."""
    run = held_run(run)
    what = _what_lacks(run, at)
    if not what:
        return 0
    if run.alarm_id is not None and not _is_answered(run.alarm_id):
        return 0
    book = rules_at(run.division_code, at)
    leader = leader_on_duty(run.owner_org, at)
    basis = book.need(_PARAMETER[what])
    duty = open_duty(
        actor=SYSTEM,
        at=at,
        kind=ALARM,
        title=f"联系{run.team.name}：{what}",
        title_en=_ENGLISH[what].format(team=run.team.name),
        subject=Subject(KIND, run.public_id),
        owner_org=run.owner_org,
        division_code=run.division_code,
        due_at=at + _minutes(book, "patrol.call_team"),
        basis=f"{basis.source} {basis.number:g} {basis.unit}",
        basis_rule=basis.source[:60],
        assignee=leader.user if leader else None,
    )
    run.alarm_id, run.alarmed_at = duty.public_id, at
    run.save(update_fields=["alarm_id", "alarmed_at"])
    told_of_run(run, "run.alarm", SYSTEM, at, what)
    return 1


def _is_answered(alarm_id: UUID) -> bool:
    return not Duty.objects.filter(public_id=alarm_id, state=Duty.State.OPEN).exists()
