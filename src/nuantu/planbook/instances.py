"""One text, several uses: a copy names its template and writes only what differs (X40).

A copy file has ``template: P2``, its own ``code`` and ``instance``, and beside them only what the
template does not have. Merging follows four rules:

- a mapping is merged key by key, a single value or a list of words replaces the template's;
- a list of entries is added to; an entry with a ``code`` (or ``role``) of the template changes that one;
- ``without`` names the rules that the copy lacks; an entry left without a clause goes;
- rule ids of the template are said with the copy's code (P2-12 becomes P5-12).

In any text ``{town}`` stands for the name that ``instance.names`` gives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

Path = tuple[str | int, ...]
COPY_KEYS: Final = ("template", "without")
PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z_]*)\}")
_IDENTITY: Final = ("code", "role")


class Merge:
    """The data of a copy and of its template as one plan, with the lines of the copy's entries."""

    def __init__(
        self, template: Mapping[str, Any], copy: Mapping[str, Any], lines: dict[Path, int]
    ) -> None:
        self.absent: tuple[str, ...] = ()
        self.lines: dict[Path, int] = {(): lines.get(("template",), 1)}
        self._written = lines
        code, other = str(copy.get("code", "")), str(template.get("code", ""))
        base = _renamed(dict(template), f"{other}-", f"{code}-")
        wanted = [
            str(item).replace(f"{other}-", f"{code}-", 1) for item in _listed(copy.get("without"))
        ]
        self.absent = tuple(item for item in wanted if item not in set(_clauses(base)))
        kept = _without(base, frozenset(wanted))
        own = {key: value for key, value in copy.items() if key not in COPY_KEYS}
        self.data = self._mapping(kept, own, (), ()) | {"copy_of": other}

    def _mapping(self, base: Any, own: Any, written: Path, out: Path) -> Any:
        merged = dict(base)
        for key, value in own.items():
            merged[key] = self._value(merged.get(key), value, (*written, key), (*out, key))
        return merged

    def _value(self, base: Any, own: Any, written: Path, out: Path) -> Any:
        self._note(written, out)
        if isinstance(base, dict) and isinstance(own, dict):
            return self._mapping(base, own, written, out)
        if _entries(base) and _entries(own):
            return self._list(base, own, written, out)
        self._note_below(written, out)
        return own

    def _list(self, base: list[Any], own: list[Any], written: Path, out: Path) -> list[Any]:
        merged = list(base)
        for number, entry in enumerate(own):
            place = _same(merged, entry)
            at = len(merged) if place is None else place
            self._note((*written, number), (*out, at))
            if place is None:
                merged.append(entry)
                self._note_below((*written, number), (*out, at))
            else:
                merged[at] = self._mapping(merged[at], entry, (*written, number), (*out, at))
        return merged

    def _note(self, written: Path, out: Path) -> None:
        if written in self._written:
            self.lines[out] = self._written[written]

    def _note_below(self, written: Path, out: Path) -> None:
        depth = len(written)
        for path, line in self._written.items():
            if path[:depth] == written:
                self.lines[(*out, *path[depth:])] = line


def filled(node: Any, names: Mapping[str, str]) -> tuple[Any, tuple[tuple[Path, str], ...]]:
    """The data with every ``{name}`` filled in, and where a name is not known."""
    unknown: list[tuple[Path, str]] = []

    def fill(value: Any, path: Path) -> Any:
        if isinstance(value, dict):
            return {key: fill(item, (*path, key)) for key, item in value.items()}
        if isinstance(value, list):
            return [fill(item, (*path, number)) for number, item in enumerate(value)]
        if not isinstance(value, str) or "{" not in value:
            return value
        unknown.extend((path, name) for name in PLACEHOLDER.findall(value) if name not in names)
        return PLACEHOLDER.sub(lambda found: names.get(found[1], found[0]), value)

    return fill(node, ()), tuple(unknown)


def names_of(data: Mapping[str, Any]) -> dict[str, str]:
    """The names that the instance gives, ``place`` and ``year`` among them."""
    instance = data.get("instance")
    if not isinstance(instance, dict):
        return {}
    given = instance.get("names")
    found = (
        {str(key): str(value) for key, value in given.items()} if isinstance(given, dict) else {}
    )
    for key in ("place", "year"):
        if instance.get(key):
            found.setdefault(key, str(instance[key]))
    return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _entries(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _same(entries: list[Any], entry: Mapping[str, Any]) -> int | None:
    for key in _IDENTITY:
        if key in entry:
            found = [number for number, other in enumerate(entries) if other.get(key) == entry[key]]
            return found[0] if found else None
    return None


def _clauses(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [str(item) for item in _listed(node.get("clause"))]
        return own + [clause for value in node.values() for clause in _clauses(value)]
    if isinstance(node, list):
        return [clause for item in node for clause in _clauses(item)]
    return []


def _renamed(node: Any, old: str, new: str) -> Any:
    """Clause ids of the template under the copy's code."""
    if isinstance(node, list):
        return [_renamed(item, old, new) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: [_id(item, old, new) for item in _listed(value)]
        if key == "clause"
        else _renamed(value, old, new)
        for key, value in node.items()
    }


def _id(clause: Any, old: str, new: str) -> Any:
    return (
        new + clause[len(old) :] if isinstance(clause, str) and clause.startswith(old) else clause
    )


def _without(node: Any, ids: frozenset[str]) -> Any:
    """The data without entries that rest only on these rules."""
    if isinstance(node, list):
        return [_without(item, ids) for item in node if not _rests_only_on(item, ids)]
    if not isinstance(node, dict):
        return node
    return {
        key: [item for item in _listed(value) if item not in ids]
        if key == "clause"
        else _without(value, ids)
        for key, value in node.items()
        if not _rests_only_on(value, ids)
    }


def _rests_only_on(node: Any, ids: frozenset[str]) -> bool:
    if not isinstance(node, dict) or "clause" not in node:
        return False
    clauses = set(_listed(node["clause"]))
    return bool(clauses) and clauses <= ids
