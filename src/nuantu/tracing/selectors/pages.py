"""Everything the page of one report needs, read once."""

from dataclasses import dataclass
from datetime import datetime

from nuantu.accounts.models import Division
from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.erasure import opened as unsealed
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.persons.selectors.looks import Opened
from nuantu.tracing.models import ConsentWay, MissingReport, Purpose
from nuantu.tracing.selectors import looks
from nuantu.tracing.selectors.reports import Card, card_of, dangers_said, day_said, height_said

LINES = 60


@dataclass(frozen=True, slots=True)
class Sealed:
    """A part of a report that lies sealed: what it is called in addresses, its text where it was opened."""

    what: str
    is_known: bool
    text: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """What the page of one report shows to one reader at one moment."""

    report: MissingReport
    card: Card
    opened: Opened
    sealed: dict[str, Sealed]
    home_place: str
    lost_place: str
    lost_day: str
    height: str
    dangers: tuple[str, ...]
    consent_way: str
    purposes: tuple[str, ...]
    clock: Clock | None
    owed: str
    lines: list[JournalEntry]


def report_page(actor: Actor, report: MissingReport, at: datetime) -> ReportPage:
    """Read the page; the caller has authorised the reader. A withdrawn report shows nothing of anybody."""
    opened = looks.opened_by(report, actor, at)
    duty = (
        Duty.objects.filter(
            subject_kind=looks.REPORT, subject_id=report.public_id, state=Duty.State.OPEN
        )
        .order_by("due_at")
        .first()
    )
    codes = {report.home_division, report.lost_division} - {""}
    places = dict(Division.objects.filter(code__in=codes).values_list("code", "full_name"))
    return ReportPage(
        report=report,
        card=card_of(report, at, is_opened=opened.has(looks.IDENTITY)),
        opened=opened,
        sealed=_sealed(report, opened),
        home_place=places.get(report.home_division, ""),
        lost_place=places.get(report.lost_division, ""),
        lost_day=day_said(report),
        height=height_said(report),
        dangers=() if report.is_withdrawn else dangers_said(report),
        consent_way=str(ConsentWay(report.consent_way).label) if report.consent_way else "",
        purposes=tuple(str(Purpose(code).label) for code in report.consent_purposes),
        clock=duty.clock(at) if duty else None,
        owed=duty.said if duty else "",
        lines=list(journal.timeline(Subject(looks.REPORT, report.public_id))[:LINES]),
    )


def _sealed(report: MissingReport, opened: Opened) -> dict[str, Sealed]:
    searcher = [report.searcher_name, report.searcher_phone]
    parts = {
        looks.SEARCHER: searcher,
        looks.ID_NUMBER: [report.id_number],
        looks.DANGER: [report.danger_words],
    }
    return {
        what: Sealed(
            what,
            is_known=any(values) and not report.is_withdrawn,
            text=" · ".join(unsealed(one) for one in values if one)
            if opened.has(what) and not report.is_withdrawn
            else "",
        )
        for what, values in parts.items()
    }
