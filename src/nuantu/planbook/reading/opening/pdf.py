"""PDF files with text. Lines that the page broke are joined again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import pypdfium2

from nuantu.planbook.reading.opening.pieces import Opened, Piece, Progress
from nuantu.planbook.reading.result import Finding, finding

PAGES_LIMIT: Final = 600
_PAGE_NUMBER: Final = re.compile(
    r"^[\s\-—–·]*(?:第)?\s*\d{1,4}\s*(?:页)?[\s\-—–·]*(?:共\s*\d+\s*页)?$"
)
_ENDS: Final = "。！？；：!?;:”）)】》"
_STARTS: Final = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}[、.．)）](?!\d)|第[一二三四五六七八九十]{1,3}[章节条]|附件|附:|附：|——)"
)
_FULL_LINE: Final = 0.8


def open_pdf(data: bytes, progress: Progress) -> Opened:
    """The paragraphs of each page."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        return Opened("pdf", (), (_refusal(str(problem)),))
    try:
        pieces: list[Piece] = []
        empty: list[int] = []
        total = min(len(document), PAGES_LIMIT)
        for number in range(total):
            lines = _lines(document, number)
            if not "".join(lines).strip():
                empty.append(number + 1)
            pieces += (Piece(text, "paragraph", number + 1) for text in _joined(lines))
            progress(number + 1, total, "pages")
        return Opened("pdf", tuple(pieces), tuple(_said(empty, total, len(document))))
    finally:
        document.close()


def _lines(document: pypdfium2.PdfDocument, number: int) -> list[str]:
    try:
        page = document[number]
        text = page.get_textpage().get_text_range()
    except pypdfium2.PdfiumError:
        return []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "").split("\n")
    return [line.rstrip() for line in lines if not _PAGE_NUMBER.match(line)]


def _joined(lines: list[str]) -> Iterable[str]:
    width = max((len(line) for line in lines), default=0)
    paragraph = ""
    previous = ""
    for line in lines:
        runs_on = (
            len(previous) >= width * _FULL_LINE
            and not previous.endswith(tuple(_ENDS))
            and not _STARTS.match(line)
        )
        if paragraph and not runs_on:
            yield paragraph
            paragraph = ""
        paragraph += line.strip() if paragraph else line
        previous = line
    if paragraph:
        yield paragraph


def _refusal(problem: str) -> Finding:
    if "password" in problem.lower():
        return finding(
            "error",
            "password",
            "PDF 有密码保护，请去掉密码后再读",
            "The PDF is protected by a password; remove it and read again",
        )
    return finding(
        "error", "damaged", "PDF 文件损坏，打不开", "The PDF is damaged and cannot be opened"
    )


def _said(empty: list[int], total: int, pages: int) -> Iterable[Finding]:
    if total and len(empty) == total:
        yield finding(
            "error",
            "no_text",
            "PDF 是扫描件，里面没有文字；请先做文字识别，或提供 Word 文件",
            "The PDF is a scan without text; run text recognition first, or bring the Word file",
        )
    elif empty:
        listed = "、".join(map(str, empty[:10]))
        yield finding(
            "warning",
            "pages_without_text",
            f"第 {listed} 页没有文字（可能是扫描页），没有读到",
            f"Pages {listed} hold no text (perhaps scanned) and were not read",
        )
    if pages > PAGES_LIMIT:
        yield finding(
            "warning",
            "cut_off",
            f"共 {pages} 页，只读了前 {PAGES_LIMIT} 页",
            f"Of {pages} pages only the first {PAGES_LIMIT} were read",
        )
