"""The rules that hold for a division at a moment, built from the rows of the plans in force."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Q

from nuantu.core import clock
from nuantu.core.reference import remembered
from nuantu.operations.models import Duty, Operation, PlanRule, PlanVersion
from nuantu.operations.rules.places import chain
from nuantu.planbook import files
from nuantu.planbook.defaults import national_layer
from nuantu.planbook.plan_rules import levels_of, season_of
from nuantu.planbook.rulebook import RuleBook
from nuantu.planbook.rules import Layer, Rule

_KEPT = 512
_books: dict[tuple[object, ...], RuleBook] = {}
_layers: dict[tuple[int, int, str], Layer] = {}


def operations_at(division_code: str, at: datetime) -> list[Operation]:
    """The plans whose window holds the moment for a place, the nearest division first.

    Below a plan that has confirmed only an earlier version of the plan above, the window of that
    version counts. Of two plans of one division the one started later comes first. Remembered until
    a plan is started, changed or closed.
    """
    day = clock.local(at).date()
    codes = tuple(chain(division_code))
    return remembered("plans", (codes, day), lambda: _in_force(codes, day))


def _in_force(codes: tuple[str, ...], day: date) -> list[Operation]:
    rows = (
        Operation.objects.filter(division_id__in=codes, closed_at=None)
        .defer("source_text")
        .order_by("-started_at", "-id")
    )
    nearest = sorted(rows, key=lambda operation: codes.index(operation.division_id))
    older = _older_windows(nearest)
    confirmed: dict[int, int] = {}
    found = []
    for operation in nearest:
        own = (operation.start_date, operation.end_date)
        number = confirmed.get(operation.pk, operation.version)
        start, end = older.get((operation.pk, number), own)
        if start <= day <= end:
            found.append(operation)
            _confirm(confirmed, operation)
    return found


def _older_windows(operations: Sequence[Operation]) -> dict[tuple[int, int], tuple[date, date]]:
    """First and last day of each earlier version that a plan below has confirmed."""
    version_of = {operation.pk: operation.version for operation in operations}
    asked = Q()
    for below in operations:
        parent, number = below.parent_id, below.parent_version
        if parent and number and version_of.get(parent, number) != number:
            asked |= Q(operation_id=parent, number=number)
    if not asked:
        return {}
    rows = PlanVersion.objects.filter(asked).values_list(
        "operation_id", "number", "start_date", "end_date"
    )
    return {(pk, number): (start, end) for pk, number, start, end in rows}


def _confirm(confirmed: dict[int, int], below: Operation) -> None:
    """Note which version of the plan above the nearest plan below it stands on."""
    if below.parent_id and below.parent_version:
        confirmed.setdefault(below.parent_id, below.parent_version)


def rules_at(division_code: str, at: datetime) -> RuleBook:
    """What holds for a division at a moment: own plan, parent plans, national defaults.

    A plan that stands below a changed one keeps the version of it that a person has confirmed. One
    query; the book itself is kept per set of plan versions and day, so that a started or changed
    plan counts from its next look-up on.
    """
    operations = operations_at(division_code, at)
    day = clock.local(at).date()
    wanted = versions_that_hold(operations)
    name = (day, *wanted, *(operation.digest for operation in operations))
    book = _books.get(name)
    if book is None:
        if len(_books) >= _KEPT:
            _books.clear()
        book = RuleBook(_layers_of(operations, wanted), national_layer(), day)
        _books[name] = book
    return book


def rests_on_unverified(duty: Duty) -> bool:
    """Whether the limit of a duty is a default that nobody has verified; one query."""
    rules = rules_at(duty.division_code, duty.opened_at).rules(duty.kind)
    return any(rule.status == "unverified" and rule.source[:200] == duty.basis for rule in rules)


def versions_that_hold(operations: Iterable[Operation]) -> list[tuple[int, int]]:
    """The key and version of each plan of a place, nearest first: the newest, unless the plan below
    it has confirmed only an earlier one."""
    confirmed: dict[int, int] = {}
    found = []
    for operation in operations:
        found.append((operation.pk, confirmed.get(operation.pk, operation.version)))
        _confirm(confirmed, operation)
    return found


def _layers_of(operations: Sequence[Operation], wanted: Sequence[tuple[int, int]]) -> list[Layer]:
    names = [
        (pk, number, operation.digest)
        for (pk, number), operation in zip(wanted, operations, strict=True)
    ]
    known = {name: _layers[name] for name in names if name in _layers}
    known |= _loaded([name for name in names if name not in known])
    return [known[name] for name in names]


def _loaded(names: Sequence[tuple[int, int, str]]) -> dict[tuple[int, int, str], Layer]:
    """The layers of plan versions; the digest of the plan in force only names the key."""
    if not names:
        return {}
    asked = Q(pk__in=[])
    for pk, number, _ in names:
        asked |= Q(operation_id=pk, number=number)
    texts = {
        (version.operation_id, version.number): version.source_text
        for version in PlanVersion.objects.filter(asked)
    }
    operations = Operation.objects.defer("source_text").in_bulk([pk for pk, _, _ in names])
    found = {
        (pk, number, digest): _layer(operations[pk], number, texts[pk, number])
        for pk, number, digest in names
    }
    if len(_layers) >= _KEPT:
        _layers.clear()
    _layers.update(found)
    return found


def _layer(operation: Operation, number: int, text: str) -> Layer:
    plan = files.read(text).plan
    rows = operation.rules.filter(version=number).order_by("position")
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
