"""The kinds of papers of this installation, and who reads the facts of each.

Registered once from `apps.ready()`; a second registration under the same code replaces. The
statutory kinds stand in `data/kinds.yaml`; a package above may declare kinds of its own.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from nuantu.core.actors import Actor
from nuantu.papers.models import Paper, PaperVersion
from nuantu.papers.rules.kinds import Choice, Field, PaperKind, Values, read_kinds

Gather = Callable[[Actor, Any, datetime], Values]
Offers = Callable[[UUID], Iterable[UUID]]
Later = Callable[[Paper, PaperVersion], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Feed:
    """Where the facts of a kind come from.

    `subject_kind` is registered in `core.subjects` with its `fetch`, which authorises. `gather` gets the
    row that `fetch` gave and returns values by field code: Chinese words, the code of a choice, or rows
    of a list; what is unknown is left out. `offers` gives the subjects of a case for which the
    paper can be issued. `later` gives, by field code, what is printed on a version and came to be after it was
    issued; for a place to sign the words that stand there while no signature does.
    """

    subject_kind: str
    gather: Gather
    offers: Offers
    later: Later | None = None


_declared: dict[str, PaperKind] = {}
_templates: dict[str, Callable[[], bytes]] = {}
_feeds: dict[str, Feed] = {}


@cache
def _statutory() -> Mapping[str, PaperKind]:
    return read_kinds(files("nuantu.papers").joinpath("data/kinds.yaml").read_text("utf-8"))


def declare(kind: PaperKind, template: Callable[[], bytes]) -> None:
    """Add a kind that no law knows, with the Word file it is filled into."""
    _declared[kind.code] = kind
    _templates[kind.code] = template


def feed(
    code: str, *, subject_kind: str, gather: Gather, offers: Offers, later: Later | None = None
) -> None:
    """Say where the facts of a kind come from. Raises KeyError for an unknown kind."""
    kinds()[code]
    _feeds[code] = Feed(subject_kind, gather, offers, later)


def later_on(version: PaperVersion) -> Mapping[str, str]:
    """What is printed on a version and came to be after it was issued."""
    found = feed_of(version.paper.kind)
    return found.later(version.paper, version) if found and found.later else {}


def kinds() -> Mapping[str, PaperKind]:
    """Every kind by its code, the statutory ones first."""
    return {**_statutory(), **_declared}


def feed_of(code: str) -> Feed | None:
    """Who reads the facts of a kind; None while no package does."""
    return _feeds.get(code)


def builtin_template(code: str) -> bytes | None:
    """The program's own Word file of a kind."""
    if code in _templates:
        return _templates[code]()
    path = files("nuantu.papers").joinpath(f"data/{code}.docx")
    return path.read_bytes() if path.is_file() else None


def word(said: PaperKind | Field | Choice) -> str:
    """What a kind, a field or an answer is called in the language of the page."""
    return said.en if (get_language() or "").startswith("en") else said.zh


def hint(field: Field) -> str:
    """What has to be minded when a field is typed; mostly nothing."""
    return field.hint_en if (get_language() or "").startswith("en") else field.hint


def kind_word(code: str) -> str:
    """The name of a kind by its code; the code for one that is no longer known."""
    found = kinds().get(code)
    return word(found) if found else code


def offered(case_id: UUID) -> list[tuple[PaperKind, UUID]]:
    """Which papers can be issued in a case, each with what it is about."""
    return [
        (kind, subject_id)
        for code, kind in kinds().items()
        if code in _feeds
        for subject_id in _feeds[code].offers(case_id)
    ]
