"""The kinds of papers with the fields that a template may name."""

from nuantu.papers.rules.kinds import STANDARD, Field, PaperKind
from nuantu.papers.selectors import kinds
from tools.reference_pages.text import page, table


def paper_fields() -> str:
    """paper-fields.md."""
    every = kinds.kinds()
    listed = [
        (kind.zh, f"`{code}`", kind.en, kind.mark, kind.basis, kind.copies, _fed(code))
        for code, kind in every.items()
    ]
    return page(
        "Papers and their fields",
        "What a template of a statutory form may name, in two pairs of braces: the Chinese word (`{{姓名}}`) or the code "
        "(`{{name}}`). `{{性别:勾选}}` (`{{sex:tick}}`) prints every answer with a box; `{{随身物品.物品名称}}` repeats its "
        "table row (or paragraph) for each row of the list, `{{随身物品}}` puts the whole list into one line. Prove a file "
        "with `./nuantu forms check FILE`.",
        "## Kinds\n",
        table(
            ["文书", "code", "English", "mark in the number", "source", "copies", "fed by"], listed
        ),
        "## Fields of every kind\n",
        table(HEADINGS, [_row(one) for one in STANDARD]),
        *(part for kind in every.values() for part in _fields(kind)),
    )


HEADINGS = ["字段", "code", "English", "class", "form"]


def _fed(code: str) -> str:
    feed = kinds.feed_of(code)
    return f"`{feed.subject_kind}`" if feed else "—"


def _fields(kind: PaperKind) -> list[str]:
    rows = [_row(one) for one in kind.fields]
    return [f"## {kind.zh} `{kind.code}`\n", table(HEADINGS, rows)]


def _row(one: Field) -> tuple[str, str, str, str, str]:
    return one.zh, f"`{one.code}`", one.en, one.field_class.value, _form(one)


def _form(one: Field) -> str:
    said = "text"
    if one.is_signature:
        said = "signature"
    elif one.columns:
        said = "list: " + "、".join(f"{column.zh} `{column.code}`" for column in one.columns)
    elif one.choices:
        said = "one of " + "、".join(f"{choice.zh} `{choice.code}`" for choice in one.choices)
    return said + (", typed when issued" if one.is_asked else "")
