"""What one check found, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """Good, works with a risk, does not work."""

    GOOD = "ok"
    DOUBTFUL = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One line of the examination; `remedy` says what to do."""

    grade: Grade
    chinese: str
    english: str
    remedy: tuple[str, str] | None = None

    def line(self, language: str) -> str:
        is_english = language == "en"
        text = self.english if is_english else self.chinese
        mark = {"ok": "✓", "warn": "!", "bad": "✗"}[self.grade]
        remedy = f"\n      → {self.remedy[is_english]}" if self.remedy else ""
        return f"  {mark} {self.grade:<4} {text}{remedy}"


def good(chinese: str, english: str) -> Finding:
    return Finding(Grade.GOOD, chinese, english)


def doubtful(chinese: str, english: str, remedy: tuple[str, str]) -> Finding:
    return Finding(Grade.DOUBTFUL, chinese, english, remedy)


def bad(chinese: str, english: str, remedy: tuple[str, str]) -> Finding:
    return Finding(Grade.BAD, chinese, english, remedy)
