"""Sentences that seem to bind somebody or name a figure, and that no rule took."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from nuantu.planbook.reading.grammar.figures import figures
from nuantu.planbook.reading.grammar.money import sums
from nuantu.planbook.reading.grammar.whens import singles
from nuantu.planbook.reading.page import Page

_BINDS: Final = re.compile(
    r"不得|严禁|必须|务必|应当|应该|不准|禁止|负责|牵头|确保|要(?!求|点|闻)|须|应(?!急|对|用|该会)|需(?!求|要的)|责任|追究|保障|落实|制定|建立|开展|组织"
)
_SHORTEST: Final = 6


def leftover(page: Page, taken: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Start, end and reason (money, date, figure, obligation) of each sentence left over."""
    spans = sorted(taken)
    for start, end in page.sentences:
        sentence = page.text[start:end]
        if len(sentence) < _SHORTEST or sentence.startswith("#"):
            continue
        if any(first < end and start < last for first, last in spans):
            continue
        reason = _reason(sentence)
        if reason:
            yield start, end, reason


def _reason(sentence: str) -> str:
    if sums(sentence):
        return "money"
    if any(when.month or when.kind in ("issue", "lunar") for when in singles(sentence)):
        return "date"
    if figures(sentence):
        return "figure"
    return "obligation" if _BINDS.search(sentence) else ""
