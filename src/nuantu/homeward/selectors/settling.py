"""Who may be settled, settlements in a list and one by one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.homeward.models import (
    Benefit,
    Settlement,
    SettlementState,
    SettlementStep,
    StepCode,
)
from nuantu.homeward.selectors.claims import ClaimLine, claims_of
from nuantu.homeward.selectors.looks import deeds
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.operations.selectors import rules_at
from nuantu.persons.models import Certainty, ClassCode, FactKind, PersonClass, PersonFact
from nuantu.persons.selectors import Card, card_of
from nuantu.planbook import deadlines
from nuantu.stays.models import Stay
from nuantu.tracing.models import IdentitySearch
from nuantu.tracing.selectors.requests import Shown, requests_of
from nuantu.tracing.selectors.steps import StepLine, steps_of


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


def case_of(public_id: UUID) -> UUID | None:
    """The case of a settlement: what is typed about it goes with that case."""
    return Settlement.objects.filter(public_id=public_id).values_list("case_id", flat=True).first()


def human_of(public_id: UUID) -> UUID | None:
    """The record of who is settled."""
    found = Settlement.objects.filter(public_id=public_id)
    return found.values_list("person__public_id", flat=True).first()


def about_human(person_id: UUID) -> Iterable[UUID]:
    """The settlements of a person."""
    found = Settlement.objects.filter(person__public_id=person_id)
    return found.values_list("public_id", flat=True)


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


def settlement_headings() -> list[str]:
    """The columns of the exported list."""
    return [
        _("编号"),
        _("姓名"),
        _("状态"),
        _("办到哪一步"),
        _("滞留起始日"),
        _("拟用姓名"),
        _("安置去处"),
        _("拟落户机构"),
        _("户口登记"),
        _("衔接保障"),
        _("终止"),
    ]


def settlement_sheet(rows: Iterable[SettlementRow]) -> Iterator[Sequence[object]]:
    """The exported list; no number of an identity card is in it, and no given name of a hidden record."""
    for one in rows:
        row = one.row
        yield (
            row.number,
            one.card.called,
            row.get_state_display(),
            "" if row.ended_at else row.get_step_display(),
            row.stranded_date,
            "" if one.card.is_masked else row.assigned_name,
            row.get_placed_display(),
            row.house,
            row.registered_date or "",
            _("、").join(str(Benefit(code).label) for code in row.benefits),
            row.get_ended_why_display(),
        )


@dataclass(frozen=True, slots=True)
class Promise:
    """What is owed, until when, where it is done."""

    said: str
    clock: Clock
    url: str


@dataclass(frozen=True, slots=True)
class SettlementPage:
    """What the page of one settlement shows."""

    row: Settlement
    card: Card
    steps: list[SettlementStep]
    searched: list[StepLine]
    asked: list[Shown]
    search_url: str
    promises: list[Promise]
    claims: list[ClaimLine]
    halted_for: str
    ended_note: str
    claimed: list[str]
    lines: list[JournalEntry]


def _own_words(words: str) -> str:
    """What the program itself wrote, in the language of the page; what somebody typed stays as it is."""
    return _(words) if words else ""


def settlement_page(row: Settlement, at: datetime) -> SettlementPage:
    """Read the page; the caller has authorised the reader."""
    search = IdentitySearch.objects.filter(case_id=row.case_id).order_by("-pk").first()
    claims = claims_of(row, at)
    about = [row.public_id, *(one.row.public_id for one in claims)]
    owed = Duty.objects.filter(subject_id__in=about, state=Duty.State.OPEN)
    card = card_of(row.person, at)
    named = PersonFact.objects.filter(person=row.person, kind=FactKind.NAME).order_by("pk")
    return SettlementPage(
        row=row,
        card=card,
        steps=list(row.steps.order_by("pk")),
        searched=[one for one in steps_of(search, at) if one.done] if search else [],
        asked=requests_of(search, at) if search else [],
        search_url=reverse("tracing:person", args=[row.case_id]) if search else "",
        promises=[
            Promise(one.said, one.clock(at), reverse("operations:duty", args=[one.public_id]))
            for one in owed.order_by("due_at", "pk")
        ],
        claims=claims,
        halted_for=_own_words(row.halted_for),
        ended_note=_own_words(row.ended_note),
        claimed=[]
        if card.is_masked
        else [f"{one.value}（{one.get_certainty_display()}）" for one in named],
        lines=deeds(Subject("settlement", row.public_id)),
    )
