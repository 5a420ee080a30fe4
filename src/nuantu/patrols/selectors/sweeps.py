"""Sweeps for a page: how far they are, area by area, as table, map and sheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.accounts.models import Division
from nuantu.accounts.selectors import organisation_names
from nuantu.core import clock, scope
from nuantu.patrols.models import Sweep, SweepArea, SweepFind, SweepReport
from nuantu.patrols.rules import sweeps as rules
from nuantu.places.selectors.layers import Feature

State = SweepArea.State
MOST: Final = 3000
DOUBTS: Final = {
    rules.SEEN: gettext_lazy("近期有人见过露宿"),
    rules.NOTHING: gettext_lazy("没有看任何地方"),
    rules.QUICK: gettext_lazy("看得太快"),
    rules.SAME: gettext_lazy("和上次一字不差"),
    rules.LEFT_OUT: gettext_lazy("有的种类没有看"),
}
MARKS: Final = {
    State.NOT_BEGUN: "waiting",
    State.UNDER_WAY: "moving",
    State.CHECKING: "waiting",
    State.REPORTED: "active",
    State.ACCEPTED: "done",
    State.SENT_BACK: "danger",
    State.CUT: "stopped",
}


def doubts_said(codes: Iterable[str]) -> list[str]:
    """The doubts on a report in words."""
    return [str(DOUBTS[code]) for code in codes if code in DOUBTS]


@dataclass(frozen=True, slots=True)
class Line:
    """An area as a line: its last report with what it counts, and what to look at.

    `rows` are all its finds; of a person who was found twice in the sweep one row counts.
    """

    area: SweepArea
    owner: str
    report: SweepReport | None
    places: int
    rows: int
    people: int
    spots: int
    loose: int
    is_blind: bool
    is_late: bool
    is_check_late: bool

    @property
    def mark(self) -> str:
        """The look of the state."""
        return MARKS[State(self.area.state)]

    @property
    def is_zero(self) -> bool:
        """Whether its report found nothing."""
        return self.report is not None and bool(self.report.handed_at) and not self.rows

    @property
    def doubts(self) -> list[str]:
        """What makes its report implausible, in words; nothing once it was accepted."""
        if self.report is None or self.area.state == State.ACCEPTED:
            return []
        return doubts_said(self.report.doubts)

    @property
    def has_doubts(self) -> bool:
        """Whether the report that waits is implausible."""
        return bool(self.doubts)


def lines_of(areas: QuerySet[SweepArea], at: datetime) -> list[Line]:
    """Areas with their last report; four queries however many there are."""
    person = Q(finds__what=SweepFind.What.PERSON, finds__same_as=None)
    place = Q(finds__what=SweepFind.What.PLACE)
    reports = SweepReport.objects.annotate(
        rows=Count("finds", distinct=True),
        people=Count("finds", filter=person, distinct=True),
        spots=Count("finds", filter=place, distinct=True),
        loose=Count("finds", filter=person & Q(finds__subject_id=None), distinct=True),
    ).order_by("number")
    rows = list(areas.prefetch_related(Prefetch("reports", reports))[:MOST])
    rows.sort(key=lambda row: (row.division_code, rules.in_order(row.grid)))
    names = organisation_names()
    last = {row.pk: _last(row) for row in rows}
    looked = _looked([report.pk for report in last.values() if report])
    return [_line(row, last[row.pk], names, looked, at) for row in rows]


def _last(area: SweepArea) -> SweepReport | None:
    """The report that counts: handed in if one was, else the one under way."""
    reports = list(area.reports.all())
    return reports[-1] if reports else None


def _looked(reports: list[int]) -> dict[int, int]:
    rows = SweepReport.objects.filter(pk__in=reports).annotate(sum=Sum("looks__count"))
    return {pk: total or 0 for pk, total in rows.values_list("pk", "sum")}


def _line(area: SweepArea, report: SweepReport | None, names: dict[str, str],
          looked: dict[int, int], at: datetime) -> Line:  # fmt: skip
    sums = vars(report) if report else {"rows": 0, "people": 0, "spots": 0, "loose": 0}
    is_open = area.state in rules.NOT_REPORTED
    return Line(
        area=area,
        owner=names.get(area.owner_org, area.owner_org) if area.assigned_at else "",
        report=report,
        places=looked.get(report.pk, 0) if report else 0,
        rows=sums["rows"],
        people=sums["people"],
        spots=sums["spots"],
        loose=sums["loose"],
        is_blind=area.is_blind(at) and area.sweep.is_open,
        is_late=is_open and at > area.due_at,
        is_check_late=area.is_check_late(at) and area.sweep.is_open,
    )


def searched(lines: list[Line], words: str) -> list[Line]:
    """The lines in which every word stands: in the area, its organisation or its person."""
    wanted = words.lower().split()
    return [
        line
        for line in lines
        if all(
            word in f"{line.area.name} {line.owner} {line.area.person}".lower() for word in wanted
        )
    ]


def narrowed(sweeps: QuerySet[Sweep], words: str, state: str) -> QuerySet[Sweep]:
    """The sweeps asked for: words in name, clause or reason; `open` or `closed`."""
    if words:
        sweeps = sweeps.filter(
            Q(name__icontains=words) | Q(clause__icontains=words) | Q(reason__icontains=words)
        )
    return sweeps.filter(closed_at__isnull=state == "open") if state else sweeps


def completion_of(lines: Iterable[Line]) -> rules.Completion:
    """How far a sweep is, from its lines."""
    return rules.completion((row.area.state, row.is_blind, row.has_doubts) for row in lines)


@dataclass(frozen=True, slots=True)
class Card:
    """A sweep in the list."""

    sweep: Sweep
    place: str
    done: rules.Completion


def cards(sweeps: Iterable[Sweep], at: datetime) -> list[Card]:
    """Sweeps with how far they are, as far as the reader sees their areas; three queries."""
    rows = list(sweeps)
    found: dict[int, list[tuple[str, bool, bool]]] = {}
    areas = SweepArea.objects.filter(sweep__in=rows).exclude(state=State.CUT)
    doubted = set(
        SweepReport.objects.filter(area__in=areas, verdict="").exclude(doubts=[]).values_list(
            "area_id", flat=True
        )
    )  # fmt: skip
    for area in areas:
        line = (area.state, area.is_blind(at), area.pk in doubted)
        found.setdefault(area.sweep_id, []).append(line)
    names = dict(
        Division.objects.filter(code__in=[row.division_code for row in rows]).values_list(
            "code", "name"
        )
    )
    return [
        Card(row, names.get(row.division_code, ""), rules.completion(found.get(row.pk, [])))
        for row in rows
    ]


def features(areas: QuerySet[SweepArea], at: datetime) -> Iterator[Feature]:
    """The areas of open sweeps on the map, at the point of their village or town."""
    lines = lines_of(areas.filter(sweep__closed_at=None).exclude(state=State.CUT), at)
    points = _points([line.area.division_code for line in lines])
    for line in lines:
        point = points.get(line.area.division_code)
        if point is None:
            continue
        lat, lon, is_approximate = point
        state = "red" if line.is_blind else "amber" if line.has_doubts or line.is_check_late else ""
        state = "open" if line.area.state == State.ACCEPTED else state
        yield Feature(
            lat,
            lon,
            line.area.name,
            area_url(line.area.public_id),
            _note(line),
            state,
            key=str(line.area.public_id),
            is_approximate=is_approximate,
        )


def _note(line: Line) -> str:
    words = [line.area.get_state_display()]
    if line.is_blind:
        words.append(_("盲区"))
    if line.is_check_late:
        words.append(_("镇街查看超时"))
    return " · ".join([*words, *line.doubts])


def _points(codes: list[str]) -> dict[str, tuple[float, float, bool]]:
    """The point of each division; a village without one of its own stands in its town."""
    wanted = {*codes, *(code[:9].ljust(12, "0") for code in codes)}
    rows = Division.objects.filter(code__in=wanted, lat__isnull=False)
    known = {row.code: (row.lat or 0.0, row.lon or 0.0, row.is_approximate) for row in rows}
    found = {}
    for code in codes:
        town = known.get(code[:9].ljust(12, "0"))
        if code in known:
            found[code] = known[code]
        elif town is not None:
            found[code] = (town[0], town[1], True)
    return found


def headings() -> list[str]:
    """The columns of 排查进度表."""
    return [
        *(_("片区"), _("网格"), _("负责单位"), _("责任人"), _("上报期限"), _("状态"), _("盲区")),
        *(_("看过处数"), _("见到人数"), _("有人住过的地方"), _("零报告"), _("疑点")),
        *(_("由谁排查"), _("上报时间"), _("情况"), _("镇街查看")),
        *(_("现场抽查"), _("审核意见")),
    ]


def sheet(lines: Iterable[Line]) -> Iterator[tuple[object, ...]]:
    """One row per area."""
    for line in lines:
        report = line.report
        yield (
            line.area.name,
            line.area.grid,
            line.owner or _("无人负责"),
            line.area.person,
            line.area.due_at,
            line.area.get_state_display(),
            _("是") if line.is_blind else "",
            line.places,
            line.people,
            line.spots,
            _("是") if line.is_zero else "",
            "、".join(line.doubts),
            report.lookers if report else "",
            report.handed_at if report else None,
            report.note if report else "",
            _checked(report),
            report.spot if report else "",
            report.word if report else "",
        )


def _checked(report: SweepReport | None) -> str:
    """Who of the township looked at a report, when, and the word on it."""
    if report is None or report.checked_at is None:
        return ""
    day = f"{clock.local(report.checked_at):%m-%d %H:%M}"
    return " ".join(part for part in (report.checked_by, day, report.check_word) if part)


def sweep_label(public_id: UUID) -> str:
    """What a journal line or duty calls a sweep."""
    found = Sweep.objects.filter(public_id=public_id).first()
    return f"{_('排查')} {found.name}" if found else _("排查")


def sweep_url(public_id: UUID) -> str:
    """The page of a sweep."""
    return reverse("patrols:sweep", args=[public_id])


def area_label(public_id: UUID) -> str:
    """What a journal line, duty or hand-over calls an area: its place, which is no secret."""
    with scope.system("whom an area is offered to reads which it is"):
        found = SweepArea.objects.filter(public_id=public_id).first()
    return f"{_('排查')} {found.name}" if found else _("排查")


def area_url(public_id: UUID) -> str:
    """The page of an area."""
    return reverse("patrols:area", args=[public_id])
