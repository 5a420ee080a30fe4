"""The parts of an area from a table: rows of a file as lines, and everything wrong with them at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from nuantu.patrols.rules.sweeps import MOST_LINES, Part, cells_of, is_heading

EMPTY, TWICE, UNKNOWN, ITSELF, TAKEN, MANY = "empty", "twice", "unknown", "itself", "taken", "many"
COLUMNS: Final = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a line, counted from one: a code and what stands there."""

    line: int
    why: str
    value: str


def findings_in(
    text: str, known: Collection[str], itself: Collection[str], taken: Collection[tuple[str, str]]
) -> list[Finding]:
    """Everything wrong with the lines of a table, in their order; empty when it can be used.

    `known` are the names and codes of places in the area, `itself` those of the area, `taken` the
    place and grid of parts that are in the sweep already.
    """
    found: list[Finding] = []
    seen: set[tuple[str, str]] = set()
    for number, part in lines_of(text):
        key = (part.place, part.grid)
        why = _why(part, known, itself, taken, seen)
        if why:
            found.append(Finding(number, why, " ".join(filter(None, (*key, part.person)))))
        seen.add(key)
    if len(seen) > MOST_LINES:
        found.append(Finding(MOST_LINES + 1, MANY, str(len(seen))))
    return found


def _why(part: Part, known: Collection[str], itself: Collection[str],
         taken: Collection[tuple[str, str]], seen: Collection[tuple[str, str]]) -> str:  # fmt: skip
    key = (part.place, part.grid)
    if not part.place:
        return EMPTY
    if key in seen:
        return TWICE
    if part.place not in known:
        return UNKNOWN
    if part.place in itself and not part.grid:
        return ITSELF
    return TAKEN if key in taken else ""


def lines_of(text: str) -> Iterable[tuple[int, Part]]:
    """The lines of a table with their numbers; empty lines and a heading are left out."""
    for number, line in enumerate(text.splitlines(), 1):
        cells = cells_of(line)
        if any(cells) and not (number == 1 and is_heading(cells)):
            yield number, Part(*[*cells, "", "", ""][:COLUMNS])


def text_of_rows(rows: Iterable[Iterable[object]]) -> str:
    """Rows of a sheet as lines; nothing of a row is lost, what lies beyond the third column joins it."""
    said = []
    for row in rows:
        cells = [_plain(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        first, rest = cells[: COLUMNS - 1], [cell for cell in cells[COLUMNS - 1 :] if cell]
        said.append(",".join([*first, " ".join(rest)] if rest else first))
    return "\n".join(said).strip("\n")


def _plain(cell: object) -> str:
    """A cell in one line without the marks that part columns; a whole number without its point."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else str(cell)
    for mark in (",", "，", "\t", "\n", "\r"):
        text = text.replace(mark, " ")
    return " ".join(text.split())
