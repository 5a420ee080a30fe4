"""A short text in the two languages of the screens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Chinese first, English complete; prints as Chinese."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh

    def said_in(self, language: str) -> str:
        """The text for a language code such as ``zh-hans`` or ``en``."""
        return self.en if language.startswith("en") else self.zh
