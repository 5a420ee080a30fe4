"""What stands in a paper: values as words, what differs between two versions, what is missing."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from nuantu.papers.rules.kinds import Field, PaperKind, Row, Values
from nuantu.papers.rules.placeholders import EMPTY_BOX, TICKED_BOX

SPLIT: Final = re.compile("[，,、\t|｜]")


def said(field: Field, value: "str | Sequence[Row] | None", *, has_boxes: bool = False) -> str:
    """A value in words: an answer by its Chinese word, a list as `棉被 1床；……`, nothing as nothing."""
    if field.columns:
        rows = value if isinstance(value, list) else []
        return "；".join(
            " ".join(filter(None, (row_value(c, row) for c in field.columns))) for row in rows
        )
    text = value if isinstance(value, str) else ""
    if not field.choices:
        return text
    if has_boxes:
        return "  ".join(
            f"{TICKED_BOX if text == choice.code else EMPTY_BOX}{choice.zh}"
            for choice in field.choices
        )
    return next((choice.zh for choice in field.choices if choice.code == text), text)


def row_value(column: Field, row: Row) -> str:
    """One part of a row of a list."""
    return said(column, row.get(column.code, ""))


def frozen(values: Mapping[str, Any]) -> str:
    """Values as the text that is sealed: the same values always give the same text."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def thawed(text: str) -> Values:
    """Values back from their text."""
    values: Values = json.loads(text)
    return values


def digest(values: Mapping[str, Any]) -> str:
    """SHA-256 of frozen values."""
    return hashlib.sha256(frozen(values).encode()).hexdigest()


def kept(kind: PaperKind, values: Values) -> Values:
    """Only what the kind declares and what is known, cut to its length: a feed cannot smuggle more in."""
    found: Values = {}
    for field in kind.contents:
        value = values.get(field.code)
        if field.columns and isinstance(value, list):
            rows = [{c.code: row.get(c.code, "")[: c.most] for c in field.columns} for row in value]
            found |= {field.code: rows} if rows else {}
        elif isinstance(value, str) and value.strip() and not field.columns:
            found[field.code] = value.strip()[: field.most]
    return found


def changed(kind: PaperKind, before: Values, after: Values) -> list[str]:
    """Codes of the fields that differ, in the order of the form."""
    return [
        field.code
        for field in kind.contents
        if (before.get(field.code) or "") != (after.get(field.code) or "")
    ]


def missing(kind: PaperKind, values: Values) -> list[Field]:
    """Fields that the paper may not be issued without."""
    return [field for field in kind.contents if field.is_required and not values.get(field.code)]


def rows_typed(field: Field, text: str) -> list[Row]:
    """Rows of a list from lines of text: the parts of a line stand between commas."""
    rows = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        parts = SPLIT.split(line, len(field.columns) - 1)
        rows.append({c.code: p.strip() for c, p in zip(field.columns, parts, strict=False)})
    return rows


def number_text(mark: str, year: int, serial: int) -> str:
    """The number as it stands on the paper: `求登〔2026〕0007号`."""
    return f"{mark}〔{year}〕{serial:04d}号"
