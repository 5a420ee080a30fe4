"""The dispatch board: lanes of tips, each with its clock, its teams and what is still owed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.dispatch.models import Dispatch, Notice, RemoteGuidance, StillThere, Tip, TipLink
from nuantu.dispatch.rules.flags import CALL_FIRST
from nuantu.dispatch.rules.states import LIVE_RUNS
from nuantu.dispatch.selectors.clocks import tip_clock
from nuantu.operations.rules.clocks import Clock

LANE_ROWS = 25
KINDS = {
    Tip.State.NEW: "waiting",
    Tip.State.ASSIGNED: "active",
    Tip.State.MOVING: "moving",
    Tip.State.ON_SCENE: "active",
    Tip.State.CLOSED: "done",
}


@dataclass(slots=True)
class TipCard:
    """A tip as lanes and lists show it."""

    tip: Tip
    clock: Clock
    runs: list[Dispatch] = field(default_factory=list)
    notices_due: list[str] = field(default_factory=list)
    duplicates: int = 0
    has_guidance: bool = False
    is_said_again: bool = False

    @property
    def key(self) -> str:
        """The tip's public id, for addresses."""
        return str(self.tip.public_id)


@dataclass(frozen=True, slots=True)
class Lane:
    """One column: the most pressing cards, how many there are in all, and the query of the register
    that lists every one in the same order."""

    state: str
    label: str
    count: int
    cards: list[TipCard]
    query: str

    @property
    def rest(self) -> int:
        """How many are not shown."""
        return self.count - len(self.cards)


def pressing(tips: QuerySet[Tip]) -> QuerySet[Tip]:
    """Nobody there yet first, of those the urgent, then by the moment their clock ends."""
    urgent = Case(
        When(urgent_flags__overlap=sorted(CALL_FIRST), then=Value(value=True)),
        default=Value(value=False),
        output_field=BooleanField(),
    )
    waits = F("arrived_at").asc(nulls_first=True)
    return tips.annotate(is_urgent=urgent).order_by(waits, "-is_urgent", "due_at", "pk")


def lanes(tips: QuerySet[Tip], at: datetime) -> list[Lane]:
    """Every open tip counted, the most pressing of each lane shown; of the closed ones today's."""
    closed_since = clock.local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    closed = Q(state=Tip.State.CLOSED, closed_at__gte=closed_since)
    # Two counts, because "open or closed today" in one condition would read every closed tip.
    still_open = tips.exclude(state=Tip.State.CLOSED).order_by()
    counts = dict(still_open.values_list("state").annotate(n=Count("pk")))
    counts[Tip.State.CLOSED] = tips.filter(closed).count()
    rows: dict[str, list[Tip]] = {}
    for state in Tip.State.values:
        if not counts.get(state):
            rows[state] = []
        elif state == Tip.State.CLOSED:
            rows[state] = list(tips.filter(closed).order_by("-closed_at")[:LANE_ROWS])
        else:
            rows[state] = list(pressing(tips.filter(state=state))[:LANE_ROWS])
    cards = {card.tip.pk: card for card in tip_cards([t for r in rows.values() for t in r], at)}
    return [
        Lane(
            state,
            str(Tip.State(state).label),
            counts.get(state, 0),
            [cards[tip.pk] for tip in rows[state]],
            f"state={state}&closed_since={closed_since:%Y-%m-%d}"
            if state == Tip.State.CLOSED
            else f"state={state}&order=pressing",
        )
        for state in Tip.State.values
    ]


def tip_cards(tips: Iterable[Tip], at: datetime) -> list[TipCard]:
    """Cards for some tips; five queries however many there are."""
    cards = {tip.pk: TipCard(tip, tip_clock(tip, at)) for tip in tips}
    ids = list(cards)
    runs = Dispatch.objects.filter(tip_id__in=ids, state__in=LIVE_RUNS).select_related("team")
    for run in runs.order_by("assigned_at"):
        cards[run.tip_id].runs.append(run)
    for notice in Notice.objects.filter(tip_id__in=ids, state=Notice.State.DUE).order_by("pk"):
        cards[notice.tip_id].notices_due.append(notice.short_label)
    _count_links(cards)
    asked = RemoteGuidance.objects.filter(tip_id__in=ids, state__in=("asked", "helping"))
    for tip_id in asked.values_list("tip_id", flat=True):
        cards[tip_id].has_guidance = True
    for tip_id, last in _last_said(ids).items():
        moments = [run.assigned_at for run in cards[tip_id].runs]
        cards[tip_id].is_said_again = not moments or last > max(moments)
    return list(cards.values())


def _count_links(cards: dict[int, TipCard]) -> None:
    proposed = TipLink.objects.filter(
        Q(earlier_id__in=list(cards)) | Q(later_id__in=list(cards)), state=TipLink.State.PROPOSED
    )
    for pair in proposed.values_list("earlier_id", "later_id"):
        for tip_id in pair:
            if tip_id in cards:
                cards[tip_id].duplicates += 1


def _last_said(ids: list[int]) -> dict[int, datetime]:
    said: dict[int, datetime] = {}
    for tip_id, at in StillThere.objects.filter(tip_id__in=ids).values_list("tip_id", "said_at"):
        said[tip_id] = max(said.get(tip_id, at), at)
    return said


def open_cards(tips: QuerySet[Tip], at: datetime, limit: int = 30) -> list[TipCard]:
    """The most pressing open tips, for the desk."""
    return tip_cards(list(pressing(tips.exclude(state=Tip.State.CLOSED))[:limit]), at)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the head line and the address of what it counts."""

    label: str
    value: int
    url: str
    state: str = ""


Waiting = Callable[[Actor], Iterable[Figure]]
_waiting: dict[str, Waiting] = {}


def register_waiting(name: str, reader: Waiting) -> None:
    """Upper packages say when the apps are ready what else waits for whoever sits at the board."""
    _waiting[name] = reader


def figures(actor: Actor, tips: QuerySet[Tip], at: datetime) -> list[Figure]:
    """What the head of the board counts: open, over the limit, soon over it, of today, and what
    upper packages have waiting for this reader."""
    day = clock.local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = Q(arrived_at=None)
    found = tips.exclude(state=Tip.State.CLOSED).aggregate(
        open=Count("pk"),
        late=Count("pk", filter=waiting & Q(due_at__lt=at)),
        soon=Count("pk", filter=waiting & Q(warn_at__lte=at, due_at__gte=at)),
    )
    received = tips.filter(received_at__gte=day).count()
    listed = reverse("dispatch:tips") + "?"
    late, soon = found["late"], found["soon"]
    return [
        Figure(_("未办结"), found["open"], f"{listed}state=open"),
        Figure(_("已超时未到场"), late, f"{listed}clock=late", "red" if late else ""),
        Figure(_("将到时限"), soon, f"{listed}clock=soon", "amber" if soon else ""),
        Figure(_("今天收到"), received, f"{listed}since={day:%Y-%m-%d}"),
        *(figure for reader in _waiting.values() for figure in reader(actor)),
    ]
