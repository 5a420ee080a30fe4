"""Web pages: the text of their blocks, without scripts, menus and forms."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from nuantu.planbook.reading.opening.pieces import Opened, Piece
from nuantu.planbook.reading.opening.plain import READ_BYTES, decode
from nuantu.planbook.reading.result import BlockKind

_SKIPPED: Final = frozenset({"script", "style", "noscript", "nav", "form", "select", "template"})
_BREAKS: Final = frozenset(
    {
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "tr",
        "blockquote",
        "pre",
        "dl",
        "dt",
        "dd",
        "title",
        "hr",
        "center",
    }
)
_VOID: Final = frozenset({"br", "hr"})
_CHARSET: Final = re.compile(rb"charset=[\"']?\s*([\w-]+)", re.I)


def open_html(data: bytes) -> Opened:
    """The blocks of a page; a row of a table is one block, its cells apart by tabs."""
    data = data[:READ_BYTES]
    declared = _CHARSET.search(data[:2048])
    text = ""
    if declared:
        name = declared[1].decode("ascii", "ignore").lower()
        name = "gb18030" if name in ("gb2312", "gbk", "gb18030") else name
        try:
            text = data.decode(name)
        except (LookupError, UnicodeDecodeError):
            text = ""
    walker = _Walker()
    walker.feed(text or decode(data)[0])
    walker.close()
    walker.end_block()
    return Opened("html", tuple(walker.pieces))


class _Walker(HTMLParser):
    """Gathers text until a block tag begins or ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._words: list[str] = []
        self._hidden: list[str] = []
        self._kind: BlockKind = "paragraph"
        self._row: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._hidden.append(tag)
        elif tag == "tr":
            self.end_block()
            self._row = []
        elif tag in ("td", "th"):
            self._words = []
        elif tag in _BREAKS and self._row is None:
            self.end_block()
            self._kind = "heading" if re.fullmatch(r"h[1-6]|title", tag) else "paragraph"
            self._kind = "list" if tag == "li" else self._kind

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag == self._hidden[-1]:
            self._hidden.pop()
        elif tag in ("td", "th") and self._row is not None:
            self._row.append(_squeezed("".join(self._words)))
            self._words = []
        elif tag == "tr" and self._row is not None:
            self.pieces.append(Piece("\t".join(self._row), "table"))
            self._row = None
        elif tag in _BREAKS and tag not in _VOID and self._row is None:
            self.end_block()
            self._kind = "paragraph"

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._words.append(data)

    def end_block(self) -> None:
        """Keep what was gathered as one piece."""
        text = _squeezed("".join(self._words))
        self._words = []
        if text:
            self.pieces.append(Piece(text, self._kind))


def _squeezed(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip()
