"""One spelling for all documents, with a map back to the text as extracted.

Full-width letters and digits become narrow, brackets and dashes one kind, traditional characters
simplified ones (table of OpenCC), phonetic glosses, stray periods and blanks inside a word go.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

HAN: Final = "一-鿿〇"
_SAME: Final = {
    "（": "(", "）": ")", "：": ":", "；": ";", "，": ",", "！": "!", "？": "?", "％": "%",
    "﹝": "〔", "﹞": "〕", "［": "〔", "］": "〕", "[": "〔", "]": "〕", "【": "〔", "】": "〕",
    "〜": "~", "～": "~", "∼": "~", "－": "-", "–": "-", "—": "-", "―": "-", "−": "-", "─": "-",
    "‐": "-", "‑": "-", "、": "、", "„": "“", "‟": "“", "「": "“", "」": "”", "『": "‘", "』": "’",
    "\u3000": " ", "\xa0": " ", "○": "〇", "◯": "〇", "Ｘ": "x", "X": "x", "×": "x", "╳": "x",
    "✕": "x", "＊": "*", "❋": "*", "·": "·", "•": "·", "．": ".", "﹒": ".",
}  # fmt: skip
_DROP: Final = frozenset("\u200b\u200c\u200d\ufeff\u00ad`´\r")
_TONES: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
_GLOSS: Final = re.compile(rf"(?<=[{HAN}])\(([a-z{_TONES}]{{1,6}})\)")
_TONED: Final = re.compile(rf"[{_TONES}]")
_MANY_GLOSSES: Final = 3
_STRAY_PERIOD: Final = re.compile(rf"(?<=[{HAN}”’]{{2}})\.(?=[{HAN}“])")
# a comma before another stop is damage of the page: 温暖,,过冬,。
_STRAY_COMMA: Final = re.compile(rf"(?<=[{HAN}”)]),(?=[,。、;])")
_STRAY_DASH: Final = re.compile(r"(?<=[一二三四五六七八九十])-(?=是)")
_BLANK_BY_DIGIT: Final = re.compile(rf"(?<=\d)[ ]+(?=[{HAN}])|(?<=[{HAN}])[ ]+(?=\d)")
_SPACED_OUT: Final = re.compile(rf"(?<![{HAN}])[{HAN}](?:[ ]{{1,4}}[{HAN}](?![{HAN}])){{1,}}")
# no plan holds longer figures; they would only cost the grammars time
_RUN: Final = re.compile(
    r"(?<=\d{24})\d+|(?<=[零〇一二三四五六七八九十百千万亿]{24})[零〇一二三四五六七八九十百千万亿]+|(?<=[x*_-]{24})[x*_-]+|(?<= {24}) +"
)
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# words that a conversion to traditional script and back leaves in another spelling
_SPELLINGS: Final = (("无著", "无着"), ("不著", "不着"), ("著力", "着力"), ("溫", "温"))


@dataclass(frozen=True, slots=True)
class Normal:
    """Normalised text; ``places[i]`` is where its character i stood in the text as extracted."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as extracted that a span of the normalised text came from."""
        if end <= start:
            at = self.places[start] if start < len(self.places) else self.places[-1] + 1
            return at, at
        return self.places[start], self.places[end - 1] + 1


@cache
def simplified() -> dict[str, str]:
    """Traditional to simplified characters, one to one."""
    table = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {old: new.split(" ")[0] for old, new in rows if len(new.split(" ")[0]) == 1}


def normalise(text: str) -> Normal:
    """The text in one spelling. Every step may drop characters; none adds or moves one."""
    table = simplified()
    pairs = [(_one(char, table), place) for place, char in enumerate(text) if char not in _DROP]
    current = "".join(char for char, _ in pairs)
    places = [place for _, place in pairs]
    for old, new in _SPELLINGS:
        current = current.replace(old, new)
    for holes in (_runs, _glosses, _blanks, _stray):
        current, places = _without(current, places, holes(current))
    return Normal(current, tuple(places) or (0,))


def is_traditional(text: str) -> bool:
    """Whether the text is mostly in traditional script."""
    table = simplified()
    changed = sum(char in table and table[char] != char for char in text)
    return changed * 12 > len(text)


def _one(char: str, table: dict[str, str]) -> str:
    if char in _SAME:
        return _SAME[char]
    if char in table:
        return table[char]
    narrow = unicodedata.normalize("NFKC", char) if "！" <= char <= "～" else char
    return narrow if len(narrow) == 1 else char


def _glosses(text: str) -> Iterable[tuple[int, int]]:
    found = list(_GLOSS.finditer(text))
    has_many = sum(bool(_TONED.search(match[1])) for match in found) >= _MANY_GLOSSES
    return [m.span() for m in found if has_many or _TONED.search(m[1])]


def _runs(text: str) -> Iterable[tuple[int, int]]:
    return (match.span() for match in _RUN.finditer(text))


def _stray(text: str) -> Iterable[tuple[int, int]]:
    yield from (match.span() for match in _STRAY_PERIOD.finditer(text))
    yield from (match.span() for match in _STRAY_COMMA.finditer(text))
    yield from (match.span() for match in _STRAY_DASH.finditer(text))
    yield from (match.span() for match in _THOUSANDS.finditer(text))


def _blanks(text: str) -> Iterable[tuple[int, int]]:
    yield from (match.span() for match in _BLANK_BY_DIGIT.finditer(text))
    for match in _SPACED_OUT.finditer(text):
        yield from (
            (match.start() + at, match.start() + at + 1)
            for at, char in enumerate(match[0])
            if char == " "
        )


def _without(
    text: str, places: list[int], holes: Iterable[tuple[int, int]]
) -> tuple[str, list[int]]:
    gone = {at for start, end in holes for at in range(start, end)}
    if not gone:
        return text, places
    kept = [at for at in range(len(text)) if at not in gone]
    return "".join(text[at] for at in kept), [places[at] for at in kept]
