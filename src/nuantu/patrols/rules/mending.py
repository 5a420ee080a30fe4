"""Which shifts could be added to a week whose promises are broken."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from nuantu.patrols.rules import halves
from nuantu.routing.plan import Plan
from nuantu.routing.problem import Problem, Shift, Team

MOST_PLACES: Final = 500  # above them the trials would hold up the plan for minutes
MOST_TEAMS: Final = 3  # that are thought of, those first that may go where most is missed


def extras(
    problem: Problem, plan: Plan, first_day: date, at: datetime
) -> list[tuple[Shift, tuple[str, ...]]]:
    """Shifts that have not begun, each with what its team brings, for `routing.mending.mends`.

    A team is thought of at its usual hours: first in halves in which it is free, then beside itself,
    which takes another team from the same base.
    """
    if len(problem.locations) > MOST_PLACES:
        return []
    teams = sorted(
        problem.team_by_id.values(), key=lambda team: (-_missed(problem, plan, team), team.id)
    )
    able = [team for team in teams if _missed(problem, plan, team)][:MOST_TEAMS]
    found = [
        (shift, team.skills)
        for team in able
        for shift in _usual(problem, team)
        if halves.moment_of(first_day, shift.night, shift.start_min) >= at
    ]
    return sorted(found, key=lambda extra: extra[0].key in problem.shift_by_key)


def _missed(problem: Problem, plan: Plan, team: Team) -> int:
    """Missed visits that the team may make."""
    return sum(
        item.missing
        for item in plan.unmet
        if set(problem.by_id[item.location].needs) <= set(team.skills)
    )


def _usual(problem: Problem, team: Team) -> Iterable[Shift]:
    """The shift a team has most often, by day and by night, in every half of that kind."""
    mine = [shift for shift in problem.shifts if shift.team == team.id]
    for is_night in (True, False):
        times = Counter(
            (shift.start_min, shift.end_min)
            for shift in mine
            if halves.is_night(shift.night) == is_night
        )
        for (start, end), _count in times.most_common(1):
            for half in range(int(is_night), problem.nights, 2):
                yield replace(mine[0], night=half, start_min=start, end_min=end, held=None)
