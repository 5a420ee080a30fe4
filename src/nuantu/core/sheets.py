"""The sheet of a register as the bytes of an Excel file."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from nuantu.core import clock, exports


def _plain(value: object) -> str | int | float | None:
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return f"{clock.local(value):%Y-%m-%d %H:%M}"
    return exports.safe_text(str(value))


def written(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    preamble: Sequence[str],
) -> bytes:
    """What `exports.register_xlsx` sends; texts stay texts, at most `MOST_ROWS` rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(
        exports.safe_text(title)[:30].translate(str.maketrans("[]:*?/\\", "       "))
    )
    sheet.freeze_panes = f"A{len(preamble) + 2}"
    for place, text in enumerate(preamble):
        cell = WriteOnlyCell(sheet, value=exports.safe_text(text))
        cell.font = Font(bold=place == 0, size=16 if place == 0 else 11)
        sheet.append([cell])
    head = []
    for heading in headings:
        cell = WriteOnlyCell(sheet, value=exports.safe_text(str(heading)))
        cell.font = Font(bold=True)
        head.append(cell)
    sheet.append(head)
    for number, row in enumerate(rows):
        if number == exports.MOST_ROWS:
            sheet.append([exports.cut_short()])
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
    return buffer.getvalue()
