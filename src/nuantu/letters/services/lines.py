"""What happens with a letter stands on both sides: a line on each copy, one journal line for each house."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from nuantu.core import journal, live, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.letters.models import Event, Letter, LetterLine, Means

LETTER: Final = "letter"
LIVE: Final = "letters"
WHY: Final = "both organisations have their own copy of a letter"
LONGEST: Final = 1000


class LetterRefused(Refusal):
    """What was asked of a letter cannot be done."""


@contextmanager
def twin(letter: Letter) -> Iterator[Letter | None]:
    """The other side's copy, locked, in the system scope; None where the other side is not on this installation."""
    if not letter.partner_org:
        yield None
        return
    with scope.system(WHY):
        rows = Letter.objects.select_for_update().filter(
            letter_id=letter.letter_id, owner_org=letter.partner_org
        )
        yield rows.exclude(direction=letter.direction).first()


def put_line(
    letter: Letter,
    event: str,
    *,
    actor: Actor,
    at: datetime,
    words: str = "",
    happened_at: datetime | None = None,
    by: tuple[str, str] | None = None,
    means: str = "",
) -> LetterLine:
    """Add a line to one copy. `by` is who did it and of which organisation, where it was not the actor."""
    name, org = by or (actor.name, actor.org_name or actor.name)
    return LetterLine.objects.create(
        letter=letter,
        event=event,
        means=means or letter.means,
        words=words,
        happened_at=happened_at or at,
        noted_at=at,
        noted_by=name[:120],
        noted_org=org[:120],
    )


def note(
    letter: Letter, deed: str, *, actor: Actor, at: datetime, summary: str, basis: str = ""
) -> None:
    """The journal line of one house; it stands with the letter, with what the owner hangs it on, and with the case."""
    subjects = [Subject(LETTER, letter.public_id)]
    if letter.subject_id is not None:
        subjects.append(Subject(letter.subject_kind, letter.subject_id))
    if letter.case_id is not None:
        subjects.append(Subject("case", letter.case_id))
    journal.record(
        verb=f"letters.letter.{deed}",
        actor=actor,
        at=at,
        subjects=list(dict.fromkeys(subjects)),
        division_code=letter.division_code,
        owner_org=letter.owner_org,
        case_id=letter.case_id,
        summary=summary,
        basis=basis,
        is_basis_typed=bool(basis),
        changes={"number": letter.number},
    )
    live.hint(LIVE, letter.division_code, letter.owner_org)


def say(letter: Letter, event: str, *, actor: Actor, at: datetime) -> None:
    """What happened, as the journal of one house says it."""
    words = f"函 {letter.number}：{stored(letter.label_of(event))}"
    if event == Event.SENT:
        note(letter, "send", actor=actor, at=at, summary=words)
    else:
        note(letter, "line", actor=actor, at=at, summary=words)


def put_told(
    actor: Actor,
    at: datetime,
    letter: Letter,
    event: str,
    words: str = "",
    happened_at: datetime | None = None,
    *,
    by: tuple[str, str] | None = None,
) -> LetterLine:
    """The line on one copy, and the journal line of its house. `by` said it in a file."""
    means = Means.FILE if by else ""
    line = put_line(
        letter, event, actor=actor, at=at, words=words, happened_at=happened_at, by=by, means=means
    )
    say(letter, event, actor=actor, at=at)
    return line


def told(words: str, most: int = LONGEST) -> str:
    """What was typed, trimmed line by line."""
    lines = (" ".join(line.split()) for line in words.strip().splitlines())
    return "\n".join(lines)[:most]
