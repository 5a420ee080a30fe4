"""The numbers that Word puts before the paragraphs of a list, which the text itself does not hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

import cn2an

_SPACE: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE: Final = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital",
     "chineseLegalSimplified", "taiwaneseCounting", "taiwaneseCountingThousand"}
)  # fmt: skip
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def tag(name: str) -> str:
    """The full name of a Word element."""
    return _SPACE + name


def attribute(node: Element | None, name: str) -> str | None:
    """An attribute of a Word element."""
    return node.get(_SPACE + name) if node is not None else None


@dataclass(slots=True)
class _Level:
    style: str
    words: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts the lists of one document."""

    numbering: Element | None
    styles: Element | None
    _levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)
    _by_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    _headings: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.numbering is not None:
            self._read_levels(self.numbering)
        for style in self.styles.iter(tag("style")) if self.styles is not None else ():
            name = attribute(style, "styleId") or ""
            said = attribute(style.find(tag("name")), "val") or ""
            if re.match(r"(?i)heading|标题|title", said):
                self._headings.add(name)
            found = _number_of(style)
            if found:
                self._by_style[name] = found

    def is_heading(self, paragraph: Element) -> bool:
        """Whether the paragraph has a heading's style."""
        return _style_of(paragraph) in self._headings

    def label(self, paragraph: Element) -> str:
        """The number before a paragraph as Word would show it, such as ``一、``; empty without one."""
        found = _number_of(paragraph) or self._by_style.get(_style_of(paragraph))
        if found is None or found[0] == "0":
            return ""
        number, depth = found
        level = self._levels.get((number, depth))
        if level is None or level.style in ("bullet", "none"):
            return ""
        key = (number, depth)
        self._counts[key] = self._counts.get(key, level.start - 1) + 1
        for deeper in range(depth + 1, 10):
            self._counts.pop((number, deeper), None)
        return re.sub(r"%(\d)", lambda match: self._said(number, int(match[1]) - 1), level.words)

    def _said(self, number: str, depth: int) -> str:
        level = self._levels.get((number, depth))
        count = self._counts.get((number, depth), 1)
        if level is None:
            return str(count)
        if level.style in _CHINESE:
            return (
                str(cn2an.an2cn(count)).removeprefix("一")
                if 10 <= count < 20
                else str(cn2an.an2cn(count))
            )
        if level.style.startswith("decimalEnclosed") and count <= len(_CIRCLED):
            return _CIRCLED[count - 1]
        if level.style.endswith("Letter"):
            letter = chr(ord("a") + (count - 1) % 26)
            return letter.upper() if level.style.startswith("upper") else letter
        return str(count)

    def _read_levels(self, root: Element) -> None:
        kinds: dict[str, dict[int, _Level]] = {}
        for abstract in root.iter(tag("abstractNum")):
            levels = {}
            for level in abstract.findall(tag("lvl")):
                depth = int(attribute(level, "ilvl") or 0)
                levels[depth] = _Level(
                    attribute(level.find(tag("numFmt")), "val") or "decimal",
                    attribute(level.find(tag("lvlText")), "val") or "",
                    int(attribute(level.find(tag("start")), "val") or 1),
                )
            kinds[attribute(abstract, "abstractNumId") or ""] = levels
        for number in root.iter(tag("num")):
            name = attribute(number, "numId") or ""
            kind = attribute(number.find(tag("abstractNumId")), "val") or ""
            for depth, found in kinds.get(kind, {}).items():
                self._levels[(name, depth)] = found


def _style_of(paragraph: Element) -> str:
    properties = paragraph.find(tag("pPr"))
    style = properties.find(tag("pStyle")) if properties is not None else None
    return attribute(style, "val") or ""


def _number_of(node: Element) -> tuple[str, int] | None:
    properties = node.find(tag("pPr"))
    found = properties.find(tag("numPr")) if properties is not None else None
    if found is None:
        return None
    number = attribute(found.find(tag("numId")), "val")
    depth = attribute(found.find(tag("ilvl")), "val") or "0"
    return (number, int(depth)) if number and depth.isdigit() else None
