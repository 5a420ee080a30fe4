"""Letters as the list and the page show them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Max, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nuantu.core.actors import Actor
from nuantu.core.erasure import opened
from nuantu.core.models import JournalEntry
from nuantu.letters.models import (
    OPEN,
    Direction,
    Event,
    Kind,
    Letter,
    LetterFile,
    LetterLine,
    Means,
    State,
)
from nuantu.letters.rules.facts import Fact
from nuantu.letters.selectors.papers import told_of
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.operations.selectors import rules_at
from nuantu.persons.selectors.looks import OPEN_FOR

LETTER: Final = "letter"
LOOKS: Final = {
    State.WAITING: "waiting",
    State.ASKS_BACK: "late",
    State.ANSWERED: "done",
    State.WITHDRAWN: "stopped",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to: `box` is in or out, `state` one of a letter's, `open` or `late`."""

    box: str = Direction.IN
    words: str = ""
    state: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A letter with its most pressing clock; `filed_at` is when its last file was made, or read in here."""

    letter: Letter
    look: str
    clock: Clock | None
    url: str
    filed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened; `words` only for whoever opened the letter."""

    row: LetterLine
    words: str
    label: str | Promise


@dataclass(frozen=True, slots=True)
class Content:
    """What a letter says."""

    words: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of a letter shows."""

    row: Row
    content: Content | None
    lines: list[Line]
    subject_url: str
    paper_url: str
    carries_url: str
    events: frozenset[str]
    is_to_carry: bool
    is_reply_unsent: bool
    is_erased: bool


def letters(filters: Filters, at: datetime) -> QuerySet[Letter]:
    """Letters the reader may see, the open ones first, then the newest. Words are looked for in number and name only."""
    rows = Letter.objects.filter(direction=filters.box)
    if filters.state == "open":
        rows = rows.filter(state__in=OPEN)
    elif filters.state == "late":
        rows = rows.filter(state=State.WAITING, due_at__lt=at)
    elif filters.state:
        rows = rows.filter(state=filters.state)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.words:
        rows = rows.filter(
            Q(number__icontains=filters.words) | Q(partner_name__icontains=filters.words)
        )
    waits = Case(When(state__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(waits, "-asked_at", "-pk")


def open_counts(actor: Actor) -> dict[str, int]:
    """How many letters of the reader's own house are open on each side."""
    rows = Letter.objects.filter(owner_org=actor.org_code, state__in=OPEN)
    found = dict(rows.values_list("direction").annotate(count=Count("pk")))
    return {side: found.get(side, 0) for side in Direction.values}


def rows_of(found: Iterable[Letter], at: datetime) -> list[Row]:
    """The rows of a page; one query more, two where one of them went as a file."""
    kept = list(found)
    filed = filed_at(kept)
    clocks: dict[UUID, Clock] = {}
    owed = Duty.objects.filter(
        subject_kind=LETTER,
        subject_id__in=[one.public_id for one in kept],
        state=Duty.State.OPEN,
    )
    for duty in owed.order_by("-due_at"):
        clocks[duty.subject_id] = duty.clock(at)
    return [
        Row(
            one,
            LOOKS[State(one.state)],
            clocks.get(one.public_id),
            url_of(one.public_id),
            filed.get(one.pk),
        )
        for one in kept
    ]


def filed_at(found: Iterable[Letter]) -> dict[int, datetime]:
    """When the last file of each letter that went as one was made, or read in here."""
    by_file = [one.pk for one in found if one.means == Means.FILE]
    files = LetterFile.objects.filter(letter__in=by_file) if by_file else LetterFile.objects.none()
    return dict(files.values_list("letter").annotate(last=Max("made_at")))


def letters_about(kind: str, public_id: UUID, at: datetime) -> list[Row]:
    """The letters that hang on something, the newest first; what a package above shows on its page."""
    rows = Letter.objects.filter(subject_kind=kind, subject_id=public_id)
    return rows_of(rows.order_by("-asked_at", "-pk"), at)


def answers_about(kind: str, public_id: UUID, letter_kind: str) -> Collection[str]:
    """Which answers came to letters of one kind that hang on something."""
    rows = Letter.objects.filter(subject_kind=kind, subject_id=public_id, kind=letter_kind)
    return set(rows.filter(state=State.ANSWERED).values_list("answer", flat=True))


def has_letter_about(kind: str, public_id: UUID, letter_kind: str) -> bool:
    """Whether somebody was asked that at all and it was not withdrawn."""
    rows = Letter.objects.filter(subject_kind=kind, subject_id=public_id, kind=letter_kind)
    return rows.exclude(state=State.WITHDRAWN).exists()


