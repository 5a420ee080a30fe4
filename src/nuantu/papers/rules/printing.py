"""A filled Word file as a Typst document: paragraphs, tables, merged cells, alignment, pictures.

What a form is made of is kept; floating frames and columns are not. Text goes over as quoted strings, so nothing
that stands in a paper is ever read as a command.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from docx.oxml.ns import qn

from nuantu.papers.rules import tables, wordfile

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
_SANS_NAMES: Final = ("黑体", "雅黑", "等线", "SimHei", "YaHei", "DengXian", "Arial", "Sans")
TWIP: Final = 1 / 20
EMU_POINT: Final = 12_700
DEFAULT_SIZE: Final = 10.5
ALIGNMENTS: Final = {"center": "center", "right": "right", "end": "right", "both": "left"}
EMBED: Final = qn("r:embed")


@dataclass(slots=True)
class Pages:
    """The source of a Typst document with the pictures it names."""

    source: str
    pictures: dict[str, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class _Walk:
    """One walk through a story: whose pictures are meant, and those found so far."""

    styles: dict[str, Any]
    size: float
    part: Any
    pictures: dict[str, bytes]


def pages(contents: list[bytes]) -> Pages:
    """One document of several filled Word files, each beginning on a page of its own."""
    pictures: dict[str, bytes] = {}
    sources = []
    for content in contents:
        document = wordfile.opened(content)
        styles = {one.style_id: one.element for one in document.styles}
        walk = _Walk(styles, _normal_size(document), document.part, pictures)
        body = "\n".join(_blocks(document.element.body, walk))
        sources.append(f"{_page(document, walk)}\n{body}")
    return Pages("\n".join(sources), pictures)


def _normal_size(document: Any) -> float:
    found = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:sz')}")
    normal = document.styles["Normal"].element.find(f".//{qn('w:sz')}")
    best = normal if normal is not None else found
    return float(best.get(wordfile.VAL)) / 2 if best is not None else DEFAULT_SIZE


def _page(document: Any, walk: _Walk) -> str:
    section = document.sections[0]
    edges = ", ".join(
        f"{name}: {(length or 0) / EMU_POINT:.1f}pt"
        for name, length in (
            ("left", section.left_margin),
            ("right", section.right_margin),
            ("top", section.top_margin),
            ("bottom", section.bottom_margin),
        )
    )
    around = [
        f"{name}: [{_story(part, walk)}]"
        for name, part in (("header", section.header), ("footer", section.footer))
        if not part.is_linked_to_previous
    ]
    width, height = section.page_width / EMU_POINT, section.page_height / EMU_POINT
    return (
        f"#set page(width: {width:.1f}pt, height: {height:.1f}pt, margin: ({edges}), "
        f"{', '.join(['numbering: none', *around])})\n#counter(page).update(1)\n"
        f'#set text(font: ("{SERIF}", "{SANS}"), size: {walk.size}pt, lang: "zh", region: "cn")\n'
        "#set par(justify: false, leading: 0.5em, spacing: 0.5em)"
    )


def _story(part: Any, walk: _Walk) -> str:
    inner = _Walk(walk.styles, walk.size, part.part, walk.pictures)
    return " ".join(_blocks(part.part.element, inner))


def _blocks(element: Any, walk: _Walk) -> Iterator[str]:
    """Paragraphs and tables in their order; what wraps them is passed through."""
    for child in element:
        if child.tag == wordfile.P:
            yield _paragraph(child, walk)
        elif child.tag == wordfile.TBL:
            yield _table(child, walk)
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent")):
            yield from _blocks(child, walk)


def _paragraph(paragraph: Any, walk: _Walk) -> str:
    inner = "".join(_runs(paragraph, walk)) or "#h(0pt)"
    shape = tables.child(paragraph, "w:pPr")
    spacing, indent = tables.child(shape, "w:spacing"), tables.child(shape, "w:ind")
    above, below = _twips(spacing, "w:before"), _twips(spacing, "w:after")
    line = _line(spacing)
    gap = 2 + max(0.0, line - 0.5) * walk.size
    first = _twips(indent, "w:firstLine") - _twips(indent, "w:hanging")
    left = _twips(indent, "w:left") or _twips(indent, "w:start")
    side = ALIGNMENTS.get(tables.value(shape, "w:jc"), "left")
    first_line = f"#h({first:.1f}pt)" if first > 0 else ""
    return (
        f"#block(width: 100%, above: {above + gap:.1f}pt, below: {below + gap:.1f}pt, "
        f"inset: (left: {max(left, 0):.1f}pt))[#set par(leading: {line:.2f}em)\n"
        f"#align({side})[{first_line}{inner}]]"
    )


def _line(spacing: Any) -> float:
    """The gap between lines from Word's line spacing: 240 is single, more is that much more."""
    said = spacing.get(qn("w:line")) if spacing is not None else None
    if not said or spacing.get(qn("w:lineRule"), "auto") != "auto":
        return 0.5
    return max(0.35, float(said) / 240 - 0.5)


