"""Dates as documents write them: 2022年11月中旬, 20xx年1月21日, 12月底, 即日起, 腊月初八."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from nuantu.planbook.reading.grammar import numerals

_CN: Final = "〇零一二三四五六七八九十"
_YEAR: Final = (
    r"(?:(?P<year{n}>(?:19|20)\d\d|20[x*_\d][x*_]|[x*_]{{1,4}}|[一二][〇零0一二三四五六七八九]{{3}}"
    r"|[今明次翌当去本同来]|(?<=[从自于(至到]))年(?:度)?的?[,，]?)"
)
_MONTH: Final = (
    r"(?P<month{n}>1[0-2]|元(?=月)|0?[1-9]|\d{{2}}|[x*]{{1,2}}|1[x*]|十[一二](?=月)|[一二三四五六七八九十](?=月份|月[上中下]旬|月底|月末|月初|月["
    + _CN
    + r"]{{1,3}}[日号]))"
)
_DAY: Final = rf"(?P<day{{n}}>\d{{{{1,2}}}}|[x*\d]{{{{1,2}}}}|[{_CN}]{{{{1,3}}}})"
_PART: Final = r"(?:份)?(?P<part{n}>上旬|中下旬|上中旬|中旬|下旬|月底|月末|月初|底|末|初)"
_NUMERIC: Final = r"(?P<y{n}>(?:19|20)\d\d)(?P<sep{n}>[-./])(?P<m{n}>\d{{1,2}})(?P=sep{n})(?P<d{n}>\d{{1,2}})(?!\d)日?"
_LUNAR: Final = (
    r"(?P<lunar{n}>(?:农历)?(?:腊月|正月|冬月)(?:初[一二三四五六七八九十]|[十廿二三]{{1,2}}[一二三四五六七八九]?)"
    r"|元旦|春节|元宵节?|除夕|腊八节?|小年|端午节?|中秋节?|国庆节?|清明节?|重阳节?)(?:前夕|当天|前后)?"
)
_ISSUE: Final = (
    r"(?P<issue{n}>即日|现在|目前"
    r"|(?:从|自)?(?:本)?(?:方案|通知|文件|预案|制度|办法)?(?:印发|发文|发布|下发|公布|接到通知|颁布)之日)(?=起|开始|至|到)"
)
_YEAR_END: Final = r"(?:(?P<year{n}>(?:19|20)\d\d|20[x*_\d][x*_]|[今明次当本])年)?(?P<yearend{n}>(?<!\d)年底|(?<=\d)年底|年末|底(?<=[今明次当本\dx]年底))"
_TODAY: Final = r"(?P<spoken{n}>昨日|昨天|今日|今天|近日|日前)"
_FULL: Final = _YEAR + r"?" + _MONTH + r"月(?:" + _PART + r"|(?:份)?" + _DAY + r"(?:日|号))"
_MONTH_ONLY: Final = _YEAR + r"?" + _MONTH + r"月(?:份)?(?!\d)"
SEPARATOR: Final = (
    r"(?:\([^()\d]{1,12}\))?(?:起|开始|启动|始)?[,，]?"
    r"(?:预计|将|一直|行动|活动|时间|全面|为止){0,3}(?:持续|延续|截止|截至|结束)?[ ]?(?:-{1,3}|~{1,2}|至|到|止于)+[ ]?"
)
_LISTED: Final = r"|(?<=\d)、(?=\d{1,2}[日号])|" + "|".join(
    rf"(?<=[^、]{month})、(?={month + 1}月)" for month in range(1, 9)
)
_NEXT_MONTH: Final = "|".join(rf"(?<=[^、\d]{month})、{month + 1}月" for month in range(1, 9))
_UNTIL: Final = r"(?:-{1,3}|~{1,2}|至|到)"
_LAST_OPEN: Final = r"(?:-{1,3}|~{1,2}|至|到|、)"


def _numbered(pattern: str, number: int) -> str:
    return pattern.format(n=number)


def _any(number: int, *, is_second: bool = False) -> str:
    kinds = [_NUMERIC, _FULL, _MONTH_ONLY, _YEAR_END, _LUNAR]
    kinds += [] if is_second else [_ISSUE, _TODAY]
    alternatives, shift = [], number * 10
    for offset, kind in enumerate(kinds):
        alternatives.append(_numbered(kind, shift + offset))
    if is_second:
        alternatives.append(_numbered(_DAY + r"(?:日|号)", shift + 8))
    else:
        # 1月21-22日, 11月1至11月25日: the first day without its 日
        alternatives.insert(
            1,
            _numbered(_YEAR + r"?" + _MONTH + r"月" + _DAY, shift + 8)
            + rf"(?={_LAST_OPEN}[ ]?(?:\d|x))",
        )
        # 6-9月: the first month without its 月
        alternatives.append(
            _numbered(_YEAR + r"?" + _MONTH, shift + 9) + rf"(?={_UNTIL}\d{{1,2}}月|{_NEXT_MONTH})"
        )
    return "(?:" + "|".join(alternatives) + ")"


_SINGLE: Final = re.compile(_any(1))
_PERIOD: Final = re.compile(
    rf"(?P<first>{_any(1)})(?:{SEPARATOR}{_LISTED})(?P<last>{_any(2, is_second=True)})"
)
_DOTTED: Final = re.compile(
    r"(?<![\d.])(?P<first>(?P<m1>1[0-2]|[1-9])\.(?P<d1>[0-3]?\d))(?:-{1,2}|~|至)(?P<last>(?:(?P<m2>1[0-2]|[1-9])\.)?(?P<d2>[0-3]?\d))(?![\d.]|[元万%岁度℃米])"
)
_HINT: Final = re.compile(r"\d|月|[即现目]|之日|节|元旦|除夕|腊|小年|[昨今近日]|年[底末]")
_YEARS: Final = re.compile(r"((?:19|20)\d\d)年?(?:[-~至到、/])((?:19|20)?\d\d)年")


@dataclass(frozen=True, slots=True)
class When:
    """A date as written. ``year_word`` is 今, 明 and the like; ``kind`` tells how it is meant."""

    start: int
    end: int
    words: str
    kind: str = "day"  # day, dekad, month, lunar, issue, spoken
    year: int | None = None
    year_word: str = ""
    month: int | None = None
    day: int | None = None
    part: str = ""
    is_masked: bool = False

    @property
    def is_impossible(self) -> bool:
        """Whether no calendar holds the day (2月30日, 13月)."""
        if self.month is not None and not 1 <= self.month <= 12:
            return True
        if self.month is None or self.day is None:
            return False
        return not 1 <= self.day <= calendar.monthrange(self.year or 2024, self.month)[1]


@dataclass(frozen=True, slots=True)
class Period:
    """Two dates with a word between them that says from and to."""

    start: int
    end: int
    first: When
    last: When


def periods(text: str, base: int = 0) -> list[Period]:
    """Every period of a text; ``base`` is added to the places."""
    return [
        Period(row.start + base, row.end + base, _moved(row.first, base), _moved(row.last, base))
        for row in _periods(text)
    ]


def singles(text: str, base: int = 0) -> list[When]:
    """Every date of a text, those of periods included."""
    return [_moved(when, base) for when in _whens(text)]


@lru_cache(maxsize=8192)
def _periods(text: str) -> tuple[Period, ...]:
    base = 0
    if not _HINT.search(text):
        return ()
    found = list(_dotted(text, base))
    for match in _PERIOD.finditer(text):
        first = _read(match, "first", 1, base)
        last = _read(match, "last", 2, base)
        if first is None or last is None:
            continue
        if last.month is None and last.kind == "day":
            last = replace(last, month=first.month)
        last = _heir(first, last)
        first = _forebear(first, last)
        found.append(Period(match.start() + base, match.end() + base, first, last))
    return tuple(sorted(found, key=lambda period: period.start))


def _dotted(text: str, base: int) -> Iterator[Period]:
    """``11.10-11.15``: month and day with a point, only as a period."""
    for match in _DOTTED.finditer(text):
        month = int(match["m1"])
        first = When(*match.span("first"), match["first"], month=month, day=int(match["d1"]))
        last_month = int(match["m2"]) if match["m2"] else month
        last = When(*match.span("last"), match["last"], month=last_month, day=int(match["d2"]))
        if not (first.is_impossible or last.is_impossible):
            start, end = match.span()
            yield Period(start + base, end + base, _moved(first, base), _moved(last, base))


@lru_cache(maxsize=8192)
def _whens(text: str) -> tuple[When, ...]:
    if not _HINT.search(text):
        return ()
    found: list[When] = []
    at = 0
    for period in _periods(text):
        found += _singles(text[at : period.start], at)
        found += [period.first, period.last]
        at = period.end
    return (*found, *_singles(text[at:], at))


def year_pair(text: str) -> tuple[int, int] | None:
    """Two years that name one winter: 2022-2023年."""
    match = _YEARS.search(text)
    if match is None:
        return None
    first = int(match[1])
    last = int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])
    return (first, last) if last == first + 1 else None


def _singles(text: str, base: int) -> Iterator[When]:
    for match in _SINGLE.finditer(text):
        when = _read(match, 0, 1, base)
        if when is not None:
            yield when


def _moved(when: When, base: int) -> When:
    return replace(when, start=when.start + base, end=when.end + base)


def _heir(first: When, last: When) -> When:
    """The second date takes the year of the first where it has none."""
    if last.year_word in ("次", "翌", "明") and first.year:
        return replace(last, year=first.year + 1)
    if last.year or last.year_word or last.is_masked or last.kind in ("lunar", "issue", "spoken"):
        return last
    if first.is_masked:
        return replace(last, is_masked=True)
    if first.year and first.month and last.month:
        return replace(last, year=first.year + (last.month < first.month))
    return last


def _forebear(first: When, last: When) -> When:
    """The first date takes the year of the second where only that one has it."""
    if first.year or first.year_word or first.is_masked or first.month is None:
        return first
    if last.is_masked and last.year is None and "年" in last.words:
        return replace(first, is_masked=True)
    if last.year and last.month:
        return replace(first, year=last.year - (first.month > last.month))
    return first


def _groups(match: re.Match[str], number: int) -> dict[str, str]:
    """The groups of one date by their bare names."""
    out = {}
    for name, value in match.groupdict().items():
        bare = name.rstrip("0123456789")
        if value is not None and name != bare and name[len(bare)] == str(number):
            out[bare] = value
    return out


def _read(match: re.Match[str], group: str | int, number: int, base: int) -> When | None:
    start, end = match.span(group)
    got = _groups(match, number)
    when = When(start + base, end + base, match[group])
    if "lunar" in got:
        return replace(when, kind="lunar")
    if "issue" in got:
        return replace(when, kind="issue")
    if "spoken" in got:
        return replace(when, kind="spoken")
    if "yearend" in got:
        got = {**got, "month": "12", "part": "底"}
    if "y" in got:
        return replace(when, year=int(got["y"]), month=int(got["m"]), day=int(got["d"]))
    return _calendar(when, got)


def _calendar(when: When, got: dict[str, str]) -> When | None:
    year_words = got.get("year")
    year, word, masked = _year(year_words)
    month_words, day_words = got.get("month", ""), got.get("day", "")
    month = 1 if month_words == "元" else numerals.whole(month_words)
    day = numerals.whole(day_words)
    masked = masked or (bool(month_words) and month is None) or (bool(day_words) and day is None)
    part = got.get("part", "")
    kind = "day" if day_words else ("dekad" if "旬" in part else "month")
    return replace(
        when,
        kind=kind,
        year=year,
        year_word=word,
        month=month,
        day=day,
        part=part,
        is_masked=masked,
    )


def _year(words: str | None) -> tuple[int | None, str, bool]:
    """Year, word for a year, and whether it is masked or left blank."""
    if words is None:
        return None, "", False
    if words in "今明次翌当去本同来" and words:
        return None, words, False
    # 二00八: the noughts of a year in words may be figures
    plain = words if words.isdigit() else words.replace("0", "〇")
    value = numerals.whole(plain) if words else None
    return value, "", value is None