def arrival_about(kind: str, public_id: UUID) -> LetterLine | None:
    """The arrival that somebody of the other side, from an account of its own here, confirmed in a letter about something."""
    lines = LetterLine.objects.filter(
        letter__subject_kind=kind,
        letter__subject_id=public_id,
        letter__direction=Direction.OUT,
        event=Event.ARRIVED,
        means=Means.NUANTU,
    )
    return lines.exclude(letter__state=State.WITHDRAWN).order_by("pk").last()


def page_of(letter: Letter, actor: Actor, at: datetime, subject_url: str = "") -> Page:
    """Read the page; the caller has authorised the reader. Words only for whoever opened it for a purpose."""
    lines = list(letter.lines.order_by("pk"))
    events = frozenset(one.event for one in lines)
    is_erased = Event.ERASED in events
    is_open = not is_erased and open_until(letter, actor, at) is not None
    told = told_of(letter) if is_open else None
    return Page(
        row=rows_of([letter], at)[0],
        content=Content(told.words, told.facts) if told else None,
        lines=[
            Line(
                one, opened(one.words) if is_open and one.words else "", letter.label_of(one.event)
            )
            for one in lines
        ],
        subject_url=subject_url,
        paper_url=reverse("papers:paper", args=[letter.paper_id]) if letter.paper_id else "",
        carries_url=url_of(letter.carries.public_id) if letter.carries else "",
        events=events,
        is_to_carry=is_to_carry(letter, events, at),
        is_reply_unsent=_is_reply_unsent(letter, [one.event for one in lines]),
        is_erased=is_erased,
    )


def _is_reply_unsent(letter: Letter, events: list[str]) -> bool:
    """Whether a reply waits for the next file of the letter."""
    if letter.means != Means.FILE or not letter.is_out or letter.state != State.WAITING:
        return False
    last = next((one for one in reversed(events) if one in (Event.REPLIED, Event.FILED)), "")
    return last == Event.REPLIED


def is_to_carry(letter: Letter, events: Collection[str], at: datetime) -> bool:
    """Whether the other side was reminded and is still silent `letter.carry` days after the day; once for a letter."""
    is_silent = letter.state == State.WAITING and letter.due_at < at and Event.REMINDED in events
    if not is_silent or Event.CARRIED in events or letter.kind == Kind.CARRY:
        return False
    after = rules_at(letter.division_code, at).need("letter.carry")
    return letter.due_at <= at - timedelta(days=int(after.number))


def open_until(letter: Letter, actor: Actor, at: datetime) -> datetime | None:
    """Until when the actor reads what is sealed of a letter: he opened it, or sent it himself just now."""
    lines = JournalEntry.objects.filter(
        verb__in=("letters.letter.open", "letters.letter.send"),
        actor_id=actor.public_id,
        recorded_at__gt=at - OPEN_FOR,
        subjects__kind=LETTER,
        subjects__subject_id=letter.public_id,
    )
    line = lines.order_by("-recorded_at").first()
    return line.recorded_at + OPEN_FOR if line else None


def label_of(public_id: UUID) -> str:
    """The number of a letter: nobody's name."""
    number = Letter.objects.filter(public_id=public_id).values_list("number", flat=True).first()
    return _("函 %(number)s") % {"number": number or ""}


def url_of(public_id: UUID) -> str:
    """The page of a letter."""
    return reverse("letters:letter", args=[public_id])


def case_of(public_id: UUID) -> UUID | None:
    """The case that the sender's copy belongs to."""
    return Letter.objects.filter(public_id=public_id).values_list("case_id", flat=True).first()


def headings() -> list[str]:
    """The heads of the exported list."""
    return [
        *(_("编号"), _("发出或收到"), _("事由"), _("对方单位"), _("状态"), _("发函时间")),
        *(_("期限"), _("答复"), _("答复时间"), _("谁答复"), _("谁发的")),
        *(_("怎么发"), _("文件存成或读入时间")),
    ]


def sheet(rows: Sequence[Letter]) -> Iterator[Sequence[object]]:
    """One row per letter; neither words nor facts."""
    filed = filed_at(rows)
    for one in rows:
        yield (
            one.number, one.get_direction_display(), one.get_kind_display(), one.partner_name,
            one.get_state_display(), one.asked_at, one.due_at, one.get_answer_display(), one.answered_at or "",
            one.answered_by, one.asked_by, one.get_means_display(), filed.get(one.pk, ""),
        )  # fmt: skip
