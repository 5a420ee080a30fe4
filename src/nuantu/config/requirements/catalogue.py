"""The rules and capabilities as the catalogue file names them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "catalogue.yaml"
SOURCE = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Capability:
    """One of the forty things the software can do."""

    id: str
    zh: str
    en: str
    packages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A plan or a package with its short name in both languages."""

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

    @property
    def whole_id(self) -> str:
        """The id with the copies of its plan: P2/P5-12."""
        plan, _, number = self.id.partition("-")
        same = [copy for copy, original in copies().items() if original == plan]
        return f"{'/'.join([plan, *same])}-{number}"

    @property
    def packages(self) -> tuple[str, ...]:
        """The packages that hold its capabilities, the first one before the others."""
        found = [name for code in self.capabilities for name in capabilities()[code].packages]
        return tuple(dict.fromkeys(found))

    @property
    def owner(self) -> str:
        """The package that a rule waits for: the first of its packages that is not built yet."""
        return next((name for name in self.packages if not is_built(name)), self.packages[0])


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
        key: Capability(key, row["zh"], row["en"], tuple(row["by"]))
        for key, row in _file()["capabilities"].items()
    }


@cache
def plans() -> dict[str, Named]:
    """The distinct plans by their id; a copy has no entry, only the rules it adds."""
    return {key: Named(key, row["zh"], row["en"]) for key, row in _file()["plans"].items()}


@cache
def packages() -> dict[str, Named]:
    """The packages of the design that rules belong to, built or not."""
    return {key: Named(key, row["zh"], row["en"]) for key, row in _file()["packages"].items()}


@cache
def is_built(package: str) -> bool:
    """Whether the package is in the tree."""
    return (SOURCE / "nuantu" / package).is_dir()


def copies() -> dict[str, str]:
    """Plans that repeat another word for word: the copy's id and the original's."""
    return dict(_file()["aliases"])


def canonical(rule_id: str) -> str:
    """Return the id under which a rule is counted: P5-12 and P2/P5-12 count as P2-12.

    Raises UnknownRule for an id that stands in no plan.
    """
    if rule_id in requirements():
        return rule_id
    plans_named, _, number = rule_id.partition("-")
    plan, *others = plans_named.split("/")
    if others and any(copies().get(copy) != plan for copy in others):
        raise UnknownRule(rule_id)
    if others:
        return canonical(f"{plan}-{number}")
    original = f"{_file()['aliases'].get(plan, '')}-{number}"
    if original not in requirements():
        raise UnknownRule(rule_id)
    return original
