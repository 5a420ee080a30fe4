"""The inflow and outflow list: narrowed, with its places and cases, and as a sheet."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.accounts.models import Division
from nuantu.accounts.rules.divisions import short_code
from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import FlowEntry
from nuantu.persons.models import Case


@dataclass(frozen=True, slots=True)
class FlowFilter:
    """What is asked of the list; empty values ask nothing. `state` is `open`, `ended` or all."""

    words: str = ""
    direction: str = ""
    division: str = ""
    state: str = ""


def narrowed(rows: QuerySet[FlowEntry], wanted: FlowFilter) -> QuerySet[FlowEntry]:
    """The lines asked for."""
    if wanted.words:
        rows = rows.filter(
            Q(called_as__icontains=wanted.words)
            | Q(whereabouts__icontains=wanted.words)
            | Q(known__icontains=wanted.words)
        )
    if wanted.direction:
        rows = rows.filter(direction=wanted.direction)
    if wanted.division:
        rows = rows.filter(division_code__startswith=short_code(wanted.division))
    if wanted.state:
        rows = rows.filter(ended_at__isnull=wanted.state == "open")
    return rows


Heard = Callable[[Iterable[UUID]], Mapping[UUID, datetime]]
_heard: dict[str, Heard] = {}


def register_heard(name: str, last: Heard) -> None:
    """Add what else knows when somebody was last met: the moment by the public id of a case.

    Called from apps.ready() of the package that keeps the rows; only the moment is used.
    """
    _heard[name] = last


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list with the name of its place and the case it is tied to, if one is seen.

    `heard_at` is its newest news: when it was written or corrected, or the person met; where that is
    older than the term, what is known of him is not (S1-07).
    """

    entry: FlowEntry
    place: str
    case: Case | None
    heard_at: datetime
    is_unknown: bool


def heard_of(rows: Iterable[FlowEntry]) -> dict[int, datetime]:
    """The newest news of each line by its key."""
    found = {row.pk: row.noted_at for row in rows}
    cases = {row.pk: row.case_id for row in rows if row.case_id}
    with scope.system("when somebody was last met tells nothing about him"):
        told = [last(set(cases.values())) for last in _heard.values()] if cases else []
    for pk, case_id in cases.items():
        found[pk] = max([found[pk], *(one[case_id] for one in told if case_id in one)])
    return found


def silent_by_town(county: str, at: datetime) -> list[tuple[str, int]]:
    """How many people on the open list of each town were not heard of for `flow.known` days."""
    with scope.system("how many people of a town are not heard of names nobody"):
        rows = list(
            FlowEntry.objects.filter(ended_at=None, division_code__startswith=short_code(county))
        )
        heard, since = heard_of(rows), _known_since(county, at)
        counts = Counter(row.division_code[:9] for row in rows if heard[row.pk] < since)
    codes = [code.ljust(12, "0") for code in counts]
    names = dict(Division.objects.filter(code__in=codes).values_list("code", "name"))
    return [(names.get(code.ljust(12, "0"), code), n) for code, n in sorted(counts.items())]


def _known_since(county: str, at: datetime) -> datetime:
    return at - timedelta(days=rules_at(county, at).need("flow.known").number)


def lines_of(entries: Iterable[FlowEntry], at: datetime) -> list[Line]:
    """Lines with names, cases and the age of what is known; four queries at most. A case the reader
    may not see is not named."""
    rows = list(entries)
    heard = heard_of(rows)
    places = dict(
        Division.objects.filter(code__in={row.division_code for row in rows}).values_list(
            "code", "name"
        )
    )
    wanted = {row.case_id for row in rows if row.case_id}
    cases = {case.public_id: case for case in Case.objects.filter(public_id__in=wanted)}
    return [
        Line(
            row,
            places.get(row.division_code, row.division_code),
            cases.get(row.case_id) if row.case_id else None,
            heard[row.pk],
            row.is_open and heard[row.pk] < _known_since(row.division_code, at),
        )
        for row in rows
    ]


def case_called(number: str) -> Case | None:
    """The case with this number, None where the reader sees none."""
    return Case.objects.filter(number=number.strip()).first()


def places_of(actor: Actor) -> list[tuple[str, str]]:
    """The towns and villages that the actor keeps a list of, by code and name."""
    prefix = short_code(actor.division_code)
    rows = Division.objects.filter(
        code__startswith=actor.prefix or prefix, level__in=["town", "village"], valid_to=None
    ).select_related("parent")
    if len(prefix) < len("522601100"):
        rows = rows.filter(level="town")
    return [
        (
            row.code,
            f"{row.parent.name} {row.name}" if row.level == "village" and row.parent else row.name,
        )
        for row in rows.order_by("code")
    ]


def headings() -> list[str]:
    """The columns of 流入流出人员名单."""
    return [
        *(
            _("方向"),
            _("乡镇、村（社区）"),
            _("称呼"),
            _("性别"),
            _("大约年龄"),
            _("现在在哪里"),
        ),
        *(_("从何时起"), _("知道的情况"), _("可信程度"), _("谁说的"), _("个案"), _("登记人")),
        *(_("登记时间"), _("最近消息"), _("销去时间"), _("销去原因")),
    ]


def sheet(lines: Iterable[Line]) -> Iterator[tuple[object, ...]]:
    """One row per line; what lies sealed is not in it."""
    for line in lines:
        entry = line.entry
        yield (
            entry.get_direction_display(),
            line.place,
            entry.called_as,
            entry.get_sex_display(),
            entry.years,
            entry.whereabouts,
            f"{entry.since_date:%Y-%m-%d}" if entry.since_date else "",
            entry.known,
            entry.get_certainty_display(),
            entry.source,
            line.case.number if line.case else "",
            entry.noted_by,
            f"{clock.local(entry.noted_at):%Y-%m-%d %H:%M}",
            line.heard_at,
            entry.ended_at,
            entry.ended_reason,
        )


def flow_label(public_id: UUID) -> str:
    """What a journal line calls a line of the list: nobody's name."""
    return _("流入流出名单")


def flow_url(public_id: UUID) -> str:
    """The page of a line."""
    return reverse("patrols:flow", args=[public_id])
