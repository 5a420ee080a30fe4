"""The rules that hold for a division at a moment, built from the rows of the plans in force."""

from collections.abc import Iterable
from datetime import date, datetime

from nuantu.core import clock
from nuantu.core.reference import remembered
from nuantu.operations.models import Operation, PlanRule
from nuantu.operations.rules.places import chain
from nuantu.planbook import files
from nuantu.planbook.defaults import national_layer
from nuantu.planbook.plan_rules import levels_of, season_of
from nuantu.planbook.rulebook import RuleBook
from nuantu.planbook.rules import Layer, Rule

_KEPT = 512
_books: dict[tuple[object, ...], RuleBook] = {}
_layers: dict[tuple[int, str], Layer] = {}


def operations_at(division_code: str, at: datetime) -> list[Operation]:
    """The plans whose window holds the moment for a place, the nearest division first.

    Of two plans of one division the one started later comes first. Remembered until a plan is
    started, changed or closed.
    """
    day = clock.local(at).date()
    codes = tuple(chain(division_code))
    return remembered("plans", (codes, day), lambda: _in_force(codes, day))


def _in_force(codes: tuple[str, ...], day: date) -> list[Operation]:
    found = (
        Operation.objects.filter(
            division_id__in=codes, start_date__lte=day, end_date__gte=day, closed_at=None
        )
        .defer("source_text")
        .order_by("-started_at", "-id")
    )
    return sorted(found, key=lambda operation: codes.index(operation.division_id))


def rules_at(division_code: str, at: datetime) -> RuleBook:
    """What holds for a division at a moment: own plan, parent plans, national defaults.

    One query; the book itself is kept per set of plan versions and day, so that a started or
    changed plan counts from its next look-up on.
    """
    operations = operations_at(division_code, at)
    day = clock.local(at).date()
    name = (day, *((operation.pk, operation.digest) for operation in operations))
    book = _books.get(name)
    if book is None:
        if len(_books) >= _KEPT:
            _books.clear()
        book = RuleBook(_layers_of(operations), national_layer(), day)
        _books[name] = book
    return book


def _layers_of(operations: Iterable[Operation]) -> list[Layer]:
    wanted = [(operation.pk, operation.digest) for operation in operations]
    missing = [pk for pk, digest in wanted if (pk, digest) not in _layers]
    for operation in Operation.objects.filter(pk__in=missing).prefetch_related("rules"):
        if len(_layers) >= _KEPT:
            _layers.clear()
        _layers[operation.pk, operation.digest] = _layer(operation)
    return [_layers[key] for key in wanted]


def _layer(operation: Operation) -> Layer:
    plan = files.read(operation.source_text).plan
    rows = sorted(operation.rules.all(), key=lambda row: row.position)
    return Layer(
        plan_code=operation.plan_code,
        title=operation.title,
        rules=tuple(_rule(row, operation.plan_code) for row in rows),
        levels=levels_of(plan) if plan else (),
        season=season_of(plan) if plan else "",
    )


def _rule(row: PlanRule, plan_code: str) -> Rule:
    return Rule(
        kind=row.kind,
        value=row.value,
        unit=row.unit,
        level=row.level,
        place_class=row.place_class,
        key=row.key,
        words=row.words,
        clauses=tuple(row.clauses),
        quote=row.quote,
        plan_code=plan_code,
        is_derived=row.is_derived,
        selectors=tuple(row.selectors),
        colours=tuple(row.colours),
    )
