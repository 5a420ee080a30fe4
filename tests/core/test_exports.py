"""A register that is longer than a sheet takes says so."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from nuantu.core.exports import MOST_ROWS, cut_short, register_xlsx


def _last(count: int) -> tuple[int, object]:
    """Rows of the sheet under its heading, and the first cell of the last one."""
    answer = register_xlsx("登记", ["编号"], ([number] for number in range(count)))
    sheet = load_workbook(BytesIO(answer.content), read_only=True).worksheets[0]
    cells = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    return len(cells), cells[-1]


@pytest.mark.slow
def test_a_register_that_was_cut_says_so_in_its_last_line() -> None:
    assert _last(MOST_ROWS + 5) == (MOST_ROWS + 1, cut_short())


@pytest.mark.slow
def test_a_register_that_fits_ends_with_its_last_row() -> None:
    assert _last(MOST_ROWS) == (MOST_ROWS, MOST_ROWS - 1)
