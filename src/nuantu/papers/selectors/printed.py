"""A version of a paper as Word, as PDF and as pictures of its pages."""

import tempfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final, Literal, cast

import pylopdf_fonts_zh_cn as fonts
import typst
from django.utils.translation import gettext as _
from PIL import Image

from nuantu.core import clock, files
from nuantu.core.errors import Refusal
from nuantu.papers.models import PaperSignature, PaperVersion
from nuantu.papers.rules.filling import Filling, fill
from nuantu.papers.rules.kinds import STANDARD, PaperKind, Values
from nuantu.papers.rules.printing import Pages, pages
from nuantu.papers.rules.values import thawed
from nuantu.papers.selectors import kinds

SCREEN_PPI: Final = 110.0
GAP: Final = 16
GREY: Final = (200, 200, 200)


class PrintingRefused(Refusal):
    """The Word file cannot be laid out as PDF."""


@cache
def _fonts() -> typst.Fonts:
    """The fonts, read once per process."""
    return typst.Fonts(include_system_fonts=False, font_paths=[fonts.serif_path().parent])


def word_file(version: PaperVersion, *, office: str, copy: str = "") -> bytes:
    """The filled Word file of a version."""
    return fill(bytes(version.template.content), filling_of(version, office=office, copy=copy))


def filling_of(version: PaperVersion, *, office: str, copy: str = "") -> Filling:
    """What a version is filled with: its frozen values, its number, its signatures, what came to be later."""
    paper, kind = version.paper, kinds.kinds()[version.paper.kind]
    later = kinds.later_on(version)
    unsigned = {one.code: later[one.code] for one in kind.signatures if one.code in later}
    signed = PaperSignature.objects.select_related("file").filter(
        issued=version, way=PaperSignature.Way.SCREEN
    )
    return Filling(
        kind=kind,
        values=thawed(version.values.open()) | {**later},
        standard={
            "number": paper.number,
            "office": office,
            "issued_by": version.issued_by,
            "issued_date": f"{clock.local(version.issued_at):%Y年%m月%d日}",
            "version": f"第{version.version}版" if version.version > 1 else "",
            "copy": copy,
        },
        signatures={one.slot: files.read_served(one.file) for one in signed},
        unsigned=unsigned,
    )


def copies_of(kind: PaperKind) -> list[str]:
    """What stands on each copy that the form asks for."""
    if kind.copies < 2:
        return [""]
    return [f"第{'一二三四'[place]}联" for place in range(min(kind.copies, 4))]


def pdf(version: PaperVersion, *, office: str) -> bytes:
    """The paper as PDF, every copy that the form asks for one after the other. Raises PrintingRefused."""
    kind = kinds.kinds()[version.paper.kind]
    laid = _laid([word_file(version, office=office, copy=copy) for copy in copies_of(kind)])
    return compiled(laid, "pdf")[0]


def pictures(version: PaperVersion, *, office: str) -> list[bytes]:
    """The pages of the first copy as PNG. Raises PrintingRefused."""
    kind = kinds.kinds()[version.paper.kind]
    laid = _laid([word_file(version, office=office, copy=copies_of(kind)[0])])
    return compiled(laid, "png")


def picture(version: PaperVersion, *, office: str) -> bytes:
    """The pages of the first copy below each other as one PNG. Raises PrintingRefused."""
    sheets = [Image.open(BytesIO(one)) for one in pictures(version, office=office)]
    width = max(sheet.width for sheet in sheets)
    whole = Image.new("RGB", (width, sum(s.height for s in sheets) + GAP * (len(sheets) - 1)), GREY)
    top = 0
    for sheet in sheets:
        whole.paste(sheet, (0, top))
        top += sheet.height + GAP
    made = BytesIO()
    whole.save(made, format="PNG")
    return made.getvalue()


def sample(template: bytes, kind: PaperKind, *, office: str) -> bytes:
    """A template as PDF, each field filled with its own name. Raises PrintingRefused."""
    values: Values = {
        one.code: [{column.code: column.zh for column in one.columns}] if one.columns else one.zh
        for one in kind.contents
    }
    standard = {one.code: one.zh for one in STANDARD} | {"office": office}
    return compiled(_laid([fill(template, Filling(kind, values, standard))]), "pdf")[0]


def _refusal() -> PrintingRefused:
    return PrintingRefused(_("这个模板排不成 PDF，请用 Word 文件打印，并请管理员检查模板。"))


def _laid(contents: list[bytes]) -> Pages:
    """Files as pages; lengths that are no numbers and styles that are not there are refused."""
    try:
        return pages(contents)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _refusal() from error


def compiled(laid: Pages, form: Literal["pdf", "png"]) -> list[bytes]:
    """Set the pages; a folder of its own holds nothing but the pictures. Raises PrintingRefused."""
    with tempfile.TemporaryDirectory(prefix="nuantu-paper-") as folder:
        root = Path(folder)
        for name, picture in laid.pictures.items():
            (root / name).write_bytes(picture)
        (root / "paper.typ").write_text(laid.source, encoding="utf-8")
        try:
            made = typst.compile(
                root / "paper.typ", root=root, font_paths=_fonts(), format=form, ppi=SCREEN_PPI
            )
        except RuntimeError as error:
            raise _refusal() from error
    several = cast("bytes | list[bytes]", made)
    return several if isinstance(several, list) else [several]
