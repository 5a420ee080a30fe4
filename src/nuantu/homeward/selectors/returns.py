"""Return plans in a list and one by one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import erasure
from nuantu.core.actors import Actor
from nuantu.core.models import JournalEntry
from nuantu.core.money import yuan
from nuantu.core.subjects import Subject
from nuantu.homeward.models.return_choices import State
from nuantu.homeward.models.returns import OPEN, Escort, Leg, ReturnCost, ReturnLine, ReturnPlan
from nuantu.homeward.rules.returning import WITH_SHEET
from nuantu.homeward.selectors.gates import Shown, shown_gates
from nuantu.homeward.selectors.looks import deeds
from nuantu.homeward.selectors.sheets import Sheet, sheet_of
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.persons.selectors import Card, card_of, cards_of
from nuantu.persons.selectors.looks import OPEN_FOR

MOST_TOLD_APART: Final = 10
# how a state looks in a list: words of `status`
LOOKS: Final = {
    State.PLANNED: "waiting",
    State.UNDER_WAY: "active",
    State.ARRIVED: "done",
    State.LOST: "danger",
    State.CALLED_OFF: "stopped",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to: words of a name or number; open, a state, late, or everything."""

    words: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A plan as the list shows it, with its most pressing clock."""

    plan: ReturnPlan
    card: Card
    legs: tuple[Leg, ...]
    clock: Clock | None
    look: str
    url: str


@dataclass(frozen=True, slots=True)
class Promise:
    """What is owed about a plan."""

    said: str
    clock: Clock
    url: str


@dataclass(frozen=True, slots=True)
class Same:
    """Somebody on the same transport who is told apart by case and photo: of the same name, or, where a record is
    restricted, whoever he is, so that nobody learns a name from the warning."""

    is_named: bool
    card: Card
    number: str
    leg: Leg
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of one plan shows."""

    plan: ReturnPlan
    card: Card
    look: str
    gates: list[Shown]
    shut: list[Shown]
    legs: list[Leg]
    escorts: list[Escort]
    costs: list[ReturnCost]
    sum_fen: int
    promises: list[Promise]
    sheet: Sheet | None
    has_sheet: bool
    same: list[Same]
    events: list[ReturnLine]
    lines: list[JournalEntry]


def url_of(public_id: UUID) -> str:
    """The page of a plan."""
    return reverse("homeward:return", args=[public_id])


def label_of(public_id: UUID) -> str:
    """The number of a plan: nobody's name."""
    found = ReturnPlan.objects.filter(public_id=public_id).values_list("number", flat=True).first()
    return _("返乡计划 %(number)s") % {"number": found or ""}


def case_of(public_id: UUID) -> UUID | None:
    """The case of a plan."""
    return ReturnPlan.objects.filter(public_id=public_id).values_list("case_id", flat=True).first()


def human_of(public_id: UUID) -> UUID | None:
    """The record of who goes home."""
    found = ReturnPlan.objects.filter(public_id=public_id)
    return found.values_list("person__public_id", flat=True).first()


def about_human(person_id: UUID) -> Iterable[UUID]:
    """The plans of a person."""
    found = ReturnPlan.objects.filter(person__public_id=person_id)
    return found.values_list("public_id", flat=True)


def returns(filters: Filters, at: datetime) -> "QuerySet[ReturnPlan]":
    """Plans the reader may see; who is lost or late first."""
    found = ReturnPlan.objects.select_related("person__photo")
    if filters.state in State.values:
        found = found.filter(state=filters.state)
    elif filters.state == "late":
        found = found.filter(state=State.UNDER_WAY, expected_at__lt=at)
    elif filters.state != "all":
        found = found.filter(state__in=OPEN)
    if filters.words:
        named = Q(person__is_restricted=False, person__search_text__contains=filters.words.lower())
        found = found.filter(named | Q(number__iexact=filters.words))
    if filters.state == "all":
        return found.order_by("-recorded_at", "-pk")
    return found.order_by("expected_at", "-recorded_at", "-pk")


def rows_of(found: Iterable[ReturnPlan], at: datetime) -> list[Row]:
    """The rows of a page; a fixed number of queries."""
    plans = list(found)
    legs: dict[int, list[Leg]] = defaultdict(list)
    for leg in Leg.objects.filter(plan__in=plans, dropped_at=None).order_by("leaves_at"):
        legs[leg.plan_id].append(leg)
    clocks = {}
    owed = Duty.objects.filter(
        subject_kind="return", subject_id__in=[one.public_id for one in plans], state="open"
    )
    for duty in owed.order_by("-due_at"):
        clocks[duty.subject_id] = duty.clock(at)
    cards = cards_of([one.person for one in plans], at)
    return [
        Row(
            plan=one,
            card=card,
            legs=tuple(legs[one.pk]),
            clock=clocks.get(one.public_id),
            look=LOOKS[State(one.state)],
            url=url_of(one.public_id),
        )
        for one, card in zip(plans, cards, strict=True)
    ]


