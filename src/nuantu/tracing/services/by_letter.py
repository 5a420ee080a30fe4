"""A request to an organisation of this installation goes as a letter; its answer comes back as if somebody had typed it."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from nuantu.core.actors import Actor
from nuantu.core.erasure import opened
from nuantu.letters import services as letters
from nuantu.letters.models import Answer, Event, Letter, LetterLine
from nuantu.letters.models import Kind as LetterKind
from nuantu.letters.rules.facts import Fact
from nuantu.papers.rules.kinds import Values
from nuantu.tracing.models import IdentityRequest, LineKind
from nuantu.tracing.services.search_lines import REQUEST

# What of the paper's values the other side learns, and how it is called there.
FACTS: Final = {
    "name": "称呼", "sex": "性别", "age": "年龄", "clothing": "衣着", "features": "体貌特征",
    "accent": "口音", "found_at": "发现时间", "found_place": "发现地点", "request_kind": "请查",
}  # fmt: skip
LONGEST: Final = 480  # letters; a longer answer stands whole in the letter
_GOES_ON: Final[dict[str, Callable[..., Letter]]] = {
    LineKind.REMINDED: letters.remind,
    LineKind.REPLIED: letters.reply,
    LineKind.WITHDRAWN: letters.withdraw,
}

_HEARD: Final[dict[str, str]] = {
    Event.ASKED_BACK: LineKind.ASKS_BACK,
    Event.REMINDED: LineKind.REMINDED,
    Event.REPLIED: LineKind.REPLIED,
    Event.WITHDRAWN: LineKind.WITHDRAWN,
}


def send(
    *, actor: Actor, at: datetime, row: IdentityRequest, org_code: str, values: Values
) -> Letter:
    """Send it: the other side sees the words and these facts, never the case. Raises LetterRefused."""
    facts = tuple(Fact(label, str(values.get(code) or "")) for code, label in FACTS.items())
    return letters.ask(
        actor=actor,
        at=at,
        asked=letters.Asked(LetterKind.IDENTITY, row.words, facts),
        to=letters.Recipient(org_code=org_code),
        about=letters.About(REQUEST, row.public_id, row.division_code, row.case_id),
    )


def letter_of(row: IdentityRequest) -> Letter | None:
    """The letter that a request went by; None for one on paper or by telephone."""
    found = Letter.objects.filter(subject_kind=REQUEST, subject_id=row.public_id)
    return found.order_by("-asked_at").first()


def go_on_with(*, actor: Actor, at: datetime, row: IdentityRequest, kind: str, words: str) -> None:
    """What is done with the request is done with its letter. Raises LetterRefused."""
    letter = letter_of(row)
    if letter is not None and letter.is_open:
        _GOES_ON[kind](actor=actor, at=at, letter=letter, words=words)


def told_by(letter: Letter, line: LetterLine) -> tuple[str, str]:
    """The kind of line that a word in the letter becomes, and its words; empty where it becomes none. That they told
    something does not say that he was found."""
    words = opened(line.words) if line.words else ""
    if len(words) > LONGEST:
        words = f"{words[:LONGEST]}…（全文见函）"
    if line.event == Event.ANSWERED:
        return (LineKind.IMPOSSIBLE if letter.answer == Answer.NO else LineKind.TOLD), words
    return _HEARD.get(Event(line.event), ""), words
