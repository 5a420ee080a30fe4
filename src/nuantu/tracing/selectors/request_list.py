"""Every request to another body: what is open, late, answered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from nuantu.letters.models import Letter
from nuantu.letters.selectors.letters import LETTER
from nuantu.operations.models import Duty
from nuantu.persons.selectors.cards import Card, cards_of
from nuantu.tracing.models import IdentityRequest, LineKind
from nuantu.tracing.selectors.requests import PAPER, Shown, shown_of

OPEN, LATE = "open", "late"
_OPEN: Final = (
    IdentityRequest.State.WAITING,
    IdentityRequest.State.ASKS_BACK,
    IdentityRequest.State.TOLD,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A request, who it is about, and what they answered; restricted people are masked."""

    shown: Shown
    card: Card
    answer: str


def requests(words: str, state: str, kind: str, at: datetime) -> QuerySet[IdentityRequest]:
    """Requests the reader may see, the open ones first, then the newest. `state` is one of a request's, `open` or
    `late`; `words` are looked for in number, body and, of people who are not restricted, the question."""
    rows = IdentityRequest.objects.select_related("search__person__photo").prefetch_related("lines")
    if state == OPEN:
        rows = rows.filter(state__in=_OPEN)
    elif state == LATE:
        late = Duty.objects.filter(state=Duty.State.OPEN, due_at__lt=at)
        own = late.filter(subject_kind=PAPER).values("subject_id")
        of_letters = late.filter(subject_kind=LETTER).values("subject_id")
        sent = Letter.objects.filter(subject_kind=PAPER, public_id__in=of_letters)
        is_late = Q(public_id__in=own) | Q(public_id__in=sent.values("subject_id"))
        rows = rows.filter(is_late, state__in=_OPEN)
    elif state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if words:
        says = Q(words__icontains=words) & Q(search__person__is_restricted=False)
        rows = rows.filter(Q(number__icontains=words) | Q(asked_of__icontains=words) | says)
    waits = Case(
        When(state__in=_OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return rows.order_by(waits, "-asked_at", "-pk")


def rows_of(found: Iterable[IdentityRequest], at: datetime) -> list[Row]:
    """Lines of the list; as many queries for fifty as for one."""
    rows = list(found)
    cards = cards_of([row.search.person for row in rows], at)
    return [
        Row(shown, card, _answer(shown.row))
        for shown, card in zip(shown_of(rows, at), cards, strict=True)
    ]


def _answer(row: IdentityRequest) -> str:
    return str(LineKind(row.answer).label) if row.answer else ""


def headings() -> list[str]:
    """The heads of the exported list."""
    return [
        *(
            _("编号"),
            _("请对方查什么"),
            _("问哪个单位"),
            _("称呼"),
            _("状态"),
            _("发出时间"),
            _("期限"),
        ),
        *(_("答复"), _("答复时间"), _("谁发的")),
    ]


def sheet(rows: Iterable[Row]) -> Iterator[list[object]]:
    """One row per request, masked as on the screen; neither question nor answer in words."""
    for row in rows:
        one = row.shown.row
        yield [
            one.number, one.get_kind_display(), one.asked_of, row.card.called, one.get_state_display(), one.asked_at,
            row.shown.due_at or "", row.answer, one.answered_at or "", one.asked_by,
        ]  # fmt: skip
