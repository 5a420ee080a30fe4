"""Great surveys that a plan orders: which towns were looked over, and which are still to be (P10-04)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from nuantu.accounts.models import Division
from nuantu.core import scope
from nuantu.operations.models import Operation
from nuantu.operations.rules.places import county_of
from nuantu.operations.selectors import operations_at, rules_at
from nuantu.patrols.models import SweepArea
from nuantu.patrols.rules.asking import prefix_of
from nuantu.patrols.selectors.cover import towns_of
from nuantu.patrols.selectors.unbroken import season_begins
from nuantu.planbook import sources, vague
from nuantu.planbook.rules import Rule

WHOLE_SWEEP = "whole_sweep"
WHY = "how far a survey is names nobody who was found"
State = SweepArea.State


@dataclass(frozen=True, slots=True)
class Round:
    """A great survey of the season: its clause, until when, every town, and the areas that stand for
    the towns which no accepted report covers yet (None where none was ordered)."""

    clause: str
    said: str
    last_day: date
    operation: Operation
    total: int
    left: tuple[tuple[Division, SweepArea | None], ...]

    @property
    def done(self) -> int:
        """How many towns are covered."""
        return self.total - len(self.left)


def rounds(county: str, at: datetime) -> list[Round]:
    """The great surveys that the plans in force order, each with what it still lacks.

    A town is covered by an accepted report on it or on all its parts, in a sweep by that clause
    since the season began.
    """
    begun, book = season_begins(county, at), rules_at(county, at)
    words = [
        word
        for ruling in book.every(vague.KIND)
        if ruling.key == WHOLE_SWEEP
        for word in vague.listed(ruling, "words")
    ]
    found = [rule for rule in book.rules("patrol.sweep") if vague.has(rule, words)]
    towns = towns_of(county)
    if begun is None or not found or not towns:
        return []
    plans = {one.plan_code: one for one in operations_at(county, at)}
    with scope.system(WHY):
        rows = list(
            SweepArea.objects.filter(
                sweep__division_code=county_of(county),
                sweep__clause__in=[rule.source[:60] for rule in found],
                recorded_at__gte=begun,
            ).select_related("sweep")
        )
    return [_round(rule, plans[rule.plan_code], towns, rows) for rule in found]


def _round(
    rule: Rule, operation: Operation, towns: list[Division], rows: Iterable[SweepArea]
) -> Round:
    areas = [row for row in rows if row.sweep.clause == rule.source[:60]]
    parts: dict[int, list[SweepArea]] = {}
    for row in areas:
        if row.parent_id:
            parts.setdefault(row.parent_id, []).append(row)
    covered = tuple(
        prefix_of(row.division_code) for row in areas if not row.grid and _is_covered(row, parts)
    )
    own = {row.division_code: row for row in areas if not row.grid}
    return Round(
        clause=rule.source,
        said=sources.said(f"{rule.plan_code} {rule.source}", get_language() or ""),
        last_day=operation.end_date,
        operation=operation,
        total=len(towns),
        left=tuple(
            (town, own.get(town.code))
            for town in towns
            if not covered or not town.code.startswith(covered)
        ),
    )


def _is_covered(area: SweepArea, parts: Mapping[int, list[SweepArea]]) -> bool:
    """Whether a report on the area, or on every part it was cut into, was accepted."""
    if area.state != State.CUT:
        return area.state == State.ACCEPTED
    below = parts.get(area.pk, [])
    return bool(below) and all(_is_covered(part, parts) for part in below)
