"""Asking another organisation: a numbered letter, its paper, and the copy of whoever receives it here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation
from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.core.together import attempt, together
from nuantu.letters.models import Direction, Event, Kind, Letter, Means
from nuantu.letters.rules.facts import Fact, packed
from nuantu.letters.selectors.organisations import organisation_here
from nuantu.letters.selectors.papers import PAPER, Told, values_of
from nuantu.letters.services import owing
from nuantu.letters.services.lines import WHY, LetterRefused, put_line, say, told
from nuantu.papers.selectors.kinds import kinds
from nuantu.papers.services import issue_paper, take_number

# What a letter that was never answered tells whoever is to press for it.
CARRIES: Final = ("原函编号", "发往单位", "发函日期", "答复期限")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is asked: an organisation of this installation by its code, or any other by name."""

    name: str = ""
    org_code: str = ""
    phones: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What of the sender the letter hangs on; one letter is about one person. `theirs`: what of a receiver on the
    same installation it is about, where the sender knows; his copy hangs on that."""

    subject_kind: str
    subject_id: UUID
    division_code: str
    case_id: UUID | None = None
    theirs: Subject | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, in which words, with which facts, and how it goes there (`means`; by itself to one of here)."""

    kind: str
    words: str
    facts: tuple[Fact, ...] = ()
    means: str = Means.PAPER


def ask(
    *,
    actor: Actor,
    at: datetime,
    asked: Asked,
    to: Recipient,
    about: About | None = None,
    carries: Letter | None = None,
) -> Letter:
    """Send a letter: its number once in the house and year, the paper, the clocks of both sides, and the copy of a
    receiver on the same installation, who sees the words and facts and nothing else. Raises LetterRefused."""
    if asked.kind not in Kind.values or asked.means not in Means.values:
        raise LetterRefused(_("请选请对方做什么。"), field="kind")
    words, receiver = told(asked.words), _receiver(actor, to)
    if not words:
        raise LetterRefused(_("请写明请对方做什么。"), field="words")
    with together():
        letter = _own_copy(actor, at, asked, words, to, receiver, about, carries)
        try:
            with attempt():
                letter.save()
        except IntegrityError as error:
            raise LetterRefused(
                _("同一件事已经发函给这个单位，正在等答复。"), field="kind"
            ) from error
        _number(actor, at, letter, Told(words, asked.facts))
        put_line(letter, Event.SENT, actor=actor, at=at)
        owing.owe(actor, at, letter, owing.AWAIT, letter.due_at, _basis(letter, at))
        say(letter, Event.SENT, actor=actor, at=at)
        if receiver is not None:
            _deliver(actor, at, letter, words, receiver, about.theirs if about else None)
    return letter


def _receiver(actor: Actor, to: Recipient) -> Organisation | None:
    if to.org_code:
        found = organisation_here(to.org_code, actor.org_code)
        if found is None:
            raise LetterRefused(_("请选发给哪个单位。"), field="to")
        return found
    if not " ".join(to.name.split()):
        raise LetterRefused(_("请写收函单位全称。"), field="name")
    return None


def _own_copy(
    actor: Actor,
    at: datetime,
    asked: Asked,
    words: str,
    to: Recipient,
    receiver: Organisation | None,
    about: About | None,
    carries: Letter | None,
) -> Letter:
    division = about.division_code if about else actor.division_code
    due_at, _source = owing.answer_due(asked.kind, division, at)
    letter = Letter(
        division_code=division,
        owner_org=actor.org_code,
        case_id=about.case_id if about else None,
        recorded_at=at,
        direction=Direction.OUT,
        kind=asked.kind,
        means=Means.NUANTU if receiver else asked.means,
        partner_org=receiver.code if receiver else "",
        partner_name=(receiver.name if receiver else " ".join(to.name.split()))[:120],
        partner_phones=(receiver.phone if receiver else to.phones.strip())[:60],
        subject_kind=about.subject_kind if about else "",
        subject_id=about.subject_id if about else None,
        carries=carries,
        words=words,
        facts=packed(asked.facts),
        asked_at=at,
        asked_by=actor.name,
        due_at=due_at,
    )
    letter.number = str(letter.public_id)
    return letter


def _number(actor: Actor, at: datetime, letter: Letter, said: Told) -> None:
    """A letter about somebody is a paper of his case; any other takes a number of the same row."""
    kind = kinds()[PAPER]
    if letter.case_id is None:
        letter.number = take_number(actor=actor, at=at, kind=kind)
    else:
        values = values_of(letter, said)
        paper = issue_paper(actor=actor, at=at, kind=kind, subject=letter, values=values)
        letter.number, letter.paper_id = paper.number, paper.public_id
    letter.save(update_fields=["number", "paper_id"])


def _basis(letter: Letter, at: datetime) -> str:
    return owing.answer_due(letter.kind, letter.division_code, at)[1]


def _deliver(
    actor: Actor,
    at: datetime,
    letter: Letter,
    words: str,
    receiver: Organisation,
    theirs: Subject | None,
) -> None:
    """The receiver's copy, in his scope, in the same transaction: words and facts, nothing that hangs on the sender."""
    with scope.system(WHY):
        copy = Letter.objects.create(
            division_code=receiver.division_id,
            owner_org=receiver.code,
            recorded_at=at,
            letter_id=letter.letter_id,
            direction=Direction.IN,
            kind=letter.kind,
            number=letter.number,
            means=Means.NUANTU,
            partner_org=letter.owner_org,
            partner_name=actor.org_name[:120],
            subject_kind=theirs.kind if theirs else "",
            subject_id=theirs.public_id if theirs else None,
            words=words,
            facts=letter.facts.open() if letter.facts else "",
            asked_at=at,
            asked_by=actor.name,
            due_at=letter.due_at,
        )
        put_line(copy, Event.SENT, actor=actor, at=at)
        owing.owe(actor, at, copy, owing.ANSWER, copy.due_at, _basis(copy, at))
        say(copy, Event.SENT, actor=actor, at=at)
