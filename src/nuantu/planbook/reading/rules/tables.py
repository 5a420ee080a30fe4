"""Money in tables: the unit stands in the head of a column, the class of people in the row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from nuantu.planbook.reading.grammar import numerals
from nuantu.planbook.reading.page import Page
from nuantu.planbook.reading.rules.category import kind_of, tidy
from nuantu.planbook.reading.rules.found import Found, Known

_MONEY_HEAD: Final = re.compile(
    r"元(?:/(?P<per>人|户|月|份|个|点|家|单位))?|金额|慰问金|补助标准|慰问标准|标准"
)
_WHO_HEAD: Final = re.compile(r"对象|类别|名称|项目|单位|姓名|人员|内容")
_NUMBER: Final = re.compile(r"^\d+(?:\.\d+)?$")
_PER: Final = {"人": "person", "户": "household", "份": "item", "个": "item", "点": "point",
               "家": "institution", "单位": "institution"}  # fmt: skip
_PAYER_HEAD: Final = re.compile(
    r"资金来源|经费来源|资金渠道|列支渠道|经费渠道|出资|承担单位|承担方|由谁承担|支付单位|付款"
)
# 市级配套(元): the column itself says who pays
_PAYS_HEAD: Final = re.compile(
    r"^(?P<by>(?:中央|[省市州县区旗镇乡村本]|街道)级?(?:财政)?)(?=补助|配套|承担|出资|负担|资金|安排)"
)
_SERIAL: Final = re.compile(r"^(?:序号|编号|备注|\d{1,3})$")
_TOTAL: Final = re.compile(r"合计|总计|小计")


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    text: str


def table_amounts(page: Page, known: Known) -> Iterator[Found]:
    """Numbers in a column whose head says 元, 金额 or 标准."""
    for table in _tables(page):
        head, rows = table[0], table[1:]
        for column, cell in enumerate(head):
            match = _MONEY_HEAD.search(cell.text)
            if match:
                for row in rows:
                    found = _of_row(head, row, column, match)
                    if found:
                        yield found


def _tables(page: Page) -> Iterator[list[list[_Cell]]]:
    """Runs of lines whose cells stand apart by tabs."""
    table: list[list[_Cell]] = []
    at = 0
    for line in [*page.text.split("\n"), ""]:
        if "\t" in line:
            table.append(_cells(line, at))
        else:
            if len(table) > 1:
                yield table
            table = []
        at += len(line) + 1


def _cells(line: str, at: int) -> list[_Cell]:
    cells = []
    for text in line.split("\t"):
        cells.append(_Cell(at, text.strip()))
        at += len(text) + 1
    return cells


def _of_row(head: list[_Cell], row: list[_Cell], column: int, match: re.Match[str]) -> Found | None:
    if column >= len(row) or not _NUMBER.match(row[column].text):
        return None
    who = _who(head, row, column)
    value = numerals.value_of(row[column].text)
    if who is None or value is None:
        return None
    if "万元" in head[column].text:
        value *= 10_000
    category = tidy(who.text) or who.text
    is_total = bool(_TOTAL.search(category))
    per = _PER.get(match["per"] or "")
    unit = "lump" if is_total else per or kind_of(category) or "lump"
    amount: dict[str, Any] = {
        "category": "资金合计" if is_total else category,
        "amount": numerals.plain(value),
        "unit": unit,
        "payer": _payer(head, row, column),
    }
    cell = row[column]
    return Found("amounts", amount, cell.start, cell.start + len(cell.text), "amounts.table", 0.85)


def _payer(head: list[_Cell], row: list[_Cell], column: int) -> str | None:
    """The cell under a head such as 资金来源, else the payer that the head of the sum names."""
    for number, cell in enumerate(row):
        if number < len(head) and number != column and _PAYER_HEAD.search(head[number].text):
            words = cell.text if cell.text and not _NUMBER.match(cell.text) else ""
            return words or None
    named = _PAYS_HEAD.match(head[column].text)
    return named["by"] if named else None


def _who(head: list[_Cell], row: list[_Cell], column: int) -> _Cell | None:
    """The cell under a head such as 慰问对象, else the last words before the sum."""
    named = [
        cell
        for number, cell in enumerate(row)
        if number < len(head)
        and number != column
        and _WHO_HEAD.search(head[number].text)
        and not _PAYER_HEAD.search(head[number].text)
    ]
    words = [cell for cell in row[:column] if cell.text and not _SERIAL.match(cell.text)]
    fit = [cell for cell in (*reversed(named), *reversed(words)) if not _NUMBER.match(cell.text)]
    return fit[0] if fit and fit[0].text else None
