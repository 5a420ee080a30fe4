"""The kit of the plan against what was handed out: missing items are recorded, never silent (X16)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class KitItem:
    """One item of the plan's kit, by its glossary name."""

    code: str
    label: str
    label_en: str = ""
    quantity: int = 1
    is_optional: bool = False

    def said_in(self, language: str) -> str:
        """The label in the language of the page."""
        return self.label_en or self.label if language.startswith("en") else self.label


@dataclass(frozen=True, slots=True)
class Given:
    """One line of what was handed out; `reason` says why less than the kit was."""

    item: KitItem
    quantity: int
    reason: str = ""

    @property
    def is_short(self) -> bool:
        """Less than the plan's kit, and not optional."""
        return not self.item.is_optional and self.quantity < self.item.quantity


def read_kit(value: object) -> tuple[KitItem, ...]:
    """The kit of a rule book's value (a list of mappings)."""
    rows: Sequence[Mapping[str, Any]] = value if isinstance(value, Sequence) else ()
    return tuple(
        KitItem(
            code=str(row["code"]),
            label=str(row["label"]),
            label_en=str(row.get("label_en", "")),
            quantity=int(row.get("quantity", 1)),
            is_optional=bool(row.get("is_optional", False)),
        )
        for row in rows
    )


def lines(
    kit: Iterable[KitItem], handed: Mapping[str, int], reason: str, *, is_kit_owed: bool
) -> tuple[Given, ...]:
    """What was handed out against the kit.

    A refuser is owed the whole kit: each item stands as a line, short ones with the reason. For
    everybody else only what was handed out is a line.
    """
    found = []
    for item in kit:
        count = max(0, handed.get(item.code, 0))
        if not is_kit_owed and not count:
            continue
        line = Given(item, count)
        needs_words = is_kit_owed and line.is_short
        found.append(Given(item, count, reason.strip() if needs_words else ""))
    return tuple(found)


def unexplained(given: Iterable[Given]) -> tuple[KitItem, ...]:
    """Items of the kit that are missing without a word."""
    return tuple(line.item for line in given if line.is_short and not line.reason)
