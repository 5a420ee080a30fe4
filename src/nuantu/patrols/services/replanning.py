"""Answer what happens during a week: propose a change at once, look for a better one, decide."""

import math
import time
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from importlib import import_module
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.ids import new_id
from nuantu.core.jobs import defer
from nuantu.patrols.models import PatrolReplan, PatrolWeek
from nuantu.patrols.rules import halves, replanning, urgent
from nuantu.patrols.rules.planned import Stops
from nuantu.patrols.rules.replanning import (
    CADENCE,
    ROAD_CLOSED,
    ROAD_OPEN,
    TEAM_LOST,
    URGENT,
    Happening,
    Timetable,
)
from nuantu.patrols.rules.situation import Situation
from nuantu.patrols.rules.spots import once_more, spots_in, with_spots
from nuantu.patrols.selectors.situation import (
    closed_ways,
    confirmed_of,
    given_up,
    half_at,
    is_running,
    late_turn,
    minute_of,
    situation_of,
    tables_of,
)
from nuantu.patrols.selectors.words import names_of
from nuantu.patrols.services.rows import told
from nuantu.routing.plan import Plan, Route
from nuantu.routing.problem import Problem

ENGINE: Final = "nuantu.routing.replan"  # loads the compiled search
SEARCH: Final = "nuantu.routing.search.engine"
READY_JOB: Final = "patrols.get_ready"
SEED: Final = 1
State = PatrolReplan.State


class ReplanRefused(Refusal):
    """The week cannot be planned anew in this way now."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the engine said, and what it took: milliseconds to the first plan, seconds in all.

    `judge`: the problem with the promises that count; an urgent visit counts where it is made. `late`: the
    turn of the half before that a lost team was still out on, as planned and as made.
    """

    result: Any
    plan: Plan
    judge: Problem
    idle: Stops
    first_ms: float
    seconds: float
    late: tuple[Timetable, Timetable] | None


def propose(
    *, actor: Actor, at: datetime, week: PatrolWeek, event: Happening, is_quick: bool = True
) -> PatrolReplan:
    """What would change because of an event; nothing changes before it is confirmed.

    `is_quick` keeps the plan that insertion gives at once; `search` looks for a better one. Raises
    ReplanRefused where the week is not being walked or the event is about nothing of it.
    """
    if not is_running(week, at):
        raise ReplanRefused(_("只能调整已下发、正在执行的周计划。"))
    event = _as_asked(week, event, at)
    answer = _ask(week, event, at, is_quick=is_quick)
    with transaction.atomic():
        replan = PatrolReplan(
            week=week, kind=event.kind, event=event.as_json(), asked_by=actor.name, recorded_at=at
        )
        _fill(replan, answer, at, is_quick=is_quick)
        replan.save()
        told(week, "propose", actor, at, "提出临时调整", {"replan": str(replan.public_id)})
    return replan


def _as_asked(week: PatrolWeek, event: Happening, at: datetime) -> Happening:
    """A place where somebody was tonight is visited once more as a point of its own."""
    if event.kind != URGENT or event.is_spot:
        return event
    now = situation_of(week, at)
    if event.place not in now.problem.by_id or not replanning.was_visited(now, event.place):
        return event
    name = names_of([event.place]).get(event.place, "")
    return once_more(now.problem, event, str(new_id()), name)


def search(*, actor: Actor, at: datetime, replan: PatrolReplan) -> PatrolReplan:
    """Look for a better answer to the same event, from where the teams are now.

    Raises ReplanRefused once it was decided.
    """
    if not replan.is_open:
        raise ReplanRefused(_("这次调整已经处理过了。"))
    if not is_running(replan.week, at):
        raise ReplanRefused(_("只能调整已下发、正在执行的周计划。"))
    answer = _ask(replan.week, Happening.from_json(replan.event), at, is_quick=False)
    with transaction.atomic():
        held = PatrolReplan.objects.select_for_update().get(pk=replan.pk)
        if not held.is_open:
            raise ReplanRefused(_("这次调整已经处理过了。"))
        _fill(held, answer, at, is_quick=False)
        held.save()
        said = {"replan": str(held.public_id)}
        told(replan.week, "search", actor, at, "重算临时调整", said)
    return held


