"""The contact list of an infection: found from the beds, shown, exported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.operations.models import Duty
from nuantu.persons.selectors import Card, cards_of
from nuantu.persons.selectors.duties import Owed
from nuantu.stays.models import BedStay, CloseContact, Infection, Stay
from nuantu.stays.rules import infection as rules
from nuantu.stays.selectors.health.record import duties_about, words_of

DONE = (CloseContact.State.TOLD, CloseContact.State.CLEARED)


def near(row: Infection, at: datetime) -> tuple[rules.Near, ...]:
    """Who slept in one room with the infected resident since then; two queries."""
    if row.stay_id is None:
        return ()
    own = [_night(one) for one in BedStay.objects.filter(stay_id=row.stay_id)]
    rooms = {night.room for night in own}
    later = Q(period__endswith__isnull=True) | Q(period__endswith__gt=row.since_at)
    others = BedStay.objects.filter(later, room_id__in=rooms).exclude(stay_id=row.stay_id)
    return rules.roommates(own, [_night(one) for one in others], since=row.since_at, at=at)


def _night(row: BedStay) -> rules.Night:
    return rules.Night(row.stay_id, row.room_id, row.period.lower, row.period.upper)


def is_owed(row: Infection, kind: str) -> bool:
    """Whether a promise of the kind is open already."""
    return Duty.objects.filter(subject_id=row.public_id, kind=kind, state=Duty.State.OPEN).exists()


def is_reach_owed(row: Infection) -> bool:
    """Whether telling those who left is owed already."""
    return is_owed(row, "infection.reach")


def is_kept_apart(stay: Stay, but: Infection) -> bool:
    """Whether somebody stays isolated for another infection than this: his own, or as a contact."""
    others = Infection.objects.filter(end="").exclude(pk=but.pk)
    apart = (CloseContact.State.ISOLATED, CloseContact.State.NO_BED)
    near = CloseContact.objects.filter(stay=stay, infection__in=others, state__in=apart)
    return others.filter(stay=stay).exists() or near.exists()


def unfinished(row: Infection) -> int:
    """Contacts about whom something is still to do."""
    return row.contacts.exclude(state__in=DONE).count()


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One contact as the list shows it."""

    row: CloseContact
    called: str
    card: Card | None


@dataclass(frozen=True, slots=True)
class InfectionPage:
    """Everything the page of an infection shows."""

    infection: Infection
    card: Card | None
    illness: str
    is_open: bool
    contacts: list[ContactLine]
    unfinished: int
    duties: list[Owed]


def infection_page(row: Infection, at: datetime, *, is_open: bool) -> InfectionPage:
    """Read the page; the caller has authorised the reader and says whether words are open."""
    card = cards_of([row.person], at)[0] if row.person is not None else None
    return InfectionPage(
        infection=row,
        card=card,
        illness=words_of(row.illness, is_open=is_open),
        is_open=is_open,
        contacts=contact_lines(row, at),
        unfinished=unfinished(row),
        duties=duties_about("infection", row.public_id, at),
    )


def contact_lines(row: Infection, at: datetime) -> list[ContactLine]:
    """The contacts in the order they were near; three queries."""
    rows = list(row.contacts.select_related("stay__person__photo").order_by("from_at", "pk"))
    people = [one.stay.person for one in rows if one.stay is not None]
    cards = dict(zip([p.pk for p in people], cards_of(people, at), strict=True))
    found = []
    for one in rows:
        card = cards[one.stay.person_id] if one.stay is not None else None
        found.append(ContactLine(one, card.called if card else one.staff_name, card))
    return found


def headings() -> list[str]:
    """The columns of the contact list on paper."""
    return [
        str(word)
        for word in (
            _("姓名或称呼"),
            _("性别"),
            _("年龄"),
            _("在站编号"),
            _("怎么接触的"),
            _("从什么时候"),
            _("到什么时候"),
            _("现在的处置"),
            _("通知了谁"),
            _("说明"),
        )
    ]


def export_rows(row: Infection, at: datetime) -> Iterator[list[str]]:
    """The contact list as disease control asks for it; restricted people stay masked."""
    for line in contact_lines(row, at):
        one = line.row
        yield [
            line.called,
            line.card.sex if line.card else "",
            line.card.age if line.card else "",
            one.stay.number if one.stay is not None else "",
            str(one.get_how_display()),
            _minute(one.from_at),
            _minute(one.until_at),
            str(one.get_state_display()),
            one.told_to,
            one.note,
        ]


def _minute(when: datetime) -> str:
    return clock.local(when).strftime("%Y-%m-%d %H:%M")


def residents(actor: Actor) -> list[tuple[str, str]]:
    """Residents who can be added by hand."""
    rows = Stay.objects.filter(owner_org=actor.org_code, left_at=None).select_related("person")
    return [(str(row.public_id), f"{row.person} · {row.number}") for row in rows[:200]]


def open_infections(actor: Actor) -> list[Infection]:
    """Infections of the station that are not over."""
    return list(
        Infection.objects.filter(owner_org=actor.org_code, end="")
        .select_related("person")
        .order_by("reported_at")
    )
