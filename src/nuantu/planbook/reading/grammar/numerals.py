"""Numbers as documents write them: 15万, 三百, 1,000, 8万余, 两, 半."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

import cn2an

_CHINESE: Final = "零〇一二两三四五六七八九十百千万亿"
# bounded, so that a long run of digits costs no more than a short one
FIGURE: Final = r"\d{1,15}(?:\.\d{1,4})?"
NUMBER: Final = rf"(?:{FIGURE}(?:[余多]?[百千万亿]{{1,3}})?|[{_CHINESE}]{{1,15}}|半)"
SMALL: Final = r"(?:\d{1,4}|[零〇一二两三四五六七八九十百]{1,5})"
_FACTORS: Final = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_ARABIC: Final = re.compile(r"^(\d+(?:\.\d+)?)[余多]?([百千万亿]*)[余多]?$")
_SERIAL: Final = re.compile(r"^[零〇一二三四五六七八九]{2,}$")
_DIGITS: Final = {char: str(value) for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": "0"
}


def value_of(words: str) -> Decimal | None:
    """The value of a number in figures or words; None when it is none.

    ``几`` and masked figures have no value.
    """
    words = words.strip().replace(",", "").rstrip("余多")
    if words == "半":
        return Decimal("0.5")
    arabic = _ARABIC.match(words)
    if arabic:
        factor = 1
        for sign in arabic[2]:
            factor *= _FACTORS[sign]
        return Decimal(arabic[1]) * factor
    if _SERIAL.match(words):
        return Decimal("".join(_DIGITS[char] for char in words))
    if not words or not set(words) <= set(_CHINESE):
        return None
    try:
        return Decimal(str(cn2an.cn2an(words.replace("〇", "零"), "smart")))
    except (ValueError, InvalidOperation):
        return None


def whole(words: str) -> int | None:
    """The value when it is a whole number."""
    value = value_of(words)
    return int(value) if value is not None and value == int(value) else None


def plain(value: Decimal) -> int | float:
    """A number that JSON and YAML write without surprise."""
    return int(value) if value == int(value) else float(value)
