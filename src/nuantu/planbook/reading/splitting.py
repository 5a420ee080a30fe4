"""Several plans in one document: where each begins."""

from __future__ import annotations

import re
from typing import Final

from nuantu.planbook.reading.result import PartOf

_CN: Final = "一二三四五六七八九十"
_PIECE: Final = re.compile(
    rf"(?m)^[ \t]*(?P<title>[^\n。]{{0,40}}(?:方案|通知|计划|预案|范文|总结)?(?:篇|第)[{_CN}\d]{{1,3}}(?:篇)?)[ \t]*$"
)
_TITLE: Final = re.compile(
    r"(?m)^[ \t]*(?P<title>(?:关于)?[^\n。;:,]{4,50}(?:方案|预案|的通知|工作计划))[ \t]*$"
)
_FIRST_HEADING: Final = re.compile(r"\s*一、")
_APART: Final = 400


def parts_of(text: str) -> tuple[PartOf, ...]:
    """The plans of a normalised text when there is more than one; empty otherwise."""
    marks = [match for match in _PIECE.finditer(text) if "篇" in match["title"]]
    if len(marks) < 2:
        marks = _titles(text)
    if len(marks) < 2:
        return ()
    ends = [*(mark.start("title") for mark in marks[1:]), len(text)]
    return tuple(
        PartOf(number, mark["title"].strip(), (mark.start("title"), end))
        for number, (mark, end) in enumerate(zip(marks, ends, strict=True), start=1)
    )


def _titles(text: str) -> list[re.Match[str]]:
    """Title lines far apart, each followed by an opening or a first heading of its own.

    Under a notice a first heading alone is no second plan: the notice sends out the plan.
    """
    marks: list[re.Match[str]] = []
    for match in _TITLE.finditer(text):
        if re.match(r"[ ]*(?:附件|附|抄送|[一二三四五六七八九十]、|\()", match["title"]):
            continue
        opening = text[match.end() : match.end() + 300]
        has_opening = re.search(r"为|根据|按照|现将|制定|决定", opening) or (
            _FIRST_HEADING.match(opening) and not any("通知" in mark["title"] for mark in marks)
        )
        if has_opening and (not marks or match.start() - marks[-1].start() > _APART):
            marks.append(match)
    seen = {mark["title"] for mark in marks}
    return marks if len(seen) == len(marks) or len(marks) > 2 else []
