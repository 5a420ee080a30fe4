"""Registers as Excel."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from nuantu.core import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS: Final = 20_000
# What a query fetches, so that the sheet knows whether there was more.
MOST_FETCHED: Final = MOST_ROWS + 1
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_text(value: str) -> str:
    """Text that a spreadsheet will not run: control characters gone, a quote before a formula sign."""
    clean = "".join(ch for ch in value if ch >= " " or ch in "\n\t")[:32_000]
    return "'" + clean if clean.startswith(FORMULA_STARTS) else clean


def _plain(value: object) -> str | int | float | None:
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return f"{clock.local(value):%Y-%m-%d %H:%M}"
    return safe_text(str(value))


def cut_short() -> str:
    """What is said where a register has more rows than a sheet takes."""
    return _("只导出前 %(most)s 条，后面还有。请缩小筛选范围分次导出。") % {
        "most": f"{MOST_ROWS:,}"
    }


def register_xlsx(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    preamble: Sequence[str] = (),
) -> HttpResponse:
    """A register of one sheet; every text is stored as text, moments in China's time.

    After `MOST_ROWS` rows a last line says that there are more.

    `preamble` are the lines of an official form above the headings: its name, the unit, the period.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(safe_text(title)[:30].translate(str.maketrans("[]:*?/\\", "       ")))
    sheet.freeze_panes = f"A{len(preamble) + 2}"
    for place, text in enumerate(preamble):
        cell = WriteOnlyCell(sheet, value=safe_text(text))
        cell.font = Font(bold=place == 0, size=16 if place == 0 else 11)
        sheet.append([cell])
    head = []
    for heading in headings:
        cell = WriteOnlyCell(sheet, value=safe_text(str(heading)))
        cell.font = Font(bold=True)
        head.append(cell)
    sheet.append(head)
    for number, row in enumerate(rows):
        if number == MOST_ROWS:
            sheet.append([cut_short()])
            break
        line = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=_plain(value))
            if isinstance(cell.value, str):
                cell.data_type = "s"
            line.append(cell)
        sheet.append(line)
    buffer = BytesIO()
    book.save(buffer)
    response = HttpResponse(buffer.getvalue(), content_type=XLSX)
    stamp = f"{clock.local(clock.now()):%Y%m%d-%H%M}"
    response["Content-Disposition"] = f'attachment; filename="nuantu-{stamp}.xlsx"'
    return response
