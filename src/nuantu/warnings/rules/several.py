"""Several warnings of several offices in one text: a digest, a forwarded list, a chat.

A sentence or line that names its office and what that office issues begins a warning of its own;
whatever stands between belongs to the one before. One office's own text stays whole.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from nuantu.warnings.rules.actions import Action, actions_in
from nuantu.warnings.rules.bulletins import drill_or_test
from nuantu.warnings.rules.issuers import Issuer, issuers_in
from nuantu.warnings.rules.message import MsgType, Status
from nuantu.warnings.rules.normalising import LONGEST, matching_copy

_SENTENCE = re.compile(r"[^。；;\n]*(?:[。；;\n]+|$)")
_NUMBERED = re.compile(
    r"^\s*[\[(（【]?(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[①-⑳])[\])）】]?[、.．)\s]"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One office's part of a text. `status` is what the whole text says of all its parts."""

    text: str
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class _Opening:
    place: str
    events: frozenset[str]


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The parts of a text, one an office; the whole text where it is one office's."""
    if len(text) > LONGEST:
        return (Piece(text),)
    sentences = [found.group() for found in _SENTENCE.finditer(text) if found.group()]
    starts: list[int] = []
    current: _Opening | None = None
    for position, sentence in enumerate(sentences):
        opening = _opening(sentence)
        if opening is None or (current is not None and _is_same(opening, current)):
            continue
        starts.append(position)
        current = opening
    if len(starts) < 2:
        return (Piece(text),)
    edges = [0, *starts[1:], len(sentences)]
    parts = ["".join(sentences[a:b]) for a, b in pairwise(edges)]
    status = _status_of_all(sentences, starts)
    return tuple(Piece(part.strip(), status) for part in parts)


def _opening(sentence: str) -> _Opening | None:
    """Office and events of a sentence that says who does what with which signal."""
    copy = matching_copy(sentence)
    acts = [a for a in actions_in(copy) if a.event and a.is_governed and _is_whole(a)]
    if not acts:
        return None
    before = [issuer for issuer in issuers_in(copy) if issuer.end <= acts[0].verb_at]
    if not before:
        return None
    return _Opening(_place(before[-1]), frozenset(act.event for act in acts))


def _is_whole(action: Action) -> bool:
    return action.colour is not None or action.msg_type is MsgType.CANCEL


def _place(issuer: Issuer) -> str:
    return "national" if issuer.is_national else issuer.place


def _is_same(one: _Opening, other: _Opening) -> bool:
    """Whether a sentence goes on with the warning before: 凯里市气象局…凯里市气象台…"""
    is_place = not one.place or one.place.endswith(other.place) or other.place.endswith(one.place)
    return is_place and bool(one.events & other.events)


def _status_of_all(sentences: list[str], starts: list[int]) -> Status | None:
    """Drill or test, where the head or the end of a digest says it of everything."""
    head = "".join(sentences[: starts[0]])
    if not head.strip() and not _NUMBERED.match(sentences[0]):
        head = sentences[0]
    tail = "".join(sentences[starts[-1] + 1 :])
    return drill_or_test(matching_copy(head)) or drill_or_test(matching_copy(tail))
