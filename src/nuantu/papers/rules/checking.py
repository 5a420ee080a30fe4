"""Whether a Word file can serve as the template of a kind: what is wrong with it, and what it leaves out."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from docx.oxml.ns import qn

from nuantu.papers.rules import wordfile
from nuantu.papers.rules.kinds import PaperKind
from nuantu.papers.rules.placeholders import Named, found_in, leftover, name_in

MOST_BYTES: Final = 2_000_000
MOST_UNPACKED: Final = 30_000_000
MOST_PARTS: Final = 500
_ACTIVE: Final = re.compile(
    r"vbaProject|vbaData|/activeX|/embeddings/|/attachedToolbars|\.bin$", re.I
)
# what a part is told by its relation, however it is called
_ACTIVE_RELATION: Final = re.compile(
    r"/(?:vbaProject|wordVbaData|oleObject|package|control|activeXControlBinary|aFChunk)$", re.I
)
_ACTIVE_CONTENT: Final = re.compile(r"macroEnabled|vbaProject|oleObject|activeX", re.I)
_TREES: Final = (".xml", ".rels", ".svg")
_PICTURES: Final = (".png", ".jpg", ".jpeg", ".gif")
_OTHERS: Final = (*_PICTURES, ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".odttf", "/")
_OUTSIDE: Final = "external"
_HARMLESS_OUTSIDE: Final = "/hyperlink"
_FIELD_CALLS: Final = re.compile(
    r"\s*(?:DDE|DDEAUTO|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|DATABASE|RD)\b",
    re.I,
)
_FIELD_MARK: Final = qn("w:fldChar")


class Fault(StrEnum):
    """What a template can be refused for; the page puts it in words."""

    TOO_LARGE = "too_large"
    NOT_WORD = "not_word"
    MACRO = "macro"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"
    BROKEN = "broken"
    MIXED = "mixed"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, with the words of the file it is about."""

    fault: Fault
    said: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: faults that keep the template out, fields it leaves out."""

    faults: tuple[Finding, ...]
    absent: tuple[str, ...] = ()
    used: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether it may be put in force."""
        return not self.faults


def check(content: bytes, kind: PaperKind) -> Checked:
    """Everything that is wrong with a file for this kind, and which of its fields it does not name."""
    faults = _package_faults(content)
    if faults:
        return Checked(tuple(faults))
    try:
        document = wordfile.opened(content)
        texts = [
            (wordfile.text_of(p), _row_text(p))
            for story in wordfile.stories(document)
            for p in wordfile.paragraphs(story.element)
        ]
    except (KeyError, ValueError, AttributeError, SyntaxError) as error:
        return Checked((Finding(Fault.NOT_WORD, type(error).__name__),))
    return _read(texts, kind)


def _row_text(paragraph: Any) -> str:
    row = wordfile.nearest(paragraph, wordfile.TR)
    return wordfile.text_of(paragraph) if row is None else wordfile.own_text(row)


def _read(texts: list[tuple[str, str]], kind: PaperKind) -> Checked:
    faults: dict[Finding, None] = {}
    used: set[str] = set()
    for text, row_text in texts:
        if broken := leftover(text):
            faults[Finding(Fault.BROKEN, broken)] = None
        for placeholder in found_in(text):
            named = name_in(kind, placeholder)
            if named is None:
                faults[Finding(Fault.UNKNOWN, placeholder.raw)] = None
            else:
                used.add(named.field.code)
        if len(lists := _lists_in(row_text, kind)) > 1:
            faults[Finding(Fault.MIXED, "、".join(sorted(lists)))] = None
    if not used:
        faults[Finding(Fault.EMPTY)] = None
    absent = tuple(one.code for one in kind.fields if one.code not in used)
    return Checked(tuple(faults), absent, tuple(sorted(used)))


def _lists_in(text: str, kind: PaperKind) -> set[str]:
    found: list[Named | None] = [name_in(kind, one) for one in found_in(text)]
    return {named.field.zh for named in found if named and named.column}


def _package_faults(content: bytes) -> list[Finding]:
    if len(content) > MOST_BYTES:
        return [Finding(Fault.TOO_LARGE, f"{MOST_BYTES // 1_000_000} MB")]
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
                return [Finding(Fault.TOO_LARGE, f"{MOST_UNPACKED // 1_000_000} MB")]
            if "word/document.xml" not in {one.filename for one in parts}:
                return [Finding(Fault.NOT_WORD)]
            return list(dict.fromkeys(_dangers(package)))
    except (
        zipfile.BadZipFile,
        ParseError,
        DefusedXmlException,
        RuntimeError,
        OSError,
        ValueError,
    ) as error:
        return [Finding(Fault.NOT_WORD, type(error).__name__)]


def _dangers(package: zipfile.ZipFile) -> Iterator[Finding]:
    """Macros, embedded programs, and anything that Word would fetch from elsewhere."""
    for name in package.namelist():
        ending = name.lower()
        if _ACTIVE.search(name) or not ending.endswith((*_TREES, *_OTHERS)):
            yield Finding(Fault.MACRO, name)
        elif ending.endswith(_TREES):
            root = ElementTree.fromstring(package.read(name), forbid_dtd=True)
            yield from _in_tree(root, name)


def _in_tree(root: Any, name: str) -> Iterator[Finding]:
    for node in root.iter():
        relation = node.get("Type", "")
        if _ACTIVE_RELATION.search(relation) or _ACTIVE_CONTENT.search(node.get("ContentType", "")):
            yield Finding(Fault.MACRO, name)
        is_outside = node.get("TargetMode", "").lower() == _OUTSIDE
        if is_outside and not relation.endswith(_HARMLESS_OUTSIDE):
            yield Finding(Fault.OUTSIDE, node.get("Target", "")[:80])
    for call in _field_codes(root):
        if _FIELD_CALLS.match(call):
            yield Finding(Fault.OUTSIDE, call.strip()[:80])


def _field_codes(root: Any) -> Iterator[str]:
    """What fields are told to do; Word puts together again what was cut into several pieces."""
    code = ""
    for node in root.iter():
        if node.tag == wordfile.INSTRUCTION:
            code += node.text or ""
        elif node.tag == _FIELD_MARK:
            yield code
            code = ""
        elif node.get(wordfile.INSTR):
            yield node.get(wordfile.INSTR)
    yield code
