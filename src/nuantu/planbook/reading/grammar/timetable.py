"""Days in the order of a timetable: later ones take year and month from those before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from nuantu.planbook.reading.grammar.whens import When, periods, singles

_BARE: Final = re.compile(
    r"(?<![\d月年.第每-])(?<!\d:)(?:(?P<first>\d{1,2})[日号]?(?:至|到|~|-{1,2}))?(?P<last>\d{1,2})[日号](?![\d常])"
    r"|(?<![\d月年份])(?P<part>[上中下]旬)"
)
_UNTIL_AFTER: Final = re.compile(r"^(?:之|以)?前|^截止|^截至|^止|^底前")
_UNTIL_BEFORE: Final = re.compile(r"(?:至|到|截止|截至)$")
_FROM_AFTER: Final = re.compile(r"^(?:起|开始|以后|之后|后)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """From which day to which; one of them is None where the text gives only the other."""

    start: int
    end: int
    first: When | None
    last: When | None
    is_period: bool = False


def stretches(text: str, base: int = 0, carried: When | None = None) -> list[Stretch]:
    """Every day or period of a text in its order.

    ``carried`` is a date from before the text: ``20日`` or ``中旬`` takes year and month from it
    or from the last full date of the text itself.
    """
    found = [_of_period(row.start, row.end, row.first, row.last) for row in periods(text)]
    taken = [(row.start, row.end) for row in found]
    for when in singles(text):
        dated = when.month is not None or when.kind == "issue"
        if dated and not any(start <= when.start < end for start, end in taken):
            found.append(of_one(text, when))
    taken = [(row.start, row.end) for row in found]
    for match in _BARE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            month = _month_before(found, match.start()) or carried
            if month:
                found += _of_bare(text, match, month)
    return [_moved(row, base) for row in sorted(found, key=lambda row: row.start)]


def of_one(text: str, when: When, base: int = 0) -> Stretch:
    """A single date: the last day behind 至 or before 前, the first before 起, else both."""
    after, before = text[when.end - base :][:4], text[: when.start - base][-4:]
    if _UNTIL_AFTER.match(after) or _UNTIL_BEFORE.search(before):
        return Stretch(when.start, when.end, None, when)
    if _FROM_AFTER.match(after) or when.kind == "issue":
        return Stretch(when.start, when.end, when, None)
    return Stretch(when.start, when.end, when, when)


def _of_period(start: int, end: int, first: When, last: When) -> Stretch:
    return Stretch(start, end, first, last, is_period=True)


def _month_before(found: list[Stretch], place: int) -> When | None:
    earlier = [row for row in found if row.end <= place]
    nearest = max(earlier, key=lambda row: row.end, default=None)
    when = nearest and (nearest.last or nearest.first)
    return when if when and when.month else None


def _of_bare(text: str, match: re.Match[str], month: When) -> Iterator[Stretch]:
    start, end = match.span()
    if match["part"]:
        when = replace(
            month, start=start, end=end, words=match[0], kind="dekad", day=None, part=match["part"]
        )
        yield of_one(text, when)
        return
    last = replace(
        month, start=start, end=end, words=match[0], kind="day", day=int(match["last"]), part=""
    )
    first = replace(last, day=int(match["first"])) if match["first"] else None
    if last.is_impossible or (first and first.is_impossible):
        return
    yield _of_period(start, end, first, last) if first else of_one(text, last)


def _moved(row: Stretch, base: int) -> Stretch:
    def by(when: When | None) -> When | None:
        return when and replace(when, start=when.start + base, end=when.end + base)

    return replace(
        row,
        start=row.start + base,
        end=row.end + base,
        first=by(row.first),
        last=by(row.last),
    )
