"""The plan library: plans that come with Nuantu, and the plans in force as a tree."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Generic, TypeVar

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.operations.models import Operation
from nuantu.operations.selectors.changes import waits_for_parent
from nuantu.planbook import files
from nuantu.planbook.checks import check
from nuantu.planbook.compiler import Compiled, Season, compile_plan, in_year, season_bases
from nuantu.planbook.dates import Bases
from nuantu.planbook.findings import Finding
from nuantu.planbook.overview import Recurring, Sums, overview, sums_of
from nuantu.planbook.plan_rules import rules_of
from nuantu.planbook.planned import PlannedDuty, dated_duties
from nuantu.planbook.schema import Plan
from nuantu.planbook.text import Text

Node = TypeVar("Node")
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class LibraryPlan:
    """A packaged plan read for a year. `compiled` is None while one of its dates is undecided."""

    code: str
    plan: Plan
    year: int
    findings: tuple[Finding, ...]
    compiled: Compiled | None
    duties: tuple[PlannedDuty, ...]
    rule_count: int

    @property
    def start(self) -> date | None:
        """The first day of the operation, when it is decided."""
        return self.compiled.season.start if self.compiled else None

    @property
    def end(self) -> date | None:
        """The last day of the operation, when it is decided."""
        return self.compiled.season.end if self.compiled else None

    @property
    def above(self) -> str:
        """The code of the template it copies or of its parent plan."""
        return self.plan.copy_of or self.plan.parent or ""

    @property
    def recurring(self) -> tuple[Recurring, ...]:
        """Its promises without a date that come back."""
        return overview(self.compiled).recurring if self.compiled else ()

    @property
    def sums(self) -> Sums:
        """What it fixes in money."""
        return sums_of(self.plan)


@dataclass(frozen=True, slots=True)
class Branch(Generic[Node]):
    """A node of a tree as a table row."""

    node: Node
    depth: int


@dataclass(frozen=True, slots=True)
class InForce:
    """A plan in force, and whether a changed plan above it waits to be confirmed."""

    operation: Operation
    waits: bool


@lru_cache(maxsize=256)
def library_plan(code: str, year: int) -> LibraryPlan:
    """A packaged plan, read, checked and compiled for a year.

    Errors: KeyError when there is no such plan.
    """
    plan = files.packaged(code).plan
    if plan is None:
        raise KeyError(code)
    compiled = _compiled(plan, year)
    rules = compiled.layer.rules if compiled else tuple(rules_of(plan, Bases(year)))
    duties = compiled.duties if compiled else _decided(plan, year)
    return LibraryPlan(
        code,
        plan,
        year,
        check(in_year(plan, year)),
        compiled,
        tuple(sorted(duties, key=lambda duty: (duty.due_date, duty.code))),
        len(rules),
    )


def _decided(plan: Plan, year: int) -> tuple[PlannedDuty, ...]:
    """The dated promises of a draft that hang on no undecided day."""
    try:
        return tuple(dated_duties(plan, season_bases(plan, year=year)))
    except ValueError:
        return ()


def _compiled(plan: Plan, year: int) -> Compiled | None:
    try:
        return compile_plan(plan, year=year)
    except ValueError:  # undecided, or a day that this year does not have: the checks say which
        return None


def library(year: int, *, words: str = "", operation_type: str = "") -> list[Branch[LibraryPlan]]:
    """The packaged plans, copies and children below the plan they follow; narrowed when asked."""
    wanted = [
        plan
        for plan in (library_plan(code, year) for code in in_order())
        if (not operation_type or plan.plan.operation_type == operation_type)
        and _mentions(plan, words.casefold())
    ]
    return _tree(wanted, lambda plan: plan.code, lambda plan: plan.above)


def in_order() -> list[str]:
    """The codes of the packaged plans that can be read, P2 before P10."""
    codes = (code for code in files.PACKAGED if files.packaged(code).plan)
    return sorted(codes, key=lambda code: (code[0], int(code[1:])))


def _mentions(found: LibraryPlan, words: str) -> bool:
    plan = found.plan
    said = (plan.code, plan.title, plan.title_en, plan.issuer.name, plan.doc_number)
    return not words or any(words in text.casefold() for text in said)


def plans_in_force(readable: QuerySet[Operation]) -> list[Branch[InForce]]:
    """The open plans among those that somebody may read, children below their parents."""
    found = (
        readable.filter(closed_at=None)
        .defer("source_text", "parent__source_text")
        .order_by("division_id", "started_at", "pk")
    )
    rows = [InForce(operation, waits_for_parent(operation)) for operation in found]
    return _tree(rows, lambda row: row.operation.pk, lambda row: row.operation.parent_id)


def _tree(
    nodes: Iterable[Node], key_of: Callable[[Node], Key], above_of: Callable[[Node], Key | None]
) -> list[Branch[Node]]:
    """Nodes in their order, each with those below it; what stands below nothing shown is a root."""
    rows = list(nodes)
    known = {key_of(row) for row in rows}
    below: dict[Key | None, list[Node]] = {}
    for row in rows:
        above = above_of(row)
        below.setdefault(above if above in known else None, []).append(row)

    def walk(key: Key | None, depth: int) -> Iterator[Branch[Node]]:
        for row in below.get(key, ()):
            yield Branch(row, depth)
            yield from walk(key_of(row), depth + 1)

    return list(walk(None, 0))


def library_types(year: int) -> list[str]:
    """The types of operation that the library holds."""
    return list(dict.fromkeys(library_plan(code, year).plan.operation_type for code in in_order()))


def library_titles() -> list[tuple[str, Text]]:
    """Code and title of every packaged plan."""
    plans = [(code, files.packaged(code).plan) for code in in_order()]
    return [(code, Text(plan.title, plan.title_en or plan.title)) for code, plan in plans if plan]


def phase_bars(season: Season) -> tuple[tuple[str, date, date], ...]:
    """The phases of a plan in the language of the page."""
    language = get_language() or ""
    return tuple((name.said_in(language), first, last) for name, first, last in season.phases)


def library_bars(found: LibraryPlan) -> tuple[tuple[str, date, date], ...]:
    """The phases of a plan for the season bar; without phases its whole window."""
    if found.compiled is None:
        return ()
    season = found.compiled.season
    return phase_bars(season) or ((_("行动期"), season.start, season.end),)
