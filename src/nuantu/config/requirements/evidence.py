"""What the repository shows about each rule: tests, code, plan files. Reads text, imports nothing."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import yaml

from nuantu.config.requirements.catalogue import SOURCE, Requirement, canonical, requirements
from nuantu.config.requirements.values import PlanValue, recorded

TESTS = SOURCE.parent / "tests"
PLANS = SOURCE / "nuantu" / "planbook" / "plans"
ENFORCED = Path(__file__).parent / "enforced.yaml"
UNENFORCED = Path(__file__).parent / "unenforced.yaml"
RULE_ID = re.compile(r"(?<![\w-])(?:P\d{1,2}|S1)-\d{2}(?!\d)")
T = TypeVar("T")


class Status(StrEnum):
    """How far a rule has come. A sentence that a plan merely keeps leaves its rule for later."""

    ENFORCED = "enforced"
    RECORDED = "recorded"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why no software can hold a rule."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule with everything the repository shows about it; `reason` of one that stays recorded."""

    requirement: Requirement
    status: Status
    where: tuple[str, ...]
    tests: tuple[str, ...]
    values: tuple[PlanValue, ...]
    reason: Reason | None = None

    @property
    def plans(self) -> tuple[str, ...]:
        """The plan files that carry the rule."""
        return tuple(dict.fromkeys(value.file for value in self.values))

    @property
    def waits_for(self) -> str:
        """The package that will act on a rule that comes later; empty for any other."""
        return self.requirement.owner if self.status is Status.LATER else ""


def _marked_ids(node: ast.AST) -> Iterator[str]:
    for call in ast.walk(node):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr == "rule"
            and isinstance(call.func.value, ast.Attribute)
            and call.func.value.attr == "mark"
        ):
            for argument in call.args:
                yield ast.literal_eval(argument)


def _marks_in(body: Iterable[ast.stmt], prefix: str) -> Iterator[tuple[str, str]]:
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = f"{prefix}::{statement.name}"
            for decorator in statement.decorator_list:
                for rule_id in _marked_ids(decorator):
                    yield rule_id, name
            if isinstance(statement, ast.ClassDef):
                yield from _marks_in(statement.body, name)
        else:
            for rule_id in _marked_ids(statement):
                yield rule_id, prefix


def marked_tests(folder: Path = TESTS) -> dict[str, tuple[str, ...]]:
    """Rule ids as the tests write them, with the tests that claim to prove them."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "mark.rule(" not in text:
            continue
        where = path.relative_to(folder.parent).as_posix()
        for rule_id, test in _marks_in(ast.parse(text).body, where):
            tests = found.setdefault(rule_id, [])
            if test not in tests:
                tests.append(test)
    return {rule_id: tuple(tests) for rule_id, tests in found.items()}


def declared_places(file: Path = ENFORCED) -> dict[str, tuple[str, ...]]:
    """Rule ids with the code that holds them, each as `module:name`."""
    loaded = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
    return {str(rule_id): tuple(places) for rule_id, places in loaded.items()}


def reasons(file: Path = UNENFORCED) -> dict[str, Reason]:
    """Rule ids that no software can hold, with the reason."""
    loaded = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
    return {str(rule_id): Reason(**said) for rule_id, said in loaded.items()}


def place_exists(place: str, source: Path = SOURCE) -> bool:
    """Tell whether `module:name` (or `module:Class.name`) is defined in the tree."""
    module, _, dotted = place.partition(":")
    base = source.joinpath(*module.split("."))
    path = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
    if not path.is_file() or not dotted:
        return False
    body: list[ast.stmt] = ast.parse(path.read_text(encoding="utf-8")).body
    for name in dotted.split("."):
        found = [statement for statement in body if name in _names_of(statement)]
        if not found:
            return False
        body = list(getattr(found[0], "body", []))
    return True


def _names_of(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.Assign):
        return {target.id for target in statement.targets if isinstance(target, ast.Name)}
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return {statement.target.id}
    if isinstance(statement, ast.ImportFrom):
        return {alias.asname or alias.name for alias in statement.names}
    return set()


def rule_values(folder: Path = PLANS) -> dict[str, tuple[PlanValue, ...]]:
    """Rule ids as the plan files write them, with the values that rest on them."""
    return {
        clause: values for clause, values in recorded(folder).items() if RULE_ID.fullmatch(clause)
    }


def _by_canonical(found: dict[str, tuple[T, ...]]) -> dict[str, tuple[T, ...]]:
    merged: dict[str, tuple[T, ...]] = {}
    for rule_id, items in found.items():
        key = canonical(rule_id)
        merged[key] = tuple(dict.fromkeys((*merged.get(key, ()), *items)))
    return merged


def findings() -> list[Finding]:
    """Every rule with its status; raises UnknownRule for a mark or entry without a rule."""
    tests = _by_canonical(marked_tests())
    places = _by_canonical(declared_places())
    values = _by_canonical(rule_values())
    unenforced = {canonical(rule_id): reason for rule_id, reason in reasons().items()}
    return [
        Finding(
            requirement,
            _status(
                tests=tests.get(key),
                places=places.get(key),
                is_recorded=any(not value.is_text_only for value in values.get(key, ())),
            ),
            places.get(key, ()),
            tests.get(key, ()),
            values.get(key, ()),
            unenforced.get(key),
        )
        for key, requirement in requirements().items()
    ]


def _status(
    *,
    tests: tuple[str, ...] | None,
    places: tuple[str, ...] | None,
    is_recorded: bool,
) -> Status:
    if tests and places and all(place_exists(place) for place in places):
        return Status.ENFORCED
    return Status.RECORDED if is_recorded else Status.LATER
