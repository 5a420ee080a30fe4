"""One stay as its page shows it."""

from dataclasses import dataclass
from datetime import datetime

from nuantu.core.actors import Actor
from nuantu.persons.models import Case
from nuantu.persons.selectors import Card, card_of, opened_by, timeline
from nuantu.persons.selectors.cards import classes_of
from nuantu.persons.selectors.duties import Owed, next_duties
from nuantu.persons.selectors.pages import IDENTITY, names_of
from nuantu.persons.selectors.timelines import Line
from nuantu.stays.models import Absence, BedStay, Stay
from nuantu.stays.selectors.beds import bed_words
from nuantu.stays.selectors.board import Resident, residents


@dataclass(frozen=True, slots=True)
class BedLine:
    """One bed somebody had, in words."""

    row: BedStay
    words: str


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
    codes = classes_of([person]).get(person.pk, ())
    return StayPage(
        stay=stay,
        card=card_of(person, at, codes=codes, is_opened=opened.has(IDENTITY)),
        resident=residents([stay], at)[0],
        station=names_of([stay.owner_org]).get(stay.owner_org, stay.owner_org),
        case=Case.objects.filter(case_id=stay.case_id).first(),
        beds=[BedLine(row, bed_words(row.bed)) for row in rows],
        absences=list(stay.absences.order_by("-left_at")),
        family=residents(near, at),
        duties=next_duties([stay.case_id] if stay.case_id else [], at),
        lines=[
            line
            for line in timeline([person], reader=actor)
            if line.kind == "stays" and line.happened_at >= stay.entered_at
        ],
    )
