"""A letter of another installation: what its signed content must say before anything of it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from nuantu.letters.rules.envelope import KEY_BYTES, Fault, FileFaulty, decoded
from nuantu.letters.rules.facts import LONGEST_LABEL, LONGEST_VALUE, MOST_FACTS, Fact

KINDS: Final = frozenset({"take", "address", "arrival", "identity", "report", "carry", "other"})
LONGEST_WORDS: Final = 1000
TALK: Final = frozenset({"asked_back", "replied"})
MOST_TALK: Final = 50


@dataclass(frozen=True, slots=True)
class Talk:
    """What was asked back or replied before: which, when, by which organisation and whom, in which words."""

    event: str
    at: datetime
    org: str
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Received:
    """What a received letter says."""

    letter_id: UUID
    file_id: UUID
    answer_key: str
    kind: str
    number: str
    from_name: str
    from_phone: str
    from_place: str
    to: str
    words: str
    facts: tuple[Fact, ...]
    asked_at: datetime
    asked_by: str
    due_at: datetime
    valid_until: datetime
    talk: tuple[Talk, ...] = ()

    @property
    def replies(self) -> tuple[Talk, ...]:
        """What the sender replied so far."""
        return tuple(one for one in self.talk if one.event == "replied")


def as_received(content: Mapping[str, Any]) -> Received:
    """The letter. Raises FileFaulty where the content is not what a letter says."""
    try:
        found = _received(content)
    except (KeyError, TypeError, ValueError) as error:
        raise FileFaulty(Fault.ALTERED) from error
    is_whole = found.kind in KINDS and 0 < len(found.words.strip()) <= LONGEST_WORDS
    is_in_order = found.asked_at < found.due_at and len(found.talk) <= MOST_TALK
    if not is_whole or not is_in_order or len(decoded(found.answer_key)) != KEY_BYTES:
        raise FileFaulty(Fault.ALTERED)
    return found


def _received(content: Mapping[str, Any]) -> Received:
    sender = content["from"]
    return Received(
        letter_id=UUID(content["letter"]),
        file_id=UUID(content["file"]),
        answer_key=_line(content["answer_key"], 60),
        kind=_line(content["kind"], 8),
        number=_line(content["number"], 40),
        from_name=_line(sender["name"], 120),
        from_phone=_line(sender["phone"], 60, least=0),
        from_place=_line(sender.get("division", ""), 12, least=0),
        to=_line(content["to"], 120),
        words=str(content["words"]),
        facts=_facts(content["facts"]),
        asked_at=_moment(content["asked_at"]),
        asked_by=_line(content["asked_by"], 120),
        due_at=_moment(content["due_at"]),
        valid_until=_moment(content["valid_until"]),
        talk=tuple(_talk(*one) for one in content.get("talk", ())),
    )


def _talk(event: Any, at: Any, org: Any, by: Any, words: Any) -> Talk:
    if event not in TALK or not isinstance(words, str) or not 0 < len(words) <= LONGEST_WORDS:
        raise ValueError("talk")
    return Talk(str(event), _moment(at), _line(org, 120), _line(by, 120), words)


def _facts(pairs: Any) -> tuple[Fact, ...]:
    facts = tuple(Fact(str(label), str(value)) for label, value in pairs)
    is_short = all(
        len(one.label) <= LONGEST_LABEL and len(one.value) <= LONGEST_VALUE for one in facts
    )
    if len(facts) > MOST_FACTS or not is_short:
        raise ValueError("facts")
    return facts


def _line(text: Any, most: int, *, least: int = 1) -> str:
    if not isinstance(text, str) or not text.isprintable() or not least <= len(text) <= most:
        raise ValueError("line")
    return " ".join(text.split())


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("moment")
    return at
