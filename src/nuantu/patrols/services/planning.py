"""Ask for the plan of a week, for the first time or anew."""

import hashlib
import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.selectors import bureau_of, station_of
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.jobs import defer
from nuantu.operations.models import Operation
from nuantu.patrols.models import PatrolSearch, PatrolWeek
from nuantu.patrols.rules import halves
from nuantu.patrols.selectors.asking import Question, question_of
from nuantu.patrols.selectors.situation import done_of
from nuantu.patrols.services.rows import held, told
from nuantu.routing.problem import Problem
from nuantu.routing.problem_json import problem_to_json

SOLVE_JOB: Final = "patrols.solve"
SECONDS: Final = 10
AHEAD: Final = timedelta(days=56)


class NothingToPlan(Refusal):
    """No plan in force, or no location to visit."""


class WeekRefused(Refusal):
    """The week cannot be planned now."""


def plan_week(
    *, actor: Actor, at: datetime, county: str, first_day: date, seconds: int = SECONDS
) -> PatrolWeek:
    """Put the week of a county to the search, which runs in the background.

    `seconds` are computing seconds of the search. Raises WeekRefused for a week that is over, far
    ahead or planned already; NothingToPlan without a plan in force or without key locations.
    """
    first_day = halves.monday_of(first_day)
    if halves.week_ends(first_day) <= at or halves.week_begins(first_day) > at + AHEAD:
        raise WeekRefused(_("这一周已经过去，或者太远。请选本周到八周以后。"), field="first_day")
    owner = station_of(county) or bureau_of(county)
    question = _question(county, first_day, at)
    with transaction.atomic():
        week = PatrolWeek(
            division_code=county,
            owner_org=owner.code if owner else actor.org_code,
            operation=_operation(question),
            first_day=first_day,
            level=question.level,
            asked_by=actor.name,
            recorded_at=at,
        )
        _add(week)
        _ask(week, question, at, seconds)
        told(week, "plan", actor, at, "排巡查周计划", {"seconds": seconds})
    return week


def ask_again(
    *, actor: Actor, at: datetime, week: PatrolWeek, seconds: int = SECONDS
) -> PatrolWeek:
    """Put a draft to the search anew, with the locations, teams and rules of now.

    What is planned stays until the new plan is there; what was walked, and the turns that have begun,
    stay for good and count. Raises WeekRefused while a search runs, after
    the week was approved or when it is over.
    """
    with transaction.atomic():
        week = held(week)
        if not week.is_draft:
            raise WeekRefused(_("已批准的周计划要先退回草案，才能重新排班。"))
        search = PatrolSearch.objects.select_for_update().get(week=week)
        if search.is_busy and not search.is_abandoned(at):
            raise WeekRefused(_("正在排班，请稍候。"))
        if halves.week_ends(week.first_day) <= at:
            raise WeekRefused(_("这一周已经过去。"))
        question = _question(week.division_code, week.first_day, at)
        asked = replace(question.asked.problem, done=done_of(week, at))
        week.level, week.operation = question.level, _operation(question)
        week.save(update_fields=["level", "operation"])
        _ask(week, question, at, seconds, seed=search.seed + 1, problem=asked)
        told(week, "again", actor, at, "重新排巡查周计划", {"seconds": seconds})
    return week


def _question(county: str, first_day: date, at: datetime) -> Question:
    question = question_of(county, first_day, at)
    if not question.asked.problem.locations:
        raise NothingToPlan(_("本县还没有重点区域。请先在地图上登记。"))
    return question


def _operation(question: Question) -> Operation:
    if question.operation is None:
        raise NothingToPlan(_("这一周没有执行中的方案，不知道要巡查几次。请先启动方案。"))
    return question.operation


def _add(week: PatrolWeek) -> None:
    try:
        with transaction.atomic():
            week.save()
    except IntegrityError as error:
        raise WeekRefused(
            _("这一周已经有周计划了。请打开它重新排班。"), field="first_day"
        ) from error


def _ask(
    week: PatrolWeek,
    question: Question,
    at: datetime,
    seconds: int,
    seed: int = 1,
    problem: Problem | None = None,
) -> None:
    asked = problem or question.asked.problem
    known = {place.id for place in asked.locations}
    done = tuple(visit for visit in asked.done if visit.location in known)
    problem_json = problem_to_json(replace(asked, done=done))
    text = json.dumps(problem_json, ensure_ascii=False, sort_keys=True)
    PatrolSearch.objects.update_or_create(
        week=week,
        defaults={
            "state": PatrolSearch.State.WAITING,
            "percent": 0,
            "lacking": None,
            "seconds": seconds,
            "seed": seed,
            "problem": problem_json,
            "problem_digest": hashlib.sha256(text.encode()).hexdigest(),
            "remarks": [f"{remark.code}:{remark.id}" for remark in question.asked.remarks],
            "basis": list(question.basis),
            "failure": "",
            "trail": [],
            "began_at": None,
            "told_at": at,
        },
    )
    defer(SOLVE_JOB, week=str(week.public_id))


def note_week(*, actor: Actor, at: datetime, week: PatrolWeek) -> None:
    """Who took the stops of a week out of the system: where every team will be, and when."""
    told(week, "export", actor, at, "导出街面巡查计划表")
