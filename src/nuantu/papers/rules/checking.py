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

from nuantu.papers.rules import wordfile
from nuantu.papers.rules.kinds import PaperKind
from nuantu.papers.rules.placeholders import Named, found_in, leftover, name_in

MOST_BYTES: Final = 2_000_000
MOST_UNPACKED: Final = 30_000_000
MOST_PARTS: Final = 500
_ACTIVE: Final = re.compile(
    r"vbaProject|vbaData|/activeX|/embeddings/|/attachedToolbars|\.bin$", re.I
)
_OUTSIDE: Final = "External"
_HARMLESS_OUTSIDE: Final = "/hyperlink"
_FIELD_CALLS: Final = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|DATABASE)\b"
)


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
        if _ACTIVE.search(name):
            yield Finding(Fault.MACRO, name)
        if not name.endswith((".xml", ".rels")):
            continue
        root = ElementTree.fromstring(package.read(name), forbid_dtd=True)
        for node in root.iter():
            if "macroEnabled" in node.get("ContentType", ""):
                yield Finding(Fault.MACRO, name)
            is_outside = node.get("TargetMode") == _OUTSIDE
            if is_outside and not node.get("Type", "").endswith(_HARMLESS_OUTSIDE):
                yield Finding(Fault.OUTSIDE, node.get("Target", "")[:80])
            call = node.get(wordfile.INSTR) or (
                node.text if node.tag == wordfile.INSTRUCTION else ""
            )
            if call and _FIELD_CALLS.search(call):
                yield Finding(Fault.OUTSIDE, call.strip()[:80])
