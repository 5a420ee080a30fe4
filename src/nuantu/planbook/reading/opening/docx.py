"""Word files: paragraphs with their list numbers, tables with merged cells, headers and footers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from nuantu.planbook.reading.opening.numbering import Numbering, attribute, tag
from nuantu.planbook.reading.opening.pieces import Opened, Piece
from nuantu.planbook.reading.result import BlockKind, Finding, finding

PART_LIMIT: Final = 40_000_000
RATIO_LIMIT: Final = 200
FILES_LIMIT: Final = 5_000
_ODD: Final = (zipfile.BadZipFile, KeyError, ParseError, DefusedXmlException, RuntimeError, ValueError,
               NotImplementedError, OSError)  # fmt: skip
_PAGE_FIELD: Final = re.compile(r"^[\s\-—–第页共\d/]*$")


class _BombError(ValueError):
    """A part that inflates beyond reason."""


def open_docx(data: bytes) -> Opened:
    """The text of a Word file. A part that cannot be read leaves a finding, the rest is read."""
    findings: list[Finding] = []
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _guard(archive)
        body = _part(archive, "word/document.xml")
    except _BombError:
        return Opened("docx", (), (_bomb(),))
    except _ODD:
        return Opened("docx", (), (_damaged(),))
    try:
        numbering = Numbering(
            _optional(archive, "word/numbering.xml"), _optional(archive, "word/styles.xml")
        )
        walk = _Walk(numbering)
        body_pieces = list(walk.pieces(body))
    except _ODD:
        return Opened("docx", (), (_damaged(),))
    pieces = [*_margins(archive, "header"), *body_pieces, *_margins(archive, "footer")]
    if walk.merged:
        findings.append(_merged(walk.merged))
    return Opened("docx", tuple(pieces), tuple(findings))


def _guard(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    for entry in entries:
        is_text = entry.filename.endswith((".xml", ".rels"))
        inflates = entry.file_size > RATIO_LIMIT * max(entry.compress_size, 1)
        if is_text and (entry.file_size > PART_LIMIT or (inflates and entry.file_size > 1_000_000)):
            raise _BombError(entry.filename)
    if len(entries) > FILES_LIMIT:
        raise _BombError("entries")


def _part(archive: zipfile.ZipFile, name: str) -> Element:
    with archive.open(name) as stream:
        data = stream.read(PART_LIMIT + 1)
    if len(data) > PART_LIMIT:
        raise _BombError(name)
    root: Element = fromstring(data, forbid_dtd=True)
    return root


def _optional(archive: zipfile.ZipFile, name: str) -> Element | None:
    try:
        return _part(archive, name)
    except _ODD:
        return None


def _margins(archive: zipfile.ZipFile, which: BlockKind) -> Iterable[Piece]:
    seen = set()
    for name in sorted(archive.namelist()):
        if re.fullmatch(rf"word/{which}\d*\.xml", name):
            root = _optional(archive, name)
            for paragraph in root.iter(tag("p")) if root is not None else ():
                text = text_of(paragraph).strip()
                if text and text not in seen and not _PAGE_FIELD.match(text):
                    seen.add(text)
                    yield Piece(text, which)


class _Walk:
    """Goes through the body in reading order."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.merged = 0

    def pieces(self, parent: Element) -> Iterator[Piece]:
        """The paragraphs and rows below an element."""
        for child in parent:
            if child.tag == tag("p"):
                yield from self._paragraph(child)
            elif child.tag == tag("tbl"):
                yield from self._table(child)
            elif child.tag in (
                tag("body"),
                tag("sdt"),
                tag("sdtContent"),
                tag("ins"),
                tag("smartTag"),
            ):
                yield from self.pieces(child)

    def _paragraph(self, paragraph: Element) -> Iterator[Piece]:
        label = self.numbering.label(paragraph)
        kind: BlockKind = "heading" if self.numbering.is_heading(paragraph) else "paragraph"
        kind = "list" if label and kind == "paragraph" else kind
        for number, line in enumerate(text_of(paragraph).split("\n")):
            yield Piece((label + line) if number == 0 else line, kind)

    def _table(self, table: Element) -> Iterator[Piece]:
        above: dict[int, str] = {}
        for row in table.iter(tag("tr")):
            cells: list[str] = []
            column = 0
            for cell in row.findall(tag("tc")):
                text, width, goes_on = self._cell(cell)
                if goes_on:
                    text = above.get(column, "")
                if goes_on or width > 1:
                    self.merged += 1
                cells += [text] if text or not cells else [""]
                for _ in range(width):
                    above[column] = text
                    column += 1
            yield Piece("\t".join(cells), "table")

    def _cell(self, cell: Element) -> tuple[str, int, bool]:
        properties = cell.find(tag("tcPr"))
        width, goes_on = 1, False
        if properties is not None:
            span = properties.find(tag("gridSpan"))
            width = int(attribute(span, "val") or 1) if span is not None else 1
            merge = properties.find(tag("vMerge"))
            goes_on = merge is not None and attribute(merge, "val") != "restart"
        text = "".join(text_of(paragraph) for paragraph in cell.iter(tag("p")))
        return text.replace("\n", "").replace("\t", " ").strip(), min(max(width, 1), 50), goes_on


def text_of(paragraph: Element) -> str:
    """The words of a paragraph, without what was deleted in tracked changes."""
    words = []
    for node in _shown(paragraph):
        if node.tag == tag("t"):
            words.append(node.text or "")
        elif node.tag == tag("tab"):
            words.append("  ")
        elif node.tag in (tag("br"), tag("cr")):
            words.append("\n")
        elif node.tag == tag("noBreakHyphen"):
            words.append("-")
    return "".join(words)


def _shown(node: Element) -> Iterator[Element]:
    for child in node:
        if child.tag in (tag("del"), tag("moveFrom"), tag("pPr"), tag("rPr")):
            continue
        yield child
        yield from _shown(child)


def _bomb() -> Finding:
    return finding(
        "error",
        "zip_bomb",
        "文件解开后大得反常，没有读",
        "The file inflates beyond reason and was not read",
    )


def _damaged() -> Finding:
    return finding(
        "error",
        "damaged",
        "Word 文件损坏，或压缩包里没有正文",
        "The Word file is damaged, or the archive holds no body",
    )


def _merged(count: int) -> Finding:
    return finding(
        "question",
        "merged_cells",
        f"表格里有 {count} 处合并单元格，已按所跨的行列各算一格，请核对",
        f"The tables have {count} merged cells; each was read for every row it spans, please check",
    )
