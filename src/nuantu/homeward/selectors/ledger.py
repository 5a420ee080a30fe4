"""The prevention ledger in a list and one by one, and what follows a return."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.accounts.models import Organisation
from nuantu.accounts.selectors import organisation_name
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.erasure import opened
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.homeward.models import (
    AlertKind,
    Family,
    LedgerAlert,
    LedgerEntry,
    LedgerHelp,
    LedgerVisit,
    Measure,
    Wearer,
)
from nuantu.homeward.selectors.ledger_rules import ReasonSaid, grounds_at, reasons_said
from nuantu.homeward.selectors.looks import deeds, newest
from nuantu.operations.models import Duty
from nuantu.persons.models import Case, Person
from nuantu.persons.selectors import Card, card_of

VISITS = 12
READ = "homeward.ledger_entry.read"
READ_AGAIN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class LedgerFilters:
    """What the ledger is narrowed to: words of a name or number; a risk; late, unkept, locked, mine or ended."""

    words: str = ""
    risk: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry as the list shows it."""

    entry: LedgerEntry
    card: Card
    keeper: str
    reasons: list[ReasonSaid]
    is_late: bool
    url: str


def entry_url(public_id: UUID) -> str:
    """The page of an entry."""
    return reverse("homeward:entry", args=[public_id])


def entry_label(public_id: UUID) -> str:
    """How an entry is called where nothing of its person may be told."""
    found = LedgerEntry.objects.filter(public_id=public_id).values_list("number", flat=True)
    return _("源头治理台账 %(number)s") % {"number": found.first() or ""}


def help_url(public_id: UUID) -> str:
    """Where the next step of a help is put down."""
    return reverse("homeward:step", args=[public_id])


def help_label(public_id: UUID) -> str:
    """How a help is called."""
    row = LedgerHelp.objects.select_related("entry").filter(public_id=public_id).first()
    return f"{row.get_kind_display()} · {row.entry.number}" if row else _("台账帮扶")


def alert_url(public_id: UUID) -> str:
    """Where an alert is answered."""
    return reverse("homeward:alert", args=[public_id])


def alert_label(public_id: UUID) -> str:
    """How an alert is called: by the organisation that keeps him."""
    found = LedgerAlert.objects.filter(public_id=public_id).values_list("keeper_org", flat=True)
    code = found.first()
    return _("台账提醒：%(org)s") % {"org": organisation_name(code) if code else ""}


def human_of_entry(public_id: UUID) -> UUID | None:
    """The record of the person whom an entry is about."""
    rows = LedgerEntry.objects.filter(public_id=public_id)
    return rows.values_list("person__public_id", flat=True).first()


def entries_about(person_id: UUID) -> Iterable[UUID]:
    """The entries of a person."""
    rows = LedgerEntry.objects.filter(person__public_id=person_id)
    return rows.values_list("public_id", flat=True)


def alert_of(actor: Actor, person: Person, case: Case | None) -> str:
    """The way to the alert about the case that the reader has before him, if there is one."""
    if case is None:
        return ""
    rows = LedgerAlert.objects.filter(case_id=case.case_id, owner_org=actor.org_code)
    found = rows.order_by("-pk").values_list("public_id", flat=True).first()
    return alert_url(found) if found else ""


def ledger(filters: LedgerFilters, actor: Actor, today: date) -> "QuerySet[LedgerEntry]":
    """Entries the reader may see; whose visit is due first comes first."""
    found = LedgerEntry.objects.select_related("person__photo", "keeper")
    found = found.filter(ended_at__isnull=filters.state != "ended")
    if filters.words:
        named = Q(person__is_restricted=False, person__search_text__contains=filters.words.lower())
        found = found.filter(named | Q(number__iexact=filters.words))
    if filters.risk:
        found = found.filter(risk=filters.risk)
    narrower = {
        "late": Q(next_date__lt=today),
        "unkept": Q(keeper=None) | Q(keeper__is_active=False),
        "locked": Q(family=Family.LOCKS),
        "mine": Q(keeper__public_id=actor.account_id),
    }
    found = found.filter(narrower.get(filters.state, Q()))
    return found.order_by("next_date", "-began_at", "pk")


def entry_rows(found: Iterable[LedgerEntry], at: datetime) -> list[EntryRow]:
    """The rows of a page; no query of their own."""
    today = clock.local(at).date()
    return [
        EntryRow(
            entry=one,
            card=card_of(one.person, at),
            keeper=_keeper_said(one),
            reasons=reasons_said(one.reasons, grounds_at(one.division_code, at)),
            is_late=one.next_date is not None and one.next_date < today,
            url=entry_url(one.public_id),
        )
        for one in found
    ]


