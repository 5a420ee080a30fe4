"""One reception as its page shows it: what is known, what is advised, what is still to do."""

from dataclasses import dataclass
from datetime import datetime

from nuantu.core.actors import Actor
from nuantu.persons.models import Case
from nuantu.persons.selectors import Card, card_of, opened_by
from nuantu.persons.selectors.cards import classes_of
from nuantu.persons.selectors.pages import IDENTITY
from nuantu.stays.models import Belonging, Inquiry, Reception, Stay
from nuantu.stays.rules import eligibility
from nuantu.stays.selectors import door
from nuantu.stays.selectors.words import advice_words, decision_words


@dataclass(frozen=True, slots=True)
class ReceptionPage:
    """Everything the page of a reception shows."""

    reception: Reception
    card: Card
    case: Case | None
    decision: str
    advised: str
    reasons: list[str]
    things: list[Belonging]
    inquiries: list[Inquiry]
    stay: Stay | None


def reception_page(actor: Actor, reception: Reception, at: datetime) -> ReceptionPage:
    """Read the page; the caller has authorised the reader."""
    person = reception.person
    opened = opened_by(person, actor, at)
    codes = classes_of([person]).get(person.pk, ())
    advice = eligibility.advise(door.asked_of(reception))
    return ReceptionPage(
        reception=reception,
        card=card_of(person, at, codes=codes, is_opened=opened.has(IDENTITY)),
        case=Case.objects.filter(case_id=reception.case_id).first(),
        decision=advice.decision,
        advised=decision_words(advice.decision),
        reasons=[advice_words(code, reception.division_code, at) for code in advice.reasons],
        things=door.things_of(reception),
        inquiries=door.inquiries_of(reception),
        stay=Stay.objects.filter(reception=reception).first(),
    )


def families(org: str) -> list[tuple[str, str]]:
    """Residents somebody may have come with, as choices; restricted ones by their number only."""
    rows = Stay.objects.filter(owner_org=org, left_at=None, with_stay=None)
    return [
        (str(row.public_id), f"{row.person} · {row.number}")
        for row in rows.select_related("person").order_by("-entered_at")[:60]
    ]
