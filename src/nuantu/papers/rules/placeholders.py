"""Placeholders of a template: `{{姓名}}`, `{{性别:勾选}}`, `{{随身物品.物品名称}}`.

A word in braces names a field by its Chinese word or its code. `:勾选` (`:tick`) prints every answer of
a field with a ticked or empty box. `list.column` repeats its table row (or paragraph) for each row of the list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nuantu.papers.rules.kinds import Field, PaperKind

TICK_WORDS: Final = ("勾选", "tick")
EMPTY_BOX, TICKED_BOX = "□", "■"
PATTERN: Final = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
OPENING: Final = re.compile(r"\{\{|\}\}|\{%|%\}")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One placeholder as it is written: the field, the column of a list, boxes instead of a word."""

    raw: str
    name: str
    column: str = ""
    has_boxes: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A placeholder with the field that it names."""

    placeholder: Placeholder
    field: Field
    column: Field | None = None


def parse(inner: str) -> Placeholder:
    """What stands between the braces. Wide punctuation counts as narrow."""
    text = inner.replace("：", ":").replace("．", ".").strip()
    head, colon, tail = text.partition(":")
    name, _dot, column = head.partition(".")
    has_boxes = bool(colon) and tail.strip() in TICK_WORDS
    if colon and not has_boxes:
        name, column = text, ""
    return Placeholder(inner, name.strip(), column.strip(), has_boxes)


def found_in(text: str) -> Iterator[Placeholder]:
    """Every placeholder of a text, in order."""
    for match in PATTERN.finditer(text):
        yield parse(match[1])


def leftover(text: str) -> str:
    """What looks like a broken placeholder or a command of another template language; nothing if clean."""
    rest = PATTERN.sub("", text)
    found = OPENING.search(rest)
    return rest[max(0, found.start() - 10) : found.end() + 10].strip() if found else ""


def name_in(kind: PaperKind, placeholder: Placeholder) -> Named | None:
    """The field that a placeholder means; None where the kind has none of that name."""
    field = kind.field_named(placeholder.name)
    if field is None or (placeholder.has_boxes and not field.choices):
        return None
    if not placeholder.column:
        return Named(placeholder, field)
    column = field.column(placeholder.column)
    return Named(placeholder, field, column) if column else None
