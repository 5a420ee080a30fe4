"""The list of every figure and day of the text, each with the sentence it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from nuantu.planbook.reading.grammar.figures import Figure, figures
from nuantu.planbook.reading.grammar.whens import When, singles
from nuantu.planbook.reading.page import Page
from nuantu.planbook.reading.rules.found import Known

_BARE_DAY: Final = re.compile(
    r"(?<![\d月年.\-至到~])(?P<day>[1-9]|[12]\d|3[01])日(?=一?早|上午|中午|下午|晚|凌晨|,|前|起)"
)
_NAMES: Final = re.compile(
    r"(?P<post>[一-鿿]{1,8}(?:组 ?长|主任|成员|收件人|联系人|负责人))[:](?P<names>[^。;\n]{2,80})"
)
_PHONES: Final = re.compile(
    r"(?:热线|电话)[:为]?[ ]*(?P<list>[\dx*\-]{3,14}(?:[、,/ ]+[\dx*\-]{3,14})+)"
)
_FOUR_SENDS: Final = re.compile(r"送[一-鿿]{2,4}(?:[、,]送[一-鿿]{2,4}){2,9}")
_CARRIERS: Final = re.compile(r"((?:[一-鿿]{2,4}、){1,9}[一-鿿]{2,4}?)(?P<noun>快递|物流)")
_TWO_BODIES: Final = re.compile(
    r"([一-鿿]{2,14}(?P<tail>团委|民政局|总工会|社区|学校))[及和与、]([一-鿿]{2,14}(?P=tail))"
)
_FIELD: Final = re.compile(r"(?m)^[ ]*(?:\d{1,2}[、.])?[ ]*(?P<field>收件人|联系人)[:]")
_TEXT_LIMIT: Final = 300


def numbers(page: Page, known: Known) -> list[dict[str, Any]]:
    """Figures and days in the order of the text; ``span`` points into the normalised text."""
    rows: list[dict[str, Any]] = []
    month: When | None = None
    for start, end in page.sentences:
        sentence = page.text[start:end]
        days = singles(sentence, start)
        rows += (row for when in days if (row := _day_row(page, known, when)))
        month = next((when for when in reversed(days) if when.month), month)
        rows += _bare_days(page, known, start, sentence, month)
        rows += (_row(page, figure) for figure in figures(sentence, start))
        rows += (_row(page, figure) for figure in _lists(sentence, start))
    rows += (_row(page, figure) for figure in _fields(page))
    return sorted(rows, key=lambda row: row["span"])


def _row(page: Page, figure: Figure) -> dict[str, Any]:
    return {
        "kind": figure.kind,
        "value": figure.value,
        "unit": figure.unit,
        "text": _text(page, figure.start),
        "span": [figure.start, figure.end],
    }


def _text(page: Page, place: int) -> str:
    start, end = page.sentence_at(place)
    return page.text[start : min(end, max(start + _TEXT_LIMIT, place + 60))]


def _day_row(page: Page, known: Known, when: When) -> dict[str, Any] | None:
    day = known.calendar.day(when, "end")
    if not day.is_known or when.kind == "lunar":
        return None
    kind = "date" if day.iso else "month_day"
    return {
        "kind": kind,
        "value": day.iso or day.month_day,
        "unit": None,
        "text": _text(page, when.start),
        "span": [when.start, when.end],
    }


def _bare_days(
    page: Page, known: Known, start: int, sentence: str, month: When | None
) -> Iterator[dict[str, Any]]:
    """``7日早上`` is a day of the month named last."""
    if month is None:
        return
    for match in _BARE_DAY.finditer(sentence):
        when = replace(
            month, start=start + match.start(), end=start + match.end(), day=int(match["day"]),
            kind="day", part="",
        )  # fmt: skip
        row = _day_row(page, known, when)
        if row and start <= row["span"][0] and month.end <= when.start:
            yield row


def _lists(sentence: str, base: int) -> Iterator[Figure]:
    for match in _NAMES.finditer(sentence):
        yield _items(match, base, len(_parts(match["names"])), "person")
    for match in _PHONES.finditer(sentence):
        yield _items(match, base, len(re.split(r"[、,/ ]+", match["list"].strip(" 、,"))), "phone")
    for match in _FOUR_SENDS.finditer(sentence):
        yield _items(match, base, len(re.split(r"[、,]", match[0])), "form")
    for match in _CARRIERS.finditer(sentence):
        yield _items(match, base, len(match[1].split("、")), "carrier")
    for match in _TWO_BODIES.finditer(sentence):
        yield _items(match, base, 2, "office")


def _parts(words: str) -> list[str]:
    return [part for part in re.split(r"[、,]", words) if part.strip()]


def _items(match: re.Match[str], base: int, count: int, unit: str) -> Figure:
    return Figure(match.start() + base, match.end() + base, "items", count, unit)


def _fields(page: Page) -> Iterator[Figure]:
    """A form that asks for the same person several times."""
    found = list(_FIELD.finditer(page.text))
    if len(found) > 1:
        yield Figure(found[0].start("field"), found[0].end(), "items", len(found), "person")
