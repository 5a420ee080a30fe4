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

    @property
    def owed(self) -> int:
        """How many must be given or explained: nothing of an optional item."""
        return 0 if self.is_optional else self.quantity

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
    def owed(self) -> int:
        """How many the plan owes a refuser: nothing of an optional item."""
        return self.item.owed

    @property
    def is_short(self) -> bool:
        """Less than the plan owes."""
        return self.quantity < self.owed


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

    A refuser is owed the whole kit: each item stands as a line. What is below the kit keeps the
    reason that was written, also where it is optional and no reason was asked. For everybody else
    only what was handed out is a line.
    """
    found = []
    for item in kit:
        count = max(0, handed.get(item.code, 0))
        if not is_kit_owed and not count:
            continue
        is_below = is_kit_owed and count < item.quantity
        found.append(Given(item, count, reason.strip() if is_below else ""))
    return tuple(found)


def unexplained(given: Iterable[Given]) -> tuple[KitItem, ...]:
    """Items of the kit that are missing without a word."""
    return tuple(line.item for line in given if line.is_short and not line.reason)
