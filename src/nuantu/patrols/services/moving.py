"""Move one stop to another team or half; the independent checker says at once what breaks."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.patrols.models import PatrolStop, PatrolWeek
from nuantu.patrols.rules.planned import Change, Key, move
from nuantu.patrols.selectors.situation import asked_problem
from nuantu.patrols.selectors.words import broken
from nuantu.patrols.services.rows import held, told, write_plan
from nuantu.routing.problem import Problem


class MoveRefused(Refusal):
    """The stop cannot go there; the sentence names the promise or rule that would break."""


def try_move(stop: PatrolStop, target: Key) -> Change:
    """What moving a stop would do, without doing it. Raises MoveRefused where there is no turn."""
    week = stop.route.week
    return _change(asked_problem(week), week, stop, target)


def move_stop(*, actor: Actor, at: datetime, stop: PatrolStop, target: Key) -> PatrolWeek:
    """Move a stop to another team (public id) and half, and time both routes anew.

    Raises MoveRefused when the week is no draft, is being planned, there is no such turn, or a rule
    or promise that was kept would break.
    """
    with transaction.atomic():
        week = held(stop.route.week)
        if not week.is_draft:
            raise MoveRefused(_("已批准的周计划不能再改。请先退回草案。"))
        if not PatrolStop.objects.filter(pk=stop.pk).exists() or week.search.is_busy:
            raise MoveRefused(_("计划刚刚被改过。请刷新后再移。"))
        problem = asked_problem(week)
        change = _change(problem, week, stop, target)
        if not change.is_allowed:
            raise MoveRefused("；".join(broken(change, week)), field="target")
        write_plan(week, problem, change.plan, at=at)
        summary = "移动巡访"
        changes = {"location": stop.name, "to": list(target)}
        told(week, "move", actor, at, summary, changes)
    return week


def _change(problem: Problem, week: PatrolWeek, stop: PatrolStop, target: Key) -> Change:
    origin = (str(stop.route.team.public_id), stop.route.half)
    if target == origin:
        raise MoveRefused(_("这一站已经在这里。请选别的队伍或班次。"), field="target")
    try:
        return move(problem, _stops(week, problem), stop.location_id, origin, target)
    except KeyError as error:
        raise MoveRefused(_("没有这个班次。请重新选择。"), field="target") from error


def _stops(week: PatrolWeek, problem: Problem) -> dict[Key, Sequence[str]]:
    """The order of stops as it stands, without the turns that had begun before the search."""
    rows = PatrolStop.objects.filter(route__week=week).order_by("route", "number")
    found: dict[Key, list[str]] = {}
    for stop in rows.select_related("route__team", "key_location"):
        key = (str(stop.route.team.public_id), stop.route.half)
        found.setdefault(key, []).append(stop.location_id)
    return {key: stops for key, stops in found.items() if key in problem.shift_by_key}
