"""Small Word files, good and bad, made for a test."""

import zipfile
from io import BytesIO

from docx import Document


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


def texts(content: bytes) -> list[str]:
    """What stands in a Word file: paragraphs, then cells row by row."""
    document = Document(BytesIO(content))
    found = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    return found + [
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    ]