def _ask(week: PatrolWeek, event: Happening, at: datetime, *, is_quick: bool) -> _Answer:
    engine = _engine()
    found = situation_of(week, at)
    found = replace(found, problem=with_spots(found.problem, [event]))
    now, idle = replanning.ready_for(found, event)
    now = _with_closed_roads(engine, week, now, event)
    now, soon = _with_urgent(engine, week, now, event)
    late = late_turn(week, event.team, at) if event.kind == TEAM_LOST else None
    asked = _event(engine, now, event, is_out=late is not None)
    began, first = time.perf_counter(), [0.0]

    def hear(_result: Any) -> None:
        first[0] = (time.perf_counter() - began) * 1000

    result = engine.replan(
        now.problem,
        _plan(now.stops),
        engine.Moment(now.half, now.minute),
        asked,
        iterations=0 if is_quick else None,
        seed=SEED,
        soon=soon | _soon_too(week, now, event),
        first=hear,
    )
    plan = result.plan
    if event.kind != CADENCE:
        plan = replanning.without_besides(
            now, result.problem, plan, given_up(week), is_tonight=not event.is_for_week
        )
    return _Answer(
        result,
        plan,
        _judge(found.problem, result.problem, event),
        idle,
        first[0],
        time.perf_counter() - began,
        late,
    )


def _judge(asked: Problem, planned: Problem, event: Happening) -> Problem:
    """The problem by which a change is weighed: the promises of the week; a new level brings its own."""
    if event.kind == URGENT:
        return asked
    promised = {} if event.kind == CADENCE else {
        place.id: place.visits_per_week for place in asked.locations
    }  # fmt: skip
    return urgent.judged(planned, promised, spots_in(asked))


def _engine() -> Any:
    """The engine with its search loaded. Raises ReplanRefused while that has to be compiled first."""
    engine, search = import_module(ENGINE), import_module(SEARCH)
    if not search.is_compiled():
        defer(READY_JOB)
        raise ReplanRefused(_("计算程序刚更新，正在准备，约一分钟后请再试。"))
    search.ready()
    return engine


def get_ready() -> None:
    """Compile the search, so that nobody waits for it during a night; nothing where it was done."""
    search = import_module(SEARCH)
    if not search.is_compiled():
        search.ready()


def _with_closed_roads(
    engine: Any, week: PatrolWeek, now: Situation, event: Happening
) -> Situation:
    """The situation with the ways that were closed before and are not said to be open. Of a way that
    is closed again the new word counts."""
    problem: Problem = now.problem
    moment = engine.Moment(now.half, now.minute)
    for known in closed_ways(week):
        if event.kind != ROAD_CLOSED or event.way != known.way:
            closed = _closed(engine, problem, known)
            problem = engine.problem_after(problem, _plan(now.stops), moment, closed)
    return Situation(problem, now.stops, now.half, now.minute)


def _with_urgent(
    engine: Any, week: PatrolWeek, now: Situation, event: Happening
) -> tuple[Situation, dict[str, float]]:
    """The situation with the urgent visits that were confirmed in this half and not made, and by
    which minute, under the names they have: they are owed still, and as early. A raised cadence
    leaves this night as it is."""
    soon: dict[str, float] = {}
    if event.kind == CADENCE:
        return now, soon
    rows = [row for row in confirmed_of(week) if row.kind == URGENT and row.half == now.half]
    asked = {known.place: known for known in (Happening.from_json(row.event) for row in rows)}
    moment = engine.Moment(now.half, now.minute)
    for place in urgent.owed(now, (one for one in asked if one != event.place)):
        stop = engine.UrgentStop(now.problem.by_id[place])
        problem = engine.problem_after(now.problem, _plan(now.stops), moment, stop)
        now = urgent.apart(replace(now, problem=problem), place)
        soon[place + replanning.EXTRA] = _latest(week, now, asked[place])
    return now, soon


