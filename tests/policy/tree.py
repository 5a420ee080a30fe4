"""The repository as the policy tests see it: its files, its syntax trees, its packages."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "nuantu"
TESTS = ROOT / "tests"
PURE = ("planbook", "routing", "linkage")
PLUMBING = ("core", "ui", "config", *PURE)


@cache
def _ignored() -> tuple[str, ...]:
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    return (".git", *(line.strip() for line in lines if line.strip() and line[0] != "#"))


def _is_ignored(path: Path) -> bool:
    relative = path.relative_to(ROOT).as_posix()
    for pattern in _ignored():
        bare = pattern.rstrip("/")
        if bare.startswith("/"):
            if fnmatch(relative, bare[1:]):
                return True
        elif fnmatch(path.name, bare):
            return True
    return False


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if _is_ignored(path):
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


@cache
def files() -> tuple[Path, ...]:
    """Every file of the repository that is not ignored."""
    return tuple(_walk(ROOT))


def files_in(folder: Path, *suffixes: str) -> list[Path]:
    """Files below a folder with one of the endings."""
    return [path for path in files() if path.is_relative_to(folder) and path.suffix in suffixes]


def short(path: Path) -> str:
    """The path as a reader would write it."""
    return path.relative_to(ROOT).as_posix()


@dataclass(frozen=True)
class Module:
    """One Python file with its text and syntax tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return short(self.path)

    @property
    def package(self) -> str:
        """The package of ours the file lies in, empty outside."""
        if not self.path.is_relative_to(SOURCE):
            return ""
        return self.path.relative_to(SOURCE).parts[0]

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every part of the syntax tree, the outer before the inner."""
        return tuple(ast.walk(self.tree))

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())


@cache
def _module(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path, text, ast.parse(text))


def modules(folder: Path = SOURCE, *, with_migrations: bool = False) -> list[Module]:
    """Python files below a folder."""
    return [
        _module(path)
        for path in files_in(folder, ".py")
        if with_migrations or "migrations" not in path.parts
    ]


def domain_packages() -> list[str]:
    """Packages that follow the fixed list of modules."""
    return [
        folder.name
        for folder in sorted(SOURCE.iterdir())
        if (folder / "__init__.py").is_file() and folder.name not in PLUMBING
    ]


def packages() -> list[str]:
    """Every package of ours."""
    return [
        folder.name for folder in sorted(SOURCE.iterdir()) if (folder / "__init__.py").is_file()
    ]


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, methods and inner ones too."""
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def classes(module: Module) -> Iterator[ast.ClassDef]:
    """Every class of a file."""
    for node in module.nodes:
        if isinstance(node, ast.ClassDef):
            yield node


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a chain of names, empty for anything else."""
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return node.id if isinstance(node, ast.Name) else ""
