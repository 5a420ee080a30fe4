"""Types of key location: those of the plans, and those a plan adds."""

from collections.abc import Iterable
from dataclasses import dataclass

import yaml


@dataclass(frozen=True, slots=True)
class LocationType:
    """One type: the code of the plan files, its names, what people call it, and who names it."""

    code: str
    label: str
    label_en: str
    words: tuple[str, ...] = ()
    source: str = ""

    def named(self, language: str) -> str:
        """The name in Chinese or English."""
        return self.label_en if language == "en" and self.label_en else self.label


def read_types(text: str) -> dict[str, LocationType]:
    """The packaged types in their order. Raises KeyError where a type lacks its code or label."""
    return {
        entry["code"]: LocationType(
            entry["code"],
            entry["label"],
            entry.get("label_en", ""),
            tuple(entry.get("words", ())),
            entry.get("plans", ""),
        )
        for entry in yaml.load(text, Loader=yaml.CSafeLoader)["types"]
    }


def with_added(
    known: dict[str, LocationType], added: Iterable[LocationType]
) -> dict[str, LocationType]:
    """The known types and those that plans add; a plan cannot rename a known one."""
    merged = dict(known)
    for kind in added:
        merged.setdefault(kind.code, kind)
    return merged