def _twips(element: Any, name: str) -> float:
    said = element.get(qn(name)) if element is not None else None
    return float(said) * TWIP if said and said.lstrip("-").isdigit() else 0.0


def _runs(paragraph: Any, walk: _Walk) -> Iterator[str]:
    """The runs of a paragraph as Typst; the field PAGE becomes the number of the page."""
    is_code = False
    for run in paragraph.iter(wordfile.R):
        if wordfile.nearest(run, wordfile.P) is not paragraph:
            continue
        for piece in run:
            if piece.tag == qn("w:fldChar"):
                is_code = piece.get(qn("w:fldCharType")) == "begin" or (
                    is_code and piece.get(qn("w:fldCharType")) == "separate"
                )
            elif piece.tag == wordfile.INSTRUCTION and "PAGE" in (piece.text or ""):
                yield _styled(run, "#context counter(page).display()", walk)
            elif not is_code:
                yield from _piece(run, piece, walk)


def _piece(run: Any, piece: Any, walk: _Walk) -> Iterator[str]:
    if piece.tag == wordfile.T and piece.text:
        yield _styled(run, f"#{quoted(piece.text)}", walk)
    elif piece.tag == wordfile.BR:
        yield "#pagebreak()" if piece.get(qn("w:type")) == "page" else "#linebreak()"
    elif piece.tag == qn("w:tab"):
        yield "#h(2em)"
    elif piece.tag == qn("w:drawing"):
        yield _picture(piece, walk)


def quoted(text: str) -> str:
    """A text as a Typst string, nothing of which is read as markup."""
    return json.dumps(text, ensure_ascii=False).replace("\\/", "/")


def _styled(run: Any, inner: str, walk: _Walk) -> str:
    shape = tables.child(run, "w:rPr")
    said = tables.value(shape, "w:sz")
    options = [f"size: {float(said) / 2}pt"] if said.isdigit() else []
    fonts = tables.child(shape, "w:rFonts")
    name = fonts.get(qn("w:eastAsia"), "") if fonts is not None else ""
    if any(part in name for part in _SANS_NAMES):
        options.append(f'font: ("{SANS}", "{SERIF}")')
    if tables.is_on(shape, "w:b"):
        options.append("stroke: 0.35pt")
    styled = f"#text({', '.join(options)})[{inner}]" if options else inner
    return f"#underline[{styled}]" if tables.value(shape, "w:u") not in ("", "none") else styled


def _picture(drawing: Any, walk: _Walk) -> str:
    extent = drawing.find(f".//{qn('wp:extent')}")
    blip = drawing.find(f".//{qn('a:blip')}")
    if extent is None or blip is None or blip.get(EMBED) not in walk.part.rels:
        return ""
    picture = walk.part.related_parts[blip.get(EMBED)]
    ending = picture.partname.ext
    name = f"p{len(walk.pictures)}.{ending}"
    if ending not in ("png", "jpg", "jpeg", "gif", "svg"):
        return ""
    walk.pictures[name] = picture.blob
    width, height = (float(extent.get(side)) / EMU_POINT for side in ("cx", "cy"))
    return f'#box(image("{name}", width: {width:.1f}pt, height: {height:.1f}pt))'


def _table(table: Any, walk: _Walk) -> str:
    """A table with its widths, merged cells and row heights; a hair-thin first column holds the heights."""
    grid = tables.grid(table)
    widths = ", ".join(["0pt", *(f"{width:.1f}pt" for width in grid.widths)])
    cells = [
        f"table.cell(x: 0, y: {y}, inset: 0pt, stroke: none)[#block(height: {height:.1f}pt)]"
        for y, height in enumerate(grid.heights)
    ]
    for cell in grid.cells:
        body = "\n".join(_blocks(cell.element, walk))
        cells.append(
            f"table.cell(x: {cell.x + 1}, y: {cell.y}, colspan: {cell.across}, "
            f"rowspan: {cell.down}, align: left + {cell.side})[{body}]"
        )
    stroke = "0.5pt" if grid.has_lines else "none"
    side = {"center": "center", "right": "right"}.get(grid.side, "left")
    return (
        f"#block(above: 3pt, below: 3pt, width: 100%)[#align({side})["
        f"#table(columns: ({widths}), stroke: {stroke}, inset: (x: 4pt, y: 3.5pt),\n"
        + ",\n".join(cells)
        + ")]]"
    )
