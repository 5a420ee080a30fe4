"""The receiver's part: opened for a purpose, asked back, answered; where he is waited for and that he has come."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.hiding import SHORTEST_PURPOSE
from nuantu.core.together import together
from nuantu.letters.models import ANSWERS_TO, TAKING, Event, Kind, Letter, LetterLine, Means, State
from nuantu.letters.services import owing
from nuantu.letters.services.hearing import on_both
from nuantu.letters.services.lines import LetterRefused, note, put_line, put_told, say, told, twin


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: which, in which words; `by` and `org` where somebody of the other side said it, `means` how it came;
    `waits` where somebody is waited for, told along with it."""

    answer: str
    words: str
    by: str = ""
    org: str = ""
    means: str = ""
    waits: str = ""


def open_letter(*, actor: Actor, at: datetime, letter: Letter, purpose: str) -> Letter:
    """Open the words and facts to the actor for ten minutes; the line is the permission. The first time a receiver does,
    the sender sees that it was read. Raises LetterRefused without a purpose."""
    why = " ".join(purpose.split())
    if len(why) < SHORTEST_PURPOSE:
        raise LetterRefused(_("请写明查看目的，至少4个字。"), field="purpose")
    if letter.lines.filter(event=Event.ERASED).exists():
        raise LetterRefused(_("内容保存期满，已经删除。"))
    with together():
        note(letter, "open", actor=actor, at=at, summary="查看函的内容", basis=why[:200])
        if not letter.is_out and letter.read_at is None and letter.owner_org == actor.org_code:
            _read(actor, at, held(letter))
    return letter


def _read(actor: Actor, at: datetime, letter: Letter) -> None:
    with twin(letter) as other:
        for row in (letter, other):
            if row is not None:
                row.read_at, row.read_by = at, actor.name
                row.save(update_fields=["read_at", "read_by"])
                put_told(actor, at, row, Event.READ)


def ask_back(*, actor: Actor, at: datetime, letter: Letter, words: str) -> Letter:
    """The receiver needs to know more first; now the sender owes a word. Raises LetterRefused."""
    said = needed(words)
    with together():
        row = held(letter)
        if row.state != State.WAITING:
            raise LetterRefused(_("已经反问过，正在等对方回复。"))
        on_both(actor, at, row, lambda one: put_asked_back(actor, at, one, said))
    return row


def put_asked_back(
    actor: Actor, at: datetime, letter: Letter, words: str, by: tuple[str, str] | None = None
) -> LetterLine:
    """Put on one copy that the receiver asks back: the sender owes a word, the receiver none."""
    letter.state = State.ASKS_BACK
    letter.save(update_fields=["state"])
    if letter.is_out:
        owing.owe_soon(actor, at, letter, owing.REPLY)
    else:
        owing.keep(actor, at, letter, owing.ANSWER)
    return put_told(actor, at, letter, Event.ASKED_BACK, words, by=by)


def answer(*, actor: Actor, at: datetime, letter: Letter, said: Said) -> Letter:
    """The receiver answers; it stands on the sender's page and in what the letter hangs on at once.
    Raises LetterRefused."""
    words = checked(letter, said)
    with together():
        row = held(letter)
        on_both(actor, at, row, lambda one: settle(actor, at, one, said, words))
    return row


def settle(actor: Actor, at: datetime, letter: Letter, said: Said, words: str) -> LetterLine:
    """Put the answer on one copy: nothing is owed any more."""
    letter.state, letter.answer, letter.answered_at = State.ANSWERED, said.answer, at
    letter.answered_by = (said.by or actor.name)[:120]
    letter.save()
    by = (said.by, said.org) if said.by else None
    line = put_line(
        letter, Event.ANSWERED, actor=actor, at=at, words=words, by=by, means=said.means
    )
    say(letter, Event.ANSWERED, actor=actor, at=at)
    owing.keep(actor, at, letter)
    return line


def tell(
    *,
    actor: Actor,
    at: datetime,
    letter: Letter,
    event: str,
    words: str = "",
    happened_at: datetime | None = None,
) -> Letter:
    """The receiver says where somebody is waited for, or that he has come; also after the answer.
    Raises LetterRefused."""
    if letter.means == Means.FILE and event == Event.ARRIVED:
        raise LetterRefused(_("这封函是文件来的，到达了请打电话告诉对方。"))
    if letter.kind not in TAKING or event not in (Event.WAITS, Event.ARRIVED):
        raise LetterRefused(_("这封函不是接人的函。"))
    said = needed(words) if event == Event.WAITS else told(words)
    if happened_at is not None and not letter.asked_at <= happened_at <= at:
        raise LetterRefused(_("到达时间要在发函以后、现在以前。"), field="happened_at")
    with together():
        row = Letter.objects.select_for_update().get(pk=letter.pk)
        if row.state == State.WITHDRAWN:
            raise LetterRefused(_("这封函已经撤回。"))
        if event == Event.ARRIVED and row.lines.filter(event=Event.ARRIVED).exists():
            raise LetterRefused(_("已经确认到达。"))
        on_both(actor, at, row, lambda one: put_told(actor, at, one, event, said, happened_at))
    return row


def checked(letter: Letter, said: Said) -> str:
    """The words of an answer that fits the letter. Raises LetterRefused with the field to mend."""
    if said.answer not in ANSWERS_TO[Kind(letter.kind)]:
        raise LetterRefused(_("请选怎么答复。"), field="answer")
    return needed(said.words)


def needed(words: str) -> str:
    """Words that must be there. Raises LetterRefused."""
    said = told(words)
    if not said:
        raise LetterRefused(_("请写明内容。"), field="words")
    return said


def held(letter: Letter) -> Letter:
    """The copy, locked, while somebody waits. Raises LetterRefused."""
    row = Letter.objects.select_for_update().get(pk=letter.pk)
    if not row.is_open:
        raise LetterRefused(_("这封函已经了结（%(state)s）。") % {"state": row.get_state_display()})
    return row
