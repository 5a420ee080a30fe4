"""Turns a plan into rules and duties for one year and one organisation."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from nuantu.planbook import dates, words
from nuantu.planbook.dates import Bases
from nuantu.planbook.plan_rules import levels_of, rules_of, season_of
from nuantu.planbook.planned import PlannedDuty, dated_duties
from nuantu.planbook.rules import Layer, Rule
from nuantu.planbook.schema import Plan
from nuantu.planbook.schema.parts import DateText
from nuantu.planbook.text import Text

SHIFT_DEPTH: Final = timedelta(days=21)


class OpenPlanError(ValueError):
    """The plan has dates that are not decided; it is a draft and cannot be started (X39)."""


@dataclass(frozen=True, slots=True)
class Season:
    """The days of one use of a plan, after any shift."""

    start: date
    end: date
    phases: tuple[tuple[Text, date, date], ...] = ()

    def contains(self, day: date) -> bool:
        """Whether the operation runs on a day; both ends count."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Compiled:
    """A plan ready to be put in force."""

    plan: Plan
    year: int
    shift_days: int
    season: Season
    layer: Layer
    duties: tuple[PlannedDuty, ...]


def compile_plan(
    plan: Plan,
    *,
    year: int | None = None,
    issued: date | None = None,
    shift_to: date | None = None,
    shift_days: int = 0,
) -> Compiled:
    """Rules and duties of a plan for a year.

    ``shift_to`` moves every date by whole weeks so that the window contains that day (demo only);
    ``shift_days`` moves them by a known number, for the child of a shifted parent.

    Errors: OpenPlanError while a date is undecided, BadDateError for a day that does not exist.
    """
    bases = season_bases(plan, year=year, issued=issued)
    if bases.start is None or bases.end is None:
        raise OpenPlanError(f"{plan.code}: 行动起止日期尚未确定，方案仍是草稿")
    shift = shift_days or (shift_for(bases.start, bases.end, shift_to) if shift_to else 0)
    moved = timedelta(days=shift)
    phases = tuple(
        (words.phase_said(phase.name, phase.name_en), span[0] + moved, span[1] + moved)
        for phase in plan.phases
        if (span := _phase_days(phase.start, phase.end, bases))
    )
    season = Season(bases.start + moved, bases.end + moved, phases)
    rules = tuple(_moved(rule, moved) for rule in rules_of(plan, bases))
    layer = Layer(plan.code, plan.title, rules, levels_of(plan), season_of(plan))
    duties = tuple(
        replace(duty, due_date=duty.due_date + moved) for duty in dated_duties(plan, bases)
    )
    return Compiled(plan, bases.year, shift, season, layer, duties)


def season_bases(plan: Plan, *, year: int | None = None, issued: date | None = None) -> Bases:
    """The year, issue day and operation days that the other dates of the plan hang on.

    A start in a ten-day part of a month is its first day, an end its last. The issue day of the file
    moves with the year.
    """
    chosen = year or plan.instance.year
    bases = Bases(chosen, issued or _issued(plan, chosen))
    start = dates.resolve(plan.window.start, bases)
    bases = replace(bases, start=start.first if start else None)
    end = dates.resolve(plan.window.end, bases)
    return replace(bases, end=end.last if end else None)


def in_year(plan: Plan, year: int | None) -> Plan:
    """The plan as it stands for another year: its issue day moves along."""
    if year is None or year == plan.instance.year:
        return plan
    moved = {"year": year, "issue_date": _issued(plan, year)}
    return plan.model_copy(update={"instance": plan.instance.model_copy(update=moved)})


def _issued(plan: Plan, year: int) -> date | None:
    day = plan.instance.issue_date
    if day is None:
        return None
    moved = day.year + year - plan.instance.year
    last = monthrange(moved, day.month)[1]
    return date(moved, day.month, min(day.day, last))


def shift_for(start: date, end: date, today: date) -> int:
    """The days (whole weeks) that move a window so that it holds ``today``; 0 when it already does.

    The moved window has run for about three weeks, or a third of it when it is short.
    """
    if start <= today <= end:
        return 0
    run = min(SHIFT_DEPTH, (end - start) / 3)
    weeks = round(((today - run) - start) / timedelta(weeks=1))
    moved = weeks * 7
    if start + timedelta(days=moved) > today or end + timedelta(days=moved) < today:
        moved = (today - start).days
    return moved


def _phase_days(start: DateText, end: DateText, bases: Bases) -> tuple[date, date] | None:
    first, last = dates.resolve(start, bases), dates.resolve(end, bases)
    return (first.first, last.last) if first and last else None


def _moved(rule: Rule, by: timedelta) -> Rule:
    return replace(
        rule,
        valid_from=rule.valid_from and rule.valid_from + by,
        valid_to=rule.valid_to and rule.valid_to + by,
    )


__all__ = [
    "Compiled",
    "OpenPlanError",
    "PlannedDuty",
    "Season",
    "compile_plan",
    "in_year",
    "season_bases",
    "shift_for",
]
