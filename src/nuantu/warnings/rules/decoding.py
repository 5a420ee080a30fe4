"""Bytes to text: Chinese senders use UTF-8, GBK, GB18030, Big5 and UTF-16, and not always the one
they declare."""

import codecs
import re
from dataclasses import dataclass

from nuantu.warnings.rules.message import Note, NoteKind, Unreadable, Why

MAX_BYTES = 2_000_000
"""Largest body read, as large as a request may be: the largest real message seen is 150 kB."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,120}?encoding\s*=\s*["']([A-Za-z0-9._\-]{1,40})["']""")
_CHARSET = re.compile(r"charset\s*=\s*\"?([A-Za-z0-9._\-]{1,40})", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_CHINESE_SIGN = re.compile("预警|預警|气象|氣象|信号|信號|发布|發布|發佈|解除")
_GB_NAMES = {"gb2312", "gbk", "gb_2312", "gb_2312-80", "cp936", "936", "x-gbk", "gb18030", "hz"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without byte order mark and control characters, and what was guessed on the way."""

    text: str
    notes: tuple[Note, ...]


def decode(body: bytes, content_type: str = "") -> Decoded:
    """The text of a body. Raises Unreadable for an empty, too large or undecodable one."""
    if len(body) > MAX_BYTES:
        raise Unreadable(Why.TOO_LARGE, f"{len(body) / 1_048_576:.1f} MB")
    if not body.strip(b" \t\r\n\x00"):
        raise Unreadable(Why.EMPTY)
    text, notes = _decoded(body, content_type)
    cleaned = _CONTROL.sub("", text)
    if cleaned != text:
        notes = (*notes, Note(NoteKind.CONTROL_CHARACTERS))
    if not cleaned.strip():
        raise Unreadable(Why.EMPTY)
    return Decoded(cleaned, notes)


def _decoded(body: bytes, content_type: str) -> tuple[str, tuple[Note, ...]]:
    for mark, name in _BOMS:
        if body.startswith(mark):
            text = _try(body[len(mark) :], name)
            if text is not None:
                return text, ()
    declared = _declared(body, content_type)
    for name in declared:
        text = _try(body, name)
        if text is not None and "\x00" not in text:
            return text, ()
    text = _try(body, "utf-8")
    if text is not None and "\x00" not in text:
        return text, (_guessed("utf-8"),) if declared else ()
    return _guess(body)


def _declared(body: bytes, content_type: str) -> list[str]:
    found = _DECLARED.match(body[:200])
    names = [found[1].decode("ascii")] if found else []
    charset = _CHARSET.search(content_type)
    if charset:
        names.append(charset[1])
    return ["gb18030" if name.lower() in _GB_NAMES else name for name in names]


def _guess(body: bytes) -> tuple[str, tuple[Note, ...]]:
    if body.count(b"\x00") > len(body) // 8:
        for name in ("utf-16-le", "utf-16-be"):
            text = _try(body, name)
            if text is not None and _is_plausible(text):
                return text, (_guessed(name),)
    candidates = [(name, _try(body, name)) for name in ("gb18030", "big5")]
    for name, text in candidates:
        if text is not None and _CHINESE_SIGN.search(text):
            return text, (_guessed(name),)
    raise Unreadable(Why.ENCODING)


def _is_plausible(text: str) -> bool:
    return bool(_CHINESE_SIGN.search(text)) or text.lstrip().startswith(("<", "{", "["))


def _guessed(name: str) -> Note:
    return Note(NoteKind.ENCODING_GUESSED, name)


def _try(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
