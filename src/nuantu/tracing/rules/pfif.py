"""PFIF 1.4, the People Finder Interchange Format (http://zesty.ca/pfif/1.4/), as rows of our columns.

Photos behind addresses are not fetched; notes that say that somebody was found close a record already,
and an `expiry_date` that is over forbids to keep it (PFIF 1.4, section "Data expiration").
"""

from collections.abc import Iterable
from typing import Final

from nuantu.warnings.rules.message import Unreadable
from nuantu.warnings.rules.trees import Tree, xml_tree

NAMESPACE: Final = "zesty.ca/pfif"
FOUND: Final = frozenset({"believed_alive", "is_note_author", "believed_dead"})
_PLAIN: Final = {
    "source_number": ("personrecordid",),
    "sex": ("sex",),
    "birth": ("dateofbirth",),
    "age": ("age",),
    "nickname": ("alternatenames",),
    "searcher_name": ("authorname",),
    "searcher_phone": ("authorphone",),
    "consent_until": ("expirydate",),
    "marks": ("description",),
}
_HOME: Final = ("homecountry", "homestate", "homecity", "homeneighborhood", "homestreet")


class NotPfif(ValueError):
    """No PFIF document: no XML, another format, or one that is dangerous to read."""


def is_pfif(content: bytes) -> bool:
    """Whether a file begins like XML; which kind is told when it is read."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def pfif_rows(text: str) -> list[tuple[int, dict[str, str]]]:
    """Persons of a document as texts by column, counted from one. Raises NotPfif.

    The oldest note with a last known location says where he was lost. `photo` and `found` are columns
    that only lead to a finding.
    """
    try:
        root = xml_tree(text)
    except Unreadable as error:
        raise NotPfif(str(error)) from error
    if root.name != "pfif" or NAMESPACE not in root.namespace:
        message = "no PFIF root"
        raise NotPfif(message)
    notes = [*root.nodes("note")]
    return [(number, _row(person, notes)) for number, person in enumerate(root.nodes("person"), 1)]


def _row(person: Tree, loose: Iterable[Tree]) -> dict[str, str]:
    row = {column: person.first(*keys) for column, keys in _PLAIN.items()}
    row["name"] = person.first("fullname") or _joined(person)
    row["home"] = " ".join(filter(None, (person.first(key) for key in _HOME)))
    for column in ("birth", "consent_until"):
        row[column] = row[column].partition("T")[0]
    mine = [*person.nodes("note"), *(one for one in loose if _is_about(one, row["source_number"]))]
    mine.sort(key=lambda note: note.first("sourcedate", "entrydate"))
    row["lost_place"] = next(filter(None, (note.first("lastknownlocation") for note in mine)), "")
    row["photo"] = person.first("photourl")
    if mine and mine[-1].first("status") in FOUND:
        row["found"] = mine[-1].first("status")
    return {column: text for column, text in row.items() if text}


def _is_about(note: Tree, number: str) -> bool:
    return bool(number) and note.first("personrecordid") == number


def _joined(person: Tree) -> str:
    """Family name first where both are written in Chinese characters, else as in Latin letters."""
    family, given = person.first("familyname", "lastname"), person.first("givenname", "firstname")
    is_chinese = bool(family) and bool(given) and not (family + given).isascii()
    return f"{family}{given}" if is_chinese else " ".join(filter(None, (given, family)))
