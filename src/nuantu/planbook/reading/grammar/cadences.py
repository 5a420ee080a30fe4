"""How often: 每周3次以上, 每天早中晚, 一日两巡, 每半月."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nuantu.planbook.reading.grammar import numerals

_S: Final = numerals.SMALL
_EVERY: Final = (
    r"(?:每(?P<unit{n}>天|日|周|星期|月|夜|晚|班|季度|季|年)|(?P<one{n}>一日|一天|一周|一月))"
)
_TIMES: Final = r"(?:次|轮|趟|遍|回|巡|查(?![看询找])|个班次|班次|个频次|场)"
_BOUND: Final = r"(?P<bound{n}>不少于|不低于|至少|最少|不得少于|不得低于|保证|坚持|确保|开展|组织|安排|进行|巡查|巡逻|排查|集中|定期|原则上|达到|分|要)*"
_COUNTED: Final = re.compile(
    (_EVERY + r"(?:[一-鿿、“”]{{0,18}}?)" + _BOUND).format(n=1)
    + rf"(?P<count1>{_S})(?:-(?P<upto1>{_S}))?(?:个)?{_TIMES}(?P<above1>以上|及以上)?"
)
_FAR: Final = re.compile(
    rf"每(?P<unit5>天|日|周|星期|月|晚)[^;。每]{{0,60}}?(?:巡查|巡逻|排查|巡视|上街)(?:不少于|不低于|至少|各)?(?P<count5>{_S})(?:次|遍|轮|趟)"
)
_REVERSED: Final = re.compile(
    rf"(?P<count2>{_S})(?:-(?P<upto2>{_S}))?{_TIMES}(?P<above2>以上)?[/每](?P<unit2>天|日|周|星期|月)"
)
_ONE_EACH: Final = re.compile(
    r"(?P<unit3>每天|每日|每周|每星期|每月|每晚|每夜|逐日|天天|每天都)"
    r"(?:(?![一二两三四五六七八九\d半])|(?=\d{1,2}[点时:]))"
)
_PARTS: Final = re.compile(
    r"昼|午后|午前|夜里|[上下后]?半夜|拂晓|一早|饭后|夜晚|上午|中午|下午|晚上|夜间|夜晚|凌晨|早上|清晨|早晨|傍晚|深夜|早间|午间|晚间|白天|早|中|午|晚|夜"
)
_LONG: Final = "(?:昼夜|午后|午前|夜里|半夜|上半夜|下半夜|后半夜|拂晓|一早|饭后|上午|中午|下午|晚上|夜间|夜晚|凌晨|早上|清晨|早晨|傍晚|深夜|早间|午间|晚间|白天)"
_ADDED: Final = re.compile(
    rf"{_LONG}(?:巡查|各|巡)?{_S}(?:次|遍|轮|趟)(?:[、,和]?{_LONG}(?:巡查|各|巡)?{_S}(?:次|遍|轮|趟))+"
)
_AT: Final = r"(?:\d{1,2}[点时:](?:\d{1,2}分?|半)?(?:[-到至]\d{1,2}[点时:](?:\d{1,2}分?|半)?)?)?"
_PARTS_RUN: Final = re.compile(
    rf"(?P<parts>{_LONG}{_AT}(?:[、和及,]?{_LONG}{_AT}){{1,4}}|(?:(?<![一-鿿])|(?<=[天日周,每在分于])|(?=早[、]?[中午]?[、]?[晚夜]各))(?:早[、]?[中午][、]?[晚夜]|早[、和]?[晚夜]))"
    r"(?=(?P<rest>[一-鿿]{0,12}))(?:[一-鿿]{0,4}?(?:各|分别|都|均)[一-鿿]{0,4}?(?P<each>[一二两三\d])(?:个)?(?:次|轮|趟|班))?"
)
_PARTS_MEANT: Final = re.compile(
    r"^(?:[三两]?个?时段)?(?:各|分别|都|均|安排|上街|巡|轮|开展|组织|进行)|时段"
)
_WEEKDAYS: Final = re.compile(
    r"每?(?:周|星期)(?P<days>[一二三四五六日](?:[、和及]?(?:周|星期)?[一二三四五六日]){1,6})(?![次\d至到])"
)
_HOURS: Final = re.compile(
    rf"每(?:隔)?(?P<hours>{_S}|半)个?小时(?:[一-鿿]{{0,6}}?)(?P<count4>{_S})?(?:次|轮|趟|遍)"
)
_RAISED: Final = re.compile(
    rf"每(?P<unit6>天|日|周|星期|月|晚)[^,;。]{{0,10}}?(?:{_S}次)?[^,;。]{{0,4}}?(?:增至|增为|增加[到至为]|提高[到至]|提升[到至]|加密[到至为]|调整为)(?:每(?:天|日|周|晚))?(?P<count6>{_S})(?:次|轮|遍)"
)
_DAILY_SUM: Final = re.compile(
    rf"(?<![一-鿿\d])日均?(?:街面)?(?:巡查|巡逻|巡)(?:次数|频次)?(?P<bound7>不少于|不低于|至少|达)?(?P<count7>{_S})(?:次|轮|遍)(?P<above7>以上)?"
)
_CLOCK: Final = r"\d{1,2}(?::\d{2}|[点时](?:\d{1,2}分?|半)?)"
_CLOCKS: Final = re.compile(
    rf"每[天日晚][^,;。]{{0,16}}?(?P<clocks>{_CLOCK}(?:[、和]{_CLOCK}){{1,5}})(?![-至到~\d])"
)
_PART_OF_DAY: Final = re.compile(r"(?:夜间?|晚上?|白天|日间|时段|时期|期间|天气)[^,;。]{0,4}$")
_UNITS: Final = {"天": "day", "日": "day", "夜": "day", "晚": "day", "周": "week", "星期": "week",
                 "月": "month", "季度": "quarter", "季": "quarter", "年": "year", "班": "shift"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cadence:
    """``count`` times per ``per``; ``at_least`` when more is welcome."""

    start: int
    end: int
    count: int
    per: str
    at_least: bool
    is_counted: bool


_CHANGED: Final = re.compile(
    rf"(?:改为|改成|增至|增为|增加[到至为]|提高[到至]|加密[到至为]|加到)(?P<count>{_S})(?:次|趟|遍|轮|班)"
)


def changed(text: str, base: int, per: str) -> Iterator[Cadence]:
    """``改为四趟``: another count for the period of the cadence before."""
    for match in _CHANGED.finditer(text):
        count = numerals.whole(match["count"])
        if count:
            yield Cadence(match.start() + base, match.end() + base, count, per, False, True)


def cadences(text: str, base: int = 0) -> list[Cadence]:
    """The cadences of a clause: those with a figure, those by parts of the day, daily or weekly."""
    found: list[Cadence] = []
    for grammar in (
        _raised,
        _by_weekdays,
        _added,
        _by_clocks,
        _by_parts,
        _daily_sum,
        _counted,
        _far,
        _reversed,
        _hourly,
        _each,
    ):
        for row in grammar(text, base):
            if not any(row.start < other.end and other.start < row.end for other in found):
                found.append(row)
    return sorted(found, key=lambda row: row.start)


def _by_parts(text: str, base: int) -> Iterator[Cadence]:
    for match in _PARTS_RUN.finditer(text):
        count = len(_PARTS.findall(match["parts"]))
        each = numerals.whole(match["each"]) if match["each"] else 1
        lead = re.search(r"(?:每[天日晚周]|一[天日])[^,。;]{0,8}$", text[: match.start()])
        # 白天、夜间巡查都要加强 asks for more, not for two
        if not lead and re.match(
            r"[^,。;]{0,6}(?:都要|均要|都应|要)?加[强大]", text[match.end() :]
        ):
            continue
        if not lead and not _PARTS_MEANT.search(match["rest"]):
            continue
        start = lead.start() if lead else match.start()
        yield Cadence(start + base, match.end() + base, count * (each or 1), "day", False, True)


def _added(text: str, base: int) -> Iterator[Cadence]:
    """``白天两次、夜间一次`` is three times a day."""
    for match in _ADDED.finditer(text):
        counts = [
            numerals.whole(words) or 0 for words in re.findall(rf"({_S})(?:次|遍|轮|趟)", match[0])
        ]
        lead = re.search(r"每[天日][^,。;]{0,8}$", text[: match.start()])
        start = lead.start() if lead else match.start()
        yield Cadence(start + base, match.end() + base, sum(counts), "day", False, True)


def _raised(text: str, base: int) -> Iterator[Cadence]:
    """``每日由2次增至4次`` is four."""
    for match in _RAISED.finditer(text):
        count = numerals.whole(match["count6"])
        if count:
            yield Cadence(
                match.start() + base, match.end() + base, count, _unit(match["unit6"]), False, True
            )


def _by_clocks(text: str, base: int) -> Iterator[Cadence]:
    """``每日8:00、14:00、20:00`` is three times a day."""
    for match in _CLOCKS.finditer(text):
        count = len(re.findall(_CLOCK, match["clocks"]))
        yield Cadence(match.start() + base, match.end() + base, count, "day", False, True)


def _daily_sum(text: str, base: int) -> Iterator[Cadence]:
    """``日巡查不少于3次``."""
    for match in _DAILY_SUM.finditer(text):
        count = numerals.whole(match["count7"])
        more = bool(match["above7"]) or match["bound7"] in ("不少于", "不低于", "至少")
        if count:
            yield Cadence(match.start() + base, match.end() + base, count, "day", more, True)


def _far(text: str, base: int) -> Iterator[Cadence]:
    """``每天……对辖区巡查两次``: period and count far apart."""
    for match in _FAR.finditer(text):
        count = numerals.whole(match["count5"])
        if count:
            yield Cadence(
                match.start() + base, match.end() + base, count, _unit(match["unit5"]), False, True
            )


def _by_weekdays(text: str, base: int) -> Iterator[Cadence]:
    """``每周一、三、五`` is three times a week."""
    for match in _WEEKDAYS.finditer(text):
        count = len(re.findall(r"[一二三四五六日]", match["days"]))
        yield Cadence(match.start() + base, match.end() + base, count, "week", False, True)


def _each(text: str, base: int) -> Iterator[Cadence]:
    for match in _ONE_EACH.finditer(text):
        unit = (
            _unit(match["unit3"].removeprefix("每"))
            if match["unit3"] not in ("逐日", "天天")
            else "day"
        )
        yield Cadence(match.start() + base, match.end() + base, 1, unit, True, False)


def _unit(words: str) -> str:
    return _UNITS.get(words.removesuffix("都"), "day")


def _counted(text: str, base: int) -> Iterator[Cadence]:
    for match in _COUNTED.finditer(text):
        count = numerals.whole(match["count1"])
        if count is None or not 0 < count < 100:
            continue
        unit = match["unit1"] or match["one1"][1:]
        more = bool(match["above1"]) or bool(re.search(r"不[得]?[少低]于|至少|最少", match[0]))
        yield Cadence(match.start() + base, match.end() + base, count, _unit(unit), more, True)


def _reversed(text: str, base: int) -> Iterator[Cadence]:
    for match in _REVERSED.finditer(text):
        count = numerals.whole(match["count2"])
        if count:
            yield Cadence(
                match.start() + base, match.end() + base, count, _unit(match["unit2"]),
                bool(match["above2"]), True,
            )  # fmt: skip


def _hourly(text: str, base: int) -> Iterator[Cadence]:
    for match in _HOURS.finditer(text):
        hours = numerals.value_of(match["hours"])
        # every two hours of the night is not twelve times a day
        if hours and not _PART_OF_DAY.search(text[: match.start()]):
            count = int(24 / hours) * (numerals.whole(match["count4"] or "1") or 1)
            yield Cadence(match.start() + base, match.end() + base, count, "day", True, True)
