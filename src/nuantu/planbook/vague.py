"""Words without a figure in the plans in force: who says them, and what measures them (X56)."""

from collections.abc import Mapping, Sequence
from typing import Final

from nuantu.planbook.levels import NORMAL
from nuantu.planbook.rulebook import RuleBook
from nuantu.planbook.rules import Rule, Ruling

KIND: Final = "vague.measure"


def value_of(ruling: Ruling) -> Mapping[str, object]:
    """What a measure says, by the names of its parts."""
    return ruling.value if isinstance(ruling.value, Mapping) else {}


def listed(ruling: Ruling, name: str) -> list[str]:
    """A list in a measure: its `words` or the kinds of its `figures`."""
    found = value_of(ruling).get(name)
    return [str(one) for one in found] if isinstance(found, list | tuple) else []


def has(rule: Rule, words: Sequence[str]) -> bool:
    """Whether a rule of a plan says one of the words."""
    text = f"{rule.words} {rule.quote}"
    return any(word in text for word in words)


def clauses_of(book: RuleBook, level: str, ruling: Ruling) -> tuple[str, ...]:
    """The plans and clauses in force that say the words of a measure, on this level or below it."""
    words, rank = listed(ruling, "words"), book.level(level).rank
    found = [
        f"{rule.plan_code} {rule.source}"
        for layer in book.layers
        for rule in layer.rules
        if book.level(rule.level or NORMAL.code).rank <= rank and has(rule, words)
    ]
    return tuple(dict.fromkeys(found))


def said(book: RuleBook, level: str, key: str) -> tuple[str, ...]:
    """The clauses that say the word of one measure; empty where no plan in force does."""
    rulings = (ruling for ruling in book.every(KIND) if ruling.key == key)
    return next((clauses_of(book, level, ruling) for ruling in rulings), ())
