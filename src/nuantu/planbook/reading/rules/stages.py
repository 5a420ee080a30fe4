"""Stages by the parts of a section, by their number, in a row; and one stage as a fact."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from nuantu.planbook.reading.grammar import numerals
from nuantu.planbook.reading.grammar.headings import CN, unnumbered
from nuantu.planbook.reading.grammar.timetable import Stretch, stretches
from nuantu.planbook.reading.grammar.whens import When
from nuantu.planbook.reading.page import Page, Section
from nuantu.planbook.reading.rules.found import Found, Known
from nuantu.planbook.reading.vocabulary import words

WORK: Final = "|".join(sorted(words("stage_works"), key=len, reverse=True))
SIBLINGS: Final = 2
NEAR: Final = 14
_NO_NAME: Final = re.compile(
    rf"分[为成]?[{CN}\d两]*个?(?:阶段|步)|[{CN}两]个阶段|[各本上现该每首同此这]一?个?阶段"
    r"|^[{CN}]+、(?:实施)?(?:阶段|步骤)$|上一|下一|要把|进入|转入|处于|结束后"
)
_IN_A_ROW: Final = re.compile(
    rf"分(?:为|成)?(?P<names>[一-鿿]{{2,8}}(?:、[一-鿿]{{2,8}}?){{1,5}}(?:(?:和|及|以及|与)[一-鿿]{{2,8}}?)?)(?:等)?[{CN}两\d]?个?(?:阶段|步骤|环节|步)"
)
LEADS_IN: Final = re.compile(
    r"^(?:先|再|然后|接着|最后|为|是|由|完成|进行|开展|当天|当日|全天|左右|期间|[(]?(?:周|星期)[一二三四五六日][)]?|[上中下]午|早上|晚上|\d{1,2}[:点时][\d分]*(?:-\d{1,2}[:点时][\d分]*)?)+(?=..)"
)
_SO_MANY: Final = re.compile(
    rf"分(?:为|成)?(?P<n>[{CN}两\d])个(?:阶段|步骤|环节)[^。:]{{0,8}}[:,。]"
)
_ITEM_LENGTH: Final = 60
_PART_NAME: Final = re.compile(r"(?!以|由|每)[一-鿿“”、]{2,}")


def row_of(
    known: Known, name: str, first: When | None, last: When | None, span: tuple[int, int]
) -> Found | None:
    """One stage from its name and its first and last day, or nothing where no name is one."""
    if len(name) < 2 or _NO_NAME.search(name):
        return None
    start = known.calendar.day(first, "start")
    end = known.calendar.day(last, "end")
    value: dict[str, Any] = {"name": name, "start": start.iso, "end": end.iso}
    for key, day in (("start", start), ("end", end)):
        if day.month_day:
            value[f"{key}_month_day"] = day.month_day
    if first and first.kind == "issue":
        value["start_raw"] = first.words
    confidence = 0.92 if first or last else 0.7
    return Found("phases", value, *span, "phases.heading", confidence)


def days_of(rest: str, at: int) -> Stretch | None:
    """The days right behind a heading; what comes later in the text belongs to its tasks."""
    found = stretches(rest, at)
    return found[0] if found and found[0].start - at <= NEAR else None


def distinct(rows: list[Found]) -> list[Found]:
    """In the order of the text, each name and each place once."""
    kept: list[Found] = []
    for row in sorted(rows, key=lambda row: (row.start, -row.end)):
        is_new = all(row.value["name"] != other.value["name"] for other in kept)
        if is_new and (not kept or row.start >= kept[-1].end):
            kept.append(row)
    return kept


def counted(page: Page, known: Known) -> list[Found]:
    """``分四个阶段:一是宣传(11月9日前)。二是……``: as many as the text says there are."""
    lead = _SO_MANY.search(page.text)
    number = numerals.whole(lead["n"].replace("两", "二")) if lead else None
    if lead is None or not number or number > len(CN):
        return []
    rows = []
    at = lead.end()
    for rank in range(number):
        item = re.compile(rf"{CN[rank]}是(?P<name>[一-鿿、“”]{{2,20}})").search(page.text, at)
        if item is None:
            return []
        at = item.end()
        until = page.text.find(f"{CN[rank + 1]}是", at) if rank + 1 < number else -1
        stop = min(until if until > 0 else at + _ITEM_LENGTH, at + _ITEM_LENGTH)
        days = next(iter(stretches(page.text[at:stop], at)), None)
        first, last = (days.first, days.last) if days else (None, None)
        row = row_of(known, item["name"], first, last, (item.start(), days.end if days else at))
        rows += [row] if row else []
    return rows if len(rows) == number else []


def parts(page: Page, known: Known) -> list[Found]:
    """The numbered parts of a section on steps, with or without days."""
    for outer in page.sections:
        if not re.search(r"步骤|流程|阶段|环节", outer.title) or len(outer.title) > NEAR:
            continue
        inner = [s for s in page.sections if outer.start < s.start < outer.end]
        top = min((s.depth for s in inner), default=0)
        rows = [row for part in inner if part.depth == top and (row := _part(page, known, part))]
        works = sum(bool(re.search(WORK, str(row.value["name"]))) for row in rows)
        if len(rows) >= SIBLINGS and works * 2 >= len(rows):
            return distinct(rows)
    return []


def dated_parts(page: Page, known: Known) -> list[Found]:
    """A section on the time whose parts each have a name and days: ``(一)写春联。2月3日至9日``."""
    for outer in page.sections:
        if outer.role != "window" or len(outer.title) > NEAR:
            continue
        inner = [s for s in page.sections if outer.start < s.start < outer.end]
        top = min((s.depth for s in inner), default=0)
        own = [part for part in inner if part.depth == top]
        rows = [
            replace(row, end=part.end, rule="phases.dated_parts")
            for part in own
            if (row := _part(page, known, part)) and _is_dated(row)
        ]
        if len(own) >= SIBLINGS and len(rows) == len(own):
            return distinct(rows)
    return []


def _is_dated(row: Found) -> bool:
    return any(
        row.value.get(f"{end}{form}") for end in ("start", "end") for form in ("", "_month_day")
    )


def _part(page: Page, known: Known, part: Section) -> Found | None:
    head = page.text[part.start : part.end]
    days = next(iter(stretches(head, part.start)), None)
    if days and not unnumbered(page.text[part.start : days.start]):
        # (一)11月10日-15日,宣传发动: the name stands behind the days
        behind = re.split(r"[,。;\n]", page.text[days.end : min(part.end, days.end + 60)])
        names = (LEADS_IN.sub("", words.strip(" :")) for words in behind)
        name = next((words for words in names if _PART_NAME.match(words)), "")
        return row_of(known, name[:NEAR], days.first, days.last, (part.start, days.end))
    name = re.split(r"[(,:、]", part.title)[0]
    if not 2 <= len(name) <= NEAR:
        return None
    at = page.text.index(name, part.start) + len(name)
    days = days_of(page.text[at : min(part.end, at + 40)], at)
    first, last = (days.first, days.last) if days else (None, None)
    return row_of(known, name, first, last, (part.start, at))


def named_in_a_row(page: Page, known: Known) -> list[Found]:
    """``分摸底、救助、总结三个阶段`` names them without days."""
    match = _IN_A_ROW.search(page.text)
    if match is None:
        return []
    names = re.split(r"、|和|以及|及|与", match["names"])
    rows = (row_of(known, name, None, None, match.span("names")) for name in names if name)
    return [row for row in rows if row]
