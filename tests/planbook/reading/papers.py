"""Real files made for the tests: Word with lists and merged cells, PDF with Chinese text, archives."""

import io
import zipfile
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

PLAN = """白鹭区“寒冬送温暖”专项救助行动方案
为保障流浪乞讨人员安全过冬,制定本方案。
一、行动时间:2025年11月15日至2026年3月15日。
二、街面巡查。对车站、桥梁涵洞、地下通道等区域每周巡查不少于3次。
三、各街道于2026年3月20日前将总结报区民政局。
白鹭区民政局
2025年11月10日
"""


_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H"
    " /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
)
_GLYPHS = (
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo"
    " << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>"
)


def docx_of(*lines: str) -> bytes:
    """A Word file with one paragraph per line."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    return _saved(document)


def docx_with_table(
    rows: list[list[str]], *, merge: tuple[tuple[int, int], tuple[int, int]] | None = None
) -> bytes:
    """A Word file with a title and a table; ``merge`` joins two cells and what lies between."""
    document = Document()
    document.add_paragraph("白鹭区春节慰问方案")
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, words in enumerate(rows):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    if merge:
        (top, left), (bottom, right) = merge
        table.cell(top, left).merge(table.cell(bottom, right)).text = rows[top][left]
    return _saved(document)


def docx_with_numbers(*lines: str) -> bytes:
    """A Word file whose paragraphs are numbered 一、二、 by a list, not by their text."""
    document = Document()
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for tag, value in (("start", "1"), ("numFmt", "chineseCounting"), ("lvlText", "%1、")):
        part = OxmlElement(f"w:{tag}")
        part.set(qn("w:val"), value)
        level.append(part)
    abstract.append(level)
    numbering.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "77")
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), "77")
    number.append(link)
    numbering.append(number)
    for line in lines:
        properties = document.add_paragraph(line)._p.get_or_add_pPr()
        properties.get_or_add_numPr().get_or_add_numId().val = 77
    return _saved(document)


def _saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def zip_bomb() -> bytes:
    """A small archive whose body inflates to 60 MB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 60_000_000)
    return stream.getvalue()


def entity_bomb() -> bytes:
    """A Word body that defines entities in entities."""
    body = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&b;</w:document>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", body)
    return stream.getvalue()


def locked_docx() -> bytes:
    """The head of a Word file with a password: an OLE container with an encrypted package."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016)
    return head + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def old_doc() -> bytes:
    """The head of an old Word file."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + "WordDocument".encode("utf-16-le")


def pdf_of(*pages: str) -> bytes:
    """A PDF whose pages carry these lines as text."""
    ranges = "".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>\n" for high in range(256))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"256 beginbfrange\n{ranges}endbfrange endcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        _FONT,
        _GLYPHS,
        _stream(cmap),
    ]
    kids = []
    for page in pages:
        lines = [f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in page.split("\n")]
        content = "BT /F1 12 Tf 18 TL 50 780 Td\n" + "\n".join(lines) + "\nET" if page else ""
        objects.append(_stream(content))
        kids.append(len(objects) + 1)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >>"
            f" >> /Contents {len(objects)} 0 R >>"
        )
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>"
    return _pdf(objects)


def locked_pdf() -> bytes:
    """A PDF that asks for a password: its Encrypt entry belongs to no empty user password."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [] /Count 0 >>",
        "<< /Filter /Standard /V 1 /R 2 /P -44 /O <" + "31" * 32 + "> /U <" + "32" * 32 + "> >>",
    ]
    return _pdf(objects, "/Encrypt 3 0 R /ID [<00> <00>]")


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _pdf(objects: list[str], trailer: str = "") -> bytes:
    out = "%PDF-1.5\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    start = len(out)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("ascii")
