"""A form as a Word file: title, number line, a ruled table, lines to sign, a footer with the page."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

SONG, HEI = "宋体", "黑体"
WIDTHS = (2.7, 5.4, 2.7, 5.4)
CENTRE, LEFT, RIGHT = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
)


class Sheet:
    """Builds one form from top to bottom."""

    def __init__(self, kind: str, title: str, *, copies: int = 1, basis: str = "") -> None:
        self.document = Document()
        self.copies = copies
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.4)
        section.top_margin = section.bottom_margin = Cm(2)
        normal = self.document.styles["Normal"]
        normal.font.size = Pt(11)
        _font(normal.element.get_or_add_rPr(), SONG)
        about = self.document.core_properties
        about.title, about.author, about.category = title, "", kind
        about.comments = basis
        self._table: Any = None
        self.line(title, size=18, bold=True, align=CENTRE, font=HEI, after=8)
        head = self.document.add_table(rows=1, cols=2)
        head.alignment = WD_TABLE_ALIGNMENT.CENTER
        _put(head.cell(0, 0), "出具单位：{{出具单位}}", LEFT)
        _put(head.cell(0, 1), "编号：{{文书编号}}", RIGHT)
        _widths(head, (8.1, 8.1))
        self._footer()

    def line(
        self,
        text: str,
        *,
        size: float = 11,
        bold: bool = False,
        align: Any = LEFT,
        font: str = SONG,
        indent: bool = False,
        after: float = 4,
    ) -> "Sheet":
        """One paragraph outside the table."""
        self._table = None
        paragraph = self.document.add_paragraph()
        _write(paragraph, text, size=size, bold=bold, font=font)
        paragraph.alignment = align
        shape = paragraph.paragraph_format
        shape.space_before, shape.space_after = Pt(2), Pt(after)
        shape.line_spacing = 1.5 if indent else 1.2
        if indent:
            shape.first_line_indent = Pt(size * 2)
        return self

    def row(self, *pairs: str, high: float = 0.85) -> "Sheet":
        """Labels with what stands beside them: two pairs, or one over the whole width."""
        row = self._row(high)
        cells = row.cells
        if len(pairs) == 2:
            value = cells[1].merge(cells[3])
            _put(cells[0], pairs[0], CENTRE)
            _put(value, pairs[1], LEFT)
            return self
        for place, text in enumerate(pairs):
            _put(cells[place], text, CENTRE if place % 2 == 0 else LEFT)
        return self

    def head(self, text: str) -> "Sheet":
        """A heading over the whole width of the table."""
        row = self._row(0.8)
        _put(row.cells[0].merge(row.cells[3]), text, CENTRE, bold=True)
        return self

    def rows_of(self, name: str, *columns: str) -> "Sheet":
        """A list: a line of heads and one line that repeats for each row."""
        for is_head in (True, False):
            cells = self._row(0.75).cells
            for place, (begin, end) in enumerate(_spans(len(columns))):
                cell = cells[begin] if begin == end else cells[begin].merge(cells[end])
                word = columns[place]
                _put(cell, word if is_head else f"{{{{{name}.{word}}}}}", CENTRE, bold=False)
        return self

    def sign(self, *places: str, high: float = 1.5) -> "Sheet":
        """Lines to sign, two beside each other."""
        row = self._row(high)
        for index, place in enumerate(places):
            _put(row.cells[index * 2], place, CENTRE)
            _put(row.cells[index * 2 + 1], f"{{{{{place}}}}}", LEFT)
        if len(places) == 1:
            row.cells[1].merge(row.cells[3])
        return self

    def made(self) -> bytes:
        """The Word file."""
        stream = BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def _row(self, high: float) -> Any:
        if self._table is None:
            self._table = self.document.add_table(rows=0, cols=4, style="Table Grid")
            self._table.alignment = WD_TABLE_ALIGNMENT.CENTER
            self._table.autofit = False
        row = self._table.add_row()
        row.height, row.height_rule = Cm(high), WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = Cm(width)
        _grid(self._table, WIDTHS)
        return row

    def _footer(self) -> None:
        footer = self.document.sections[0].footer
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = CENTRE
        copies = "本文书一式两份，双方各执一份。" if self.copies > 1 else ""
        _write(paragraph, f"{copies}{{{{联次}}}}　第 ", size=9)
        _page_field(paragraph)
        _write(paragraph, " 页", size=9)


def _spans(count: int) -> list[tuple[int, int]]:
    return {2: [(0, 1), (2, 3)], 3: [(0, 0), (1, 2), (3, 3)]}.get(count, [(n, n) for n in range(4)])


def _put(cell: Any, text: str, align: Any, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    _write(paragraph, text, bold=bold)
    paragraph.alignment = align
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER


def _write(
    paragraph: Any, text: str, *, size: float = 11, bold: bool = False, font: str = SONG
) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold or None
    _font(run.element.get_or_add_rPr(), font)


def _font(properties: Any, name: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for which in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{which}"), name)


def _page_field(paragraph: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(9)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run.element.append(mark)


def _grid(table: Any, widths: tuple[float, ...]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)


def _widths(table: Any, widths: tuple[float, ...]) -> None:
    table.autofit = False
    _grid(table, widths)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
