"""From when to when the operation runs."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from nuantu.planbook.reading.grammar import numerals
from nuantu.planbook.reading.grammar.days import Calendar, Day
from nuantu.planbook.reading.grammar.whens import Period, When, periods, singles
from nuantu.planbook.reading.page import Clause, Page
from nuantu.planbook.reading.rules.found import Found, Known

_LABEL: Final = re.compile(
    r"(?:(?:行动|活动|慰问|走访|工作|实施|开展|募集|募捐|捐赠|捐助|集中|专项|服务|救助|启动|有效|执行|整体|总体)[一-鿿“”]{0,8}?|^|[\n 、.):。;])"
    r"(?:时间|日期|期限|时段|安排|(?<=[动捐集赠])期)(?:安排|节点|范围|表)?(?:[为是:从自 ]|每年)*$"
)
_RUNS: Final = re.compile(
    r"行动|活动|开展|入户|走访|慰问|实施|救助|专项|募集|捐|送温暖|送清凉|全[市县区省州镇]|工作"
)
_UNTIL: Final = re.compile(
    r"(?:持续|延续|开展|进行|实施|行动|活动|截止|截至|结束时间为?|坚持)(?:时间)?[一-鿿]{0,4}?(?:到|至|于)(?:[今明当]年)?$|(?:截止时间|结束时间)[:为]?$"
)
_UNTIL_AFTER: Final = re.compile(
    r"^(?:(?:活动|行动)?结束|截止|为止|收尾|收官|(?:之|以)?前(?:全部|全面)?(?:结束|做完|完成(?:此|本|该)(?:项|次)(?:活动|工作)))"
)
_FROM_AFTER: Final = re.compile(
    r"^(?:起|开始|以来)|^(?:全市|全区|全县)?(?:专项)?(?:行动|活动|工作)?(?:正式|全面)?(?:启动|开展|开始|组织|拉开)"
)
_OPENS: Final = re.compile(
    r"^(?:[上下]午|晚上?)?,?[^,。]{2,24}?(?:启动|开展|联合|拉开)[^。]{0,40}?(?:专项)?(?:救助)?(?:行动|活动)"
)
_LAUNCHED: Final = re.compile(
    r"^[^。]{0,80}?(?:行动|活动|送清凉|送温暖)[^。]{0,10}?(?:启动|拉开|开始)"
)
_MARKED: Final = re.compile(r"标志着[^。]{2,30}(?:启动|开始|拉开)")
# one day on which people brought their things
_HELD: Final = re.compile(
    r",?[^。,]{0,30}?(?:开展|举办|举行|组织|慰问|走访|看望)了"
    r"|(?:[上下]午|晚上?)?,[^。;]{0,40}?(?:组织|带队|率队|带领|来到|走进)[^。;]{0,24}(?:走访|慰问|看望)"
)
_ONE_DAY: Final = frozenset({"donation_drive", "festival_visit", "union_cooling"})
_LASTS: Final = re.compile(
    rf"(?:为期|历时|持续|为时)(?:约)?(?P<n>{numerals.SMALL})(?P<unit>个月|天|周|个?星期)(?!以)"
)
# the day by which people bring what they give ends a drive
_DONE_BY: Final = re.compile(r"(?:之|以)?前(?:做好|完成|开展|搞好)[^。]{0,40}(?:走访|慰问)")
# 本月15日到24日, in a report whose day is known
_THIS_MONTH: Final = re.compile(
    r"本月(?P<first>\d{1,2})日?(?:到|至|-{1,2}|~)(?:本月)?(?P<last>\d{1,2})日"
)
_ANY_YEAR: Final = 2025
_BRINGS: Final = 36
_BARE_DAY: Final = re.compile(
    r"(?<![\d月年至到~-])(?P<day>[12]?\d|3[01])日(?:起)?,?(?:[^,。;\d]{0,12})(?:正式)?(?:启动|拉开)"
)
_SINCE: Final = re.compile(r"[^。;]{0,30}?(?:启动|开展|部署)[^。;,]{0,30}以来")
_BRING_BY: Final = re.compile(
    r"(?:之|以)?前(?:[^,。]{0,6}(?:上交|交[到至给]|捐[出献])|[^,。]{0,16}送[到至往给]|,?[^。,]{0,20}接[收受][^。,]{0,8}捐)"
)
# when a page of the web was put up, not when the operation runs
_HEAD_LINES: Final = 6
_STAMPED: Final = re.compile(r"(?:日期|时间)[: ]*")
_PAGE: Final = re.compile(r"(?:点击|浏览|阅读|来源|作者|编辑|字号)[^,。]{0,3}[: ]")
_STAMP: Final = re.compile(
    r"[ T]*\d{1,2}:\d{2}(?!-|~|至)[^\n]{0,40}?(?:来源|点击|浏览|阅读|作者|字号|发布|投稿|编辑)"
)
_NOT_WINDOW: Final = re.compile(
    r"报送|上报|报告|总结|会议|座谈会|公示|阶段|领取|签订|培训|评选|筹备|招募|无效|截至.{0,14}[,，]?(?:全[市县区]|已|共)|预计发放|发放到位|年龄|出生|有效期|人次|累计"
)


@dataclass(frozen=True, slots=True)
class _Guess:
    first: When | None
    last: When | None
    start: int
    end: int
    rule: str
    confidence: float


def window(page: Page, known: Known) -> Iterator[Found]:
    """The best stated window, else its two ends from different sentences."""
    guesses = [guess for clause in page.clauses for guess in _guesses(page, known, clause)]
    guesses += [*_this_month(page, known), *_day_alone(page, known)]
    lasting = _lasting(page, known, guesses)
    whole = [guess for guess in (*guesses, *lasting) if guess.first and guess.last]
    if whole:
        best = max(whole, key=lambda guess: (guess.confidence, -guess.start))
        yield _found(page, known.calendar, best, best)
        return
    first = _best([guess for guess in guesses if guess.first])
    ends = [guess for guess in guesses if guess.last]
    # a drive that takes money and clothes ends with the later of its days
    is_drive = known.operation_type == "donation_drive"
    last = _best(ends, is_latest=is_drive)
    if first or last:
        yield _found(page, known.calendar, first, last)


def _this_month(page: Page, known: Known) -> Iterator[_Guess]:
    match = _THIS_MONTH.search(page.text)
    issued = known.calendar.issued
    if match is None or issued is None:
        return
    first, last = (
        When(
            *match.span(side),
            match[side],
            year=issued.year,
            month=issued.month,
            day=int(match[side]),
        )
        for side in ("first", "last")
    )
    if not (first.is_impossible or last.is_impossible):
        yield _Guess(first, last, *match.span(), "window.this_month", 0.8)


def _day_alone(page: Page, known: Known) -> Iterator[_Guess]:
    """``19日启动``, in a report whose day is known: of its month, or of the month before."""
    match = _BARE_DAY.search(page.text)
    issued = known.calendar.issued
    if match is None or issued is None:
        return
    number = int(match["day"])
    month = issued.replace(day=1) - timedelta(days=number > issued.day)
    when = When(*match.span("day"), match["day"], year=month.year, month=month.month, day=number)
    if not when.is_impossible:
        yield _Guess(when, None, *match.span(), "window.day_alone", 0.66)


def _lasting(page: Page, known: Known, guesses: list[_Guess]) -> Iterator[_Guess]:
    """``为期三个月`` gives the last day when the first is known."""
    match = _LASTS.search(page.text)
    first = _best([guess for guess in guesses if guess.first and not guess.last])
    if match is None or first is None or first.first is None:
        return
    begins = known.calendar.day(first.first, "start")
    day = begins.iso or (begins.month_day and f"{_ANY_YEAR}-{begins.month_day}")
    number = numerals.whole(match["n"])
    if day is None or number is None or any(guess.last for guess in guesses):
        return
    last = _after(date.fromisoformat(day), number, match["unit"])
    when = replace(
        first.first,
        kind="day",
        year=last.year if begins.iso else None,
        month=last.month,
        day=last.day,
        part="",
        year_word="",
    )
    yield _Guess(first.first, when, first.start, first.end, "window.lasts", 0.75)


def _after(first: date, number: int, unit: str) -> date:
    """The last day of so many days, weeks or months that begin on ``first``."""
    if "月" in unit:
        month = first.month - 1 + number
        year, month = first.year + month // 12, month % 12 + 1
        day = min(first.day, calendar.monthrange(year, month)[1])
        return date(year, month, day) - timedelta(days=1)
    return first + timedelta(days=number * (7 if unit in ("周", "星期") else 1) - 1)


def _best(guesses: list[_Guess], *, is_latest: bool = False) -> _Guess | None:
    sign = 1 if is_latest else -1
    return max(guesses, key=lambda guess: (guess.confidence, sign * guess.start), default=None)


def _guesses(page: Page, known: Known, clause: Clause) -> Iterator[_Guess]:
    text = clause.text
    found = periods(text, clause.start)
    for period in found:
        guess = _of_period(page, known, clause, period)
        if guess:
            yield guess
    inside = [(period.start, period.end) for period in found]
    for when in singles(text, clause.start):
        if not any(start <= when.start < end for start, end in inside):
            yield from _of_single(page, known, clause, when)


def _of_period(page: Page, known: Known, clause: Clause, period: Period) -> _Guess | None:
    before = page.text[max(0, period.start - 24) : period.start]
    roles = page.roles_at(period.start)
    if _is_inside_a_phase(page, known, period.start) or "report" in roles[:1]:
        return None
    if "报名" in before[-12:] and known.operation_type != "donation_drive":
        return None
    span = (period.first, period.last, period.start, period.end)
    if _LABEL.search(before) or "window" in roles[:1]:
        return _Guess(*span, "window.label", 0.95)
    is_set = re.search(r"(?:定于|拟于|决定于)$", before)
    if _NOT_WINDOW.search(_breath(page, clause, period) if is_set else clause.text):
        return None
    if period.first.kind == "issue" or re.search(r"(?:定于|从|自|决定于|拟于|于|在)$", before):
        return _Guess(*span, "window.from_to", 0.92)
    lone = not page.text[page.line_at(period.start)[0] : period.start].strip()
    if _RUNS.search(clause.text) or lone:
        return _Guess(
            *span, "window.period", 0.83 if page.text.find("\n", 0, period.start) < 400 else 0.7
        )
    return None


def _breath(page: Page, clause: Clause, period: Period) -> str:
    """The words around a period, between commas."""
    start = page.text.rfind(",", clause.start, period.start) + 1
    return re.split(",", page.text[max(start, clause.start) : clause.end])[0]


def _is_inside_a_phase(page: Page, known: Known, place: int) -> bool:
    if any(start <= place < end for start, end in known.phase_spans):
        return True
    start, _ = page.line_at(place)
    return bool(re.search(r"阶段[^。;]{0,20}$", page.text[max(start, place - 30) : place])) or any(
        "阶段" in section.title for section in page.around(place)
    )


def _of_single(page: Page, known: Known, clause: Clause, when: When) -> Iterator[_Guess]:
    if _is_inside_a_phase(page, known, when.start) or when.words == "近日":
        return
    if _is_stamp(page, when):
        return
    stated = _stated(page, clause, when) or _deadline(page, known, clause, when)
    stated = stated or _marked(page, clause, when)
    if stated:
        yield stated
    elif not (_NOT_WINDOW.search(clause.text) or _is_past(page, when)):
        yield from _starts(page, known, clause, when)


def _stated(page: Page, clause: Clause, when: When) -> _Guess | None:
    """A day behind the word for a time, or by which the text says it ends."""
    before = page.text[max(clause.start, when.start - 20) : when.start]
    after = page.text[when.end : when.end + 10]
    place = (when.start, when.end)
    if when.month and _is_labelled(page, when):
        is_until = bool(re.match(r"(?:之)?前|底前|截止|止", after))
        is_from = bool(_FROM_AFTER.match(after) or re.match(r"-|~|至|到", after))
        rule = "window.label_until" if is_until else "window.label_day"
        first, last = None if is_until else when, None if is_from else when
        return _Guess(first, last, *place, rule, 0.85)
    if (_UNTIL.search(before) or _UNTIL_AFTER.match(after)) and not re.search(r"截[至止]$", before):
        return _Guess(None, when, *place, "window.until", 0.85)
    return None


def _deadline(page: Page, known: Known, clause: Clause, when: When) -> _Guess | None:
    """The day by which people bring what they give, or by which all are visited."""
    after = page.text[when.end : clause.end]
    place = (when.start, when.end)
    if known.operation_type == "donation_drive" and _BRING_BY.match(after[:_BRINGS]):
        return _Guess(None, when, *place, "window.bring_by", 0.62)
    if when.day and known.operation_type == "festival_visit" and _DONE_BY.match(after):
        return _Guess(None, when, *place, "window.done_by", 0.6)
    return None


def _marked(page: Page, clause: Clause, when: When) -> _Guess | None:
    """A day since which it runs, a whole month for it, a meeting that marks its start."""
    before = page.text[max(clause.start, when.start - 20) : when.start]
    place = (when.start, when.end)
    if before.endswith("自") and when.month and _SINCE.match(page.text[when.end : clause.end]):
        return _Guess(when, None, *place, "window.since", 0.72)
    if when.kind == "month" and not when.part and re.search(r"(?:将|定|拟)于$", before):
        return _Guess(when, when, *place, "window.month", 0.6)
    opening = page.text[page.sentence_at(when.start)[0] : when.start]
    opens = when.month and re.fullmatch(r"(?:[^,。]{0,12}讯(?:\([^)]*\))?)?", opening)
    if opens and _MARKED.search(page.text[when.end : clause.sentence[1]]):
        return _Guess(when, None, *place, "window.marked", 0.6)
    return None


def _is_labelled(page: Page, when: When) -> bool:
    """A day behind the word for a time, or alone at the head of a section on the time."""
    before = page.text[max(0, when.start - 24) : when.start]
    if _LABEL.search(before):
        return "报名" not in before[-14:]
    line, _ = page.line_at(when.start)
    is_lone = not page.text[line : when.start].strip()
    section = next(page.around(when.start), None)
    is_first = section is not None and re.fullmatch(
        r"[^\n]{0,24}\s*", page.text[section.start : line]
    )
    return bool(is_lone and is_first and "window" in page.roles_at(when.start)[:1])


def _is_opening(page: Page, when: When) -> bool:
    """The date opens its sentence, or stands behind what the sentence is for: 为……,11月26日,……."""
    opening = page.text[page.sentence_at(when.start)[0] : when.start]
    return not opening or bool(re.match(r"为[^。]{6,120},$", opening))


def _is_stamp(page: Page, when: When) -> bool:
    line, end = page.line_at(when.start)
    if _STAMP.match(page.text[when.end : end]):
        return True
    is_head = any(place >= line for place, _ in page.lines[:_HEAD_LINES])
    before, after = page.text[line : when.start].strip(), page.text[when.end : end]
    is_numbered = next(page.around(when.start), None) is not None
    is_bare = bool(_STAMPED.fullmatch(before)) and not is_numbered
    return is_head and bool(is_bare or _PAGE.search(f"{before} {after}"))


def _starts(page: Page, known: Known, clause: Clause, when: When) -> Iterator[_Guess]:
    """A day on which something begins, by the words behind it."""
    place = (when.start, when.end)
    after = page.text[when.end : clause.end]
    if when.day and re.search(
        r"(?:定于|拟于|定在)$", page.text[max(0, when.start - 4) : when.start]
    ):
        last = None if _FROM_AFTER.match(after) else when
        yield _Guess(when, last, *place, "window.set_for", 0.82)
        return
    is_since = page.text[: when.start].endswith("从") and _FROM_AFTER.match(after)
    if re.search(r"已(?:向|经|累计|有)|累计", clause.text) and not is_since:
        return
    is_spoken = when.kind == "spoken" and _RUNS.search(clause.text)
    is_feast = when.kind == "lunar" and re.match(r"起|开始", after)
    if is_feast or (_FROM_AFTER.match(after) and (when.month or when.kind in ("issue", "spoken"))):
        yield _Guess(when, None, *place, "window.from", 0.8)
    elif is_spoken and re.search(r"启动|开始", clause.text):
        yield _Guess(when, None, *place, "window.spoken", 0.75)
    elif when.day and known.operation_type in _ONE_DAY and _HELD.match(after):
        yield _Guess(when, when, *place, "window.held", 0.66)
    elif when.month and _OPENS.match(after):
        yield _Guess(when, None, *place, "window.opens", 0.66)
    elif when.month and _is_opening(page, when) and _LAUNCHED.match(after):
        yield _Guess(when, None, *place, "window.launched", 0.6)


def _is_past(page: Page, when: When) -> bool:
    before = page.text[max(0, when.start - 6) : when.start]
    return bool(re.search(r"自$", before)) and when.month is None


def _found(page: Page, calendar: Calendar, first: _Guess | None, last: _Guess | None) -> Found:
    best = max((guess for guess in (first, last) if guess), key=lambda guess: guess.confidence)
    start = calendar.day(first.first, "start") if first else Day()
    end = calendar.day(last.last, "end") if last else Day()
    is_yearly = page.text[: best.start].endswith("每年")
    value: dict[str, Any] = {}
    for name, day in (("start", start), ("end", end)):
        if day.iso and is_yearly:
            day = replace(day, iso=None, month_day=day.iso[5:])
        value[name] = day.iso
        value[f"{name}_precision"] = day.precision
        if day.month_day:
            value[f"{name}_month_day"] = day.month_day
    value["raw"] = "……".join(
        dict.fromkeys(page.text[guess.start : guess.end] for guess in (first, last) if guess)
    )
    if first and first.first and first.first.kind in ("issue", "spoken"):
        value["start_raw"] = first.first.words
    return Found("window", value, best.start, best.end, best.rule, best.confidence)
