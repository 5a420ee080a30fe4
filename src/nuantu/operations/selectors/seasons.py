"""One operation on one page: season, level, promises against what is kept, rules."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from nuantu.accounts.models import Division
from nuantu.accounts.selectors import counties
from nuantu.core import clock
from nuantu.operations.models import Duty, Operation, PlanRule
from nuantu.operations.models.kinds import kind_label
from nuantu.operations.selectors.figures import SPARK_DAYS, span_of
from nuantu.operations.selectors.levels import LevelNow, levels_of
from nuantu.operations.selectors.library import phase_bars
from nuantu.planbook import calendars, compiler, files
from nuantu.planbook.checks import check
from nuantu.planbook.findings import Finding

# the promises that every season makes; others are shown beside them once one was made
FIGURES: Final = (
    "patrol.daily",
    "dispatch.arrive",
    "encounter.revisit",
    "reliefpoint.open",
    "report.submit",
)


@dataclass(frozen=True, slots=True)
class SeasonBar:
    """The window with its phases (label, first, last day); `day_number` counts from 1."""

    start: date
    end: date
    today: date
    phases: tuple[tuple[str, date, date], ...]
    day_number: int
    days: int
    state: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Promises of one kind that have fallen due or were kept, and how many were kept in time."""

    kind: str
    label: str
    promised: int
    kept: int
    late: int
    values: tuple[int, ...]

    @property
    def is_main(self) -> bool:
        """Whether every season makes this promise."""
        return self.kind in FIGURES

    @property
    def state(self) -> str:
        """red when a promise is open and late, amber when some were kept late."""
        if self.promised > self.kept + self.late:
            return "red"
        return "amber" if self.late else ""


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures that go over all kinds."""

    overdue: int
    unexplained: int
    open_now: int


def season_bar(operation: Operation, at: datetime) -> SeasonBar:
    """The season of an operation, moved as the operation is; without phases the whole window."""
    today = clock.local(at).date()
    days = (operation.end_date - operation.start_date).days + 1
    phases = _phases(operation)
    whole = (_("行动期"), operation.start_date, operation.end_date)
    before, after = today < operation.start_date, today > operation.end_date
    return SeasonBar(
        start=operation.start_date,
        end=operation.end_date,
        today=today,
        phases=phases or (whole,),
        day_number=min(max((today - operation.start_date).days + 1, 0), days),
        days=days,
        state="todo" if before else "done" if after else "now",
    )


def _phases(operation: Operation) -> tuple[tuple[str, date, date], ...]:
    plan = files.read(operation.source_text).plan
    if plan is None or not plan.phases:
        return ()
    return phase_bars(
        compiler.compile_plan(plan, year=operation.year, shift_days=operation.shift_days).season
    )


def duties_of(operation: Operation) -> QuerySet[Duty]:
    """Duties of the area since the season began, as far as the reader may see."""
    return Duty.objects.filter(
        division_code__startswith=operation.division.prefix,
        opened_at__gte=span_of(operation, operation.started_at).since,
    ).exclude(state=Duty.State.CANCELLED)


def kept_figures(operation: Operation, at: datetime) -> list[Kept]:
    """What the plan promises against what is kept, by kind, with the last fortnight by day."""
    due = Q(due_at__lte=at) | Q(state=Duty.State.DONE)
    rows = (
        duties_of(operation)
        .values("kind")
        .annotate(
            promised=Count("pk", filter=due),
            kept=Count("pk", filter=Q(done_at__lte=F("due_at"))),
            late=Count("pk", filter=Q(done_at__gt=F("due_at"))),
        )
        .order_by()
    )
    found: dict[str, dict[str, Any]] = {row["kind"]: dict(row) for row in rows}
    lines = _by_day(operation, at)
    extra = [kind for kind in sorted(found) if kind not in FIGURES and found[kind]["promised"]]
    nothing = {"promised": 0, "kept": 0, "late": 0}
    return [
        Kept(
            kind=kind,
            label=kind_label(kind),
            values=tuple(lines.get(kind, ())),
            **{name: found.get(kind, nothing)[name] for name in nothing},
        )
        for kind in (*FIGURES, *extra)
    ]


def _by_day(operation: Operation, at: datetime) -> dict[str, list[int]]:
    today = clock.local(at).date()
    first = today - timedelta(days=SPARK_DAYS - 1)
    rows = (
        duties_of(operation)
        .filter(done_at__isnull=False, done_at__gte=at - timedelta(days=SPARK_DAYS))
        .annotate(day=TruncDate("done_at", tzinfo=clock.LOCAL))
        .values("kind", "day")
        .annotate(count=Count("pk"))
        .order_by()
    )
    lines: dict[str, list[int]] = {}
    for row in rows:
        offset = (row["day"] - first).days
        if 0 <= offset < SPARK_DAYS:
            lines.setdefault(row["kind"], [0] * SPARK_DAYS)[offset] = row["count"]
    return lines


def totals(operation: Operation, at: datetime) -> Totals:
    """Overdue now, late without a reason, open now."""
    numbers = duties_of(operation).aggregate(
        overdue=Count("pk", filter=Q(state=Duty.State.OPEN, due_at__lt=at)),
        unexplained=Count("pk", filter=Q(done_at__gt=F("due_at"), breach_reason="")),
        open_now=Count("pk", filter=Q(state=Duty.State.OPEN)),
    )
    return Totals(**numbers)


@dataclass(frozen=True, slots=True)
class CountyLevel:
    """A county of the operation with its level."""

    division: Division
    level: LevelNow


def county_levels(operation: Operation, at: datetime) -> list[CountyLevel]:
    """The levels of the counties an operation binds, raised ones first."""
    below = list(counties(operation.division.prefix)) or [operation.division]
    levels = levels_of([division.code for division in below], at)
    found = [CountyLevel(division, levels[division.code]) for division in below]
    return sorted(found, key=lambda line: (line.level.is_normal, line.division.code))


def rule_rows(operation: Operation, words: str = "") -> QuerySet[PlanRule]:
    """The values of the plan in the order of its text; `words` looks in kind, clause and quote."""
    found = operation.rules.filter(version=operation.version).order_by("position")
    if words:
        found = found.filter(
            Q(kind__icontains=words)
            | Q(quote__icontains=words)
            | Q(words__icontains=words)
            | Q(clauses__icontains=words)
            | Q(key__icontains=words)
        )
    return found


def plan_findings(operation: Operation) -> tuple[Finding, ...]:
    """What the checks say of the plan, its parent and the calendar."""
    plan = files.read(operation.source_text).plan
    above = files.read(operation.parent.source_text).plan if operation.parent else None
    if plan is None:
        return ()
    plan = compiler.in_year(plan, operation.year)
    return check(plan, above, shift_days=operation.shift_days)


def missing_calendar_years(operation: Operation) -> tuple[int, ...]:
    """Years of the operation whose State Council holiday notice is not known yet."""
    return calendars.national().missing_years(operation.start_date, operation.end_date)
