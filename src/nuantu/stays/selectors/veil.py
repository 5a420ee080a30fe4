"""Free text about a restricted person: there for whoever gave a purpose, told to be there for others."""

from collections.abc import Iterable
from copy import copy
from typing import TypeVar

MASK = "••••"
Row = TypeVar("Row")


def veiled(rows: Iterable[Row], *names: str, is_masked: bool) -> list[Row]:
    """The rows to be shown; where the person is masked, copies whose texts only say that they exist."""
    return [_copy(row, names) if is_masked else row for row in rows]


def _copy(row: Row, names: Iterable[str]) -> Row:
    shown = copy(row)
    for name in names:
        if getattr(shown, name):
            setattr(shown, name, MASK)
    return shown
