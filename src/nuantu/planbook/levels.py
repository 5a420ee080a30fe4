"""Operating levels: normal, raised (any warning the plan names), extreme (orange or red)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from nuantu.planbook.text import Text


@dataclass(frozen=True, slots=True)
class Level:
    """An operating level; a higher rank asks for more."""

    code: str
    label: Text
    rank: int


NORMAL: Final = Level("normal", Text("常态", "normal"), 0)
RAISED: Final = Level("raised", Text("加强", "raised"), 10)
EXTREME: Final = Level("extreme", Text("极端", "extreme"), 20)
DEFAULT_LEVELS: Final = (NORMAL, RAISED, EXTREME)

COLOUR_RANKS: Final = {"白": 0, "蓝": 1, "黄": 2, "橙": 3, "红": 4}


def colour_of(text: str) -> str:
    """The one-character colour in words such as ``橙色``, ``ORANGE`` or ``Ⅱ级``; '' if there is none.

    Source: WE-15 (红 Ⅰ, 橙 Ⅱ, 黄 Ⅲ, 蓝 Ⅳ).
    """
    for colour in COLOUR_RANKS:
        if colour in text:
            return colour
    lowered = text.strip().lower()
    names = {"white": "白", "blue": "蓝", "yellow": "黄", "orange": "橙", "red": "红"}
    romans = {"ⅳ": "蓝", "ⅲ": "黄", "ⅱ": "橙", "ⅰ": "红"}
    for words in (names, romans):
        for word, colour in words.items():
            if word in lowered:
                return colour
    return ""
