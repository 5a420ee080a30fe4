"""What the launcher says when it cannot go on: one sentence, in Chinese and in English."""

from __future__ import annotations


class Trouble(Exception):
    """A start, backup or restore that cannot go on, with the way out in both languages."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")
        self.chinese = chinese
        self.english = english


def say(chinese: str, english: str) -> None:
    """Print one step, Chinese first."""
    print(f"暖途 · {chinese} / {english}", flush=True)
