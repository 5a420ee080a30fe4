"""What a person typed with a deed: it lies sealed in the journal line, with a mark in its place.

A reason or a note may name somebody. So it is read with the key of the case, and goes with it.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

NAMES = ("reason", "note", "purpose")
BASIS = "basis"
# Stands where something stood: what must not be empty stays so, and nobody takes it for a gap.
GONE: Final = "〔已删除〕"
_MARK = re.compile(r"⟦(\w+)⟧")


def mark(name: str) -> str:
    """What stands in a sentence for the words of that name."""
    return f"⟦{name}⟧"


def take_out(
    said: dict[str, str], changes: dict[str, Any], *, is_basis_typed: bool
) -> dict[str, str]:
    """Take the typed words out of sentence, basis and changes of a line to be; what was taken.

    `said` has the keys `summary` and `basis`; both mappings are changed.
    """
    found = {
        name: changes.pop(name)
        for name in NAMES
        if isinstance(changes.get(name), str) and changes[name].strip()
    }
    for name, text in found.items():
        before, is_there, after = said["summary"].rpartition(text)
        if is_there:
            said["summary"] = before + mark(name) + after
    if is_basis_typed and said[BASIS]:
        found[BASIS], said[BASIS] = said[BASIS], mark(BASIS)
    return found


def put_back(text: str, words: Mapping[str, str]) -> str:
    """A sentence with its words in the place of their marks."""
    return _MARK.sub(lambda found: words.get(found[1], GONE), text)


def has_mark(text: str) -> bool:
    """Whether words are missing from a sentence."""
    return bool(_MARK.search(text))