def headings() -> list[str]:
    """The columns of the exported list."""
    return [
        _("编号"),
        _("姓名"),
        _("返乡方式"),
        _("状态"),
        _("行程"),
        _("出发"),
        _("预计到达"),
        _("到达"),
        _("费用（元）"),
    ]


def sheet(rows: Sequence[Row]) -> Iterator[Sequence[object]]:
    """The exported list; no address and no phone is in it."""
    sums = dict(
        ReturnCost.objects.filter(plan__in=[row.plan for row in rows])
        .values_list("plan_id")
        .annotate(total=Sum("amount_fen"))
    )
    for row in rows:
        yield (
            row.plan.number,
            row.card.called,
            row.plan.get_way_display(),
            row.plan.get_state_display(),
            _("；").join(f"{leg.number} {leg.origin}—{leg.goal}".strip() for leg in row.legs),
            row.plan.departed_at or "",
            row.plan.expected_at or "",
            row.plan.arrived_at or "",
            yuan(sums.get(row.plan.pk, 0)),
        )


def same_on_board(plan: ReturnPlan, legs: Sequence[Leg], at: datetime) -> list[Same]:
    """Who must be told apart from him on the same departure: of the same name; and every restricted record, or
    everybody where his own is restricted, without saying that the names agree."""
    rides = Q()
    for leg in legs:
        if leg.number:
            rides |= Q(number=leg.number, leaves_at=leg.leaves_at)
    if not rides:
        return []
    found = Leg.objects.filter(rides, dropped_at=None, plan__state__in=OPEN).exclude(plan=plan)
    if not plan.person.is_restricted:
        named = Q(plan__person__name=plan.person.name) & ~Q(plan__person__name="")
        found = found.filter(named | Q(plan__person__is_restricted=True))
    others = found.select_related("plan__person__photo").order_by("pk")[:MOST_TOLD_APART]
    return [
        Same(
            not (plan.person.is_restricted or leg.plan.person.is_restricted),
            card_of(leg.plan.person, at),
            leg.plan.number,
            leg,
            url_of(leg.plan.public_id),
        )
        for leg in others
    ]


def page_of(plan: ReturnPlan, at: datetime) -> Page:
    """Read the page; the caller has authorised the reader."""
    legs = list(plan.legs.filter(dropped_at=None).order_by("leaves_at"))
    costs = list(plan.costs.order_by("pk"))
    owed = Duty.objects.filter(subject_kind="return", subject_id=plan.public_id, state="open")
    gates = shown_gates(plan, at) if plan.state == State.PLANNED else []
    return Page(
        plan=plan,
        card=card_of(plan.person, at),
        look=LOOKS[State(plan.state)],
        gates=gates,
        shut=[gate for gate in gates if not gate.is_open],
        legs=legs,
        escorts=list(plan.escorts.filter(dropped_at=None).order_by("pk")),
        costs=costs,
        sum_fen=sum(cost.amount_fen for cost in costs),
        promises=[
            Promise(one.said, one.clock(at), reverse("operations:duty", args=[one.public_id]))
            for one in owed.order_by("due_at")
        ],
        sheet=sheet_of(plan.public_id),
        has_sheet=plan.way in WITH_SHEET,
        same=same_on_board(plan, legs, at),
        events=list(plan.lines.order_by("happened_at", "pk")),
        lines=deeds(Subject("return", plan.public_id)),
    )


def open_until(plan: ReturnPlan, actor: Actor, at: datetime) -> datetime | None:
    """Until when the actor reads what is sealed of a plan, for the purpose that he gave."""
    lines = JournalEntry.objects.filter(
        verb="homeward.return.open",
        actor_id=actor.public_id,
        recorded_at__gt=at - OPEN_FOR,
        subjects__kind="return",
        subjects__subject_id=plan.public_id,
    )
    line = lines.order_by("-recorded_at").first()
    return line.recorded_at + OPEN_FOR if line else None


def opened_rows(plan: ReturnPlan, events: Iterable[ReturnLine]) -> list[tuple[str, str]]:
    """What is sealed of a plan, in words, with its name."""
    found = [
        (_("回到哪里"), plan.destination),
        (_("证件号"), plan.taker_number),
        (_("联系电话"), plan.taker_phone),
        (_("谁拒绝、怎么说的"), plan.refused_words),
        (_("病情稳定"), plan.cleared_words),
        (_("回家是否安全"), plan.safety_words),
        *((one.get_event_display(), one.words) for one in events),
    ]
    return [(label, erasure.opened(sealed)) for label, sealed in found if sealed]
