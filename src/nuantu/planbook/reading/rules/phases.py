"""The named stages of an operation with their days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nuantu.planbook.reading.grammar.whens import When, periods, singles
from nuantu.planbook.reading.page import Page
from nuantu.planbook.reading.rules.found import Found, Known

_CN: Final = "一二三四五六七八九十"
_NAME: Final = re.compile(
    rf"(?:(?P<first>第[{_CN}\d]{{1,2}}(?:阶段|步))[:、,. ]*)?(?P<name>[一-鿿、“”]{{2,16}}?(?:阶段|期间?)(?![一-鿿]))?"
)
_HEAD: Final = re.compile(
    rf"(?:^|(?<=[。;\n ]))[ ]*(?:[{_CN}]{{1,3}}[、.]|\([{_CN}\d]{{1,2}}\)|\d{{1,2}}[、.]|[{_CN}]是|--)?[ ]*"
    rf"(?P<label>(?:第[{_CN}\d]{{1,2}}(?:阶段|步)[:、,. ]*(?:[一-鿿、“”]{{2,16}}?(?=[(:。, \n\d]|自|从|为))?|[一-鿿、“”]{{2,14}}阶段))"
    rf"(?P<rest>[^。;\n]{{0,60}})",
    re.M,
)
_DATES_END: Final = re.compile(r"[。;\n]")


def phases(page: Page, known: Known) -> Iterator[Found]:
    """Each heading that names a stage and gives its days, in brackets or behind a colon."""
    rows = []
    for match in _HEAD.finditer(page.text):
        row = _phase(page, known, match)
        if row:
            rows.append(row)
    if len(rows) >= 2 or (rows and rows[0].value["name"].startswith("第")):
        yield from rows


def _phase(page: Page, known: Known, match: re.Match[str]) -> Found | None:
    rest = match["rest"]
    at = match.start("rest")
    first, last = _days(rest, at)
    name = _named(match["label"])
    if not name:
        return None
    if first is None and last is None and not re.search(r"[x*]月|年", rest[:20]):
        return None
    start = known.calendar.day(first, "start")
    end = known.calendar.day(last, "end")
    value = {"name": name, "start": start.iso, "end": end.iso}
    for key, day in (("start", start), ("end", end)):
        if day.month_day:
            value[f"{key}_month_day"] = day.month_day
    if first and first.kind == "issue":
        value["start_raw"] = first.words
    return Found("phases", value, match.start("label"), at + len(rest), "phases.heading", 0.9)


def _named(label: str) -> str:
    """``第一阶段:准备阶段`` is 准备阶段; a stage without a name of its own keeps its number."""
    parts = re.match(rf"(第[{_CN}\d]{{1,2}}(?:阶段|步))[:、,. ]*(.*)$", label)
    if parts is None:
        return label.strip("、“” ")
    return parts[2].strip("、“” ") or parts[1]


def _days(rest: str, at: int) -> tuple[When | None, When | None]:
    found = periods(rest, at)
    if found:
        return found[0].first, found[0].last
    dates = singles(rest, at)
    if not dates:
        return None, None
    when = dates[0]
    after = rest[when.end - at : when.end - at + 4]
    before = rest[max(0, when.start - at - 4) : when.start - at]
    if re.match(r"(?:之|以)?前|截止|止|底前|\)", after) and not re.match(r"起", after):
        is_until = bool(re.match(r"(?:之|以)?前|截止|止|底前", after)) or when.kind == "day"
        return (None, when) if is_until else (when, when)
    if re.match(r"起|开始|以后|后", after):
        return when, None
    if re.search(r"至|到|截止", before):
        return None, when
    return when, when
