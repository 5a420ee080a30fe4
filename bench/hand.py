"""A hand at the keyboard: what it touches, the keys it presses, the time a practised clerk would need.

The keystroke-level model: 0.3 s a key, 1.2 s for each field or button that is decided on, and the time
pages take. A Chinese word is typed as its pinyin and one key that picks it.
"""

import time
from dataclasses import dataclass
from typing import Any, Final

from pypinyin import lazy_pinyin

KEY, DECISION = 0.3, 1.2  # seconds
HAN: Final = range(0x4E00, 0xA000)


def keys_of(text: str) -> int:
    """Keys that a text costs in a pinyin input method."""
    found, word = 0, ""
    for letter in [*text, ""]:
        if letter and ord(letter) in HAN:
            word += letter
            continue
        if word:
            found += len("".join(lazy_pinyin(word))) + 1
            word = ""
        found += bool(letter)
    return found


@dataclass
class Hand:
    """Does on a page of playwright what a clerk does, and counts."""

    page: Any
    fields: int = 0
    keys: int = 0
    decisions: int = 0
    waited: float = 0.0

    @property
    def seconds(self) -> float:
        """Modelled time of all of it."""
        return self.keys * KEY + self.decisions * DECISION + self.waited

    def types(self, name: str, text: str) -> None:
        """A field is filled in; one that asks nothing more than it shows already costs nothing."""
        self.fields, self.decisions, self.keys = (
            self.fields + 1,
            self.decisions + 1,
            self.keys + keys_of(text),
        )
        self.page.locator(f'[name="{name}"]').first.fill(text)

    def ticks(self, name: str, value: str = "") -> None:
        """A box or one of several choices: one press."""
        self.fields, self.decisions, self.keys = (
            self.fields + 1,
            self.decisions + 1,
            self.keys + 1,
        )
        chosen = f'[value="{value}"]' if value else ""
        self.page.locator(f'label:has([name="{name}"]{chosen})').first.click()

    def goes(self, words: str) -> None:
        """A button or link that leads on: one press, and the time until the next page stands."""
        self.decisions, self.keys = self.decisions + 1, self.keys + 1
        target = self.page.locator("a, button").filter(has_text=words).first
        begun = time.perf_counter()
        with self.page.expect_navigation():
            target.click()
        self.waited += time.perf_counter() - begun


def takes_in(hand: Hand) -> None:
    """The written example: a man of forty who knows his name comes by himself and stays the night.

    He is looked for first, registered, asked, checked at the door, admitted with a bed.
    """
    hand.page.goto("/stays/door/")
    hand.types("q", "王小明")
    hand.goes("查找")
    hand.goes("登记新来的人")
    hand.ticks("sex", "male")
    hand.types("age", "40")
    hand.types("origin", "毕节")
    hand.goes("开始接待")
    hand.ticks("telling", "tells")
    hand.types("trouble", "钱包丢了，想回家")
    hand.ticks("is_informed")
    hand.ticks("security", "passed")
    hand.types("searched_by", "冉接待")
    hand.ticks("decision", "admitted")
    hand.goes("办结接待")
