"""The duty board: what is due, by office and kind, my own list first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet

from nuantu.accounts.models import Organisation
from nuantu.core.actors import Actor
from nuantu.operations.models import Duty
from nuantu.operations.models.kinds import kind_label
from nuantu.planbook import deadlines

SOON: Final = timedelta(hours=1)
OWN_ROWS: Final = 12
WINDOWS: Final = ("now", "today", "week", "overdue", "open")


@dataclass(frozen=True, slots=True)
class Cell:
    """How many duties of one office and kind fall into the window, and how many of them are late."""

    office: str
    kind: str
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One office of the board. `is_own` is the reader's."""

    code: str
    name: str
    is_own: bool
    cells: tuple[Cell, ...]
    total: int
    late: int


@dataclass(frozen=True, slots=True)
class Board:
    """The board of one window of time, with the counts of all windows for its tabs."""

    window: str
    kinds: tuple[tuple[str, str], ...]
    rows: tuple[OfficeRow, ...]
    counts: Mapping[str, int]
    own: list[Duty] = field(default_factory=list)
    own_total: int = 0


def window_filter(window: str, at: datetime) -> Q:
    """Open duties of a window: amber or due within the hour, today, this week, overdue, all open."""
    still = Q(state=Duty.State.OPEN)
    day = deadlines.local_day(at)
    ahead = Q(due_at__gte=at)
    ends = {
        "today": deadlines.end_of(day),
        "week": deadlines.end_of(day + timedelta(days=6 - day.weekday())),
    }
    if window == "overdue":
        return still & Q(due_at__lt=at)
    if window == "now":
        return still & (Q(due_at__lt=at) | Q(warn_at__lte=at) | Q(due_at__lt=at + SOON))
    if window in ends:
        return still & ahead & Q(due_at__lte=ends[window])
    return still


def duty_board(actor: Actor, at: datetime, *, window: str = "now") -> Board:
    """The board as far as the reader may see; offices down, kinds across. Three queries."""
    chosen = window if window in WINDOWS else "now"
    open_rows = (
        Duty.objects.filter(state=Duty.State.OPEN)
        .values("owner_org", "kind")
        .annotate(
            late=Count("pk", filter=window_filter("overdue", at)),
            **{f"in_{name}": Count("pk", filter=window_filter(name, at)) for name in WINDOWS},
        )
        .order_by()
    )
    found: list[dict[str, Any]] = [dict(row) for row in open_rows]
    counts = {name: sum(row[f"in_{name}"] for row in found) for name in WINDOWS}
    shown = [row for row in found if row[f"in_{chosen}"]]
    kinds = sorted({row["kind"] for row in shown})
    own = my_duties(actor, at)
    return Board(
        window=chosen,
        kinds=tuple((kind, kind_label(kind)) for kind in kinds),
        rows=tuple(_rows(shown, kinds, chosen, actor)),
        counts=counts,
        own=own[:OWN_ROWS],
        own_total=sum(row["in_open"] for row in found if row["owner_org"] == actor.org_code),
    )


def my_duties(actor: Actor, at: datetime) -> list[Duty]:
    """What the reader's own organisation owes: his own first, then what is due first."""
    mine = Duty.objects.filter(state=Duty.State.OPEN, owner_org=actor.org_code)
    nearest = mine.select_related("assignee").order_by("due_at")[: OWN_ROWS * 4]
    return sorted(nearest, key=lambda duty: (not _is_assigned(duty, actor), duty.due_at))


def duties_in(
    *,
    at: datetime,
    window: str = "open",
    office: str = "",
    kind: str = "",
    words: str = "",
    area: str = "",
    since: date | None = None,
) -> QuerySet[Duty]:
    """The rows behind a figure, due first; `window` may also be promised (due or done), done,
    late or unexplained. `area` is a division prefix, `since` the day from which they were opened.
    """
    closed = {
        "promised": Q(state=Duty.State.DONE) | Q(state=Duty.State.OPEN, due_at__lte=at),
        "done": Q(state=Duty.State.DONE),
        "late": late_filter(),
        "unexplained": late_filter() & Q(breach_reason=""),
    }
    found = Duty.objects.filter(closed.get(window) or window_filter(window, at))
    if office:
        found = found.filter(owner_org=office)
    if kind:
        found = found.filter(kind=kind)
    if area:
        found = found.filter(division_code__startswith=area)
    if since:
        found = found.filter(opened_at__gte=deadlines.start_of(since))
    if words:
        found = found.filter(
            Q(title__icontains=words) | Q(title_en__icontains=words) | Q(basis__icontains=words)
        )
    order = ("-done_at", "-pk") if window in closed else ("due_at", "pk")
    return found.select_related("assignee", "operation").order_by(*order)


def late_filter() -> Q:
    """Duties that were done after they were due."""
    return Q(state=Duty.State.DONE, done_at__gt=F("due_at"))


def office_names(codes: Iterable[str]) -> dict[str, str]:
    """Names of organisations by code; one query."""
    wanted = set(codes)
    named = Organisation.objects.filter(code__in=wanted).values_list("code", "name")
    return {code: code for code in wanted} | dict(named)


def _is_assigned(duty: Duty, actor: Actor) -> bool:
    return duty.assignee is not None and str(duty.assignee.public_id) == actor.public_id


def _rows(
    found: list[dict[str, Any]], kinds: list[str], window: str, actor: Actor
) -> Iterable[OfficeRow]:
    by_office: dict[str, dict[str, tuple[int, int]]] = {}
    for row in found:
        by_office.setdefault(row["owner_org"], {})[row["kind"]] = (row[f"in_{window}"], row["late"])
    for code, name in _in_order(by_office, actor):
        cells = tuple(Cell(code, kind, *by_office[code].get(kind, (0, 0))) for kind in kinds)
        yield OfficeRow(
            code=code,
            name=name,
            is_own=code == actor.org_code,
            cells=cells,
            total=sum(cell.count for cell in cells),
            late=sum(cell.late for cell in cells),
        )


def _in_order(
    by_office: Mapping[str, Mapping[str, tuple[int, int]]], actor: Actor
) -> list[tuple[str, str]]:
    """Offices with their names: the reader's own, those with something late, then by county."""
    found = Organisation.objects.filter(code__in=by_office)
    known = {
        code: (name, area) for code, name, area in found.values_list("code", "name", "division_id")
    }

    def place(code: str) -> tuple[bool, bool, str, str]:
        is_late = any(late for _count, late in by_office[code].values())
        name, area = known.get(code, (code, ""))
        return code != actor.org_code, not is_late, area, name

    return [(code, known.get(code, (code, ""))[0]) for code in sorted(by_office, key=place)]
