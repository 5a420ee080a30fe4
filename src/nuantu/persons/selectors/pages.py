"""Everything one page of people needs, read once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Max
from django.utils.translation import gettext as _

from nuantu.accounts.models import Organisation
from nuantu.core.actors import Actor
from nuantu.persons.models import Case, EvidenceHold, Person, PersonClass
from nuantu.persons.selectors.cards import Card, card_of, cards_of, classes_of
from nuantu.persons.selectors.cases import case_shown, cases_of, erased_of
from nuantu.persons.selectors.duties import Owed, next_duties
from nuantu.persons.selectors.extensions import Button, buttons
from nuantu.persons.selectors.facts import FactGroup, classes_shown, facts
from nuantu.persons.selectors.holds import CASE, holds_of
from nuantu.persons.selectors.looks import Opened, opened_by
from nuantu.persons.selectors.same import Likely, Linked, likely_same, links_of, same_human
from nuantu.persons.selectors.timelines import PAGE, Line, timeline

IDENTITY: Final = "identity"
EXPORT_MOST: Final = 5000


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case with the name of its holder, whether who it was about has been erased, and the holds on
    its photos and videos."""

    case: Case
    holder: str
    is_erased: bool
    holds: list[EvidenceHold]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What the page of one person shows to one reader at one moment."""

    person: Person
    card: Card
    opened: Opened
    case: Case | None
    cases: list[CaseRow]
    facts: list[FactGroup]
    classes: list[PersonClass]
    duties: list[Owed]
    lines: list[Line]
    links: list[Linked]
    likely: list[Likely]
    buttons: list[Button]

    @property
    def has_more_lines(self) -> bool:
        return len(self.lines) >= PAGE


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Organisation names by code; one query."""
    return dict(Organisation.objects.filter(code__in=set(codes)).values_list("code", "name"))


def person_page(actor: Actor, person: Person, at: datetime) -> PersonPage:
    """Read the page; the caller has authorised the reader."""
    opened = opened_by(person, actor, at)
    case = case_shown(person, actor)
    cases = list(cases_of(person))
    holders = names_of(row.owner_org for row in cases)
    erased = erased_of(cases)
    held = holds_of(CASE, *(row.public_id for row in cases))
    open_ids = [row.case_id for row in cases if row.is_open and row.case_id]
    codes = classes_of([person]).get(person.pk, [])
    card = card_of(person, at, codes=codes, is_opened=opened.has(IDENTITY))
    return PersonPage(
        person=person,
        card=card,
        opened=opened,
        case=case,
        cases=[
            CaseRow(
                row,
                holders.get(row.owner_org, row.owner_org),
                row.public_id in erased,
                [hold for hold in held if hold.subject_id == row.public_id],
            )
            for row in cases
        ],
        facts=facts(person, opened, is_masked=card.is_masked),
        classes=classes_shown(person, open_ids),
        duties=next_duties(open_ids, at),
        lines=timeline(same_human(person), reader=actor),
        links=links_of(person, at),
        likely=[] if card.is_masked else likely_same(person, at),
        buttons=buttons(actor, person, case),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list of people."""

    card: Card
    case: Case | None
    holder: str
    last_met_at: datetime | None


def _newest_cases(persons: Sequence[Person]) -> dict[int, Case]:
    newest = (
        Case.objects.filter(person__in=persons).values("person_id").annotate(last=Max("opened_at"))
    )
    wanted = {row["person_id"]: row["last"] for row in newest}
    found: dict[int, Case] = {}
    for case in Case.objects.filter(person__in=persons).order_by("opened_at", "pk"):
        if case.opened_at == wanted[case.person_id] or case.is_open:
            found[case.person_id] = case
    return found


def rows_of(persons: Sequence[Person], at: datetime) -> list[Row]:
    """Cards with the case that counts and who holds it; a fixed number of queries."""
    cases = _newest_cases(persons)
    holders = names_of(case.owner_org for case in cases.values())
    return [
        Row(
            card=card,
            case=cases.get(person.pk),
            holder=holders.get(cases[person.pk].owner_org, "") if person.pk in cases else "",
            last_met_at=person.last_met_at,
        )
        for person, card in zip(persons, cards_of(persons, at), strict=True)
    ]


def headings() -> list[str]:
    """The heads of the exported list."""
    return [
        _("称呼"),
        _("性别"),
        _("年龄"),
        _("人员类别"),
        _("个案编号"),
        _("状态"),
        _("持有单位"),
        _("最近见到"),
    ]


def export_rows(persons: Sequence[Person], at: datetime) -> list[list[object]]:
    """The list as plain values; restricted people masked as on the screen."""
    return [
        [
            row.card.called,
            row.card.sex,
            row.card.age,
            "、".join(word for word, _kind in row.card.marks),
            row.case.number if row.case else "",
            row.case.get_state_display() if row.case else "",
            row.holder,
            row.last_met_at or "",
        ]
        for row in rows_of(persons, at)
    ]
