"""One stay as its page shows it."""

from dataclasses import dataclass, replace
from datetime import datetime

from nuantu.accounts.selectors import organisation_name
from nuantu.core.actors import Actor
from nuantu.operations.models import Duty, Handover
from nuantu.operations.rules.clocks import Clock
from nuantu.operations.selectors import rests_on_unverified
from nuantu.persons.models import Case
from nuantu.persons.selectors import Card, card_of, opened_by, timeline
from nuantu.persons.selectors.cards import classes_of
from nuantu.persons.selectors.duties import Owed, next_duties
from nuantu.persons.selectors.pages import IDENTITY, names_of
from nuantu.persons.selectors.timelines import Line
from nuantu.stays.models import (
    Absence,
    BedStay,
    Belonging,
    Ending,
    Extension,
    Inquiry,
    Leaving,
    LeavingCheck,
    Stay,
)
from nuantu.stays.rules import clocks
from nuantu.stays.selectors.beds import bed_words
from nuantu.stays.selectors.board import Resident, residents
from nuantu.stays.selectors.door import inquiries_of
from nuantu.stays.selectors.endings import last_ending
from nuantu.stays.selectors.known import is_identified
from nuantu.stays.selectors.receivers import Declined, Taken, declined_of, offered_of, taken_of
from nuantu.stays.selectors.veil import veiled

ABSENCE = ("note", "with_whom")
LEAVING = ("destination", "collector", "collector_relation", "facts")


NEXT_STEPS = (clocks.NEXT, clocks.REVIEW)


@dataclass(frozen=True, slots=True)
class BedLine:
    """One bed somebody had, in words."""

    row: BedStay
    words: str


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock of a stay that a carer or clerk can tick off with words."""

    kind: str
    title: str
    clock: Clock
    is_unverified: bool


@dataclass(frozen=True, slots=True)
class StayPage:
    """Everything the page of a stay shows."""

    stay: Stay
    card: Card
    resident: Resident
    station: str
    case: Case | None
    beds: list[BedLine]
    absences: list[Absence]
    family: list[Resident]
    duties: list[Owed]
    clocks: list[ClockLine]
    steps: list[ClockLine]
    things: list[Belonging]
    inquiries: list[Inquiry]
    extensions: list[Extension]
    leaving: Leaving | None
    receiver: str
    checks: list[LeavingCheck]
    ending: Ending | None
    offered: Handover | None
    declined: Declined | None
    taken: Taken | None
    is_identified: bool
    lines: list[Line]

    @property
    def bed(self) -> BedLine | None:
        """The bed he has now."""
        return next((line for line in self.beds if line.row.period.upper is None), None)


def stay_page(actor: Actor, stay: Stay, at: datetime) -> StayPage:
    """Read the page; the caller has authorised the reader."""
    person = stay.person
    opened = opened_by(person, actor, at)
    head = stay.with_stay_id or stay.pk
    family = Stay.objects.filter(left_at=None).exclude(pk=stay.pk).select_related("person__photo")
    near = list(family.filter(with_stay_id=head))
    if stay.with_stay_id:
        near = [*family.filter(pk=head), *near]
    rows = stay.beds.select_related("bed__room__zone").order_by("-pk")
    leaving = Leaving.objects.filter(stay=stay).first()
    codes = classes_of([person]).get(person.pk, ())
    card = card_of(person, at, codes=codes, is_opened=opened.has(IDENTITY))
    hidden = card.is_masked
    things = stay.reception.belongings.order_by("pk") if stay.reception else ()
    running = clock_lines(stay, at)
    shown = {line.title for line in running}
    owed = next_duties([stay.case_id] if stay.case_id else [], at)
    return StayPage(
        stay=stay,
        card=card,
        resident=_resident(stay, at, is_masked=hidden),
        station=names_of([stay.owner_org]).get(stay.owner_org, stay.owner_org),
        case=Case.objects.filter(case_id=stay.case_id).first(),
        beds=[
            BedLine(row, bed_words(row.bed))
            for row in veiled(rows, "exception_reason", "end_reason", is_masked=hidden)
        ],
        absences=veiled(stay.absences.order_by("-left_at"), *ABSENCE, is_masked=hidden),
        family=residents(near, at),
        duties=[duty for duty in owed if duty.title not in shown],
        clocks=[line for line in running if line.kind in clocks.IDENTITY],
        steps=[line for line in running if line.kind in NEXT_STEPS],
        things=veiled(things, "description", "end_note", is_masked=hidden),
        inquiries=_asked(stay, is_masked=hidden),
        extensions=veiled(stay.extensions.order_by("-pk"), "reason", is_masked=hidden),
        leaving=veiled([leaving], *LEAVING, is_masked=hidden)[0] if leaving else None,
        receiver=organisation_name(leaving.to_org)
        if leaving and leaving.to_org and not hidden
        else "",
        checks=list(leaving.checks.order_by("pk")) if leaving else [],
        ending=_ending(stay, is_masked=hidden),
        offered=offered_of(stay) if stay.is_here else None,
        declined=declined_of(stay) if stay.is_here else None,
        taken=taken_of(stay, at) if stay.is_here else None,
        is_identified=is_identified(person),
        lines=[
            replace(line, details=()) if hidden else line
            for line in timeline([person], reader=actor)
            if line.kind == "stays" and line.happened_at >= stay.entered_at
        ],
    )


def _ending(stay: Stay, *, is_masked: bool) -> Ending | None:
    found = last_ending(stay)
    return veiled([found], "facts", "decision_note", is_masked=is_masked)[0] if found else None


def _asked(stay: Stay, *, is_masked: bool) -> list[Inquiry]:
    rows = inquiries_of(stay.reception) if stay.reception else ()
    return veiled(rows, "answer_note", is_masked=is_masked)


def _resident(stay: Stay, at: datetime, *, is_masked: bool) -> Resident:
    found = residents([stay], at)[0]
    out = veiled([found.absence], *ABSENCE, is_masked=is_masked)[0] if found.absence else None
    return replace(found, absence=out)


def clock_lines(stay: Stay, at: datetime) -> list[ClockLine]:
    """Open clocks that are ticked off with words, the most pressing first."""
    rows = Duty.objects.filter(
        subject_kind="stay",
        subject_id=stay.public_id,
        state=Duty.State.OPEN,
        kind__in=(*clocks.IDENTITY, *NEXT_STEPS),
    ).order_by("due_at")
    return [ClockLine(row.kind, row.said, row.clock(at), rests_on_unverified(row)) for row in rows]
