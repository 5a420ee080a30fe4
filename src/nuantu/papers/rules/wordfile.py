"""A Word file as a tree: its parts, paragraphs, rows and text, read without knowing what they mean."""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.oxml.ns import qn

P, R, T, TR, TC, TBL, BR = (qn(f"w:{name}") for name in ("p", "r", "t", "tr", "tc", "tbl", "br"))
INSTRUCTION: Final = qn("w:instrText")
INSTR: Final = qn("w:instr")
VAL: Final = qn("w:val")
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_UNPRINTABLE: Final = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Story:
    """One run of text: the body, a header or a footer; `owner` is what pictures are added through."""

    owner: Any
    element: Any


def opened(content: bytes) -> Any:
    """The document behind a file. Raises what python-docx raises for something else."""
    return Document(BytesIO(content))


def saved(document: Any) -> bytes:
    """The file of a document."""
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def stories(document: Any) -> list[Story]:
    """The body, then headers and footers that a section has of its own."""
    own = [
        part
        for section in document.sections
        for part in (section.header, section.footer)
        if not part.is_linked_to_previous
    ]
    return [
        Story(document, document.element.body),
        *(Story(part, part.part.element) for part in own),
    ]


def paragraphs(element: Any) -> Iterator[Any]:
    """Every paragraph below an element, also those in cells and text boxes."""
    return iter(list(element.iter(P)))


def texts(paragraph: Any) -> list[Any]:
    """The pieces of text of a paragraph, without those of paragraphs inside it."""
    return [piece for piece in paragraph.iter(T) if nearest(piece, P) is paragraph]


def text_of(paragraph: Any) -> str:
    """The text of a paragraph as one string, however Word has cut it into pieces."""
    return "".join(piece.text or "" for piece in texts(paragraph))


def rows(element: Any) -> list[Any]:
    """Table rows below an element, the innermost first."""
    return list(element.iter(TR))[::-1]


def own_text(row: Any) -> str:
    """The text of a row without that of tables inside it."""
    return "\n".join(text_of(p) for p in row.iter(P) if nearest(p, TR) is row)


def nearest(element: Any, tag: str) -> Any:
    """The nearest element of a kind around this one."""
    return next(element.iterancestors(tag), None)


def doubled(element: Any) -> Any:
    """A copy of an element, put behind it."""
    twin = copy.deepcopy(element)
    element.addnext(twin)
    return twin


def put_text(piece: Any, text: str) -> None:
    """Set the text of a piece; a line break in it becomes one on paper."""
    first, *others = _UNPRINTABLE.sub("", text.replace("\r", "")).split("\n")
    piece.text = first
    piece.set(SPACE, "preserve")
    for line in reversed(others):
        twin = doubled(piece)
        twin.text = line
        piece.addnext(piece.makeelement(BR, {}))


def replace_span(pieces: list[Any], start: int, end: int, text: str) -> Any:
    """Put text in the place of characters start to end, which may lie in several pieces; the first of them."""
    place, first = 0, None
    for piece in pieces:
        said = piece.text or ""
        begin, stop = max(start - place, 0), min(end - place, len(said))
        place += len(said)
        if begin >= stop:
            continue
        new = text if first is None else ""
        put_text(piece, said[:begin] + new + said[stop:])
        first = piece if first is None else first
    return first
