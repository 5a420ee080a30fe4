"""What is written can be followed: links resolve, records are whole, commands exist."""

import re
from pathlib import Path

from tests.policy import tree

HEADINGS = (
    "## Status",
    "## Context",
    "## Decision",
    "## Consequences",
    "## How we would notice we were wrong",
)
TOP = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "THREAT_MODEL.md",
    "LICENSE",
    "NOTICE",
)


def _pages() -> list[Path]:
    found = tree.files_in(tree.ROOT, ".md")
    assert len(found) >= 20
    return found


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+\s+(.*)$", re.sub(r"```.*?```", "", text, flags=re.S), re.M)
    return {
        re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings
    }


def test_links_lead_somewhere() -> None:
    broken = []
    seen = 0
    for page in _pages():
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if re.match(r"[a-z]+:", target):
                continue
            seen += 1
            path, _, anchor = target.partition("#")
            file = (page.parent / path).resolve() if path else page
            if not file.exists() or (
                anchor
                and file.suffix == ".md"
                and anchor not in _anchors(file.read_text(encoding="utf-8"))
            ):
                broken.append(f"{tree.short(page)} -> {target}")
    assert seen > 20
    assert not broken, "\n".join(broken)


def test_the_pages_a_newcomer_looks_for_are_there() -> None:
    missing = [name for name in TOP if not (tree.ROOT / name).is_file()]
    missing += [
        f"docs/{folder}"
        for folder in ("tutorials", "how-to", "explanation", "reference", "decisions")
        if not list((tree.ROOT / "docs" / folder).glob("*.md"))
    ]
    assert not missing, missing


def test_every_page_is_reached_from_the_index() -> None:
    """A page that no other page links to is not found by anybody."""
    linked: set[Path] = set()
    for page in _pages():
        for target in re.findall(r"\]\(([^)\s#]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", target):
                linked.add((page.parent / target).resolve())
    docs = [page for page in _pages() if page.is_relative_to(tree.ROOT / "docs")]
    lost = [tree.short(page) for page in docs if page not in linked and page.name != "index.md"]
    assert not lost, lost


def test_decisions_are_numbered_and_whole() -> None:
    records = sorted(path for path in (tree.ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert len(records) >= 10
    assert [int(path.name[:4]) for path in records] == list(range(1, len(records) + 1))
    partial = []
    for path in records:
        text = path.read_text(encoding="utf-8")
        missing = [heading for heading in HEADINGS if heading not in text]
        if missing or len(text.splitlines()) > 90:
            partial.append(f"{path.name}: {missing or 'longer than a page'}")
    assert not partial, partial


def test_the_glossary_has_one_word_for_one_idea() -> None:
    text = (tree.ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| `([a-z_]+)` \| ([^|]+) \| ([^|]+) \|$", text, re.M)
    assert len(rows) >= 40
    for column in (0, 1):
        words = [row[column] for row in rows]
        twice = {word for word in words if words.count(word) > 1}
        assert not twice, twice


def test_the_glossary_speaks_the_language_of_the_code() -> None:
    """A code name that no code uses is a second word for something."""
    text = (tree.ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    names = re.findall(r"^\| [^|]+ \| `([a-z_]+)` \|", text, re.M)
    code = "\n".join(
        path.read_text(encoding="utf-8").lower()
        for path in tree.files_in(tree.SOURCE, ".py", ".yaml")
        if "requirements" not in path.parts
    )
    unknown = [name for name in names if name not in code and name.replace("_", "") not in code]
    assert len(names) > 40
    assert not unknown, unknown


def test_every_command_in_the_docs_exists() -> None:
    """What a page tells somebody to type is a command of `./nuantu`."""
    known = _commands()
    wrong = []
    seen = 0
    for page in _pages():
        for command in re.findall(r"\./nuantu ([a-z][a-z-]*)", page.read_text(encoding="utf-8")):
            seen += 1
            if command not in known:
                wrong.append(f"{tree.short(page)}: ./nuantu {command}")
    assert seen > 5
    assert not wrong, wrong


def _commands() -> set[str]:
    text = (tree.ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    return set(re.findall(r"`\./nuantu ([a-z][a-z-]*)", text))


def test_the_changelog_follows_the_convention() -> None:
    text = (tree.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.startswith("# Changelog\n")
    assert re.search(r"^## \[?(?:Unreleased|\d+\.\d+\.\d+)", text, re.M)


def test_the_threat_model_names_tests_that_exist() -> None:
    text = (tree.ROOT / "THREAT_MODEL.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)
    assert len(named) > 25
    gone = [
        f"{path}::{name}"
        for path, name in named
        if not (tree.ROOT / path).is_file()
        or f"def {name}(" not in (tree.ROOT / path).read_text(encoding="utf-8")
    ]
    assert not gone, "\n".join(gone)


def test_every_line_of_the_threat_model_has_its_proof() -> None:
    """A control without a test says so in words, so that nobody believes it tested."""
    text = (tree.ROOT / "THREAT_MODEL.md").read_text(encoding="utf-8")
    stride = text.split("## STRIDE")[1].split("## What we do not")[0]
    rows = [
        line
        for line in stride.splitlines()
        if line.startswith("| ") and not line.startswith(("| threat", "| ---"))
    ]
    assert len(rows) > 25
    bare = [row for row in rows if "::" not in row and "no test" not in row]
    assert not bare, bare
