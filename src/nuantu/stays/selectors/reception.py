"""One reception as its page shows it: what is known, what is advised, what is still to do."""

from dataclasses import dataclass
from datetime import datetime

from nuantu.core.actors import Actor
from nuantu.papers.models import Paper
from nuantu.persons.models import Case
from nuantu.persons.selectors import Card, card_of, opened_by
from nuantu.persons.selectors.cards import classes_of
from nuantu.persons.selectors.pages import IDENTITY
from nuantu.persons.selectors.same import same_human
from nuantu.stays.models import Belonging, Inquiry, Reception, Stay
from nuantu.stays.rules import eligibility
from nuantu.stays.selectors import door
from nuantu.stays.selectors.papers import notice_of
from nuantu.stays.selectors.veil import veiled
from nuantu.stays.selectors.words import advice_words, decision_words

MOST_EARLIER = 3
HIDDEN = ("brought_by", "trouble", "decision_note")


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
    notice: Paper | None
    earlier: list[Stay]


def reception_page(actor: Actor, reception: Reception, at: datetime) -> ReceptionPage:
    """Read the page; the caller has authorised the reader."""
    person = reception.person
    opened = opened_by(person, actor, at)
    codes = classes_of([person]).get(person.pk, ())
    advice = eligibility.advise(door.asked_of(reception))
    card = card_of(person, at, codes=codes, is_opened=opened.has(IDENTITY))
    hidden = card.is_masked
    return ReceptionPage(
        reception=veiled([reception], *HIDDEN, is_masked=hidden)[0],
        card=card,
        case=Case.objects.filter(case_id=reception.case_id).first(),
        decision=advice.decision,
        advised=decision_words(advice.decision),
        reasons=[advice_words(code, reception.division_code, at) for code in advice.reasons],
        things=veiled(door.things_of(reception), "description", "end_note", is_masked=hidden),
        inquiries=veiled(door.inquiries_of(reception), "answer_note", is_masked=hidden),
        stay=Stay.objects.filter(reception=reception).first(),
        notice=notice_of(reception.public_id, "refusal_notice")
        if reception.state == Reception.State.REFUSED
        else None,
        earlier=earlier_stays(reception),
    )


def earlier_stays(reception: Reception) -> list[Stay]:
    """Stays of the same human before, the latest first: who came back within the month is seen."""
    found = Stay.objects.filter(
        person__in=same_human(reception.person), entered_at__lt=reception.asked_at
    )
    return list(found.exclude(reception=reception).order_by("-entered_at")[:MOST_EARLIER])


def families(org: str) -> list[tuple[str, str]]:
    """Residents somebody may have come with, as choices; restricted ones by their number only."""
    rows = Stay.objects.filter(owner_org=org, left_at=None, with_stay=None)
    return [
        (str(row.public_id), f"{row.person} · {row.number}")
        for row in rows.select_related("person").order_by("-entered_at")[:60]
    ]
