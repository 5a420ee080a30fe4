"""Which column of a table somebody sent says what: told by its heading, in any order.

Nothing here depends on the language of the page; `tables` reads the files.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

Row = tuple[int, dict[str, str]]
FIRST_ROWS: Final = 10  # among which the headings stand
# sixteen digits and more do not fit into the numbers of a spreadsheet
_LONGEST_EXACT: Final = 10**15
_DROPPED: Final = re.compile(r"[\s*:：()（）\[\]]|选填|必填")


def cell_text(cell: object) -> str:
    """A cell as text: a day as 2015-03-04, a whole number without its point, a number that a spreadsheet
    cannot hold exactly as 4.526E+17, so that nobody takes it for what was written."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float):
        if abs(cell) >= _LONGEST_EXACT:
            return f"{cell:.4E}"
        return str(int(cell)) if float(cell).is_integer() else str(cell)
    return str(cell).replace("\x00", "").strip()


def _key(heading: object) -> str:
    return _DROPPED.sub("", unicodedata.normalize("NFKC", cell_text(heading))).lower()


class Headings:
    """The columns that are read: each key with what its heading may be, the template's word first."""

    def __init__(self, columns: Mapping[str, Sequence[str]]) -> None:
        self.columns = columns
        self._keys = {_key(name): column for column, names in columns.items() for name in names}

    def columns_in(self, headings: Sequence[object]) -> dict[int, str]:
        """Which place holds which column; a heading that nobody knows and a second one of a column are left out."""
        found: dict[int, str] = {}
        for place, heading in enumerate(headings):
            column = self._keys.get(_key(heading))
            if column and column not in found.values():
                found[place] = column
        return found

    def unknown(self, headings: Sequence[object]) -> list[str]:
        """The headings that are not read, as they were written."""
        known = self.columns_in(headings)
        return [
            cell_text(one)[:40]
            for place, one in enumerate(headings)
            if cell_text(one) and place not in known
        ]

    def rows_of(self, rows: Sequence[Sequence[object]]) -> tuple[list[Row], list[str]]:
        """The rows of a table as texts by column, with the number a spreadsheet shows, and unread headings.

        The headings are the first row of the first ten in which two columns are known; nothing where
        there is none.
        """
        first = enumerate(rows[:FIRST_ROWS])
        start = next((at for at, row in first if len(self.columns_in(row)) > 1), None)
        if start is None:
            return [], []
        columns = self.columns_in(rows[start])
        found = []
        for number, row in enumerate(rows[start + 1 :], start + 2):
            texts = {
                column: cell_text(row[place])
                for place, column in columns.items()
                if place < len(row)
            }
            told = {column: text for column, text in texts.items() if text}
            if told:
                found.append((number, told))
        return found, self.unknown(rows[start])
