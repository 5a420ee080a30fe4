"""What a letter tells besides its words: pairs of label and value that the sender chose."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MOST_FACTS: Final = 30
LONGEST_LABEL, LONGEST_VALUE = 40, 500


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the receiver learns."""

    label: str
    value: str


def packed(facts: Iterable[Fact]) -> str:
    """The facts as text; empty ones are left out."""
    kept = [
        [one.label[:LONGEST_LABEL], one.value[:LONGEST_VALUE]] for one in facts if one.value.strip()
    ]
    return json.dumps(kept[:MOST_FACTS], ensure_ascii=False) if kept else ""


def unpacked(text: str) -> tuple[Fact, ...]:
    """The facts again; nothing where the text was erased."""
    try:
        found = json.loads(text) if text else []
    except ValueError:
        return ()
    return tuple(Fact(str(label), str(value)) for label, value in found)
