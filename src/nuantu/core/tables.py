"""Rows of a table that somebody sent: an Excel sheet or a CSV file, told by the content."""

import csv
import io
import zipfile
import zlib
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

UNPACKED_BYTES: Final = 20 * 1024 * 1024
# What the readers raise for a file that is damaged, locked, or no sheet at all (ill-formed XML is a
# SyntaxError, a locked entry a RuntimeError).
BROKEN = (
    csv.Error, InvalidFileException, zipfile.BadZipFile, zlib.error, ValueError, LookupError,
    OSError, EOFError, SyntaxError, TypeError, AttributeError, RuntimeError,
)  # fmt: skip


def is_xlsx(content: bytes) -> bool:
    """Whether a file begins like an Excel workbook."""
    return content.startswith(b"PK")


def xlsx_rows(content: bytes, *, most_rows: int, most_columns: int) -> list[list[Any]]:
    """The rows of the first sheet, one more than `most_rows` where it has more. Raises one of BROKEN."""
    packed = zipfile.ZipFile(io.BytesIO(content))
    if sum(item.file_size for item in packed.infolist()) > UNPACKED_BYTES:
        message = "a sheet that grows beyond reason"
        raise ValueError(message)
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    rows = sheet.iter_rows(max_row=most_rows + 1, max_col=most_columns, values_only=True)
    return [list(row) for row in rows]


def csv_rows(content: bytes) -> list[list[str]]:
    """The rows of a CSV file in UTF-8 or GB 18030. Raises ValueError for what is no text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    if "\x00" in text:
        message = "a table holds no zero bytes"
        raise ValueError(message)
    first = text.partition("\n")[0]
    mark = max(",\t;", key=first.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
