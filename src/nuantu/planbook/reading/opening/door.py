"""Which kind a file is, by its content first and its name second, and who opens it."""

from __future__ import annotations

import hashlib
from typing import Final

from nuantu.planbook.reading.opening import docx, html, pdf, plain
from nuantu.planbook.reading.opening.pieces import Converter, Opened, Progress, no_progress
from nuantu.planbook.reading.result import Block, Document, Finding, finding

BYTES_LIMIT: Final = 100_000_000
TEXT_LIMIT: Final = 200_000
_EMPTY_LINES: Final = 2
_UNSEEN: Final = dict.fromkeys(
    [*(code for code in range(32) if chr(code) not in "\t\n"), 0x7F, *range(0xD800, 0xE000)]
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_TEXT_NAMES: Final = {"txt": "txt", "text": "txt", "md": "md", "markdown": "md", "": "txt"}
_HTML_NAMES: Final = frozenset({"html", "htm", "xhtml", "mht"})


def open_document(
    data: bytes,
    name: str,
    *,
    convert: Converter | None = None,
    progress: Progress = no_progress,
) -> tuple[Document, tuple[Finding, ...]]:
    """The text of a file with its blocks, and what stood in the way. Never raises on bad content."""
    opened = _open(data, name, convert, progress)
    texts, blocks, at = [], [], 0
    findings = list(opened.findings)
    blank = 0
    for piece in opened.pieces:
        text = piece.text.translate(_UNSEEN)
        blank = 0 if text.strip() else blank + 1
        if blank > _EMPTY_LINES:
            continue
        if at + len(text) > TEXT_LIMIT:
            findings.append(_cut_off(at))
            break
        texts.append(text)
        blocks.append(Block(at, at + len(text), piece.kind, piece.page))
        at += len(text) + 1
    digest = hashlib.sha256(data).hexdigest()
    document = Document(name, opened.kind, digest, "\n".join(texts), tuple(blocks))
    if not document.text.strip() and not any(row.severity == "error" for row in findings):
        findings.append(finding("error", "empty", "文件里没有文字", "The file holds no text"))
    return document, tuple(findings)


def _open(data: bytes, name: str, convert: Converter | None, progress: Progress) -> Opened:
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if data.startswith(b"PK\x03\x04"):
        return _too_large("docx", data) or docx.open_docx(data)
    if data[:1024].lstrip().startswith(b"%PDF"):
        return _too_large("pdf", data) or pdf.open_pdf(data, progress)
    if data.startswith(_OLE):
        return _ole(data, convert)
    if ending in ("docx", "pdf", "doc"):
        return Opened(ending, (), (_damaged(ending),))
    if ending in _HTML_NAMES or plain.looks_like_html(data):
        return html.open_html(data[:BYTES_LIMIT])
    if b"\x00\x00\x00" in data[:4096] or data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")):
        return Opened(ending, (), (_unknown(ending),))
    kind = _TEXT_NAMES.get(ending, "txt")
    return plain.open_plain(data, kind)


def _ole(data: bytes, convert: Converter | None) -> Opened:
    if _ENCRYPTED in data:
        locked = finding(
            "error",
            "password",
            "文件有密码保护，请去掉密码后再读",
            "The file is protected by a password; remove it and read again",
        )
        return Opened("docx", (), (locked,))
    if convert is None:
        missing = finding(
            "error",
            "no_converter",
            "这是旧版 .doc 文件，本机没有转换程序（LibreOffice），请另存为 .docx 后再读",
            "This is an old .doc file and no converter (LibreOffice) is installed; save it as .docx",
        )
        return Opened("doc", (), (missing,))
    try:
        opened = docx.open_docx(convert(data))
    except (OSError, ValueError):
        return Opened("doc", (), (_damaged("doc"),))
    return Opened("doc", opened.pieces, opened.findings)


def _too_large(kind: str, data: bytes) -> Opened | None:
    if len(data) <= BYTES_LIMIT:
        return None
    size = BYTES_LIMIT // 1_000_000
    too_large = finding(
        "error",
        "too_large",
        f"文件超过 {size} MB，没有读；请删去图片或只留方案正文",
        f"The file is larger than {size} MB and was not read; take pictures out or keep the plan only",
    )
    return Opened(kind, (), (too_large,))


def _cut_off(at: int) -> Finding:
    return finding(
        "warning",
        "cut_off",
        f"文件太长，只读了前 {at} 字",
        f"The file is too long; only the first {at} characters were read",
    )


def _damaged(ending: str) -> Finding:
    return finding(
        "error",
        "damaged",
        f"文件损坏，或不是 .{ending} 文件",
        f"The file is damaged, or it is no .{ending} file",
    )


def _unknown(ending: str) -> Finding:
    return finding(
        "error",
        "unknown_kind",
        f"读不了 .{ending} 文件；可读 .docx、.pdf、.txt、.md、.html",
        f"A .{ending} file cannot be read; .docx, .pdf, .txt, .md and .html can",
    )
