"""The search itself, in the background: each step is a transaction, so that it can be watched."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from importlib import import_module
from typing import Any, Final

from nuantu.core import clock, events, scope
from nuantu.core.actors import SYSTEM
from nuantu.patrols.models import PatrolSearch, PatrolWeek
from nuantu.patrols.rules.mending import extras
from nuantu.patrols.services.orphans import ask_for_areas
from nuantu.patrols.services.rows import told, write_plan
from nuantu.routing.checker import check
from nuantu.routing.plan import Plan
from nuantu.routing.problem import Problem
from nuantu.routing.problem_json import problem_from

ENGINE: Final = "nuantu.routing.solve"  # loads the compiled search; only who plans needs it
MENDING: Final = "nuantu.routing.mending"
TELL_EVERY: Final = 2.0  # seconds
MOST_TOLD: Final = 200
WHY: Final = "a week is planned for whoever asked"
# what a week nobody foresaw may break; anything else is our own fault and is tried again
BREAKS = (ArithmeticError, LookupError, MemoryError, OSError, TypeError, ValueError)
State = PatrolSearch.State


def solve_waiting(week_id: str) -> None:
    """Plan a week that waits and keep the plan; does nothing when nobody waits for it.

    A search that breaks is FAILED and leaves the routes as they were. Of two searches only the one
    begun last counts. A week that was approved meanwhile keeps its plan.
    """
    began = clock.now()
    with scope.system(WHY):
        found = PatrolSearch.objects.filter(
            week__public_id=week_id, state__in=[State.WAITING, State.RUNNING]
        )
        search = found.select_related("week").first()
        if search is None:
            return
        found.update(state=State.RUNNING, began_at=began, told_at=began)
    try:
        problem = problem_from(search.problem)
        engine: Any = import_module(ENGINE)
        plan = engine.solve(
            problem,
            seconds=float(search.seconds),
            seed=search.seed,
            progress=_teller(search, began),
            cancelled=_asker(search, began),
        )
        report = check(problem, plan)
        if not report.is_valid:
            raise ValueError("; ".join(breach.chinese for breach in report.breaches[:3]))
        helping = _helping(search, problem, plan)
        keep_plan(
            week=search.week,
            problem=problem,
            plan=plan,
            at=clock.now(),
            began=began,
            helping=helping,
        )
    except BREAKS as error:
        _fail(search, began, error)


def _helping(search: PatrolSearch, problem: Problem, plan: Plan) -> list[dict[str, Any]]:
    """The shifts that would mend broken promises, as the week keeps them; the best first."""
    possible = extras(problem, plan, search.week.first_day, clock.now()) if plan.unmet else []
    if not possible:
        return []
    engine: Any = import_module(MENDING)
    return [asdict(mend) for mend in engine.mends(problem, plan, seed=search.seed, extras=possible)]


def keep_plan(
    *,
    week: PatrolWeek,
    problem: Problem,
    plan: Plan,
    at: datetime,
    began: datetime | None = None,
    helping: Sequence[Mapping[str, Any]] = (),
) -> bool:
    """Keep a plan as the routes of a draft; False where another search or an approval came first.

    `helping` are the shifts that would keep more promises.
    """
    with scope.system(WHY):
        held = PatrolWeek.objects.select_for_update().get(pk=week.pk)
        mine = PatrolSearch.objects.filter(week=held)
        mine = mine.filter(state=State.RUNNING, began_at=began) if began else mine
        if not held.is_draft or not mine.update(state=State.DONE, percent=100, told_at=at):
            return False
        write_plan(held, problem, plan, helping, at=at)
        figures = {"missing": held.missing, "promised": held.promised}
        ask_for_areas(week=held, at=at)
        told(held, "planned", SYSTEM, at, "巡查周计划排完", figures)
        events.announce("patrols.week_planned", week=str(held.public_id))
    return True


def _teller(search: PatrolSearch, began: datetime) -> Callable[[Any], None]:
    last = 0.0

    def tell(progress: Any) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < TELL_EVERY:
            return
        last = now
        with scope.system("how far the search is"):
            search.trail = [*search.trail, max(0, progress.missing)][-MOST_TOLD:]
            _mine(search, began).update(
                trail=search.trail,
                percent=min(99, int(progress.share * 100)),
                lacking=max(0, progress.missing),
                told_at=clock.now(),
            )

    return tell


def _asker(search: PatrolSearch, began: datetime) -> Callable[[], bool]:
    """Whether another search for the same week began meanwhile; asked as seldom as told."""
    last, gone = time.monotonic(), False

    def is_gone() -> bool:
        nonlocal last, gone
        if time.monotonic() - last >= TELL_EVERY:
            last = time.monotonic()
            with scope.system("whether the search still counts"):
                gone = not _mine(search, began).exists()
        return gone

    return is_gone


def _mine(search: PatrolSearch, began: datetime) -> Any:
    return PatrolSearch.objects.filter(pk=search.pk, state=State.RUNNING, began_at=began)


def _fail(search: PatrolSearch, began: datetime, error: BaseException) -> None:
    at = clock.now()
    with scope.system(WHY):
        text = f"{type(error).__name__}: {error}"[:300]
        if _mine(search, began).update(state=State.FAILED, failure=text, told_at=at):
            told(search.week, "fail", SYSTEM, at, "巡查周计划没有排成", {"error": text})
