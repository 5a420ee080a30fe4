"""Decide on a proposed change of a running week: confirm it, set it aside, undo it; ask for one."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import events, scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import leader_on_duty, rules_at
from nuantu.operations.services import DutyClosed, cancel_duty, complete_duty, open_duty
from nuantu.patrols.models import PatrolReplan, PatrolSearch, PatrolWeek
from nuantu.patrols.rules import halves
from nuantu.patrols.rules.planned import Key
from nuantu.patrols.rules.replanning import CADENCE, Happening, Timetable, tables
from nuantu.patrols.selectors.situation import (
    asked_problem,
    confirmed_of,
    half_at,
    is_raised,
    is_running,
    running_weeks,
    walks_of,
)
from nuantu.patrols.services.applying import apply
from nuantu.patrols.services.reaching import must_be_free, tell_of_week
from nuantu.patrols.services.replanning import ReplanRefused
from nuantu.patrols.services.rows import KIND, held, told

ADJUST: Final = "patrol.adjust"
State = PatrolReplan.State
WHY: Final = "a confirmed change reaches the runs of every team, whoever it belongs to"


def confirm(*, actor: Actor, at: datetime, replan: PatrolReplan) -> PatrolReplan:
    """Change the week, the routes of the teams and the runs under way as proposed.

    Raises ReplanRefused once it was decided, or when the teams have gone on so that it no longer
    fits: then it is to be searched again.
    """
    with transaction.atomic():
        week, replan = _held(replan)
        if not replan.is_open:
            raise ReplanRefused(_("这次调整已经处理过了。"))
        after = tables(replan.after)
        walked = _walked(week, at)
        _must_still_fit(week, replan, after, walked, at)
        must_be_free(Happening.from_json(replan.event))
        _keep_promises(week, replan)
        _decide(replan, State.CONFIRMED, actor, at)
        with scope.system(WHY):
            apply(week, after, walked, asked_problem(week), at)
        _write_figures(week, replan)
        said = {"replan": str(replan.public_id), "kind": replan.kind, "routes": len(replan.after)}
        told(week, "adjust", actor, at, "确认临时调整", said)
        if replan.kind == CADENCE:
            _close_duties(week, actor, at)
        tell_of_week(actor=actor, at=at, week=week, why="临时调整")
        events.announce("patrols.week_adjusted", week=str(week.public_id))
    return replan


def set_aside(*, actor: Actor, at: datetime, replan: PatrolReplan) -> PatrolReplan:
    """Leave the week as it is. Raises ReplanRefused once it was decided."""
    with transaction.atomic():
        week, replan = _held(replan)
        if not replan.is_open:
            raise ReplanRefused(_("这次调整已经处理过了。"))
        _decide(replan, State.SET_ASIDE, actor, at)
        told(week, "set_aside", actor, at, "不采用临时调整", {"replan": str(replan.public_id)})
    return replan


def undo(*, actor: Actor, at: datetime, replan: PatrolReplan) -> PatrolReplan:
    """Give the teams the routes back that they had; what was walked meanwhile stays.

    Raises ReplanRefused unless it is the last confirmed change of a week that is still walked.
    """
    with transaction.atomic():
        week, replan = _held(replan)
        confirmed = confirmed_of(week)
        if not confirmed or confirmed[-1].pk != replan.pk or not is_running(week, at):
            raise ReplanRefused(_("只能撤销最后一次已确认的调整。"))
        half, walked = half_at(week, at)[0], _walked(week, at)
        _restore_promises(week, replan)
        before = [
            _unwalked(table, walked)
            for table in tables(replan.before)
            if table.half >= half or halves.moment_of(week.first_day, table.half, table.back) > at
        ]
        with scope.system(WHY):
            apply(week, before, walked, asked_problem(week), at)
        _decide(replan, State.UNDONE, actor, at)
        week.missing_before, week.missing = week.missing, replan.figures["missing_was"]
        week.unmet = replan.figures["unmet_was"]
        week.promised = replan.figures.get("promised_was", week.promised)
        week.encounters = replan.figures.get("encounters_was", week.encounters)
        week.save(update_fields=["missing_before", "missing", "unmet", "promised", "encounters"])
        told(week, "undo", actor, at, "撤销临时调整", {"replan": str(replan.public_id)})
        tell_of_week(actor=actor, at=at, week=week, why="撤销临时调整")
        events.announce("patrols.week_adjusted", week=str(week.public_id))
    return replan


def ask_to_adjust(*, at: datetime, division_code: str) -> int:
    """After a change of level: ask whoever holds a running week in the division to adjust it.

    A level that promises no more than the week takes the question back. How many were asked; may
    run twice.
    """
    return sum(_ask(week, at) is not None for week in running_weeks(division_code, at))


def _ask(week: PatrolWeek, at: datetime) -> Duty | None:
    asked = Duty.objects.filter(kind=ADJUST, subject_id=week.public_id, state=Duty.State.OPEN)
    if not is_raised(week, at):
        for duty in asked:
            cancel_duty(actor=SYSTEM, at=at, duty=duty, reason="级别已恢复，不需要调整")
        return None
    if asked.exists():
        return None
    term = rules_at(week.division_code, at).need(ADJUST)
    leader = leader_on_duty(week.owner_org, at)
    return open_duty(
        actor=SYSTEM,
        at=at,
        kind=ADJUST,
        title="级别提高，调整本周巡查计划",
        title_en="The level was raised: adjust this week's patrols",
        subject=Subject(KIND, week.public_id),
        owner_org=week.owner_org,
        division_code=week.division_code,
        due_at=at + timedelta(minutes=term.number),
        basis=f"{term.source} {term.number:g} {term.unit}",
        basis_rule=term.source[:60],
        assignee=leader.user if leader else None,
    )


def _held(replan: PatrolReplan) -> tuple[PatrolWeek, PatrolReplan]:
    week = held(replan.week)
    row = PatrolReplan.objects.select_for_update().get(pk=replan.pk)
    row.week = week
    return week, row


def _walked(week: PatrolWeek, at: datetime) -> dict[Key, tuple[str, ...]]:
    return {key: walk.done for key, walk in walks_of(week, at).items()}


def _must_still_fit(
    week: PatrolWeek,
    replan: PatrolReplan,
    after: list[Timetable],
    walked: dict[Key, tuple[str, ...]],
    at: datetime,
) -> None:
    """Raises ReplanRefused where the teams, the clock or the plan have gone on meanwhile."""
    over = {key for key, walk in walks_of(week, at).items() if walk.is_over}
    newer = PatrolReplan.objects.filter(
        week=week, decided_at__gt=replan.happened_at, state__in=[State.CONFIRMED, State.UNDONE]
    )
    fits = is_running(week, at) and half_at(week, at)[0] == replan.half and not newer.exists()
    for table in after:
        if table.half <= replan.half:
            stops = {stop for stop, _minute in table.stops}
            been = set(walked.get(table.key, ()))
            fits = fits and been <= stops and (table.key not in over or stops <= been)
    if not fits:
        raise ReplanRefused(_("情况又有变化，这份调整已经过时。请重新计算。"))


def _unwalked(table: Timetable, walked: dict[Key, tuple[str, ...]]) -> Timetable:
    """A route without what another team visited in the same half meanwhile."""
    others = {stop for key, stops in walked.items() for stop in stops
              if key[1] == table.half and key[0] != table.team}  # fmt: skip
    stops = tuple((stop, minute) for stop, minute in table.stops if stop not in others)
    return Timetable(table.team, table.half, table.back, stops)


def _promises(week: PatrolWeek) -> dict[str, int]:
    return {place.id: place.visits_per_week for place in asked_problem(week).locations}


def _keep_promises(week: PatrolWeek, replan: PatrolReplan) -> None:
    """Let the week promise what the new level asks for; what it was stays with the change."""
    if replan.kind != CADENCE:
        return
    replan.figures |= {"level_was": week.level, "visits_was": _promises(week)}
    week.level = replan.event["level"]
    week.save(update_fields=["level"])
    _promise(week, replan.figures["visits"], gap=1)


def _restore_promises(week: PatrolWeek, replan: PatrolReplan) -> None:
    if replan.kind != CADENCE:
        return
    week.level = replan.figures["level_was"]
    week.promised = sum(replan.figures["visits_was"].values())
    week.save(update_fields=["level", "promised"])
    _promise(week, replan.figures["visits_was"], gap=None)


def _promise(week: PatrolWeek, visits: dict[str, int], gap: int | None) -> None:
    search = PatrolSearch.objects.select_for_update().get(week=week)
    for place in search.problem["locations"]:
        place["visits_per_week"] = visits.get(place["id"], place["visits_per_week"])
        if gap is not None:
            place["gap_was"] = place.get("gap_was", place["min_gap_nights"])
            place["min_gap_nights"] = gap
        else:
            place["min_gap_nights"] = place.pop("gap_was", place["min_gap_nights"])
    text = json.dumps(search.problem, ensure_ascii=False, sort_keys=True)
    search.problem_digest = hashlib.sha256(text.encode()).hexdigest()
    search.save(update_fields=["problem", "problem_digest"])


def _decide(replan: PatrolReplan, state: State, actor: Actor, at: datetime) -> None:
    replan.state, replan.decided_by, replan.decided_at = state, actor.name, at
    replan.save()


def _write_figures(week: PatrolWeek, replan: PatrolReplan) -> None:
    figures = replan.figures
    figures |= {"missing_was": week.missing, "unmet_was": week.unmet}
    figures |= {"promised_was": week.promised, "encounters_was": week.encounters}
    replan.save(update_fields=["figures"])
    week.missing_before, week.missing = week.missing, figures["missing"]
    week.promised, week.unmet = figures["promised"], figures["unmet"]
    if week.encounters is not None:
        week.encounters = max(0.0, week.encounters + figures["encounters"])
    week.save(update_fields=["missing_before", "missing", "promised", "unmet", "encounters"])


def _close_duties(week: PatrolWeek, actor: Actor, at: datetime) -> None:
    asked = Duty.objects.filter(kind=ADJUST, subject_id=week.public_id, state=Duty.State.OPEN)
    for duty in asked:
        try:
            complete_duty(
                actor=actor, at=at, duty=duty, note=stored(_("已按新级别调整")), evidence=None
            )
        except DutyClosed:
            continue
