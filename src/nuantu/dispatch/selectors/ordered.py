"""The order in which offices are told about somebody from elsewhere, as pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.accounts import selectors as accounts
from nuantu.accounts.models import Organisation
from nuantu.core.actors import Actor
from nuantu.dispatch.models import Notice, OrderedNotice, Tip
from nuantu.dispatch.rules.flags import NON_LOCAL
from nuantu.dispatch.rules.notices import STATION
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.persons.models import Case, Person
from nuantu.persons.selectors.extensions import Action


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One place in the order: its clock while it runs, for whom it waits, whom to call."""

    row: OrderedNotice
    clock: Clock | None
    waits_for: str
    office: str
    phone: str

    @property
    def url(self) -> str:
        """The page on which the order is recorded."""
        return reverse("dispatch:order", args=[self.row.public_id])


def order_of_tip(tip: Tip, at: datetime) -> list[OrderLine]:
    """The order of a tip, first to last; three queries, one where there is none."""
    return _lines(OrderedNotice.objects.filter(tip=tip), at)


def order_of_case(case_id: UUID | None, at: datetime) -> list[OrderLine]:
    """The order of a person's case, first to last."""
    return _lines(OrderedNotice.objects.filter(of_case__case_id=case_id), at) if case_id else []


def order_with(row: OrderedNotice, at: datetime) -> list[OrderLine]:
    """The whole order that a row belongs to."""
    if row.of_case_id:
        return _lines(OrderedNotice.objects.filter(of_case=row.of_case_id), at)
    return _lines(OrderedNotice.objects.filter(tip=row.tip_id), at)


def _lines(rows: "QuerySet[OrderedNotice]", at: datetime) -> list[OrderLine]:
    found = list(rows.select_related("tip", "of_case").order_by("of_case", "rank"))
    wanted = [row.duty_id for row in found if row.duty_id]
    duties = (
        {one.public_id: one for one in Duty.objects.filter(public_id__in=wanted)} if wanted else {}
    )
    return [_line(row, found, duties, at) for row in found]


def _line(
    row: OrderedNotice, chain: Iterable[OrderedNotice], duties: dict[UUID, Duty], at: datetime
) -> OrderLine:
    duty = duties.get(row.duty_id) if row.duty_id and row.is_due else None
    before = [one.recipient_label for one in chain if one.rank < row.rank and one.is_due]
    office = _office(row)
    return OrderLine(
        row=row,
        clock=duty.clock(at) if duty else None,
        waits_for=_("、").join(before) if row.is_waiting else "",
        office=office.name if office else "",
        phone=office.phone if office else "",
    )


def _office(row: OrderedNotice) -> Organisation | None:
    """Who answers in this place to what the plan calls him, with the number that was entered for it."""
    if row.recipient == Notice.Recipient.POLICE_STATION:
        return accounts.police_of(row.division_code)
    return accounts.station_of(row.division_code) if row.recipient == STATION else None


def calls_of_tip(tip: Tip, at: datetime) -> list[dict[str, str]]:
    """Whom a team may call by itself about somebody from elsewhere, first to last; those with a number."""
    lines = order_of_tip(tip, at) if NON_LOCAL in tip.flags else []
    due = [line for line in lines if line.row.is_due and line.phone]
    return [
        {"who": f"{line.row.rank}. {line.row.recipient_label}", "number": line.phone}
        for line in due
    ]


def order_label(public_id: UUID) -> str:
    """An order as lists of duties name it: whom to tell, nothing about the person."""
    row = OrderedNotice.objects.filter(public_id=public_id).first()
    return _("依次通知：%(who)s") % {"who": row.recipient_label} if row else _("依次通知")


def order_url(public_id: UUID) -> str:
    """The page of an order."""
    return reverse("dispatch:order", args=[public_id])


def still_to_tell(case: Case, at: datetime) -> str:
    """Why a case cannot be closed yet: somebody in the order was neither told nor left out for a reason."""
    rows = OrderedNotice.objects.filter(of_case=case, state=Notice.State.DUE).order_by("rank")
    names = [row.recipient_label for row in rows]
    return _("还没有依次通知：%(names)s") % {"names": _("、").join(names)} if names else ""


def _url_of_case(actor: Actor, person: Person, case: Case | None) -> str:
    row = OrderedNotice.objects.filter(of_case=case).order_by("rank").first() if case else None
    return order_url(row.public_id) if row else ""


TELL = Action(
    key="dispatch.order",
    label=gettext_lazy("依次通知"),
    permission="dispatch.order.read",
    url=_url_of_case,
    icon="phone",
)
