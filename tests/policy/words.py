"""Every text that a person can read: where it stands and what it is called in English."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from tests.policy import tree

HAN = re.compile(r"[㐀-鿿]")
MARKERS = {
    "_": 1,
    "gettext": 1,
    "gettext_lazy": 1,
    "gettext_noop": 1,
    "ngettext": 2,
    "ngettext_lazy": 2,
    "pgettext": 2,
    "pgettext_lazy": 2,
    "npgettext": 3,
    "npgettext_lazy": 3,
}


@dataclass(frozen=True)
class Text:
    """One translatable text at one place."""

    msgid: str
    context: str
    plural: str
    where: str
    package: str


def _call(node: ast.Call) -> tuple[str, list[str]] | None:
    name = tree.dotted(node.func).rpartition(".")[2]
    count = MARKERS.get(name, 0)
    words = [
        a.value
        for a in node.args[:count]
        if isinstance(a, ast.Constant) and isinstance(a.value, str)
    ]
    return (name, words) if count and len(words) == count else None


def _text(name: str, words: list[str], where: str, package: str) -> Text:
    context = words.pop(0) if "pgettext" in name else ""
    return Text(words[0], context, words[1] if len(words) > 1 else "", where, package)


def texts_in_code() -> Iterator[Text]:
    """Marked texts of the Python files."""
    for module in tree.modules(with_migrations=False):
        for node in module.nodes:
            if not isinstance(node, ast.Call):
                continue
            found = _call(node)
            if found:
                yield _text(*found, f"{module.name}:{node.lineno}", module.package)


def _calls_in(source: str) -> Iterator[tuple[int, ast.Call]]:
    """The gettext calls that templatize wrote, each parsed by itself."""
    for start in re.finditer(r"(?<![\w.])(?:n?p?gettext|_)\(", source):
        for end in re.finditer(r"\)", source[start.end() :]):
            piece = source[start.start() : start.end() + end.end()]
            try:
                node = ast.parse(piece, mode="eval").body
            except SyntaxError:
                continue
            if isinstance(node, ast.Call):
                yield source.count("\n", 0, start.start()) + 1, node
            break


def texts_in_templates() -> Iterator[Text]:
    """Marked texts of the templates, as Django's own extraction sees them."""
    for path in tree.files_in(tree.SOURCE, ".html", ".txt"):
        package = path.relative_to(tree.SOURCE).parts[0]
        for line, node in _calls_in(templatize(path.read_text(encoding="utf-8"))):
            found = _call(node)
            if found:
                yield _text(*found, f"{tree.short(path)}:{line}", package)


@cache
def texts() -> tuple[Text, ...]:
    """Every marked text of the tree."""
    found = (*texts_in_code(), *texts_in_templates())
    assert len(found) > 50, "the scan sees the texts"
    return found


@cache
def catalogues() -> dict[Path, polib.POFile]:
    """The English catalogues, by file."""
    found = {
        path: polib.pofile(str(path))
        for path in sorted(tree.SOURCE.glob("*/locale/en/LC_MESSAGES/*.po"))
    }
    assert found
    return found


@cache
def english() -> dict[tuple[str, str], polib.POEntry]:
    """Translations by context and text, over all packages."""
    return {
        (entry.msgctxt or "", entry.msgid): entry
        for catalogue in catalogues().values()
        for entry in catalogue
        if not entry.obsolete
    }
