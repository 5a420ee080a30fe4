"""The rules and capabilities as the catalogue file names them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "catalogue.yaml"


@dataclass(frozen=True, slots=True)
class Capability:
    """One of the forty things the software can do."""

    id: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """One rule of one plan, in our own words."""

    id: str
    zh: str
    en: str
    capabilities: tuple[str, ...]

    @property
    def plan(self) -> str:
        """The plan the rule was read from, such as P9."""
        return self.id.partition("-")[0]


class UnknownRule(KeyError):
    """No plan contains a rule with this id."""


@cache
def _file() -> dict[str, Any]:
    return dict(yaml.load(FILE.read_bytes(), Loader=yaml.CSafeLoader))


@cache
def requirements() -> dict[str, Requirement]:
    """Every distinct rule by its id, in the order of the plans."""
    return {
        rule_id: Requirement(rule_id, row["zh"], row["en"], tuple(row["in"]))
        for rule_id, row in _file()["rules"].items()
    }


@cache
def capabilities() -> dict[str, Capability]:
    """The forty capabilities by their id."""
    return {
        key: Capability(key, row["zh"], row["en"]) for key, row in _file()["capabilities"].items()
    }


def canonical(rule_id: str) -> str:
    """Return the id under which a rule is counted: P5-12 is a copy and counts as P2-12.

    Raises UnknownRule for an id that stands in no plan.
    """
    if rule_id in requirements():
        return rule_id
    plan, _, number = rule_id.partition("-")
    original = f"{_file()['aliases'].get(plan, '')}-{number}"
    if original not in requirements():
        raise UnknownRule(rule_id)
    return original
