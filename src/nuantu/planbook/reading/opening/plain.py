"""Plain text and Markdown in the encodings that Chinese files come in."""

from __future__ import annotations

import re
from typing import Final

from nuantu.planbook.reading.opening.pieces import Opened, Piece
from nuantu.planbook.reading.result import Finding, finding

# enough for any plan; what a 200 MB file holds beyond it is left out with a finding
READ_BYTES: Final = 2_000_000
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_COMMON: Final = "的一是不了人年月日和在有为各、。，"
_HEADING: Final = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*$")
_RULE: Final = re.compile(r"^\s*\|?[\s:|-]{3,}\|?\s*$")
_EMPHASIS: Final = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")


def open_plain(data: bytes, kind: str) -> Opened:
    """Lines as paragraphs; Markdown without its marks."""
    findings: list[Finding] = []
    if len(data) > READ_BYTES:
        mega = READ_BYTES // 1_000_000
        findings.append(
            finding(
                "warning",
                "too_large",
                f"文件有 {len(data) // 1_000_000} MB，只读了开头 {mega} MB",
                f"The file has {len(data) // 1_000_000} MB; only the first {mega} MB were read",
            )
        )
    text, is_clean = decode(data[:READ_BYTES])
    if not is_clean:
        findings.append(
            finding(
                "warning",
                "encoding",
                "有些字无法按 UTF-8 或 GB18030 识别",
                "Some characters are neither UTF-8 nor GB18030",
            )
        )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    pieces = _markdown(lines) if kind == "md" else [Piece(line) for line in lines]
    return Opened(kind, tuple(pieces), tuple(findings))


def decode(data: bytes) -> tuple[str, bool]:
    """The text of the bytes, and whether every one of them was understood."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), True
    # a cut may fall inside a character
    for cut in range(4):
        try:
            return data[: len(data) - cut].decode("utf-8"), True
        except UnicodeDecodeError as problem:
            if problem.start < len(data) - 4:
                break
    guesses = [_tried(data, encoding) for encoding in ("gb18030", "big5", "utf-16-le", "utf-16-be")]
    best = max(guesses, key=lambda guess: guess[0])
    return best[1], best[2]


def looks_like_html(data: bytes) -> bool:
    """Whether the file is a web page whatever its name says."""
    head = data[:2048].lstrip().lower()
    return head.startswith((b"<!doctype html", b"<html")) or b"<body" in head


def _tried(data: bytes, encoding: str) -> tuple[int, str, bool]:
    text = data.decode(encoding, errors="replace")
    bad = text.count("\ufffd")
    score = sum(text.count(char) for char in _COMMON) - 5 * bad
    return score, text, bad == 0


def _markdown(lines: list[str]) -> list[Piece]:
    pieces = []
    for line in lines:
        heading = _HEADING.match(line)
        if heading:
            pieces.append(Piece(_bare(heading[1]), "heading"))
        elif line.lstrip().startswith("|"):
            if not _RULE.match(line):
                cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
                pieces.append(Piece(_bare("\t".join(cells)), "table"))
        else:
            pieces.append(Piece(_bare(line)))
    return pieces


def _bare(line: str) -> str:
    return _LINK.sub(r"\1", _EMPHASIS.sub(r"\2", line))
