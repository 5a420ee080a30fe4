"""Where a plan file carries a rule: the value that names the rule as its clause."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

CLAUSE = "clause"
SENTENCE = {"topic", "says", "says_en", "capability", "clause", "quote", "derived"}
LAST_NUMBER = re.compile(r"^(.*)\[(\d+)\]$")


@dataclass(frozen=True, slots=True, order=True)
class PlanValue:
    """One value of one plan file, by its path and the line it begins on."""

    file: str
    path: str
    line: int
    is_text_only: bool = False  # a sentence kept where it belongs, no figure that anything acts on

    def __str__(self) -> str:
        return f"{self.file}: {self.path}"


def gathered(values: Iterable[PlanValue]) -> list[str]:
    """The values as few lines: `p09.yaml:145 key_locations[1–8]` for eight that follow each other."""
    lines: list[tuple[PlanValue, str, list[int]]] = []
    for value in values:
        base, number = _numbered(value.path)
        last = lines[-1] if lines else None
        if last and number and (last[0].file, last[1]) == (value.file, base):
            last[2].append(number)
        else:
            lines.append((value, base, [number] if number else []))
    return [f"{first.file}:{first.line} {base}{_numbers(found)}" for first, base, found in lines]


def _numbered(path: str) -> tuple[str, int]:
    found = LAST_NUMBER.match(path)
    return (found[1], int(found[2])) if found else (path, 0)


def _numbers(found: list[int]) -> str:
    if len(found) < 2:
        return f"[{found[0]}]" if found else ""
    if found == list(range(found[0], found[-1] + 1)):
        return f"[{found[0]}–{found[-1]}]"
    return f"[{', '.join(map(str, found))}]"


def recorded(folder: Path) -> dict[str, tuple[PlanValue, ...]]:
    """Clauses that plan files name, each with the values that rest on it, in the files' order."""
    found: dict[str, list[PlanValue]] = {}
    for path in sorted(folder.glob("*.yaml")):
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for clause, where, node in _clauses(root, ""):
            keys = {key.value for key, _ in node.value}
            value = PlanValue(path.name, where, node.start_mark.line + 1, keys <= SENTENCE)
            found.setdefault(clause, []).append(value)
    return {clause: tuple(values) for clause, values in found.items()}


def _clauses(node: yaml.Node | None, where: str) -> Iterator[tuple[str, str, yaml.MappingNode]]:
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value, start=1):
            yield from _clauses(item, f"{where}[{number}]")
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == CLAUSE:
                for clause in _ids(value):
                    yield clause, where or CLAUSE, node
            else:
                yield from _clauses(value, f"{where}.{key.value}".lstrip("."))


def _ids(node: yaml.Node) -> list[str]:
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return [str(item.value) for item in items if isinstance(item, yaml.ScalarNode)]
