"""The named stages of an operation with their days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from nuantu.planbook.reading.grammar.headings import HEAD, NUMBER, ORDINAL, unnumbered
from nuantu.planbook.reading.grammar.timetable import Stretch, stretches
from nuantu.planbook.reading.grammar.whens import When
from nuantu.planbook.reading.page import Page
from nuantu.planbook.reading.rules.found import Found, Known
from nuantu.planbook.reading.rules.stages import (
    LEADS_IN,
    NEAR,
    SIBLINGS,
    WORK,
    counted,
    dated_parts,
    days_of,
    distinct,
    named_in_a_row,
    parts,
    row_of,
)

_STAGE: Final = re.compile(
    HEAD
    + rf"(?:活动)?(?P<label>{ORDINAL}[:、,. -]*(?:[一-鿿、“”]{{2,16}}?(?=[(:。, \n\d]|自|从|为))?|[一-鿿、“”]{{2,14}}阶段(?!性))"
    r"(?=(?P<rest>[^。;\n]{0,60}(?:[。\n][^。;\n]{0,44})?))",
    re.M,
)
_YEAR: Final = r"(?:(?:20[\dx]{2}|[次翌明今当])年)?"
_LABELLED: Final = re.compile(
    rf"(?:^|(?<=[。;:,\n ]))[ \t]{{0,8}}(?:(?:{NUMBER}|\d[、.](?=\d{{1,2}}月))[ ]{{0,8}})?(?P<rest>[自从]?{_YEAR}\d{{1,2}}月[^:。;,\n]{{0,28}}?)(?:[:,]为?|为)(?P<label>{ORDINAL}|[一-鿿、]{{2,14}}阶段(?!性))",
    re.M,
)
_ABOUT: Final = re.compile(r"步骤|阶段|流程|日程|进度|时间安排|活动安排|工作安排|具体安排|环节")
_MANY: Final = 3
_SHORT_LINE: Final = 40
_NAME_BEHIND: Final = re.compile(
    r"(?:\([^()\n]{3,40}\))?\)?(?:[上中下]午|晚上)?[:,、 为]{0,2}(?P<name>[一-鿿“”][一-鿿、“”]{1,23})"
)
_LEADS_OUT: Final = re.compile(r"(?:时间|日期|于|在|从|自|为|是|[^一-鿿“”])+$")
_BRACKETS: Final = re.compile(r"\([^()\n]{0,60}\)")
_STOP: Final = re.compile(r"[,;。、:\t\n ]")
_ROLE_WORDS: Final = re.compile(
    r"^(?:日|号|底)?(?:之|以)?(?:[前后](?!期)|止|起|开始)(?:完成|结束)?"
)
_IN_CHARGE: Final = re.compile(r"(?P<name>[一-鿿]{2,10}?)由[^,;。]{1,24}(?:负责|承担|牵头|组织)")
_NO_WORK: Final = re.compile(
    r"^(?:[一-鿿]{0,4}(?:时间|安排|流程|步骤|日程|进度|要求|地点)|当天|当日|完成|结束|做完|办完|完毕|到位|全部|基本|原则上|务必|必须)+$"
)
_REPORTS: Final = re.compile(r"报(?!名)|交(?!物流|快递|寄|运)|反馈")


@dataclass(frozen=True, slots=True)
class _Breath:
    """Words between commas; of a dated breath the words without the date."""

    start: int
    words: str
    days: Stretch | None


def phases(page: Page, known: Known) -> Iterator[Found]:
    """Headings that name a stage, else a timetable, the parts of a section on steps, names in a row."""
    rows = [
        row
        for pattern in (_STAGE, _LABELLED)
        for match in pattern.finditer(page.text)
        if (row := _phase(page, known, match))
    ]
    rows = distinct(rows)
    numbered = counted(page, known)
    if len(numbered) > len(rows):
        rows = numbered
    if len(rows) < SIBLINGS:
        rows = (
            _timetable(page, known)
            or parts(page, known)
            or dated_parts(page, known)
            or named_in_a_row(page, known)
            or rows
        )
    for row in rows:
        if len(rows) >= SIBLINGS or "第" in str(row.value["name"]):
            yield row


def _phase(page: Page, known: Known, match: re.Match[str]) -> Found | None:
    at = match.start("rest")
    days = days_of(match["rest"], at)
    first, last = (days.first, days.last) if days else (None, None)
    if match["label"].startswith("起") and first is None:
        first, last = last, None
    stop = max(match.end("label"), days.end if days else 0)
    name = _named(page, match, days)
    return row_of(known, name, first, last, (min(match.start("label"), at), stop))


def _named(page: Page, match: re.Match[str], days: Stretch | None) -> str:
    """The heading as written; a bare 第一阶段 takes the words behind it or behind its days."""
    label = re.sub(r"^[起为前](?=.{2})", "", match["label"].strip("〔〕:、,. -“”"))
    if not re.fullmatch(ORDINAL, label):
        return re.sub(rf"^({ORDINAL})[〕:、,. -]*[为是]?", r"\1:", label)
    behind = _NAME_BEHIND.match(page.text, match.end("label"))
    if behind is None and days:
        behind = _NAME_BEHIND.match(page.text, days.end)
    return f"{label}:{behind['name'].strip('、“”')}" if behind else label


def _timetable(page: Page, known: Known) -> list[Found]:
    """Work and days side by side, several times in one section, without the word stage."""
    groups: dict[int, list[tuple[Found, Stretch]]] = {}
    carried: When | None = None
    for start, end in page.sentences:
        text = page.text[start:end]
        found = stretches(text, start, carried)
        if found:
            steps = list(_steps(page, known, (start, end), found, is_about=_is_about(page, start)))
            for row, days in steps:
                groups.setdefault(_parent(page, row.start), []).append((row, days))
            # a bare day goes on from the last step, but lies inside a window named before
            last = found[-1]
            when = (last.last or last.first) if steps else (last.first or last.last)
            carried = when if when and when.month else carried
    best: list[Found] = []
    for place, rows in groups.items():
        all_periods = all(days.is_period for _, days in rows)
        names = distinct([replace(row, rule="phases.timetable") for row, _ in rows])
        least = SIBLINGS if all_periods or _is_about(page, place) else _MANY
        best = names if len(names) >= max(least, len(best) + 1) else best
    return best


def _is_about(page: Page, place: int) -> bool:
    start, _ = page.line_at(place)
    heads = [section.title for section in page.around(place)] + [page.text[start : start + 12]]
    return any(_ABOUT.search(title) for title in heads)


def _parent(page: Page, place: int) -> int:
    """Where the section begins that holds a step and its siblings; in running text, the line."""
    line, end = page.line_at(place)
    inner = [section for section in page.around(place) if section.start < line]
    about = [s for s in page.around(place) if _ABOUT.search(s.title)]
    if about or inner:
        return (about or inner)[0].start
    is_item = "\t" in page.text[line:end] or unnumbered(page.text[line:end]) != page.text[line:end]
    return 0 if is_item or end - line <= _SHORT_LINE else line


def _steps(
    page: Page, known: Known, span: tuple[int, int], found: list[Stretch], *, is_about: bool
) -> Iterator[tuple[Found, Stretch]]:
    """Each date of a sentence with its work: in the same breath, before it or behind it."""
    runs = list(_runs(page.text, span, found))
    heads = [_headed_by_day(page, run) for run in runs]
    are_headed = sum(map(bool, heads)) >= _MANY
    for run, head in zip(runs, heads, strict=True):
        is_headed = are_headed and head
        pairs = [(head, run[0])] if is_headed else _paired(page, run, is_about=is_about)
        for name, breath in pairs:
            days = breath.days
            if days is None:
                continue
            start = min(breath.start, days.start)
            row = row_of(known, name, days.first, days.last, (start, days.end))
            if row:
                yield row, days


def _paired(page: Page, run: list[_Breath], *, is_about: bool) -> Iterator[tuple[str, _Breath]]:
    """The dated breaths of a run, each with its work."""
    works = [_work(breath.words, is_about=is_about) for breath in run]
    lone = [number for number, row in enumerate(run) if row.days and not works[number]]
    first_work = next((n for n, row in enumerate(run) if works[n] and not row.days), None)
    dates_lead = bool(lone) and (first_work is None or lone[0] < first_work)
    titled = _titled(page, run[0].start, is_about=is_about) if dates_lead else ""
    for number, breath in enumerate(run):
        if breath.days is None:
            continue
        name = _labelled(page, run, works, number) or works[number] or titled
        if not name and (is_about or not breath.words):
            name = _done_by(page, run, number) or _next_to(
                run, works, number, 1 if dates_lead else -1
            )
        yield name, breath


def _headed_by_day(page: Page, run: list[_Breath]) -> str:
    """The words up to a comma of a run that begins with its day; three such in a row are steps."""
    days = run[0].days
    if days is None or page.text[run[0].start : days.start].strip():
        return ""
    words = re.split(r"[,。;\n]", page.text[days.end :][: NEAR * 2])[0]
    words = LEADS_IN.sub("", _ROLE_WORDS.sub("", words).strip(" :()"))
    return "" if _REPORTS.search(words) or len(words) < 2 else words


def _labelled(page: Page, breaths: list[_Breath], works: list[str], number: int) -> str:
    """The work before a colon: ``收集:11月20日到各楼收取``."""
    is_label = number > 0 and page.text[breaths[number].start - 1] == ":"
    return works[number - 1] if is_label and breaths[number - 1].days is None else ""


def _done_by(page: Page, run: list[_Breath], number: int) -> str:
    """``评议遴选由各社区负责,12月25日前做完``: the work is what somebody is put in charge of."""
    match = _IN_CHARGE.match(page.text[run[0].start : run[number].start])
    return match["name"] if match else ""


def _next_to(breaths: list[_Breath], works: list[str], number: int, step: int) -> str:
    """The nearest work on one side of a date that has no words of its own."""
    at = number + step
    while 0 <= at < len(breaths) and breaths[at].days is None:
        if works[at]:
            return works[at]
        at += step
    return ""


def _titled(page: Page, place: int, *, is_about: bool) -> str:
    """The title of the item whose first words are a date: ``(一)摸底。11月1日至10日``."""
    line = page.line_at(place)[0]
    titles = [
        _work(section.title, is_about=is_about)
        for section in page.around(place)
        if line <= section.start < place and page.text[line : section.start].strip() == ""
    ]
    return next(iter(titles), "") if _is_first(page, place) else ""


def _is_first(page: Page, place: int) -> bool:
    start, _ = page.sentence_at(place)
    return page.text[start:place].strip() == ""


def _runs(text: str, span: tuple[int, int], found: list[Stretch]) -> Iterator[list[_Breath]]:
    """The breaths of a sentence, cut at its semicolons; none ends inside a date or brackets."""
    start, end = span
    taken = [(row.start, row.end) for row in found]
    taken += [match.span() for match in _BRACKETS.finditer(text, start, end)]
    run: list[_Breath] = []
    at = start
    for stop in (*_STOP.finditer(text, start, end), None):
        place = stop.start() if stop else end
        if stop and any(left <= place < right for left, right in taken):
            continue
        if text[at:place].strip():
            run.append(_breath(text, at, place, found))
        at = place + 1
        if run and (stop is None or stop[0] == ";"):
            yield run
            run = []


def _breath(text: str, start: int, end: int, found: list[Stretch]) -> _Breath:
    days = next((row for row in found if start <= row.start < end), None)
    if days is None:
        return _Breath(start, text[start:end], None)
    before = text[start : days.start].rstrip("( ")
    after = _ROLE_WORDS.sub("", text[days.end : end]).strip()
    inside = re.fullmatch(r"\(([^()]+)\)", after)
    after = inside[1] if inside else after.lstrip(") ")
    words = unnumbered(_LEADS_OUT.sub("", before)) + LEADS_IN.sub("", after)
    return _Breath(start, words.strip("() "), days)


def _work(breath: str, *, is_about: bool) -> str:
    """The breath as the name of a step, or nothing where it reads otherwise."""
    name = LEADS_IN.sub("", unnumbered(re.sub(r"\([^()]*\)", "", breath))).strip("“” ")
    if not re.fullmatch(r"[一-鿿“”]{2,14}", name) or _NO_WORK.match(name):
        return ""
    # what is due to somebody is a report, not also a stage
    if _REPORTS.search(name):
        return ""
    return name if re.search(WORK, name) or (is_about and len(name) <= 8) else ""
