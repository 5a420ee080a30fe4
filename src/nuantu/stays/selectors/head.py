"""The first screen of the head of a station: who is here tonight, what is due, what is free."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation, User
from nuantu.core import clock
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.operations.selectors import rules_at
from nuantu.planbook.deadlines import start_of
from nuantu.stays.models import Reception, Stay
from nuantu.stays.selectors.board import Resident, residents, stays_here
from nuantu.stays.selectors.stock import StockWarning, stock_warnings

DUE_ROWS = 12


@dataclass(frozen=True, slots=True)
class Number:
    """One of the ten numbers: its code leads to the people behind it."""

    code: str
    label: str
    value: int
    state: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A promise of the station with its clock."""

    public_id: UUID
    said: str
    assignee: User | None
    face: Clock


@dataclass(frozen=True, slots=True)
class HeadPage:
    """The page."""

    tonight: list[Resident]
    numbers: list[Number]
    due: list[Due]
    overdue: int
    open: int
    stock: list[StockWarning] | None
    waiting: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the numbers are told by: the beginning of today, and before when an entry is over its term."""

    today: datetime
    term_from: datetime


Sort = Callable[[Resident, Told], bool]
# code → label, which residents, whether any is a matter for now
OF_RESIDENTS: dict[str, tuple[str | Promise, Sort, str]] = {
    "tonight": (_("今晚在站"), lambda one, now: one.absence is None, ""),
    "out": (_("外出未归"), lambda one, now: one.absence is not None, ""),
    "late": (_("逾时未归"), lambda one, now: one.is_late, "red"),
    "no_bed": (_("没有合适床位"), lambda one, now: one.lacks_bed or one.has_to_move, "red"),
    "entered": (_("今天入站"), lambda one, now: one.stay.entered_at >= now.today, ""),
    "minors": (_("未成年人"), lambda one, now: one.stay.is_minor, ""),
    "women": (_("女性"), lambda one, now: one.stay.sex == "female", ""),
    "apart": (_("观察、隔离"), lambda one, now: one.stay.health != "general", ""),
    "long": (_("在站超过期限"), lambda one, now: one.stay.entered_at < now.term_from, "amber"),
}
LEFT = ("left", _("今天离站"))


def _today(at: datetime) -> datetime:
    return start_of(clock.local(at).date())


def _now(org: str, at: datetime) -> Told:
    division = Organisation.objects.filter(code=org).values_list("division_id", flat=True).first()
    term = rules_at(division or "", at).need("stay.decide").number
    return Told(_today(at), at - timedelta(days=term))


def head_page(org: str, at: datetime) -> HeadPage:
    """Everything of the first screen; a fixed number of queries."""
    people, now = residents(stays_here(org), at), _now(org, at)
    owed = Duty.objects.filter(owner_org=org, state=Duty.State.OPEN)
    numbers = [
        _number(code, str(label), sum(belongs(one, now) for one in people), state)
        for code, (label, belongs, state) in OF_RESIDENTS.items()
    ]
    numbers.append(Number(LEFT[0], str(LEFT[1]), left_today(org, at).count()))
    return HeadPage(
        tonight=people,
        numbers=numbers,
        due=[
            Due(one.public_id, one.said, one.assignee, one.clock(at))
            for one in owed.select_related("assignee").order_by("due_at")[:DUE_ROWS]
        ],
        overdue=owed.filter(due_at__lt=at).count(),
        open=owed.count(),
        stock=stock_warnings(org, at),
        waiting=Reception.objects.filter(owner_org=org, state=Reception.State.OPEN).count(),
    )


def _number(code: str, label: str, value: int, state: str) -> Number:
    return Number(code, label, value, state if value else "")


def left_today(org: str, at: datetime) -> QuerySet[Stay]:
    """Stays that ended today."""
    rows = Stay.objects.filter(owner_org=org, left_at__gte=_today(at))
    return rows.select_related("person__photo", "leaving").order_by("-left_at")


def people_behind(org: str, code: str, at: datetime) -> tuple[str, list[Resident]] | None:
    """The words of a number and the people behind it; None for a number that is not there."""
    if code == LEFT[0]:
        return str(LEFT[1]), residents(left_today(org, at), at)
    if code not in OF_RESIDENTS:
        return None
    label, belongs, _state = OF_RESIDENTS[code]
    now = _now(org, at)
    return str(label), [one for one in residents(stays_here(org), at) if belongs(one, now)]
