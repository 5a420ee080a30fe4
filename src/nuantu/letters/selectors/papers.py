"""What stands in the paper of a letter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.erasure import opened
from nuantu.core.sentences import stored
from nuantu.letters.models import Kind, Letter, LetterFile, Means
from nuantu.letters.rules.facts import Fact, unpacked
from nuantu.papers.models import Paper, PaperVersion
from nuantu.papers.rules.kinds import Values
from nuantu.papers.selectors import kinds

PAPER: Final = "letter"


@dataclass(frozen=True, slots=True)
class Told:
    """The words and facts of a letter, in the clear."""

    words: str
    facts: tuple[Fact, ...]


def told_of(letter: Letter) -> Told:
    """What a letter tells; what was erased says so. Whoever calls has opened it."""
    return Told(opened(letter.words), unpacked(opened(letter.facts)) if letter.facts else ())


def values_of(letter: Letter, said: Told) -> Values:
    """The fields of the paper."""
    return {
        "asked_of": letter.partner_name,
        "letter_kind": stored(Kind(letter.kind).label),
        "letter_words": said.words,
        "told": [{"label": one.label, "value": one.value} for one in said.facts],
        "asked_at": f"{clock.local(letter.asked_at):%Y年%m月%d日}",
        "due_at": f"{clock.local(letter.due_at):%Y年%m月%d日%H时}",
    }


def feed_papers() -> None:
    """Tell `papers` who fills a letter."""
    kinds.feed(PAPER, subject_kind=PAPER, gather=_gather, offers=_offers, later=_later)


def _gather(_actor: Actor, letter: Any, _at: datetime) -> Values:
    return values_of(letter, told_of(letter))


def _offers(_case_id: UUID) -> Iterable[UUID]:
    return ()


def _later(paper: Paper, _version: PaperVersion) -> Mapping[str, str]:
    """How the letter went; one that went as a file says when that was made."""
    letter = Letter.objects.filter(public_id=paper.subject_id).first()
    if letter is None:
        return {}
    said = stored(Means(letter.means).label)
    made = LetterFile.objects.filter(letter=letter).order_by("-pk").first()
    if letter.means == Means.FILE and made is not None:
        said += f"，{clock.local(made.made_at):%Y年%m月%d日}存成"
    return {"sent_by": said}
