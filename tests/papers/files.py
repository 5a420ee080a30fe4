"""Small Word files, good and bad, made for a test."""

import zipfile
from io import BytesIO

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def word_file(*lines: str, row: tuple[str, ...] = ()) -> bytes:
    """Paragraphs, and one table row below them."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if row:
        table = document.add_table(rows=1, cols=len(row), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, row, strict=True):
            cell.text = text
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def cut_in_pieces(*pieces: str) -> bytes:
    """One paragraph in several runs, as Word leaves it after a correction."""
    document = Document()
    paragraph = document.add_paragraph()
    for piece in pieces:
        paragraph.add_run(piece).bold = len(paragraph.runs) % 2 == 0
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def with_part(name: str, content: str, base: bytes | None = None) -> bytes:
    """A Word file with one more (or another) part in its package."""
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(base or word_file("{{姓名}}"))) as old,
        zipfile.ZipFile(made, "w") as new,
    ):
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return made.getvalue()


def relation(mode: str, kind: str, target: str) -> str:
    """A file of relations with one of this kind."""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" TargetMode="{mode}" Type="x/{kind}" Target="{target}"/>'
        "</Relationships>"
    )


def with_relation(mode: str, kind: str, target: str) -> bytes:
    """A Word file whose settings are tied to something."""
    return with_part("word/_rels/settings.xml.rels", relation(mode, kind, target))


def with_field(*pieces: str) -> bytes:
    """A Word file with a field, cut into pieces as Word may leave it."""
    document = Document()
    document.add_paragraph("{{姓名}}")
    paragraph = document.add_paragraph()
    for kind, text in (("begin", ""), *(("", one) for one in pieces), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        paragraph.add_run()._r.append(element)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def with_line_spacing(said: str) -> bytes:
    """A Word file that passes every check and says a length that is none."""
    document = Document()
    paragraph = document.add_paragraph("{{姓名}}")
    paragraph.paragraph_format.line_spacing = 1.5
    spacing = paragraph._p.get_or_add_pPr().find(qn("w:spacing"))
    spacing.set(qn("w:line"), said)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def texts(content: bytes) -> list[str]:
    """What stands in a Word file: paragraphs, then cells row by row."""
    document = Document(BytesIO(content))
    found = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    return found + [
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    ]
