"""Requests as the page and the paper show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.sentences import stored
from nuantu.encounters.selectors.papers import moment, of_person
from nuantu.letters.models import Letter
from nuantu.letters.selectors.letters import LETTER
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.papers.rules.kinds import Values
from nuantu.papers.selectors import kinds
from nuantu.persons.models import Case
from nuantu.tracing.models import IdentityRequest, IdentitySearch, RequestKind, RequestLine

PAPER: Final = "identity_request"
# What goes into a request about somebody nobody knows: never an ID number or an illness.
TOLD: Final = ("sex", "age", "clothing", "features", "accent")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened with a request."""

    row: RequestLine
    scan: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A request with its clock; `lines` newest last."""

    row: IdentityRequest
    clock: Clock | None
    due_at: datetime | None
    url: str
    paper_url: str
    lines: tuple[Line, ...]


def requests_of(search: IdentitySearch, at: datetime) -> list[Shown]:
    """Every request of a search, the newest first; three queries."""
    rows = search.requests.prefetch_related("lines").order_by("-asked_at", "-pk")
    return shown_of(rows, at)


def shown_of(found: Iterable[IdentityRequest], at: datetime) -> list[Shown]:
    """Requests with the most pressing clock of each."""
    rows = list(found)
    duties = _duties_of([row.public_id for row in rows])
    return [
        Shown(
            row=row,
            clock=duties[row.public_id].clock(at) if row.public_id in duties else None,
            due_at=duties[row.public_id].due_at if row.public_id in duties else None,
            url=reverse("tracing:request", args=[row.public_id]),
            paper_url=reverse("papers:paper", args=[row.paper_id]) if row.paper_id else "",
            lines=tuple(_line(one) for one in sorted(row.lines.all(), key=lambda one: one.pk)),
        )
        for row in rows
    ]


def _duties_of(requests: list[UUID]) -> dict[UUID, Duty]:
    """The most pressing duty of each request: its own, or that of the letter it went by."""
    sent = Letter.objects.filter(subject_kind=PAPER, subject_id__in=requests)
    about = dict(sent.values_list("public_id", "subject_id"))
    owed = Duty.objects.filter(
        Q(subject_kind=PAPER, subject_id__in=requests)
        | Q(subject_kind=LETTER, subject_id__in=list(about)),
        state=Duty.State.OPEN,
    )
    duties: dict[UUID, Duty] = {}
    for duty in owed.order_by("-due_at"):
        duties[about.get(duty.subject_id) or duty.subject_id] = duty
    return duties


def _line(row: RequestLine) -> Line:
    return Line(row, reverse("tracing:scan", args=[row.public_id]) if row.scan_id else "")


def feed_papers() -> None:
    """Tell `papers` who fills a request."""
    kinds.feed(PAPER, subject_kind=PAPER, gather=values_of, offers=lambda case_id: ())


def values_of(actor: Actor, request: Any, at: datetime) -> Values:
    """What the paper tells: how he looks and speaks, where he was found, what is asked until when."""
    person = request.search.person
    case = Case.objects.filter(case_id=request.case_id).first()
    known = of_person(person, at)
    return {code: known.get(code, "") for code in TOLD} | {
        "name": person.name or "不详",
        "asked_of": request.asked_of,
        "request_kind": stored(RequestKind(request.kind).label),
        "request_words": request.words,
        "found_at": moment(case.opened_at) if case else "",
        "found_place": case.place if case else "",
        "asked_at": f"{clock.local(request.asked_at):%Y年%m月%d日}",
    }


def label_of(public_id: UUID) -> str:
    """The number of a request: nobody's name."""
    found = IdentityRequest.objects.filter(public_id=public_id).values_list("number", flat=True)
    number = found.first()
    return _("协查函 %(number)s") % {"number": number} if number else _("协查函")


def url_of(public_id: UUID) -> str:
    """The page of a request."""
    return reverse("tracing:request", args=[public_id])


def case_of(public_id: UUID) -> UUID | None:
    """The case that a request belongs to."""
    found = IdentityRequest.objects.filter(public_id=public_id)
    return found.values_list("case_id", flat=True).first()


def person_of(public_id: UUID) -> UUID | None:
    """The record of whom a request is about."""
    found = IdentityRequest.objects.filter(public_id=public_id)
    return found.values_list("search__person__public_id", flat=True).first()


def about(records: Iterable[UUID]) -> Iterable[UUID]:
    """The requests about whoever stands under these records."""
    found = IdentityRequest.objects.filter(search__person__public_id__in=list(records))
    return found.values_list("public_id", flat=True)
