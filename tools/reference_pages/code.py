"""Events, jobs and the front page of each package."""

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

from nuantu.core import events as core_events
from tools.reference_pages.text import first_sentence, page, table

SOURCE = Path(__file__).resolve().parents[2] / "src" / "nuantu"


@cache
def _nodes() -> tuple[tuple[Path, ast.Call | ast.FunctionDef | ast.AsyncFunctionDef], ...]:
    """Every call and function of the code, with the file it stands in."""
    return tuple(
        (path, node)
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call | ast.FunctionDef | ast.AsyncFunctionDef)
    )


def _calls(name: str) -> list[tuple[Path, ast.Call]]:
    """Every call of a function by its last name, with the file it stands in."""
    return [
        (path, node)
        for path, node in _nodes()
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", "") == name or getattr(node.func, "attr", "") == name)
    ]


def announced() -> dict[str, tuple[str, ...]]:
    """Event names with the values they carry."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, call in _calls("announce"):
        if path.parent.name != "core" and call.args and isinstance(call.args[0], ast.Constant):
            found[str(call.args[0].value)] |= {word.arg or "…" for word in call.keywords}
    return {name: tuple(sorted(values)) for name, values in sorted(found.items())}


def _jobs() -> list[tuple[str, str, str]]:
    rows = []
    for _path, node in _nodes():
        if isinstance(node, ast.Call):
            continue
        for mark in node.decorator_list:
            if isinstance(mark, ast.Call) and getattr(
                mark.func, "id", getattr(mark.func, "attr", "")
            ) in {"job", "periodic"}:
                words = {
                    w.arg: ast.literal_eval(w.value)
                    for w in mark.keywords
                    if w.arg in {"name", "cron"}
                }
                when = f"`{words['cron']}`" if "cron" in words else "when asked"
                rows.append(
                    (
                        f"`{words.get('name', node.name)}`",
                        when,
                        first_sentence(ast.get_docstring(node)),
                    )
                )
    return sorted(rows)


def events() -> str:
    """events.md."""
    listeners = core_events.subscribers()
    rows = [
        (
            f"`{name}`",
            ", ".join(f"`{v}`" for v in values),
            ", ".join(f"`{j}`" for j in listeners.get(name, ())) or "nobody yet",
        )
        for name, values in announced().items()
    ]
    return page(
        "Events and jobs",
        "What a package announces when it happened, in the same transaction, and the background work that"
        " follows. A subscriber may run twice.",
        "## Events\n",
        table(["event", "carries", "subscribers"], rows),
        "## Jobs\n",
        table(["job", "when", "what it does"], _jobs()),
    )


def packages() -> str:
    """packages.md."""
    parts = []
    for folder in sorted(SOURCE.iterdir()):
        front = folder / "__init__.py"
        if front.is_file():
            text = ast.get_docstring(ast.parse(front.read_text(encoding="utf-8"))) or ""
            parts.append(f"## `{folder.name}`\n\n{text}\n")
    return page(
        "Packages",
        "What each package owns, in its own words. Imports run down the order that pyproject.toml holds.",
        *parts,
    )
