"""One area of a sweep: its reports as they are read, and as the phone fills them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from nuantu.accounts.rules.divisions import short_code
from nuantu.accounts.selectors import organisation_name
from nuantu.core import subjects
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import PatrolRun, SweepArea, SweepFind, SweepReport
from nuantu.patrols.rules.part_files import Finding, findings_in
from nuantu.patrols.selectors.coverage import Reached, reached
from nuantu.patrols.selectors.ordering import named_below
from nuantu.patrols.selectors.supervision import check_owed
from nuantu.patrols.selectors.sweeps import doubts_said
from nuantu.places.selectors import type_label
from nuantu.places.selectors.nearby import Near, near

State = SweepArea.State
TO_WALK: Final = (State.NOT_BEGUN, State.UNDER_WAY, State.SENT_BACK)
_pages: dict[str, tuple[str, Callable[[UUID], str]]] = {}


def register_find_page(name: str, permission: str, url: Callable[[UUID], str]) -> None:
    """Name the page where a find (by its public id) is followed, `contact` or `tip`, and the right
    it asks for. Called once from apps.ready() of the package that owns it."""
    _pages[name] = permission, url


def _find_url(actor: Actor, name: str, find_id: UUID) -> str:
    """The page where a find is followed; empty where the reader may not enter it."""
    permission, url = _pages.get(name, ("", None))
    return url(find_id) if url is not None and actor.may(permission) else ""


@dataclass(frozen=True, slots=True)
class Found:
    """A find with what it is called, what came of it, and where it can be followed."""

    find: SweepFind
    kind: str
    led_to: str
    led_url: str
    contact_url: str
    tip_url: str

    @property
    def counts(self) -> bool:
        """Whether it counts as a person found."""
        return self.find.what == SweepFind.What.PERSON and self.find.same_as_id is None

    @property
    def is_loose(self) -> bool:
        """Whether a person was found and nothing came of it yet."""
        return not self.find.is_followed


def found(find: SweepFind, actor: Actor) -> Found:
    """A find as it is shown to somebody."""
    is_open = not find.is_followed
    led = Subject(find.subject_kind, find.subject_id) if find.subject_id else None
    return Found(
        find,
        type_label(find.kind) if find.kind else "",
        subjects.label(led) if led else "",
        (subjects.url(led) or "") if led else "",
        _find_url(actor, "contact", find.public_id) if is_open else "",
        _find_url(actor, "tip", find.public_id) if is_open else "",
    )


@dataclass(frozen=True, slots=True)
class Read:
    """A report as it is read: places by kind, finds, doubts in words, minutes it took."""

    report: SweepReport
    looks: list[tuple[str, int]]
    finds: list[Found]
    doubts: list[str]

    @property
    def places(self) -> int:
        """How many places were looked at."""
        return sum(count for _kind, count in self.looks)

    @property
    def people(self) -> int:
        """How many people were found: the rows, counted, each person once."""
        return sum(row.counts for row in self.finds)

    @property
    def is_zero(self) -> bool:
        """Whether it was handed in with nothing found."""
        return self.report.handed_at is not None and not self.finds

    @property
    def minutes(self) -> int | None:
        """Minutes from beginning to handing in."""
        report = self.report
        if report.handed_at is None:
            return None
        return round((report.handed_at - report.begun_at).total_seconds() / 60)


def reports_of(area: SweepArea, actor: Actor) -> list[Read]:
    """The reports of an area, the newest first."""
    rows = area.reports.prefetch_related(
        "looks", "finds__key_location", "finds__same_as__report__area"
    ).order_by("-number")
    return [read(report, actor) for report in rows]


def read(report: SweepReport, actor: Actor) -> Read:
    """One report with its rows."""
    return Read(
        report,
        [(type_label(row.kind), row.count) for row in report.looks.all()],
        [found(find, actor) for find in report.finds.all()],
        doubts_said(report.doubts),
    )


@dataclass(frozen=True, slots=True)
class Mine:
    """An area on the phone of whoever answers for it."""

    area: SweepArea
    clock: Clock | None
    report: Read | None

    @property
    def is_under_way(self) -> bool:
        """Whether it is being looked over."""
        return self.area.state == State.UNDER_WAY

    @property
    def may_begin(self) -> bool:
        """Whether it can be begun."""
        return self.area.state in (State.NOT_BEGUN, State.SENT_BACK) and self.area.sweep.is_open


def mine_of(areas: QuerySet[SweepArea], org_code: str, at: datetime) -> list[Mine]:
    """The areas an organisation answers for in open sweeps, what is due first; two queries."""
    rows = list(
        areas.filter(owner_org=org_code, sweep__closed_at=None, assigned_at__isnull=False)
        .exclude(state=State.CUT)
        .order_by("due_at", "name", "pk")[:200]
    )
    duties = {
        duty.public_id: duty
        for duty in Duty.objects.filter(public_id__in=[row.duty_id for row in rows])
    }
    rows.sort(key=lambda row: row.state not in TO_WALK)
    return [
        Mine(row, duties[row.duty_id].clock(at) if row.duty_id in duties else None, None)
        for row in rows
    ]


def report_owed(area: SweepArea) -> Duty | None:
    """The promise to report an area, open or kept; None where nobody has it."""
    return Duty.objects.filter(public_id=area.duty_id).first() if area.duty_id else None


def walked(area: SweepArea, actor: Actor, at: datetime) -> Mine:
    """An area with its running report, or the last one."""
    duty = report_owed(area)
    reports = reports_of(area, actor)
    return Mine(area, duty.clock(at) if duty else None, reports[0] if reports else None)


@dataclass(frozen=True, slots=True)
class Check:
    """The look of the township at a village's report: who owes it, its clock, whether it waits and
    whether the term is over."""

    office: str
    clock: Clock | None
    is_waiting: bool
    is_late: bool


def check_of(area: SweepArea, at: datetime) -> Check:
    """How the look of the township at the last report stands."""
    duty = check_owed(area)
    return Check(
        organisation_name(area.check_org),
        duty.clock(at) if duty else None,
        area.state == State.CHECKING,
        area.is_check_late(at),
    )


def places_of(area: SweepArea, runs: QuerySet[PatrolRun], at: datetime) -> list[Reached]:
    """The key locations in an area with their last patrol, as far as the reader sees the runs: what
    a report on it is read against. Two queries."""
    return reached(runs, short_code(area.division_code), at)


def findings_of(area: SweepArea, text: str) -> list[Finding]:
    """Everything wrong with a table of parts of an area; empty when it can be cut so. Two queries."""
    divisions = named_below(area.division_code)
    itself = {name for name, row in divisions.items() if row.code == area.division_code}
    grids: dict[str, list[str]] = {}
    rows = SweepArea.objects.filter(sweep=area.sweep).exclude(pk=area.pk)
    for code, grid in rows.values_list("division_code", "grid"):
        grids.setdefault(code, []).append(grid)
    taken = {(name, grid) for name, row in divisions.items() for grid in grids.get(row.code, ())}
    return findings_in(text, divisions, itself, taken)


def near_find(find: SweepFind, at: datetime) -> list[Near]:
    """Key locations near a find, nearest first, so that none is entered twice (`sweep.near`)."""
    if find.lat is None or find.lon is None:
        return []
    metres = rules_at(find.report.area.division_code, at).need("sweep.near").number
    return near(find.lat, find.lon, "key_location", 3, within_metres=metres)
