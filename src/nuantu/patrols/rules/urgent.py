"""Urgent visits that were asked for and not made yet, when the same night is planned anew once more."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from nuantu.patrols.rules.replanning import EXTRA
from nuantu.patrols.rules.situation import Situation
from nuantu.routing.problem import Problem


def owed(now: Situation, asked: Iterable[str]) -> tuple[str, ...]:
    """Of the places that somebody was sent to in this half, those a team still has before it."""
    coming: set[str] = set()
    for shift in now.problem.shifts:
        if shift.night == now.half:
            made = shift.held[0] if shift.held else 0
            coming.update(now.stops.get(shift.key, ())[made:])
    return tuple(place for place in dict.fromkeys(asked) if place in coming)


def apart(now: Situation, place: str) -> Situation:
    """The situation in which tonight's visit of a place goes by the name under which it is owed; what
    the place is promised besides stays."""
    name = place + EXTRA
    stops = {
        key: tuple(name if stop == place else stop for stop in row) if key[1] == now.half else row
        for key, row in now.stops.items()
    }
    others = sum(row.count(place) for row in stops.values())
    others += sum(visit.location == place for visit in now.problem.done)
    rows = tuple(
        replace(row, visits_per_week=_less_one(row.visits_per_week, others))
        if row.id == place
        else row
        for row in now.problem.locations
    )
    return replace(now, problem=replace(now.problem, locations=rows), stops=stops)


def _less_one(promised: int, others: int) -> int:
    return min(promised, max(promised - 1, others))


def judged(problem: Problem, promised: Mapping[str, int], spots: Collection[str]) -> Problem:
    """A problem with what the week promises, and no more: an urgent visit counts where it is made.

    `promised`: visits a week by location, those of the problem where it says none.
    """
    rows = tuple(
        replace(row, visits_per_week=promised.get(row.id, row.visits_per_week))
        if not row.id.endswith(EXTRA) and row.id not in spots
        else replace(row, visits_per_week=0)
        for row in problem.locations
    )
    return replace(problem, locations=rows)
