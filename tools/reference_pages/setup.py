"""Settings, commands and third-party parts."""

import argparse
import ast
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml

from nuantu.config.cli import COMMANDS as MODULES
from tools.reference_pages.text import page, table

ROOT = Path(__file__).resolve().parents[2]
TEXTS = Path(__file__).parent / "settings.yaml"
VARIABLE = re.compile(r"NUANTU_[A-Z_]+|DATABASE_URL(?:_FILE)?")
OPAQUE = {"manage", "journal", "key", "forms"}


def _launcher() -> ast.Module:
    return ast.parse((ROOT / "nuantu").read_text(encoding="utf-8"))


def variables() -> set[str]:
    """Variables of the environment that the command line or the settings read."""
    trees = [_launcher()]
    trees += [
        ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "src" / "nuantu" / "config").rglob("*.py"))
    ]
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and VARIABLE.fullmatch(node.value)
    }


def described() -> dict[str, dict[str, str]]:
    """The meaning of each variable, from settings.yaml."""
    return dict(yaml.safe_load(TEXTS.read_text(encoding="utf-8")))


def settings() -> str:
    """settings.md."""
    rows = [
        (f"`{name}`", text["default"], text["en"], text["zh"])
        for name, text in sorted(described().items())
    ]
    return page(
        "Settings",
        "Nuantu reads these variables of the environment once, at its start, and refuses to start on nonsense.",
        table(["variable", "default", "meaning", "含义"], rows),
    )


class _Seen(Exception):
    """Carries a command's parser out of its main function."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self.parser = parser


def _parser_of(module: str) -> argparse.ArgumentParser | None:
    """The parser a command builds, caught when it would read its arguments; None without one.

    The command is asked for its help, so that one that reads them otherwise does nothing.
    """

    def caught(self: argparse.ArgumentParser, *args: Any, **kwargs: Any) -> None:
        raise _Seen(self)

    command = import_module(module)
    if "argparse" not in vars(command):
        return None
    with patch.object(argparse.ArgumentParser, "parse_args", caught):
        try:
            command.main(["--help"])
        except _Seen as seen:
            return seen.parser
    return None


def _options(parser: argparse.ArgumentParser, prefix: str = "") -> Iterator[tuple[str, str]]:
    for action in vars(parser)["_actions"]:
        if isinstance(action.choices, dict):
            said = {entry.dest: entry.help or "" for entry in vars(action)["_choices_actions"]}
            for name, inner in action.choices.items():
                yield f"{prefix}{name}", said.get(name) or inner.description or ""
                yield from _options(inner, f"{prefix}{name} ")
        elif "--help" not in action.option_strings:
            yield f"{prefix}{_as_typed(action)}", _meaning(action)


def _as_typed(action: argparse.Action) -> str:
    names = ", ".join(action.option_strings)
    value = str(action.metavar or action.dest)
    if not names:
        return value
    return names if action.nargs == 0 else f"{names} {value if action.metavar else value.upper()}"


def _meaning(action: argparse.Action) -> str:
    allowed = ", ".join(f"`{choice}`" for choice in action.choices or ())
    return " · ".join(
        part for part in (action.help or "", allowed if len(allowed) < 80 else "") if part
    )


def launcher_commands() -> dict[str, tuple[str, str]]:
    """Commands of `./nuantu` with their Chinese and English sentence."""
    for node in _launcher().body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "COMMANDS":
            return dict(ast.literal_eval(node.value))
    raise LookupError("./nuantu names no commands")


def commands() -> str:
    """commands.md."""
    parts = []
    for name, (chinese, english) in launcher_commands().items():
        parts.append(f"## `./nuantu {name}`\n\n{english[0].upper()}{english[1:]}.\n\n{chinese}。\n")
        if name in MODULES and name not in OPAQUE:
            parser = _parser_of(MODULES[name])
            rows = [(f"`{option}`", text) for option, text in _options(parser)] if parser else []
            if rows:
                parts.append(table(["argument", "meaning"], rows))
    return page("Commands", "Everything an administrator types. Each takes `--help`.", *parts)


def _licence(name: str) -> str:
    """The licence as the package's own metadata says it."""
    data = distribution(name).metadata.json
    said = str(data.get("license_expression") or "")
    if not said:
        classes = [c for c in data.get("classifier") or [] if c.startswith("License ::")]
        said = ", ".join(c.rpartition(":: ")[2] for c in classes) or str(data.get("license") or "")
    return said.splitlines()[0][:60] if said else "see the package"


def third_party() -> str:
    """third-party.md."""
    locked = re.findall(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)(.*)$", _lock(), re.M)
    direct = {
        re.split(r"[\[=<>~]", line)[0].strip().lower()
        for line in (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    }
    rows = [
        (f"**{name}**" if name.lower() in direct else name, version, _licence(name))
        for name, version, marker in locked
        if "sys_platform" not in marker and "python_version" not in marker
    ]
    return page(
        "Third-party parts",
        "What is installed beside Nuantu at run time, at the version of requirements.lock; direct"
        " dependencies are bold, their reasons stand in pyproject.toml. Libraries and data that the"
        " repository itself carries are named in [NOTICE](../../NOTICE).",
        table(["package", "version", "licence"], rows),
    )


def _lock() -> str:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")
