"""Division codes and the compact table of divisions, as plain values.

Codes are the 12-digit statistical codes (统计用区划代码): 2 province, 2 prefecture, 2 county,
3 town, 3 village (CO-08, CO-10). A shorter code is the same code without its trailing zeros.
"""

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LEVELS = ("province", "prefecture", "county", "town", "village")
LEVEL_LENGTHS = (2, 4, 6, 9, 12)
FULL_LENGTH = 12
CODE_HEADINGS = ("code", "统计用区划代码", "区划代码", "行政区划代码", "代码")
NAME_HEADINGS = ("name", "名称", "区划名称", "单位名称")


class BadDivisionTable(ValueError):
    """A table of divisions that cannot be read; the text says where and what to mend."""


@dataclass(frozen=True, slots=True)
class DivisionRow:
    """One division as a table gives it.

    `lat`, `lon` are WGS-84 degrees or None where not even the prefecture is located;
    `is_approximate` says that the point is that of a larger unit or only near.
    """

    code: str
    name: str
    level: str
    parent_code: str | None
    lat: float | None = None
    lon: float | None = None
    is_approximate: bool = False


def full_code(code: str) -> str:
    """The 12-digit form of a code of 2, 4, 6, 9 or 12 digits. Raises ValueError for others."""
    if len(code) not in LEVEL_LENGTHS or not (code.isascii() and code.isdigit()):
        message = f"not a division code: {code!r} (2, 4, 6, 9 or 12 digits)"
        raise ValueError(message)
    return code.ljust(FULL_LENGTH, "0")


def short_code(code: str) -> str:
    """The code without the zeros of the levels below it: 522601000000 → 522601.

    It is the prefix that every division inside shares.
    """
    full = full_code(code)
    for length in LEVEL_LENGTHS:
        if not full[length:].strip("0"):
            return full[:length]
    return full


def level_of(code: str) -> str:
    """province, prefecture, county, town or village."""
    return LEVELS[LEVEL_LENGTHS.index(len(short_code(code)))]


def contains(outer: str, inner: str) -> bool:
    """Whether `inner` is `outer` or lies inside it."""
    return full_code(inner).startswith(short_code(outer))


def shared_prefix(codes: Iterable[str]) -> str:
    """The prefix of the smallest unit that all 12-digit codes lie in; "" for the country."""
    listed = list(codes)
    for length in reversed(LEVEL_LENGTHS[:-1]):
        if len({code[:length] for code in listed}) == 1:
            return listed[0][:length]
    return ""


def edition_of(data: bytes) -> str:
    """The day the packaged table was true, as YYYY-MM-DD."""
    with gzip.open(io.BytesIO(data), "rt", encoding="utf-8") as file:
        heading = file.readline()
    if not heading.startswith("#edition\t"):
        message = "the file has no #edition line: it was not made by tools/build_divisions.py"
        raise BadDivisionTable(message)
    return heading.removeprefix("#edition\t").strip()


def read_divisions(data: bytes, *, prefix: str = "") -> Iterator[DivisionRow]:
    """Rows of the packaged table, parents before children, below `prefix` and its ancestors.

    A row without a point takes its parent's and is approximate.
    """
    edition_of(data)
    known: dict[str, DivisionRow] = {}
    with gzip.open(io.BytesIO(data), "rt", encoding="utf-8") as file:
        file.readline()
        for line in file:
            code, name, *where = line.rstrip("\n").split("\t")
            if prefix and not (code.startswith(prefix) or prefix.startswith(code)):
                continue
            row = _located(full_code(code), name, where, known)
            known[row.code] = row
            yield row


def _located(code: str, name: str, where: list[str], known: dict[str, DivisionRow]) -> DivisionRow:
    parent = _parent_among(code, known)
    level = level_of(code)
    above = parent.code if parent else None
    if where:
        return DivisionRow(code, name, level, above, float(where[0]), float(where[1]), "~" in where)
    if parent:
        return DivisionRow(code, name, level, above, parent.lat, parent.lon, is_approximate=True)
    return DivisionRow(code, name, level, above, is_approximate=True)


def _parent_among(code: str, known: dict[str, DivisionRow]) -> DivisionRow | None:
    """The nearest unit above that the table holds; some prefectures have no counties (东莞)."""
    short = short_code(code)
    for length in reversed(LEVEL_LENGTHS):
        if length < len(short):
            parent = known.get(short[:length].ljust(FULL_LENGTH, "0"))
            if parent:
                return parent
    return None


def read_csv_divisions(text: str) -> Iterator[DivisionRow]:
    """Rows of a newer table as CSV with a code and a name column, in any order.

    Columns: `code` or 统计用区划代码 …, `name` or 名称 …, optional `lat` and `lon` (WGS-84).
    Raises BadDivisionTable with the line number for a bad code, an empty name or a code told twice.
    """
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    headings = list(reader.fieldnames or ())
    code_heading = _heading(headings, CODE_HEADINGS)
    name_heading = _heading(headings, NAME_HEADINGS)
    named: dict[str, tuple[str, list[str]]] = {}
    for number, line in enumerate(reader, start=2):
        code = _checked_code(line[code_heading], number)
        name = (line[name_heading] or "").strip()
        if not name:
            message = f"line {number}: the name is empty"
            raise BadDivisionTable(message)
        if code in named:
            message = f"line {number}: code {code} stands in the table twice"
            raise BadDivisionTable(message)
        lat, lon = (line.get("lat") or "").strip(), (line.get("lon") or "").strip()
        named[code] = (name, [lat, lon] if lat and lon else [])
    known: dict[str, DivisionRow] = {}
    for code in sorted(named, key=lambda c: (len(short_code(c)), c)):
        row = _located(code, *named[code], known)
        known[code] = row
        yield row


def _heading(headings: Iterable[str], accepted: tuple[str, ...]) -> str:
    for heading in headings:
        if heading.strip().lower() in accepted:
            return heading
    message = f"the first line needs a column named {' or '.join(accepted)}"
    raise BadDivisionTable(message)


def _checked_code(text: str | None, number: int) -> str:
    try:
        return full_code((text or "").strip())
    except ValueError as error:
        message = f"line {number}: {error}"
        raise BadDivisionTable(message) from error