def _keeper_said(entry: LedgerEntry) -> str:
    return entry.keeper.name if entry.keeper and entry.keeper.is_active else ""


def ledger_headings() -> list[str]:
    """The columns of the exported ledger."""
    return [_("编号"), _("姓名"), _("风险"), _("理由"), _("责任人"), _("下次回访"), _("纳入日期")]


def ledger_sheet(rows: Iterable[EntryRow]) -> Iterator[Sequence[object]]:
    """The exported ledger: what is sealed stays inside."""
    for row in rows:
        yield (
            row.entry.number,
            row.card.called,
            str(row.entry.get_risk_display()),
            _("、").join(one.said for one in row.reasons),
            row.keeper,
            row.entry.next_date or "",
            clock.local(row.entry.began_at).date(),
        )


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit with its words, where they may be read."""

    visit: LedgerVisit
    life: str
    health: str
    family: str
    measures: str


@dataclass(frozen=True, slots=True)
class HelpRow:
    """A help, and whether its next step should have been taken."""

    row: LedgerHelp
    is_late: bool


def _help_row(row: LedgerHelp, at: datetime) -> HelpRow:
    return HelpRow(row, is_late=row.due_at is not None and row.due_at < at)


@dataclass(frozen=True, slots=True)
class EntryPage:
    """What the page of one entry shows."""

    entry: LedgerEntry
    card: Card
    keeper: str
    grounds: list[str]
    reasons: list[ReasonSaid]
    cause: str
    needs: str
    visits: list[VisitRow]
    helps: list[HelpRow]
    duties: list[Duty]
    is_late: bool
    wearer_url: str
    lines: list[JournalEntry]


def entry_page(entry: LedgerEntry, at: datetime) -> EntryPage:
    """Read the page; the caller has authorised the reader. Of a hidden record nothing sealed is shown."""
    card, known = card_of(entry.person, at), grounds_at(entry.division_code, at)
    is_open = not card.is_masked
    visits = entry.visits.select_related("entry").order_by("-visited_at", "-pk")[:VISITS]
    wearer = Wearer.objects.filter(person=entry.person_id, ended_at=None).first()
    owed = Duty.objects.filter(subject_id=entry.public_id, state=Duty.State.OPEN)
    return EntryPage(
        entry=entry,
        card=card,
        keeper=_keeper_said(entry),
        grounds=[known[code].said if code in known else code for code in entry.grounds],
        reasons=reasons_said(entry.reasons, known),
        cause=opened(entry.cause) if is_open else "",
        needs=opened(entry.needs) if is_open else "",
        visits=[_visit_row(one, is_open=is_open) for one in visits],
        helps=[_help_row(one, at) for one in entry.helps.order_by("-begun_at", "-pk")],
        duties=list(owed.order_by("due_at", "pk")),
        is_late=entry.next_date is not None and entry.next_date < clock.local(at).date(),
        wearer_url=reverse("homeward:wearer", args=[wearer.public_id]) if wearer else "",
        lines=deeds(Subject("ledger_entry", entry.public_id)),
    )


def _visit_row(visit: LedgerVisit, *, is_open: bool) -> VisitRow:
    words = [
        opened(text) if is_open and text else ""
        for text in (visit.life, visit.health, visit.family_words)
    ]
    measures = _("、").join(str(Measure(one).label) for one in visit.measures)
    return VisitRow(visit, words[0], words[1], words[2], measures)


def has_read_since(entry: LedgerEntry, actor: Actor, since: datetime) -> bool:
    """Whether a line says already that the actor opened this page."""
    return newest(Subject("ledger_entry", entry.public_id), actor, READ, since) is not None


@dataclass(frozen=True, slots=True)
class AlertRow:
    """What the asking organisation may know: whom to call."""

    alert: LedgerAlert
    card: Card
    keeper: str
    phone: str
    seen: str
    url: str


def alerts(state: str, actor: Actor) -> "QuerySet[LedgerAlert]":
    """Alerts of the reader's own organisation, the newest first."""
    found = LedgerAlert.objects.select_related("person__photo").filter(owner_org=actor.org_code)
    found = found.exclude(keeper_org=actor.org_code)
    return found.filter(answered_at__isnull=state != "answered").order_by("-told_at", "-pk")


def alert_rows(found: Iterable[LedgerAlert], at: datetime) -> list[AlertRow]:
    """The rows of a page; one query for the organisations."""
    rows = list(found)
    bodies = Organisation.objects.in_bulk({row.keeper_org for row in rows})
    return [
        AlertRow(
            alert=row,
            card=card_of(row.person, at),
            keeper=bodies[row.keeper_org].name,
            phone=bodies[row.keeper_org].phone,
            seen=str(AlertKind(row.seen).label),
            url=alert_url(row.public_id),
        )
        for row in rows
    ]
