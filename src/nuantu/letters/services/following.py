"""The sender's part after sending: reminded, replied, answered by hand, withdrawn, carried to the province."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.together import together
from nuantu.letters.models import Event, Kind, Letter, LetterLine, Means, State
from nuantu.letters.rules.facts import Fact
from nuantu.letters.selectors.letters import is_to_carry
from nuantu.letters.services import owing
from nuantu.letters.services.answering import Said, checked, held, needed, settle
from nuantu.letters.services.asking import CARRIES, About, Asked, Recipient, ask
from nuantu.letters.services.hearing import on_both, tell_owner
from nuantu.letters.services.lines import LetterRefused, put_line, put_told, say, told


def remind(*, actor: Actor, at: datetime, letter: Letter, words: str = "") -> Letter:
    """Remind them once more; each reminder is a line, seen on both sides. Raises LetterRefused."""
    said = told(words)
    with together():
        row = held(letter)
        if row.state == State.ASKS_BACK:
            raise LetterRefused(_("对方在等我们回复，先回复。"))
        if row.lines.filter(event=Event.REMINDED, noted_at__gt=at - timedelta(minutes=1)).exists():
            raise LetterRefused(_("刚刚催办过。"))
        on_both(actor, at, row, lambda one: put_told(actor, at, one, Event.REMINDED, said))
        owing.keep(actor, at, row, owing.REMIND)
    return row


def reply(*, actor: Actor, at: datetime, letter: Letter, words: str) -> Letter:
    """Tell them what they asked back; the clock of the answer begins anew. Raises LetterRefused."""
    said = needed(words)
    with together():
        row = held(letter)
        if row.state != State.ASKS_BACK:
            raise LetterRefused(_("对方没有反问。"))
        owing.keep(actor, at, row, owing.REPLY, owing.AWAIT, owing.REMIND)
        on_both(actor, at, row, lambda one: _wait_again(actor, at, one, said))
    return row


def _wait_again(actor: Actor, at: datetime, letter: Letter, words: str) -> LetterLine:
    due_at, basis = owing.answer_due(letter.kind, letter.division_code, at)
    letter.state, letter.due_at = State.WAITING, due_at
    letter.save(update_fields=["state", "due_at"])
    owing.owe(actor, at, letter, owing.AWAIT if letter.is_out else owing.ANSWER, due_at, basis)
    return put_told(actor, at, letter, Event.REPLIED, words)


def put_answer(*, actor: Actor, at: datetime, letter: Letter, said: Said) -> Letter:
    """Put down what the other side answered on paper or by telephone, with who said it. Raises LetterRefused."""
    if letter.means == Means.NUANTU:
        raise LetterRefused(_("对方在本系统，由对方答复。"))
    words = checked(letter, said)
    if not said.by.strip():
        raise LetterRefused(_("请写对方是谁答复的。"), field="by")
    with together():
        row = held(letter)
        by = Said(said.answer, said.words, " ".join(said.by.split()), row.partner_name, said.means)
        line = settle(actor, at, row, by, words)
        tell_owner(actor, at, row, line)
    return row


def withdraw(*, actor: Actor, at: datetime, letter: Letter, words: str) -> Letter:
    """Take the letter back on both sides; nobody owes anything any more. Raises LetterRefused."""
    said = needed(words)
    with together():
        row = held(letter)
        on_both(actor, at, row, lambda one: _take_back(actor, at, one, said))
    return row


def _take_back(actor: Actor, at: datetime, letter: Letter, words: str) -> LetterLine:
    letter.state = State.WITHDRAWN
    letter.save(update_fields=["state"])
    owing.drop(actor, at, letter)
    return put_told(actor, at, letter, Event.WITHDRAWN, words)


def carry(*, actor: Actor, at: datetime, letter: Letter, to: Recipient, words: str) -> Letter:
    """Carry a letter that nobody answers to whoever may press for it (LV-11): a letter of its own, which tells of the
    first one its number, to whom, when and until when; nothing of the person. Raises LetterRefused."""
    said = needed(words)
    with together():
        row = held(letter)
        if row.due_at > at:
            raise LetterRefused(_("答复期限还没有到。"))
        if row.kind == Kind.CARRY or row.lines.filter(event=Event.CARRIED).exists():
            raise LetterRefused(_("已经上报协调。"))
        if not is_to_carry(row, set(row.lines.values_list("event", flat=True)), at):
            raise LetterRefused(_("先催办；催办后仍不答复、过了规定的天数才上报协调。"))
        about = (
            About(row.subject_kind, row.subject_id, row.division_code, row.case_id)
            if row.subject_id
            else None
        )
        facts = tuple(Fact(*pair) for pair in zip(CARRIES, _told_of(row), strict=True))
        made = ask(
            actor=actor,
            at=at,
            asked=Asked(Kind.CARRY, said, facts),
            to=to,
            about=about,
            carries=row,
        )
        put_line(row, Event.CARRIED, actor=actor, at=at, words=f"{made.partner_name} {made.number}")
        say(row, Event.CARRIED, actor=actor, at=at)
        owing.keep(actor, at, row, owing.CARRY, owing.REMIND)
    return made


def _told_of(letter: Letter) -> tuple[str, str, str, str]:
    asked, due = clock.local(letter.asked_at), clock.local(letter.due_at)
    return letter.number, letter.partner_name, f"{asked:%Y-%m-%d}", f"{due:%Y-%m-%d}"
