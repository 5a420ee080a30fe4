"""Who may be settled, settlements in a list and one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock, journal
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.homeward.models import Settlement, SettlementState, SettlementStep, StepCode
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.persons.models import Certainty, ClassCode, FactKind, PersonClass, PersonFact
from nuantu.persons.selectors import Card, card_of
from nuantu.planbook import deadlines
from nuantu.stays.models import Stay
from nuantu.tracing.models import IdentitySearch, IdentityStep

LINES = 40


def term_ends(stay: Stay, at: datetime) -> date:
    """The last day of the term after which a stranded person may be settled (DL-08)."""
    months = int(rules_at(stay.division_code, at).need("stay.settle").number)
    return deadlines.months_later(clock.local(stay.entered_at).date(), months)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who is stranded for longer than the term and whom nobody knows."""

    stay: Stay
    card: Card
    days: int
    url: str


def candidates(at: datetime) -> list[Candidate]:
    """Whoever may be settled and is not yet, the longest first, as far as the reader may see."""
    verified = PersonFact.objects.filter(
        person=OuterRef("person"),
        kind__in=(FactKind.NAME, FactKind.ID_NUMBER),
        certainty=Certainty.VERIFIED,
        corrections=None,
    )
    marked = PersonClass.objects.filter(
        case_id=OuterRef("case_id"), code=ClassCode.UNIDENTIFIED, withdrawn_at=None
    )
    running = Settlement.objects.filter(person=OuterRef("person")).exclude(
        state=SettlementState.ENDED
    )
    rows = Stay.objects.select_related("person__photo").filter(left_at=None)
    rows = rows.filter(Exists(marked)).exclude(Exists(verified)).exclude(Exists(running))
    today = clock.local(at).date()
    return [
        Candidate(
            stay=stay,
            card=card_of(stay.person, at),
            days=(today - clock.local(stay.entered_at).date()).days,
            url=reverse("homeward:settle", args=[stay.public_id]),
        )
        for stay in rows.order_by("entered_at", "pk")
        if today > term_ends(stay, at)
    ]


def last_compared(row: Settlement) -> date | None:
    """The day of the last comparison that found nobody."""
    rows = row.steps.filter(code=StepCode.COMPARE, answer="done").order_by("-pk")
    return rows.values_list("done_date", flat=True).first()


def settlement_url(public_id: UUID) -> str:
    """The page of a settlement."""
    return reverse("homeward:settlement", args=[public_id])


def settlement_label(public_id: UUID) -> str:
    """How a settlement is called."""
    found = Settlement.objects.filter(public_id=public_id).values_list("number", flat=True)
    return _("落户安置 %(number)s") % {"number": found.first() or ""}


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """A settlement as the list shows it."""

    row: Settlement
    card: Card
    url: str


def settlements(words: str, state: str) -> "QuerySet[Settlement]":
    """Settlements the reader may see, the newest first."""
    found = Settlement.objects.select_related("person__photo")
    if words:
        found = found.filter(number__iexact=words) | found.filter(
            person__is_restricted=False, person__search_text__contains=words.lower()
        )
    if state:
        found = found.filter(state=state)
    return found.order_by("-began_at", "-pk")


def settlement_rows(found: Iterable[Settlement], at: datetime) -> list[SettlementRow]:
    """The rows of a page; no query of their own."""
    return [
        SettlementRow(row, card_of(row.person, at), settlement_url(row.public_id)) for row in found
    ]


@dataclass(frozen=True, slots=True)
class SettlementPage:
    """What the page of one settlement shows."""

    row: Settlement
    card: Card
    steps: list[SettlementStep]
    searched: list[IdentityStep]
    duties: list[Duty]
    claimed: list[str]
    lines: list[JournalEntry]


def settlement_page(row: Settlement, at: datetime) -> SettlementPage:
    """Read the page; the caller has authorised the reader."""
    search = IdentitySearch.objects.filter(case_id=row.case_id).order_by("-pk").first()
    owed = Duty.objects.filter(subject_id=row.public_id, state=Duty.State.OPEN)
    card = card_of(row.person, at)
    named = PersonFact.objects.filter(person=row.person, kind=FactKind.NAME).order_by("pk")
    return SettlementPage(
        row=row,
        card=card,
        steps=list(row.steps.order_by("pk")),
        searched=list(search.steps.exclude(answer="").order_by("pk")) if search else [],
        duties=list(owed.order_by("due_at", "pk")),
        claimed=[]
        if card.is_masked
        else [f"{one.value}（{one.get_certainty_display()}）" for one in named],
        lines=list(journal.timeline(Subject("settlement", row.public_id))[:LINES]),
    )
