"""What reading a document gives: blocks, facts, evidence, findings and what was not understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from nuantu.planbook.text import Text

Severity = Literal["error", "warning", "question"]
Span = tuple[int, int]
BlockKind = Literal["heading", "paragraph", "list", "table", "header", "footer"]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the document as extracted; ``start`` and ``end`` point into its text."""

    start: int
    end: int
    kind: BlockKind = "paragraph"
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know about the document, with its place where it has one."""

    severity: Severity
    code: str
    message: Text
    span: Span | None = None

    def as_dict(self) -> dict[str, object]:
        """The finding as it is printed."""
        return {
            "severity": self.severity,
            "code": self.code,
            "zh": self.message.zh,
            "en": self.message.en,
            "span": list(self.span) if self.span else None,
        }


def finding(severity: Severity, code: str, zh: str, en: str, span: Span | None = None) -> Finding:
    """A finding said in both languages."""
    return Finding(severity, code, Text(zh, en), span)


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document as extracted, before any normalisation."""

    name: str
    kind: str
    sha256: str
    text: str
    blocks: tuple[Block, ...] = ()

    def block_at(self, place: int) -> int | None:
        """The number of the block that holds a place of the text."""
        for number, block in enumerate(self.blocks):
            if block.start <= place < block.end:
                return number
        return None

    def as_dict(self) -> dict[str, object]:
        """The document as it is printed; blocks point into ``text``."""
        return {
            "name": self.name,
            "kind": self.kind,
            "sha256": self.sha256,
            "chars": len(self.text),
            "text": self.text,
            "blocks": [
                {"span": [b.start, b.end], "kind": b.kind, "page": b.page} for b in self.blocks
            ],
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a fact is a fact: its place in the document and the rule that found it."""

    path: str
    value: object
    span: Span
    quote: str
    rule: str
    confidence: float
    block: int | None = None
    page: int | None = None
    proposed_by: str = "rule"

    def as_dict(self) -> dict[str, object]:
        """The evidence as it is printed."""
        return {
            "fact": self.path,
            "value": self.value,
            "span": list(self.span),
            "quote": self.quote,
            "block": self.block,
            "page": self.page,
            "rule": self.rule,
            "confidence": self.confidence,
            "proposed_by": self.proposed_by,
        }


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A sentence that seems to bind somebody, or to name a figure, and that no rule took."""

    span: Span
    sentence: str
    reason: str

    def as_dict(self) -> dict[str, object]:
        """The sentence as it is printed."""
        return {"span": list(self.span), "sentence": self.sentence, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class PartOf:
    """One of several plans that stand in one document."""

    number: int
    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one plan of a document."""

    document: Document
    facts: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    parts: tuple[PartOf, ...] = ()
    draft: Mapping[str, Any] = field(default_factory=dict)
    numbers: tuple[Mapping[str, Any], ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether nothing of the document could be read."""
        return not self.document.text.strip()

    def as_dict(self) -> dict[str, object]:
        """The whole reading as ``plan read --json`` prints it."""
        return {
            "document": self.document.as_dict(),
            "facts": dict(self.facts),
            "evidence": [row.as_dict() for row in self.evidence],
            "findings": [row.as_dict() for row in self.findings],
            "not_understood": [row.as_dict() for row in self.not_understood],
            "parts": [
                {"number": p.number, "title": p.title, "span": list(p.span)} for p in self.parts
            ],
            "numbers": [dict(row) for row in self.numbers],
            "draft": dict(self.draft),
        }
