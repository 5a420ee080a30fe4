"""The named stages of an operation with their days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from nuantu.planbook.reading.grammar.whens import When, periods, singles
from nuantu.planbook.reading.page import Page
from nuantu.planbook.reading.rules.found import Found, Known

_CN: Final = "一二三四五六七八九十"
_ORDINAL: Final = rf"(?:〔?第[{_CN}\d]{{1,2}}(?:个)?(?:阶段|步|期)〕?[:、,. -]*)"
_NUMBER: Final = rf"(?:[{_CN}]{{1,3}}[、.]|\([{_CN}\d]{{1,2}}\)|\d{{1,2}}[、.](?!\d)|\d{{1,2}}\)|[{_CN}]是|[①-⑳●○■◆•]|--)"
_START: Final = rf"(?:^|(?<=[。;:\n ])|(?<=\)[、,]))[ \t]*(?:{_NUMBER}[ ]*)?"
_STAGE: Final = re.compile(
    _START
    + rf"(?:活动)?(?P<label>{_ORDINAL}(?:[一-鿿、“”]{{2,16}}?(?=[(:。, \n\d]|自|从|为))?|[一-鿿、“”]{{2,14}}阶段(?!性))"
    r"(?=(?P<rest>[^。;\n]{0,60}(?:[。\n][^。;\n]{0,44})?))",
    re.M,
)
_DATED: Final = re.compile(
    rf"(?:^|(?<=[。;:\n ]))[ \t]*{_NUMBER}[ ]*(?P<label>[一-鿿、“”]{{2,14}})(?P<rest>\((?=[^()]{{0,8}}\d{{1,2}}月)[^()]{{3,40}}\))",
    re.M,
)
_LABELLED: Final = re.compile(
    rf"(?:^|(?<=[。;:\n ]))[ \t]*(?:(?:{_NUMBER}|\d[、.](?=\d{{1,2}}月))[ ]*)?(?P<rest>[自从]?(?:(?:\d{{4}}|[次翌明今当])年)?\d{{1,2}}月[^:。;\n]{{1,28}}?)(?:[:,]为?|为)(?P<label>[一-鿿、]{{2,14}}阶段(?!性))",
    re.M,
)
_WORK: Final = (
    r"宣传|动员|准备|部署|实施|集中|总结|摸底|排查|募捐|收集|征集|整理|分发|发放|走访|慰问|启动|评议|公示|验收|筹备|报名|审核|统计|"
    r"调查|采购|组织|回收|运送|寄送|捐赠|巩固|检查|督查|申报|推进|接收|策划|募集|寄运|运输|分拣|培训|组队|表彰|审定|前期|中期|后期"
)
_NAME_FIRST: Final = re.compile(
    rf"(?:^|(?<=[。;:\n ]))[ \t]*(?:{_NUMBER}[ ]*)?(?P<label>(?=[一-鿿、“”]{{0,10}}(?:{_WORK}))[一-鿿、“”]{{2,14}})(?P<rest>[:,。( ]?(?=[自从于]?(?:(?:\d{{4}}|[次翌明今当])年)?\d{{1,2}}月)[^。;\n]{{2,40}})",
    re.M,
)
_DATE_FIRST: Final = re.compile(
    rf"(?:^|(?<=[。;,:\t\n ]))[ \t]*(?:{_NUMBER}[ ]*)?(?P<rest>(?:\d{{4}}年)?\d{{1,2}}月(?:\d{{1,2}}(?:日)?|[上中下]旬|初|底)?(?:[-~至到]+(?:(?:\d{{4}}|[次翌明今当])年)?(?:\d{{1,2}}月)?(?:\d{{1,2}}日|[上中下]旬|底|月)?)?)(?:[:, 为\t]|,为)?(?P<label>(?=[一-鿿、]{{0,8}}(?:{_WORK}))[一-鿿、]{{2,12}})(?=[,。;:(\t\n]|$)",
    re.M,
)
# behind 流程 or 日程 any work with a day is a step
_HOUR: Final = (
    r"(?:上午|中午|下午|晚上?|早上|全天)?(?:\d{1,2}[:点]\d{0,2}分?(?:-\d{1,2}[:点]\d{0,2}分?)?)?"
)
_SCHEDULED: Final = re.compile(
    r"(?:(?<=[。;\n:])|(?<=(?:流程|步骤|安排|日程|进度)[:。\n]))[ \t]*(?P<rest>(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日?)(?:[-~至到]+(?:\d{1,2}月)?\d{1,2}日)?)"
    + _HOUR
    + r"[:, ]{0,2}(?P<label>[一-鿿、]{2,10})(?=[,。;(\n]|$)",
    re.M,
)
_MONTH: Final = re.compile(r"(?:(?:20[\dx]{2})年)?\d{1,2}月(?=\d)")
_CARRY_LINE: Final = re.compile(r"[^\n。]*\d{1,2}月[^\n。]*")
_CARRY: Final = re.compile(
    rf"(?:^|(?<=[。;:,、\n ]))(?:{_NUMBER}[ ]*)?(?P<label>(?=[一-鿿]{{0,8}}(?:{_WORK}))[一-鿿]{{2,12}}?)(?P<rest>[:( ]?(?:(?:20[\dx]{{2}}年)?\d{{1,2}}月)?\d{{1,2}}(?:日|号)?(?:(?:-|至|到|~)(?:\d{{1,2}}月)?\d{{1,2}})?(?:日|号))(?=[,;。)\n]|$)",
    re.M,
)
_CARRY_DATE: Final = re.compile(
    rf"(?:^|(?<=[。;:,、\n ]))(?P<rest>(?:(?:20[\dx]{{2}}年)?\d{{1,2}}月)?\d{{1,2}}(?:日|号)?(?:(?:-|至|到|~)(?:\d{{1,2}}月)?\d{{1,2}})?(?:日|号))(?:{_HOUR})?[:, ]?(?P<label>(?=[一-鿿]{{0,8}}(?:{_WORK}))[一-鿿]{{2,12}})(?=[,;。(\n]|$)",
    re.M,
)
_SIBLINGS: Final = 2
_NO_NAME: Final = re.compile(
    rf"分[为成]?[{_CN}\d两]*个?(?:阶段|步)|[{_CN}两]个阶段|[各本上下现该每首同此这]一?个?阶段"
    r"|上一|下一|要把|进入|转入|处于|结束后"
)
# 第一阶段(11月1日至10日):动员部署
_NAME_BEHIND: Final = re.compile(
    rf"\([^()\n]{{3,40}}\)[:,、 ]?(?P<name>(?=[一-鿿]{{0,8}}(?:{_WORK}))[一-鿿、]{{2,10}})(?=[。;\n(]|$)"
)


def phases(page: Page, known: Known) -> Iterator[Found]:
    """Headings that name a stage; numbered headings that carry a period in brackets."""
    staged = [
        *(_phase(page, known, match) for match in _STAGE.finditer(page.text)),
        *(_phase(page, known, match) for match in _LABELLED.finditer(page.text)),
    ]
    rows = [row for row in staged if row is not None]
    if len(rows) < _SIBLINGS:
        dated = [row for match in _DATED.finditer(page.text) if (row := _phase(page, known, match))]
        in_order = [
            row for row in dated if "phases" in page.roles_at(row.start) or len(dated) >= _SIBLINGS
        ]
        rows = in_order or rows
    if len(rows) < _SIBLINGS:
        rows = _in_a_row(page, known) or _children(page, known) or rows
    seen: set[str] = set()
    for row in rows:
        name = str(row.value["name"])
        if (len(rows) >= _SIBLINGS or "第" in name) and name not in seen:
            seen.add(name)
            yield row


def _children(page: Page, known: Known) -> list[Found]:
    """The numbered parts of a section called 步骤, with or without days."""
    for outer in page.sections:
        if outer.role != "phases":
            continue
        inner = [s for s in page.sections if outer.start < s.start < outer.end]
        top = min((s.depth for s in inner), default=0)
        rows = []
        for part in inner:
            name = re.split(r"[(,]", part.title)[0]
            if part.depth == top and 2 <= len(name) <= 14 and re.search(_WORK, name):
                at = page.text.index(name, part.start) + len(name)
                first, last = _days(page.text[at : min(part.end, at + 40)], at)
                row = _row(known, name, first, last, (part.start, at))
                rows += [row] if row else []
        if len(rows) >= _SIBLINGS:
            return rows
    return []


def _carried(page: Page, known: Known) -> list[Found]:
    """``宣传11月18-19日;收集20-21日``, or day first: later days take the month of the first."""
    for line in _CARRY_LINE.finditer(page.text):
        for pattern in (_CARRY, _CARRY_DATE):
            matches = pattern.finditer(page.text, *line.span())
            rows = _with_month(known, _MONTH.search(line[0]), matches)
            if len(rows) >= _SIBLINGS:
                return rows
    return []


def _with_month(
    known: Known, month: re.Match[str] | None, matches: Iterator[re.Match[str]]
) -> list[Found]:
    rows = []
    for match in matches:
        named = _MONTH.search(match["rest"])
        month = named or month
        if month:
            words = match["rest"] if named else month[0] + match["rest"].lstrip(":( ")
            first, last = _days(words if words[0] in ":(" else ":" + words, 0)
            row = _row(known, match["label"], first, last, match.span())
            rows += [row] if row else []
    return rows


def _in_a_row(page: Page, known: Known) -> list[Found]:
    """Work and date side by side, twice or more in one section: a timetable without the word stage."""
    carried = _carried(page, known)
    if carried:
        return carried
    for pattern in (_NAME_FIRST, _DATE_FIRST, _SCHEDULED):
        groups: dict[int, list[Found]] = {}
        for match in pattern.finditer(page.text):
            row = _phase(page, known, match)
            if row and not re.search(r"(?:报送|上报)(?!总结)", match["label"]):
                outer = [s.start for s in page.around(row.start) if s.start < match.start()]
                groups.setdefault(outer[0] if outer else 0, []).append(row)
        best = max(groups.values(), key=len, default=[])
        if not best:
            continue
        if len(best) >= _SIBLINGS + (
            pattern is _DATE_FIRST and "phases" not in page.roles_at(best[0].start)
        ):
            return best
    return []


def _phase(page: Page, known: Known, match: re.Match[str]) -> Found | None:
    at = match.start("rest")
    first, last = _days(match["rest"], at)
    if match["label"].startswith("起") and first is None:
        first, last = last, None
    stop = max(match.end("label"), *(when.end for when in (first, last) if when), 0)
    span = (min(match.start("label"), at), stop)
    label = match["label"]
    behind = _NAME_BEHIND.match(page.text, match.end("label"))
    if behind and re.fullmatch(_ORDINAL, label):
        numbered = label.strip("〔〕:、,. -")
        row = _row(known, behind["name"], first, last, span)
        return row and replace(row, value={**row.value, "name": f"{numbered}:{behind['name']}"})
    return _row(known, label, first, last, span)


def _row(
    known: Known, label: str, first: When | None, last: When | None, span: tuple[int, int]
) -> Found | None:
    name = _named(label)
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
    has_days = first is not None or last is not None
    confidence = 0.92 if has_days else 0.7
    return Found("phases", value, *span, "phases.heading", confidence)


def _named(label: str) -> str:
    """``第一阶段:准备阶段`` is 准备阶段; a stage without a name of its own keeps its number."""
    parts = re.match(rf"({_ORDINAL})(.*)$", label)
    if parts is None:
        return re.sub(r"^[起为](?=.{2})", "", label.strip("、“” "))
    name = re.sub(r"^[为是](?=.{2})", "", parts[2].strip("、“” "))
    return name or parts[1].strip("〔〕:、,. -")


def _days(rest: str, at: int) -> tuple[When | None, When | None]:
    """The days right behind a heading; what comes later in the text belongs to its tasks."""
    found = periods(rest, at)
    dates = singles(rest, at)
    if not dates or dates[0].start - at > 14:
        return None, None
    if found and found[0].start <= dates[0].start:
        return found[0].first, found[0].last
    when = dates[0]
    after = rest[when.end - at : when.end - at + 4]
    before = rest[max(0, when.start - at - 4) : when.start - at]
    if re.match(r"(?:之|以)?前|截止|止|底前", after) or re.search(r"至|到|截止", before):
        return None, when
    if re.match(r"起|开始|以后|后", after):
        return when, None
    if when.kind == "day" and not re.search(r"^\(", rest):
        return (when, when) if not after or re.match(r"[,。:]", after) else (None, when)
    return (None, when) if when.kind == "day" else (when, when)
