"""What numbers the parts of a document: 一、, (一), 1., ①, 一是, and the words of a stage."""

from __future__ import annotations

import re
from typing import Final

CN: Final = "一二三四五六七八九十"
NUMBER: Final = (
    rf"(?:第[{CN}\d]{{1,3}}(?:章|条|部分)|[{CN}]{{1,3}}[、.]|\([{CN}\d]{{1,3}}\)|\d{{1,2}}[、.](?!\d)"
    rf"|\d{{1,2}}\)|[{CN}]是|[①-⑳●○■◆•]|--)"
)
# at the head of a line or behind a stop, with or without a number
HEAD: Final = rf"(?:^|(?<=[。;:\t\n ])|(?<=\)[、,]))[ \t]{{0,8}}(?:{NUMBER}[ ]{{0,8}})?"
ORDINAL: Final = rf"(?:〔?第[{CN}\d]{{1,2}}(?:个)?(?:阶段|步|期|环节)〕?)"
_NUMBERING: Final = re.compile(rf"^(?:[\s]*(?:{NUMBER}|第[{CN}]+条))+")


def unnumbered(words: str) -> str:
    """Words without the number that heads them."""
    return _NUMBERING.sub("", words).strip()
