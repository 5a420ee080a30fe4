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
_TIMES: Final = r"(?:次|轮|趟|遍|回|巡|个班次|班次|个频次|场)"
_BOUND: Final = r"(?P<bound{n}>不少于|不低于|至少|最少|不得少于|不得低于|保证|坚持|确保|开展|组织|安排|进行|巡查|巡逻|排查|集中|定期|原则上|达到|分|要)*"
_COUNTED: Final = re.compile(
    (_EVERY + r"(?:[一-鿿、“”]{{0,18}}?)" + _BOUND).format(n=1)
    + rf"(?P<count1>{_S})(?:-(?P<upto1>{_S}))?(?:个)?{_TIMES}(?P<above1>以上|及以上)?"
)
_REVERSED: Final = re.compile(
    rf"(?P<count2>{_S})(?:-(?P<upto2>{_S}))?{_TIMES}(?P<above2>以上)?[/每](?P<unit2>天|日|周|星期|月)"
)
_ONE_EACH: Final = re.compile(
    r"(?P<unit3>每天|每日|每周|每星期|每月|每晚|每夜|逐日|天天|每天都)(?![一二两三四五六七八九\d半])"
)
_PARTS: Final = re.compile(r"上午|中午|下午|晚上|夜间|夜晚|凌晨|早上|清晨|早|中|晚|夜|傍晚|深夜")
_PARTS_RUN: Final = re.compile(
    r"(?:(?:上午|中午|下午|晚上|夜间|夜晚|凌晨|早上|清晨|早晨|傍晚|深夜|早间|午间|晚间)[、和及,]?){2,5}|早[、]?中[、]?晚|早[、]?晚"
)
_HOURS: Final = re.compile(
    rf"每(?:隔)?(?P<hours>{_S}|半)个?小时(?:[一-鿿]{{0,6}}?)(?P<count4>{_S})?(?:次|轮|趟|遍)"
)
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


def cadences(text: str, base: int = 0) -> list[Cadence]:
    """The cadences of a clause with a figure, else those that say daily or weekly."""
    found = [*_counted(text, base), *_reversed(text, base), *_hourly(text, base)]
    if found:
        return found
    parts = _PARTS_RUN.search(text)
    if parts:
        count = len(_PARTS.findall(parts[0]))
        return [Cadence(parts.start() + base, parts.end() + base, count, "day", False, True)]
    return [
        Cadence(match.start() + base, match.end() + base, 1, _unit(match["unit3"][1:]), True, False)
        for match in _ONE_EACH.finditer(text)
    ]


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
        if hours:
            count = int(24 / hours) * (numerals.whole(match["count4"] or "1") or 1)
            yield Cadence(match.start() + base, match.end() + base, count, "day", True, True)
