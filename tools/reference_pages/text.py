"""Small pieces of Markdown."""

from collections.abc import Iterable, Sequence

NOTE = "<!-- Written by `python -m tools.reference`; change the code, not this page. -->\n"


def page(title: str, lead: str, *parts: str) -> str:
    """A whole page: title, the note, one paragraph, the parts."""
    return "\n".join([f"# {title}\n", NOTE, f"{lead}\n", *parts]).rstrip() + "\n"


def cell(value: object) -> str:
    """One cell: no line breaks, no bars."""
    return " ".join(str(value).split()).replace("|", "\\|")


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(headings) + " |", "| " + " | ".join("---" for _ in headings) + " |"]
    lines += ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def first_sentence(text: str | None) -> str:
    """The first paragraph of a docstring as one line."""
    return " ".join((text or "").strip().split("\n\n")[0].split())
