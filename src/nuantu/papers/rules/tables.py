"""The grid of a Word table: widths, heights, and each cell once with how far it reaches."""

from dataclasses import dataclass
from typing import Any, Final

from docx.oxml.ns import qn

from nuantu.papers.rules import wordfile

TWIP: Final = 1 / 20
LEAST_HEIGHT: Final = 14.0
DEFAULT_WIDTH: Final = 80.0


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: its column and row, how many it spans, where its text stands."""

    element: Any
    x: int
    y: int
    across: int
    down: int
    side: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as rows and columns; lengths are points."""

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    cells: tuple[GridCell, ...]
    has_lines: bool
    side: str


def child(element: Any, name: str) -> Any:
    """A child by its name; None also below nothing."""
    return element.find(qn(name)) if element is not None else None


def value(element: Any, name: str) -> str:
    """What a child says in `w:val`; nothing where there is none."""
    found = child(element, name)
    return str(found.get(wordfile.VAL) or "") if found is not None else ""


def is_on(element: Any, name: str) -> bool:
    """Whether a switch such as bold is there and not turned off."""
    found = child(element, name)
    return found is not None and found.get(wordfile.VAL, "1") not in ("0", "false", "off")


def _number(text: Any) -> float:
    return float(text) if text and str(text).lstrip("-").replace(".", "", 1).isdigit() else 0.0


def grid(table: Any) -> Grid:
    """Read the grid; a cell that goes on from the row above belongs to the cell where it began."""
    rows = [row for row in table if row.tag == wordfile.TR]
    placed: list[tuple[int, int, int, Any, str]] = []
    for y, row in enumerate(rows):
        x = int(_number(value(child(row, "w:trPr"), "w:gridBefore")))
        for cell in (one for one in row if one.tag == wordfile.TC):
            shape = child(cell, "w:tcPr")
            across = max(1, int(_number(value(shape, "w:gridSpan"))))
            merge = child(shape, "w:vMerge")
            going_on = merge is not None and merge.get(wordfile.VAL, "continue") == "continue"
            placed.append((x, y, across, cell, "continue" if going_on else ""))
            x += across
    columns = max((x + across for x, _y, across, _cell, _merge in placed), default=1)
    return Grid(
        _widths(table, columns),
        tuple(_height(row) for row in rows) or (LEAST_HEIGHT,),
        tuple(_cells(placed)),
        _has_lines(table),
        value(child(table, "w:tblPr"), "w:jc"),
    )


def _cells(placed: list[tuple[int, int, int, Any, str]]) -> list[GridCell]:
    goes_on = {(x, y) for x, y, _across, _cell, merge in placed if merge}
    found = []
    for x, y, across, cell, merge in placed:
        if merge and (x, y - 1) in {(a, b) for a, b, *_rest in placed}:
            continue
        down = 1
        while (x, y + down) in goes_on:
            down += 1
        side = {"center": "horizon", "bottom": "bottom"}.get(
            value(child(cell, "w:tcPr"), "w:vAlign"), "top"
        )
        found.append(GridCell(cell, x, y, across, down, side))
    return found


def _widths(table: Any, columns: int) -> tuple[float, ...]:
    said = [_number(one.get(qn("w:w"))) * TWIP for one in table.iter(qn("w:gridCol"))][:columns]
    said += [0.0] * (columns - len(said))
    return tuple(width or DEFAULT_WIDTH for width in said)


def _height(row: Any) -> float:
    found = child(child(row, "w:trPr"), "w:trHeight")
    said = _number(found.get(wordfile.VAL)) * TWIP if found is not None else 0.0
    return max(LEAST_HEIGHT, said)


def _has_lines(table: Any) -> bool:
    """Lines where borders are said or a style with a grid is used."""
    shape = child(table, "w:tblPr")
    borders = child(shape, "w:tblBorders")
    if borders is not None:
        return any(one.get(wordfile.VAL) not in (None, "none", "nil") for one in borders)
    return "grid" in value(shape, "w:tblStyle").lower()
