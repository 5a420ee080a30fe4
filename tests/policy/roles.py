"""Who may enter an address: the words in which each package writes its table.

`tests/<package>/roles.py` names every address of the package in `ROLES`. Whoever is not named is
refused: the public is sent to log in, staff get the designed 403.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, Literal

from tests.cast import MEMBERS, Cast
from tests.policy import tree

STAFF = frozenset(MEMBERS) - {"nobody", "taxi_driver"}
EVERYBODY = frozenset(MEMBERS)

REFUSED_PUBLIC = frozenset({302, 401})
Url = Callable[[Cast], str]
More = Callable[[Cast, int], object]


@dataclass(frozen=True)
class Row:
    """One address.

    `open_to` get it, `absent_for` hold the permission but the thing is somebody else's (404).
    Both are names of the cast, "staff" or "everybody", with "-name" for an exception.
    `at` builds the address where it has parts, and arranges what it shows; `more` adds rows to a
    list, to show that its page does not ask once per row.
    """

    open_to: str
    absent_for: str = ""
    at: Url | None = None
    method: Literal["get", "post"] = "get"
    answers: frozenset[int] = frozenset({200})
    data: Mapping[str, Any] = field(default_factory=dict)
    is_program: bool = False
    more: More | None = None


def members(words: str) -> frozenset[str]:
    """The people a table cell names."""
    found: set[str] = set()
    for word in words.split():
        if word.startswith("-"):
            assert word[1:] in EVERYBODY, word
            found.discard(word[1:])
        elif word in ("staff", "everybody"):
            found |= STAFF if word == "staff" else EVERYBODY
        else:
            assert word in EVERYBODY, word
            found.add(word)
    return frozenset(found)


def action(open_to: str, *, absent_for: str = "", at: Url | None = None, **data: Any) -> Row:
    """A form that is sent: whoever may is answered with a page, a redirect or what to mend."""
    answers = frozenset({200, 201, 204, 302, 303, 422})
    return Row(open_to, absent_for, at, "post", answers, data)


def leads_on(open_to: str, *, absent_for: str = "", at: Url | None = None) -> Row:
    """An address that only leads somewhere else."""
    return Row(open_to, absent_for, at, "get", frozenset({302, 303}))


def program(
    open_to: str,
    *,
    absent_for: str = "",
    at: Url | None = None,
    method: Literal["get", "post"] = "get",
    data: Mapping[str, Any] | None = None,
) -> Row:
    """An endpoint of the HTTP interface, asked with the token of each member of staff."""
    answers = frozenset({200, 201, 202, 204, 400, 409, 422})
    return Row(open_to, absent_for, at, method, answers, data or {}, is_program=True)


def expected(row: Row) -> dict[str, frozenset[int]]:
    """The table line in full: each member of the cast with the answers that are right for him."""
    opened, absent = members(row.open_to), members(row.absent_for)
    assert not opened & absent, f"named twice: {opened & absent}"
    line = {}
    for key in MEMBERS:
        if key in opened:
            line[key] = row.answers
        elif key in absent:
            line[key] = frozenset({404})
        elif key in STAFF:
            line[key] = frozenset({403})
        else:
            line[key] = frozenset({401}) if row.is_program else REFUSED_PUBLIC
    return line


@cache
def tables() -> dict[str, dict[str, Row]]:
    """The table of each package that has one."""
    return {
        package: import_module(f"tests.{package}.roles").ROLES
        for package in tree.packages()
        if (tree.TESTS / package / "roles.py").is_file()
    }


@cache
def all_rows() -> dict[str, Row]:
    """The tables of all packages together."""
    rows: dict[str, Row] = {}
    for table in tables().values():
        assert not set(rows) & set(table), set(rows) & set(table)
        rows |= table
    return rows
