"""The permission matrix as values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is here for; `oversees` opens the whole division below the organisation."""

    code: str
    zh: str
    en: str
    oversees: bool


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing that can be done, and the roles that may."""

    code: str
    package: str
    zh: str
    en: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Roles by code and permissions by code, in the order of the file."""

    roles: Mapping[str, Role]
    permissions: Mapping[str, Permission]

    def permissions_of(self, roles: Iterable[str]) -> frozenset[str]:
        """Everything the roles together allow; an unknown role allows nothing."""
        held = set(roles)
        return frozenset(code for code, p in self.permissions.items() if p.roles & held)

    def oversees(self, roles: Iterable[str]) -> bool:
        """Whether one of the roles oversees the division below the organisation."""
        return any(self.roles[code].oversees for code in roles if code in self.roles)


def read(text: str) -> Matrix:
    """Read the matrix file. Raises ValueError that names the line's permission and what is wrong."""
    raw: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    roles = {
        code: Role(code, r["zh"], r["en"], bool(r["oversees"])) for code, r in raw["roles"].items()
    }
    permissions: dict[str, Permission] = {}
    for package, entries in raw["permissions"].items():
        for code, entry in entries.items():
            unknown = set(entry["roles"]) - set(roles)
            if unknown:
                raise ValueError(f"{code}: unknown role {sorted(unknown)}")
            if not code.startswith(f"{package}.") or code.count(".") != 2:
                raise ValueError(f"{code}: must read {package}.noun.verb")
            if code in permissions:
                raise ValueError(f"{code}: stands twice")
            permissions[code] = Permission(
                code, package, entry["zh"], entry["en"], frozenset(entry["roles"])
            )
    return Matrix(roles, permissions)
