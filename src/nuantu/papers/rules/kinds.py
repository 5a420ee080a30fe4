"""What kinds of papers there are, and which fields each of them offers to a template."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import yaml

from nuantu.core.fieldclass import FieldClass

Row = dict[str, str]
Values = dict[str, "str | list[Row]"]

LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a field that has fixed answers."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a template of the kind may name, by its Chinese word or its code.

    With `columns` it is a list of rows; with `is_signature` a place to sign. `is_asked` fields are
    typed when the paper is issued, unless the feed knows them.
    """

    code: str
    zh: str
    en: str
    field_class: FieldClass = FieldClass.STAFF
    choices: tuple[Choice, ...] = ()
    columns: tuple["Field", ...] = ()
    is_signature: bool = False
    is_asked: bool = False
    is_required: bool = False
    most: int = LONGEST
    hint: str = ""
    hint_en: str = ""

    @property
    def is_hidden(self) -> bool:
        """Whether the value, or a column of the list, is masked on pages until somebody gives a
        purpose."""
        own = self.field_class in (FieldClass.SENSITIVE, FieldClass.SEALED)
        return own or any(column.is_hidden for column in self.columns)

    def column(self, word: str) -> "Field | None":
        """The column of a list by its word or code."""
        return _named(self.columns, word)


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper: its official name, the mark in its number, its source and its fields.

    `permission` is what a reader needs besides the right to open papers; a paper `with_subject` is opened by those
    who read what it is about, and by nobody else.
    """

    code: str
    zh: str
    en: str
    mark: str
    basis: str
    copies: int = 1
    fields: tuple[Field, ...] = field(default=())
    permission: str = ""
    with_subject: bool = False

    def field_named(self, word: str) -> Field | None:
        """The field by its word or code, those that every paper has among them."""
        return _named((*self.fields, *STANDARD), word)

    @property
    def signatures(self) -> tuple[Field, ...]:
        """The places to sign."""
        return tuple(one for one in self.fields if one.is_signature)

    @property
    def contents(self) -> tuple[Field, ...]:
        """What is filled in, without the places to sign."""
        return tuple(one for one in self.fields if not one.is_signature)


# What every paper knows of itself.
STANDARD: Final = tuple(
    Field(code, zh, en, FieldClass.PUBLIC)
    for code, zh, en in (
        ("number", "文书编号", "Number of the paper"),
        ("office", "出具单位", "Issued by (office)"),
        ("issued_by", "经办人", "Handled by"),
        ("issued_date", "出具日期", "Date of issue"),
        ("version", "版本", "Version"),
        ("copy", "联次", "Copy"),
    )
)


def _named(fields: Iterable[Field], word: str) -> Field | None:
    return next((one for one in fields if word in (one.code, one.zh)), None)


def read_kinds(text: str) -> dict[str, PaperKind]:
    """Kinds by code from a YAML file. Raises KeyError or ValueError where the file is wrong."""
    raw = yaml.load(text, Loader=yaml.CSafeLoader)
    found = {}
    for code, entry in raw["kinds"].items():
        fields = tuple(_field(one) for one in _flat(entry["fields"]))
        doubled = _doubled(fields)
        if doubled:
            raise ValueError(f"{code}: {doubled}")
        found[code] = PaperKind(
            code=code,
            zh=entry["zh"],
            en=entry["en"],
            mark=entry["mark"],
            basis=entry["basis"],
            copies=entry.get("copies", 1),
            fields=fields,
            permission=entry.get("permission", ""),
            with_subject=entry.get("with_subject", False),
        )
    return found


def _doubled(fields: Iterable[Field]) -> list[str]:
    seen: set[str] = set()
    twice = []
    for one in (*fields, *STANDARD):
        for word in {one.code, one.zh}:
            twice += [word] if word in seen else []
            seen.add(word)
    return twice


def _flat(entries: Iterable[Any]) -> Iterator[Mapping[str, Any]]:
    """Fields of a kind; a list inside the list is a group that several kinds share."""
    for entry in entries:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry


def _field(entry: Mapping[str, Any]) -> Field:
    made = Field(
        code=entry["code"],
        zh=entry["zh"],
        en=entry["en"],
        field_class=FieldClass(entry.get("class", "staff")),
        is_signature=entry.get("signature", False),
        is_asked=entry.get("asked", False),
        is_required=entry.get("required", False),
        most=entry.get("most", LONGEST),
        hint=entry.get("hint", ""),
        hint_en=entry.get("hint_en", ""),
    )
    return replace(
        made,
        choices=tuple(Choice(*one) for one in entry.get("choices", ())),
        columns=tuple(_field(one) for one in entry.get("columns", ())),
    )
