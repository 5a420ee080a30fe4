"""The inflow and outflow list: narrowed, with its places and cases, and as a sheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.accounts.models import Division
from nuantu.accounts.rules.divisions import short_code
from nuantu.core import clock
from nuantu.core.actors import Actor
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


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list with the name of its place and the case it is tied to, if one is seen."""

    entry: FlowEntry
    place: str
    case: Case | None


def lines_of(entries: Iterable[FlowEntry]) -> list[Line]:
    """Lines with names and cases; two queries. A case the reader may not see is not named."""
    rows = list(entries)
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
        *(_("登记时间"), _("销去时间"), _("销去原因")),
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
            entry.ended_at,
            entry.ended_reason,
        )


def flow_label(public_id: UUID) -> str:
    """What a journal line calls a line of the list: nobody's name."""
    return _("流入流出名单")


def flow_url(public_id: UUID) -> str:
    """The page of a line."""
    return reverse("patrols:flow", args=[public_id])
