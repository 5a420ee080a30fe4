"""The pieces of text that a file is taken apart into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nuantu.planbook.reading.result import BlockKind, Finding

Progress = Callable[[int, int, str], None]
Converter = Callable[[bytes], bytes]
"""Turns an old .doc into .docx; the caller brings it, since it starts a program."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or a row of a table; the cells of a row stand apart by tabs."""

    text: str
    kind: BlockKind = "paragraph"
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file holds, or why it cannot be opened."""

    kind: str
    pieces: tuple[Piece, ...] = ()
    findings: tuple[Finding, ...] = ()


def no_progress(done: int, total: int, what: str) -> None:
    """Tell nobody."""
