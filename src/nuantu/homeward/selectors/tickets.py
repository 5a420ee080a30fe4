"""Tickets and vouchers of all return plans: where each is, who bears it, and the sums of a period."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Case, Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.core.money import Fen, yuan
from nuantu.homeward.models.return_choices import Event, Head, Payer, State, Ticket
from nuantu.homeward.models.returns import Leg, ReturnCost, ReturnLine
from nuantu.homeward.selectors.returns import url_of
from nuantu.persons.selectors import Card, cards_of
from nuantu.planbook import deadlines

USED, UNUSED = "used", "unused"
STAGES: Final = [
    (Ticket.BOUGHT.value, Ticket.BOUGHT.label),
    (Ticket.HANDED.value, Ticket.HANDED.label),
    (USED, gettext_lazy("已乘坐")),
    (UNUSED, gettext_lazy("没有乘坐，待退")),
    (Ticket.REFUNDED.value, Ticket.REFUNDED.label),
]
# how a stage looks in a list: words of `status`
LOOKS: Final = {"bought": "waiting", "handed": "active", USED: "done", UNUSED: "late"}


@dataclass(frozen=True, slots=True)
class Filters:
    """Words of a name, plan or ticket; a stage; who bears it; the days of departure, both included."""

    words: str
    stage: str
    payer: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket as the list shows it."""

    leg: Leg
    card: Card
    stage: str
    said: str
    look: str
    payer: str
    url: str


@dataclass(frozen=True, slots=True)
class Total:
    """How many tickets of a payer there are and what they cost, in fen; those given back apart."""

    payer: str
    count: int
    fen: int


def tickets(filters: Filters, at: datetime) -> "QuerySet[Leg]":
    """Tickets that were bought for departures in the period, as far as the reader may see; the newest first.

    `stage` is used for who had set out and was not lost before the departure, unused where it passed without him.
    """
    lost = ReturnLine.objects.filter(plan=OuterRef("plan"), event=Event.RAN_AWAY).order_by()
    paid = ReturnCost.objects.filter(leg=OuterRef("pk"), head=Head.FARE).order_by("pk")
    found = (
        Leg.objects.exclude(ticket=Ticket.NONE)
        .filter(
            leaves_at__gte=deadlines.start_of(filters.since),
            leaves_at__lt=deadlines.start_of(filters.until + timedelta(days=1)),
        )
        .annotate(
            lost_at=Subquery(lost.values("plan").annotate(last=Max("happened_at")).values("last")),
            payer=Coalesce(Subquery(paid.values("payer")[:1]), Value("")),
        )
        .annotate(stage=_stage(at))
    )
    if filters.stage:
        found = found.filter(stage=filters.stage)
    if filters.payer:
        found = found.filter(payer=filters.payer)
    if filters.words:
        words = filters.words
        named = Q(
            plan__person__is_restricted=False, plan__person__search_text__contains=words.lower()
        )
        numbered = Q(plan__number__iexact=words) | Q(ticket_number__iexact=words)
        found = found.filter(named | numbered)
    return found.select_related("plan__person__photo").order_by("-leaves_at", "-pk")


def _stage(at: datetime) -> Case:
    was_lost = Q(plan__state=State.LOST, lost_at__lt=F("leaves_at"))
    rode = Q(leaves_at__lte=at, plan__departed_at__lte=F("leaves_at"))
    return Case(
        When(ticket=Ticket.REFUNDED, then=Value(Ticket.REFUNDED.value)),
        When(rode & ~was_lost, then=Value(USED)),
        When(leaves_at__lte=at, then=Value(UNUSED)),
        default=F("ticket"),
    )


def rows_of(found: Iterable[Leg], at: datetime) -> list[Row]:
    """The rows of a page; a fixed number of queries."""
    legs, stages, payers = list(found), dict(STAGES), dict(Payer.choices)
    cards = cards_of([leg.plan.person for leg in legs], at)
    rows = []
    for leg, card in zip(legs, cards, strict=True):
        told = vars(leg)
        stage, payer = told["stage"], told["payer"]
        rows.append(
            Row(
                leg=leg,
                card=card,
                stage=stage,
                said=str(stages[stage]),
                look=LOOKS.get(stage, "stopped"),
                payer=str(payers.get(payer, "")),
                url=url_of(leg.plan.public_id),
            )
        )
    return rows


def totals(found: "QuerySet[Any]") -> list[Total]:
    """What the tickets cost by who bears them; what was given back costs nobody anything and is counted last."""
    payers = dict(Payer.choices)
    grouped = found.order_by().values("payer").annotate(count=Count("pk"), fen=Sum("ticket_fen"))
    sums = {row["payer"]: row for row in grouped.exclude(ticket=Ticket.REFUNDED)}
    rows = [
        Total(str(payers.get(code, _("免费"))), sums[code]["count"], sums[code]["fen"])
        for code in [*Payer.values, ""]
        if code in sums
    ]
    back = found.filter(ticket=Ticket.REFUNDED).aggregate(count=Count("pk"), fen=Sum("ticket_fen"))
    if back["count"]:
        rows.append(Total(str(Ticket.REFUNDED.label), back["count"], back["fen"]))
    return rows


def headings() -> list[str]:
    """The columns of the exported list."""
    return [
        _("发车时间"),
        _("姓名"),
        _("行程"),
        _("票号"),
        _("状态"),
        _("谁出钱"),
        _("金额（元）"),
        _("编号"),
    ]


def sheet(rows: Sequence[Row]) -> Iterator[Sequence[object]]:
    """The exported list."""
    for row in rows:
        leg = row.leg
        yield (
            leg.leaves_at,
            row.card.called,
            f"{leg.get_means_display()} {leg.number} {leg.origin}—{leg.goal}",
            leg.ticket_number,
            row.said,
            row.payer,
            yuan(Fen(leg.ticket_fen)),
            leg.plan.number,
        )
