"""Chinese by its sound.

The library and its table of phrases are loaded when the first sound is asked for: a sixth of the
start of a process, and most processes ask for none.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import cast


@cache
def _library() -> Callable[[str], list[str]]:
    return cast("Callable[[str], list[str]]", import_module("pypinyin").lazy_pinyin)


def sounds_of(text: str) -> list[str]:
    """The pinyin of each character without tones; what is not Chinese stays in one piece."""
    return _library()(text)


def known_characters() -> list[int]:
    """The code points of all characters whose sound is known."""
    return list(import_module("pypinyin.pinyin_dict").pinyin_dict)
