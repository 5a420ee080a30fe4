"""Chinese first, English complete: no text without its English, no Chinese past the translator."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import django
import polib
import pytest

from tests.policy import tree
from tests.policy.words import HAN, catalogues, english, texts

pytestmark = pytest.mark.slow

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# What the journal keeps is said in Chinese, as it was then; the contract is described in English.
JOURNALLED = {"summary", "purpose", "basis", "reason", "shown", "description"}
# Marks as wide as a character: on an English page they tear a hole.
CHINESE_MARKS = re.compile("[（），。：；、？！「」《》]")
OWN_NAMES = {"中文", "暖途", "语言", "简体中文"}
OF_DJANGO = Path(django.__file__).parent / "conf/locale/en/LC_MESSAGES/django.po"
PURE = ("src/nuantu/planbook", "src/nuantu/routing", "src/nuantu/linkage")


def _translated(entry: polib.POEntry | None) -> str:
    if entry is None or "fuzzy" in entry.flags:
        return ""
    return str(entry.msgstr or entry.msgstr_plural.get(1, ""))


def _has_words(text: str) -> bool:
    """Chinese in it, names that stay as they are left out."""
    for name in OWN_NAMES:
        text = text.replace(name, "")
    return bool(HAN.search(text))


def test_every_text_has_its_english() -> None:
    missing = defaultdict(set)
    for text in texts():
        if HAN.search(text.msgid) and not _translated(english().get((text.context, text.msgid))):
            missing[text.package].add(f"{text.where}  {text.msgid}")
    lines = [
        f"[{package}]\n  " + "\n  ".join(sorted(found))
        for package, found in sorted(missing.items())
    ]
    assert not missing, "\n".join(lines)


def test_a_text_has_one_english_in_every_package() -> None:
    """Django mixes the catalogues: two answers to one text would depend on the order of the apps."""
    answers: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for path, catalogue in catalogues().items():
        for entry in catalogue:
            if not entry.obsolete:
                answers[entry.msgctxt or "", entry.msgid].setdefault(
                    _translated(entry), tree.short(path)
                )
    split = {key[1]: found for key, found in answers.items() if len(found) > 1}
    assert answers
    assert not split, "\n".join(f"{key}: {found}" for key, found in split.items())


def test_english_keeps_the_places_to_fill_in() -> None:
    wrong = []
    for (_context, msgid), entry in english().items():
        wanted = sorted(PLACEHOLDER.findall(msgid))
        for said in filter(None, (entry.msgstr, *entry.msgstr_plural.values())):
            got = sorted(PLACEHOLDER.findall(said))
            is_singular = bool(entry.msgstr_plural) and said == entry.msgstr_plural.get(0)
            if got != wanted and not (is_singular and set(got) <= set(wanted)):
                wrong.append(f"{msgid} -> {said}")
    assert not wrong, "\n".join(wrong)


def test_english_is_english() -> None:
    """A Chinese word may be quoted, in brackets or quotation marks, for whoever must find it."""
    wrong = [
        f"{entry.msgid} -> {entry.msgstr}"
        for entry in english().values()
        if _has_words(re.sub(r"\([^)]*\)|\"[^\"]*\"|“[^”]*”", "", entry.msgstr))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_translation_is_left_over() -> None:
    """An entry is marked somewhere, by Django itself too, or stands in code or data that translates
    it when it shows it."""
    used = {(text.context, text.msgid) for text in texts()} | {
        (entry.msgctxt or "", entry.msgid) for entry in polib.pofile(str(OF_DJANGO))
    }
    said = "\n".join(
        path.read_text(encoding="utf-8")
        for path in tree.files_in(tree.SOURCE, ".py", ".yaml", ".html")
    )
    dead = [
        f"{tree.short(path)}: {entry.msgid}"
        for path, catalogue in catalogues().items()
        for entry in catalogue
        if (entry.msgctxt or "", entry.msgid) not in used and entry.msgid not in said
    ]
    assert not dead, "\n".join(dead)


def test_catalogues_say_how_english_counts() -> None:
    wrong = [
        tree.short(path)
        for path, catalogue in catalogues().items()
        if "nplurals=2" not in catalogue.metadata.get("Plural-Forms", "")
        or "UTF-8" not in catalogue.metadata.get("Content-Type", "").upper()
    ]
    assert not wrong, wrong


def _bare_template(source: str) -> str:
    source = re.sub(r"{#.*?#}", "", source)
    source = re.sub(r"{%\s*comment\b.*?endcomment\s*%}", "", source, flags=re.S)
    source = re.sub(
        r"{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}", "", source, flags=re.S
    )
    source = re.sub(r"{%\s*trans(?:late)?\s.*?%}", "", source, flags=re.S)
    source = re.sub(r"<!--.*?-->", "", source, flags=re.S)
    return re.sub(r"_\((?:\"[^\"]*\"|'[^']*')\)", "", source)


def test_templates_hold_no_chinese_past_the_translator() -> None:
    """The pattern pages show components with made-up content, as a drawing would."""
    pages = [p for p in tree.files_in(tree.SOURCE, ".html") if "patterns" not in tree.short(p)]
    assert len(pages) >= 5
    found = []
    for path in pages:
        for number, line in enumerate(
            _bare_template(path.read_text(encoding="utf-8")).splitlines(), 1
        ):
            if _has_words(line) or CHINESE_MARKS.search(line):
                found.append(f"{tree.short(path)}:~{number} {line.strip()[:80]}")
    assert not found, "\n".join(found)


def test_scripts_hold_no_words() -> None:
    """Scripts take their words from data attributes, so that they are translated once."""
    found = []
    for path in tree.files_in(tree.SOURCE, ".js", ".css"):
        if "vendor" in path.parts:
            continue
        text = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.S)
        if HAN.search(text):
            found.append(tree.short(path))
    assert not found, found


def _marked_strings(module: tree.Module) -> set[int]:
    """Ids of the strings that a translator sees, that are docstrings, or that the journal keeps."""
    marked: set[int] = set()
    for node in module.nodes:
        if isinstance(node, ast.Call) and tree.dotted(node.func).rpartition(".")[2] in {
            "_",
            "gettext",
            "gettext_lazy",
            "gettext_noop",
            "ngettext",
            "ngettext_lazy",
            "pgettext",
            "pgettext_lazy",
        }:
            marked.update(id(inner) for inner in ast.walk(node))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            marked.add(id(node.value))
        if isinstance(node, ast.keyword) and node.arg in JOURNALLED:
            marked.update(id(inner) for inner in ast.walk(node.value))
    return marked


def test_pages_forms_and_endpoints_speak_through_the_translator() -> None:
    found = []
    for module in tree.modules():
        relative = module.path.relative_to(tree.SOURCE).parts
        if len(relative) < 2 or relative[1].removesuffix(".py") not in {"views", "forms", "api"}:
            continue
        marked = _marked_strings(module)
        # A chosen word that is kept in the row as it was chosen, and shown translated.
        said = {
            node.value
            for node in module.nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) in marked
        }
        found += [
            f"{module.name}:{node.lineno} {node.value[:60]}"
            for node in module.nodes
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and _has_words(node.value)
            and id(node) not in marked
            and node.value not in said
        ]
    assert not found, "\n".join(found)


def test_every_refusal_speaks_through_the_translator() -> None:
    """The pure packages know no translator: their refusals carry both languages."""
    found = []
    seen = 0
    for module in tree.modules():
        marked = _marked_strings(module)
        if module.package == "config":
            continue
        for node in module.nodes:
            if not (isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)):
                continue
            for inner in ast.walk(node.exc):
                if (
                    isinstance(inner, ast.Constant)
                    and isinstance(inner.value, str)
                    and HAN.search(inner.value)
                ):
                    seen += 1
                    if id(inner) not in marked and not module.name.startswith(PURE):
                        found.append(f"{module.name}:{inner.lineno} {inner.value[:60]}")
    assert seen > 5
    assert not found, "\n".join(found)