def _soon_too(week: PatrolWeek, now: Situation, event: Happening) -> dict[str, float]:
    if event.kind != URGENT:
        return {}
    return {event.place + replanning.EXTRA: _latest(week, now, event)}


def _latest(week: PatrolWeek, now: Situation, event: Happening) -> float:
    """The minute of the patrol day by which somebody should be there, without end where none is."""
    return minute_of(week, now.half, event.latest_at) if event.latest_at else math.inf


def _urgent(engine: Any, problem: Problem, event: Happening) -> Any:
    if event.is_spot and not event.teams:
        raise ReplanRefused(_("没有队伍管这个地点，请另外派队。"), field="lat")
    if event.place not in problem.by_id:
        raise ReplanRefused(_("这个点位不在这一周的计划里。"), field="place")
    return engine.UrgentStop(problem.by_id[event.place])


def _opened(engine: Any, problem: Problem, event: Happening) -> Any:
    if not any({closure.one, closure.other} == event.way for closure in problem.closures):
        raise ReplanRefused(_("这条路没有登记为不通，不用恢复。"), field="way")
    return engine.RoadOpened(event.place, event.other)


def _closed(engine: Any, problem: Problem, event: Happening) -> Any:
    if event.place == event.other or not {event.place, event.other} <= problem.by_id.keys():
        raise ReplanRefused(_("请选这一周计划里两个不同的点位。"), field="other")
    if event.minutes is None:
        return engine.RoadClosed(event.place, event.other)
    return engine.RoadClosed(event.place, event.other, event.minutes)


def _event(engine: Any, now: Situation, event: Happening, *, is_out: bool) -> Any:
    problem = now.problem
    if event.kind == TEAM_LOST:
        if not is_out and not any(key[0] == event.team for key in now.stops):
            raise ReplanRefused(_("这支队伍从现在起没有要走的路线。"), field="team")
        later = range(now.half + 1, halves.HALVES) if event.is_for_week else ()
        return engine.TeamLost(event.team, tuple(later))
    if event.kind == URGENT:
        return _urgent(engine, problem, event)
    if event.kind == ROAD_CLOSED:
        return _closed(engine, problem, event)
    if event.kind == ROAD_OPEN:
        return _opened(engine, problem, event)
    if not event.visits or event.since >= halves.HALVES:
        raise ReplanRefused(_("这个级别在本周剩下的日子没有提高任何点位的频次。"), field="level")
    return engine.CadenceRaised(event.since, 1.0)


def _plan(stops: Stops) -> Plan:
    return Plan(tuple(Route(*key, tuple(row)) for key, row in stops.items() if row), ())


def _fill(replan: PatrolReplan, answer: _Answer, at: datetime, *, is_quick: bool) -> None:
    """Write what the answer would change into the row."""
    result, week = answer.result, replan.week
    replan.half, replan.happened_at = half_at(week, at)[0], at
    after = replanning.timetables(answer.plan)
    before = tables_of(week, replan.half)
    old, new = replanning.differing(before, after)
    left = taken = 0
    if answer.late:
        old, new = [answer.late[0], *old], [answer.late[1], *new]
        left, taken = replanning.taken_over(answer.late, before, after)
    replan.before = [asdict(table) for table in old]
    replan.after = [asdict(table) for table in new]
    routes = {key: [stop for stop, _minute in table.stops] for key, table in after.items()}
    raised = {place.id: place.visits_per_week for place in answer.judge.locations}
    event = Happening.from_json(replan.event)
    reached = replanning.turn_at(answer.plan, replan.half, event.place)
    replan.figures = replanning.weighed(answer.judge, answer.idle, routes) | {
        "remaining": result.remaining + left,
        "changed": result.changed + taken,
        "left_over": result.left_over + taken,
        "is_beyond": result.is_beyond,
        "given_up": result.stability_cost,
        "is_served": event.kind != URGENT or reached is not None,
        "reached": reached if event.kind == URGENT else None,
        "first_ms": round(answer.first_ms, 1),
        "seconds": round(answer.seconds, 2),
        "visits": raised if replan.kind == CADENCE else {},
    }
    replan.is_searched = not is_quick
