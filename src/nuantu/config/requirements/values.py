"""Where a plan file carries a rule: the value that names the rule as its clause."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

CLAUSE = "clause"
TEXT_ONLY = "recorded["


@dataclass(frozen=True, slots=True, order=True)
class PlanValue:
    """One value of one plan file, by its path and the line it begins on."""

    file: str
    path: str
    line: int

    @property
    def is_text_only(self) -> bool:
        """Whether the plan keeps the rule as a sentence, without a value of its own."""
        return self.path.startswith(TEXT_ONLY)

    def __str__(self) -> str:
        return f"{self.file}: {self.path}"


def recorded(folder: Path) -> dict[str, tuple[PlanValue, ...]]:
    """Clauses that plan files name, each with the values that rest on it, in the files' order."""
    found: dict[str, list[PlanValue]] = {}
    for path in sorted(folder.glob("*.yaml")):
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for clause, where, line in _clauses(root, ""):
            found.setdefault(clause, []).append(PlanValue(path.name, where, line))
    return {clause: tuple(values) for clause, values in found.items()}


def _clauses(node: yaml.Node | None, where: str) -> Iterator[tuple[str, str, int]]:
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value, start=1):
            yield from _clauses(item, f"{where}[{number}]")
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == CLAUSE:
                for clause in _ids(value):
                    yield clause, where or CLAUSE, node.start_mark.line + 1
            else:
                yield from _clauses(value, f"{where}.{key.value}".lstrip("."))


def _ids(node: yaml.Node) -> list[str]:
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return [str(item.value) for item in items if isinstance(item, yaml.ScalarNode)]
