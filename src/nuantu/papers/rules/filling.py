"""Filling a Word file: placeholders become words, list rows repeat, signatures become pictures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

from docx.shared import Cm
from docx.text.paragraph import Paragraph

from nuantu.papers.rules import wordfile
from nuantu.papers.rules.kinds import STANDARD, Field, PaperKind, Row, Values
from nuantu.papers.rules.placeholders import PATTERN, Named, found_in, name_in, parse
from nuantu.papers.rules.values import row_value, said

SIGNATURE_HEIGHT: Final = Cm(1.0)
# What nobody knows yet inside a sentence leaves a line to write on, not a gap nobody notices.
LINE: Final = "________"
# Braces in a value of a list wait as these while the rest is filled: a value is never a placeholder.
_AWAY: Final = {ord("{"): "\ue000", ord("}"): "\ue001"}
_BACK: Final = {0xE000: "{", 0xE001: "}"}


@dataclass(frozen=True, slots=True)
class Filling:
    """What one paper is filled with: its values, what it knows of itself, signatures as pictures; `unsigned` are
    words for a place to sign that has no picture."""

    kind: PaperKind
    values: Values
    standard: Mapping[str, str] = field(default_factory=dict)
    signatures: Mapping[str, bytes] = field(default_factory=dict)
    unsigned: Mapping[str, str] = field(default_factory=dict)


def fill(template: bytes, filling: Filling) -> bytes:
    """The Word file filled in. What is unknown stays empty in a cell and is a line to write on in a
    sentence; a word no field has stays as it stands."""
    document = wordfile.opened(template)
    for story in wordfile.stories(document):
        for row in wordfile.rows(story.element):
            _repeat(row, wordfile.own_text(row), filling)
        for paragraph in wordfile.paragraphs(story.element):
            _repeat(paragraph, wordfile.text_of(paragraph), filling)
        for paragraph in wordfile.paragraphs(story.element):
            _fill(paragraph, filling, None, story.owner)
        for piece in story.element.iter(wordfile.T):
            piece.text = (piece.text or "").translate(_BACK)
    return wordfile.saved(document)


def _list_in(text: str, kind: PaperKind) -> Field | None:
    """The list whose columns a row names."""
    for placeholder in found_in(text):
        named = name_in(kind, placeholder)
        if named and named.column:
            return named.field
    return None


def _repeat(element: Any, text: str, filling: Filling) -> None:
    """One copy of a row (or paragraph) for each row of its list; one empty one for an empty list."""
    of = _list_in(text, filling.kind)
    if of is None:
        return
    value = filling.values.get(of.code)
    rows: list[Row] = value if isinstance(value, list) and value else [{}]
    twins = [element]
    for _row in rows[1:]:
        twins.append(wordfile.doubled(twins[-1]))
    for twin, row in zip(twins, rows, strict=True):
        for paragraph in wordfile.paragraphs(twin):
            _fill(paragraph, filling, row, None)


def _fill(paragraph: Any, filling: Filling, row: Row | None, owner: Any) -> None:
    """Put words in the place of placeholders; of a repeated row only those of its list."""
    text = wordfile.text_of(paragraph)
    for match in reversed(list(PATTERN.finditer(text))):
        named = name_in(filling.kind, parse(match[1]))
        if named is None or (row is not None) != (named.column is not None):
            continue
        start, end = match.span()
        pieces = wordfile.texts(paragraph)
        if named.field.is_signature:
            code = named.field.code
            drawn = filling.signatures.get(code)
            words = "" if drawn else filling.unsigned.get(code, "")
            _sign(wordfile.replace_span(pieces, start, end, words), paragraph, drawn, owner)
            continue
        words = _words(named, filling, row) or (LINE if _is_asked(named, text, paragraph) else "")
        wordfile.replace_span(pieces, start, end, words)


def _is_asked(named: Named, text: str, paragraph: Any) -> bool:
    """Whether an empty value stands in a sentence outside any table, where it is written by hand."""
    is_own = named.column is None and all(named.field is not one for one in STANDARD)
    is_sentence = bool(PATTERN.sub("", text).strip())
    return is_own and is_sentence and next(paragraph.iterancestors(wordfile.TC), None) is None


def _words(named: Named, filling: Filling, row: Row | None) -> str:
    if named.column is not None:
        return row_value(named.column, row or {}).translate(_AWAY)
    if any(named.field is one for one in STANDARD):
        return filling.standard.get(named.field.code, "")
    return said(
        named.field, filling.values.get(named.field.code), has_boxes=named.placeholder.has_boxes
    )


def _sign(piece: Any, paragraph: Any, picture: bytes | None, owner: Any) -> None:
    """The picture of a signature where its placeholder stood."""
    if not picture:
        return
    run = Paragraph(paragraph, owner).add_run()
    run.add_picture(BytesIO(picture), height=SIGNATURE_HEIGHT)
    wordfile.nearest(piece, wordfile.R).addnext(run.element)
