"""Every other figure of a text, typed: counts, ages, lengths, hours, days, decades, feasts, phones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from nuantu.planbook.reading.grammar import numerals
from nuantu.planbook.reading.grammar.numerals import FIGURE, SMALL


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its kind, its value (a number, or least and most) and what is counted."""

    start: int
    end: int
    kind: str
    value: Any
    unit: str | None = None


_N: Final = rf"(?:{FIGURE}[余多]?[万千百]?|{SMALL}|几)"
_RANGE: Final = rf"(?P<a>{_N})(?:(?P<u>岁|周岁|cm|厘米|米|名|人|户|个|场|次|天|份)?(?:-{{1,2}}|至|到|~)(?P<b>{_N}))?"
_SIMPLE: Final = (
    ("age", "year", r"(?:周岁|岁)"),
    ("length", "cm", r"(?:cm|厘米|公分)"),
    ("hours", "hour", r"(?:个)?小时"),
    ("minutes", "minute", r"(?:分钟)"),
    ("percent", "percent", r"%"),
    ("years", "year", r"年(?=来|间|内|以上|以来)"),
)
# classifier and the words after it, first match wins
_COUNTS: Final = (
    ("person_time", r"(?:余|多)?人次"),
    ("vehicle_time", r"(?:余|多)?(?:台次|车次|辆次)"),
    ("household", r"(?:余|多)?户"),
    ("phase", r"个?(?:阶段|步骤)"),
    ("tier", r"级(?=联动|网络|管理|体系|联席|机制|工作)"),
    ("team", r"(?:余|多)?(?:套(?=[一-鿿]{0,3}班子|人马)|支|个(?=[一-鿿]{0,6}(?:小组|队|专班)))"),
    ("flyer", r"(?:余|多)?(?:份|张)(?=[一-鿿]{0,4}(?:宣传|传单|单张|海报|手册))"),
    ("must", r"(?:个)?必须"),
    ("must_not", r"(?:个)?不(?:得|准|许)"),
    ("event", r"(?:余|多)?(?:场次|场|期)"),
    ("person", r"(?:余|多)?(?:名|位|个(?=[一-鿿]{0,4}(?:人员|干部|同志|志愿|工作|孩子|老人))|人(?![次员民均群类工大才事力口身际格道士家间情行心数物]|以上|选)|(?=工作人员))"),
    ("vehicle", r"(?:余|多)?(?:辆|台)"),
    ("point", r"(?:余|多)?(?:处|个(?=[一-鿿]{0,6}(?:点|站|场所|驿站|地点|部位)))"),
    ("township", r"个(?=乡镇|镇|街道)"),
    ("village", r"个(?=村|社区|行政村)"),
    ("copy", r"份"),
    ("item", r"(?:余|多)?(?:件|套|床|箱|袋|条|双|瓶|盒|顶|副)"),
)  # fmt: skip
_FLYER_BEFORE: Final = re.compile(r"(?:宣传单张?|传单|海报|宣传册|宣传手册|宣传资料)$")
_ONCE: Final = re.compile(rf"(?P<n>{SMALL})次(?!性)(?P<what>[^,;。]{{0,30}})")
_PER: Final = re.compile(
    rf"每(?P<half>半)?(?P<unit>天|日|周|星期|月|季度|年|夜|晚)(?![一二三四五六日]?前|人)(?:[^,;。]{{0,14}}?(?P<n>{SMALL})(?:次|轮|遍))?"
)
_PER_UNITS: Final = {"天": "day", "日": "day", "夜": "day", "晚": "day", "周": "week", "星期": "week",
                     "月": "month", "季度": "quarter", "年": "year"}  # fmt: skip
