"""Names of organisations, and of the places that stand before them."""

from __future__ import annotations

import re
from typing import Final

from nuantu.planbook.reading.vocabulary import words

HAN: Final = "一-鿿"
# what an office of this genre is called at its end, longest first
_TAILS: Final = words("office_tails")
TAIL: Final = "(?:" + "|".join(sorted(set(_TAILS), key=len, reverse=True)) + ")"
_NOT_IN_NAME: Final = (
    "的由向为经和与及按在对从并于据将是到把各至给报交送由受请让使被按照根据以、,。;:()“”《》\\s"
)
NAME: Final = re.compile(rf"(?:[x某]{{1,4}})?[{HAN}x某]{{0,18}}?{TAIL}(?![员长室务])")
PLACE: Final = re.compile(
    rf"([{HAN}x某]{{1,8}}?(?:自治区|自治州|自治县|特别行政区|新区|开发区|高新区|街道|省|州|市|县|区|镇|乡|旗))"
)
_LEAD_IN: Final = re.compile(
    rf"^.*(?:[{_NOT_IN_NAME}]|关于|印发|近日|日前|昨日|本次|此次|决定|联合|会同|上报|报送|报到|报至|报|交到|交至|交)"
)


def names(text: str, base: int = 0) -> list[tuple[int, int, str]]:
    """Names of organisations with their places, without the words that lead up to them."""
    found = []
    for match in NAME.finditer(text):
        words = match[0]
        lead = _LEAD_IN.match(words[:-1])
        start = match.start() + (lead.end() if lead else 0)
        name = text[start : match.end()]
        if len(name) >= 2:
            found.append((start + base, match.end() + base, name))
    return found


def first_name(text: str, base: int = 0) -> tuple[int, int, str] | None:
    """The first name of an organisation."""
    return next(iter(names(text, base)), None)


def place_of(text: str) -> str:
    """The place a title begins with, as far as it is one: 宁波市, 黄兴镇, 区."""
    match = re.match(
        rf"([{HAN}x某]{{0,12}}?(?:自治区|自治州|自治县|新区|开发区|街道|省|州|市|县|区|镇|乡|旗))+",
        text,
    )
    return match[0] if match and len(match[0]) <= 16 else ""
