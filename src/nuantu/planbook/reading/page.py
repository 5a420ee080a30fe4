"""A normalised document taken apart: lines, sections with their roles, sentences, clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from nuantu.planbook.reading.normal import Normal

_SENTENCE: Final = re.compile(r"[^。!?\n]{1,1200}[。!?]*[”’)]?|\n")
_CLAUSE: Final = re.compile(r"[^。!?;\n]+")
_CN: Final = "一二三四五六七八九十"
_NUMBER: Final = (
    rf"(?:第[{_CN}\d]{{1,3}}(?:章|条|部分|阶段)|[{_CN}]{{1,3}}[、.:,]|\([{_CN}\d]{{1,3}}\)"
    rf"|\d{{1,2}}[、.)](?!\d)|\d{{1,2}}\)|[①-⑳]|--|-(?=[{_CN}])|[{_CN}]是|其[{_CN}],)"
)
# a numbered item stands at the start of a line or, where the lines are gone, after a full stop
_ITEM: Final = re.compile(rf"(?:^|(?<=[。;!\n ]))[ \t]*({_NUMBER})[ ]*", re.M)
_MARKS: Final = 800
_TITLE_END: Final = re.compile(r"[。:;\n]|(?<=.{4}) ")
_ROLES: Final = (
    ("window", r"时间|期限|日期"),
    ("phases", r"步骤|阶段|进度安排|实施步骤"),
    ("lead", r"组织领导|组织机构|领导小组|指挥体系|组织体系|工作机构"),
    ("targets", r"对象|范围"),
    ("areas", r"区域|地点|地段|点位|场所|线路|路线|巡查重点|重点部位"),
    ("money", r"标准|资金|经费|慰问金|补助|预算"),
    ("report", r"报送|总结|信息|上报|材料"),
    ("goal", r"目的|目标|意义|指导思想|总体要求|背景"),
    ("contact", r"联系|电话|热线"),
    ("tasks", r"任务|内容|措施|职责|分工"),
    ("demands", r"要求|纪律|保障|监督"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered or headed stretch of text; ``depth`` 1 is the outermost."""

    start: int
    end: int
    title: str
    depth: int
    role: str


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two stops; ``sentence`` is the span around them."""

    start: int
    end: int
    text: str
    sentence: tuple[int, int]


@dataclass(frozen=True)
class Page:
    """The text that the rules read."""

    normal: Normal
    name: str = ""
    source: str = ""

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.normal.text

    def as_written(self, start: int, end: int) -> str:
        """The words of a span as the document has them, before normalisation."""
        if not self.source:
            return self.text[start:end]
        return self.source[slice(*self.normal.original(start, end))]

    @cached_property
    def lines(self) -> tuple[tuple[int, str], ...]:
        """Place and words of each line that is neither empty nor an editor's note."""
        found, at = [], 0
        for line in self.text.split("\n"):
            if line.strip() and not line.lstrip().startswith("#"):
                found.append((at + len(line) - len(line.lstrip()), line.strip()))
            at += len(line) + 1
        return tuple(found)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """The span of each sentence."""
        return tuple(
            _trimmed(self.text, m.span()) for m in _SENTENCE.finditer(self.text) if m[0].strip()
        )

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The text between stops, editors' notes left out."""
        found: list[Clause] = []
        for start, end in self.sentences:
            if self.text[start:end].startswith("#"):
                continue
            found += (
                Clause(match.start(), match.end(), match[0], (start, end))
                for match in _CLAUSE.finditer(self.text, start, end)
            )
        return tuple(found)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Every numbered stretch, each to the next of the same depth or above."""
        marks = [
            (m.start(1), m.end(), _depth(m[1])) for m in islice(_ITEM.finditer(self.text), _MARKS)
        ]
        found = []
        for number, (start, after, depth) in enumerate(marks):
            later = (m[0] for m in marks[number + 1 :] if m[2] <= depth)
            end = next(later, len(self.text))
            title = self._title(after, end)
            found.append(Section(start, end, title, depth, _role(title)))
        return tuple(found)

    def around(self, place: int) -> Iterator[Section]:
        """The sections that hold a place, innermost first."""
        inside = [s for s in self.sections if s.start <= place < s.end]
        yield from sorted(inside, key=lambda section: (-section.depth, -section.start))

    def roles_at(self, place: int) -> tuple[str, ...]:
        """The roles of the sections that hold a place, innermost first."""
        return tuple(section.role for section in self.around(place) if section.role)

    def sentence_at(self, place: int) -> tuple[int, int]:
        """The span of the sentence that holds a place."""
        for start, end in self.sentences:
            if start <= place < end:
                return start, end
        return place, min(place + 1, len(self.text))

    def line_at(self, place: int) -> tuple[int, int]:
        """The span of the line that holds a place."""
        start = self.text.rfind("\n", 0, place) + 1
        end = self.text.find("\n", place)
        return start, end if end >= 0 else len(self.text)

    def _title(self, after: int, end: int) -> str:
        stop = _TITLE_END.search(self.text, after, min(end, after + 40))
        return self.text[after : stop.start() if stop else min(end, after + 20)].strip()


def _depth(number: str) -> int:
    if number.startswith("第") or re.match(rf"[{_CN}]{{1,3}}[、.:,]", number):
        return 1
    if number.startswith("(") and number[1] in _CN:
        return 2
    if number[0].isdigit() and not number.endswith(")"):
        return 3
    if number.startswith("("):
        return 4
    return 5


def _role(title: str) -> str:
    for role, words in _ROLES:
        if len(title) <= 24 and re.search(words, title):
            return role
    return ""


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while start < end and text[start] in " \t\n":
        start += 1
    while end > start and text[end - 1] in " \t\n":
        end -= 1
    return start, end