_SPAN_OF_DAYS: Final = re.compile(
    rf"(?P<n>{SMALL}|\d{{1,15}})(?:个)?(?P<unit>天|工作日|星期|礼拜|周|日内|个?月内|日(?=以?[内前]))"
)
_DAY_UNITS: Final = {"天": 1, "工作日": 1, "日内": 1, "日": 1, "星期": 7, "礼拜": 7, "周": 7}
_FESTIVAL: Final = re.compile(
    r"两节|双节|元旦|春节|元宵节|元宵|除夕|腊八|小年|端午节|端午|中秋节|中秋|国庆节|国庆|重阳节|重阳|清明节|清明"
)
_DECADE: Final = re.compile(r"(?P<d>[二三四五六七八九]十|\d0)年代")
_FOUNDING: Final = re.compile(r"(?:建国|解放|新中国成立)(?:以)?前")
_PHONE: Final = re.compile(r"(?<![\d.])(?:110|119|120|122|12345|12349)(?![\d年月日元个名人])")
_DOCUMENT: Final = re.compile(r"[一-鿿]{1,14}[〔(<][12][\dx]{3}[〕)>]\s*[\dx]{1,4}\s*号")


def figures(text: str, base: int = 0) -> list[Figure]:
    """The figures of a sentence in the order of the text; no stretch is read twice by one kind."""
    found: list[Figure] = []
    for grammar in _GRAMMARS:
        found += grammar(text)
    return [
        Figure(row.start + base, row.end + base, row.kind, row.value, row.unit)
        for row in sorted(found, key=lambda row: (row.start, row.end))
    ]


def _value(match: re.Match[str]) -> int | float | list[int | float] | None:
    first = numerals.value_of(match["a"])
    if first is None:
        return None
    if match["b"] is None:
        return numerals.plain(first)
    last = numerals.value_of(match["b"])
    return [numerals.plain(first), numerals.plain(last)] if last is not None else None


def _simple(text: str) -> Iterator[Figure]:
    for kind, unit, sign in _SIMPLE:
        for match in re.finditer(_RANGE + sign, text):
            value = _value(match)
            if value is not None:
                yield Figure(match.start(), match.end(), kind, value, unit)


def _counts(text: str) -> Iterator[Figure]:
    taken: list[tuple[int, int]] = []
    for unit, sign in _COUNTS:
        for match in re.finditer(rf"(?<![第十百千\d.]){_RANGE}{sign}", text):
            value = _value(match)
            is_taken = any(start < match.end() and match.start() < end for start, end in taken)
            if value is None or is_taken:
                continue
            taken.append(match.span())
            real = (
                "flyer" if unit == "copy" and _FLYER_BEFORE.search(text[: match.start()]) else unit
            )
            yield Figure(match.start(), match.end(), "count", value, real)


def _once(text: str) -> Iterator[Figure]:
    for match in _ONCE.finditer(text):
        value = numerals.whole(match["n"])
        if value is not None and not re.search(r"每[^,。;]{0,10}$|第$", text[: match.start()]):
            unit = "inspection" if re.search(r"检查|排查|巡检", match["what"]) else "event"
            yield Figure(match.start(), match.start() + len(match["n"]) + 1, "count", value, unit)


def _per(text: str) -> Iterator[Figure]:
    for match in _PER.finditer(text):
        per = ("half_" if match["half"] else "") + _PER_UNITS[match["unit"]]
        times = numerals.whole(match["n"]) if match["n"] else 1
        yield Figure(match.start(), match.end(), "frequency", [times or 1, per])


def _days(text: str) -> Iterator[Figure]:
    for match in _SPAN_OF_DAYS.finditer(text):
        value = numerals.whole(match["n"])
        if value is None or re.search(r"[月第\d每]$", text[: match.start()]):
            continue
        factor = _DAY_UNITS.get(match["unit"])
        if factor:
            unit = "working_day" if match["unit"] == "工作日" else "day"
            yield Figure(match.start(), match.end(), "days", value * factor, unit)


def _named(text: str) -> Iterator[Figure]:
    for match in _FESTIVAL.finditer(text):
        yield Figure(*match.span(), "festival", match[0])
    for match in _DECADE.finditer(text):
        decade = numerals.whole(match["d"]) or 0
        yield Figure(*match.span(), "year", 1900 + decade)
    for match in _FOUNDING.finditer(text):
        yield Figure(*match.span(), "year", 1949)
    for match in _PHONE.finditer(text):
        yield Figure(*match.span(), "phone", match[0])
    for match in _DOCUMENT.finditer(text):
        yield Figure(*match.span(), "doc_number", re.sub(r"\s", "", match[0]))


_GRAMMARS: Final[tuple[Callable[[str], Iterator[Figure]], ...]] = (
    _simple,
    _counts,
    _once,
    _per,
    _days,
    _named,
)
