"""What a duty or a journal line can be about.

Lower packages name a thing by kind and public id; the package that owns the kind registers here
how it is called, where its page is, how it is fetched with authority, and how it changes hands.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from nuantu.core.actors import Actor


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing of ours, by kind and public id."""

    kind: str
    public_id: UUID


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of subject behaves; `move` gives every row of a case to a new owner.

    Its page asks for `permission`; who lacks it is shown no way there.
    """

    label: Callable[[UUID], str]
    url: Callable[[UUID], str | None]
    fetch: Callable[[Actor, UUID], Any] | None = None
    move: Callable[[UUID, UUID | None, str], None] | None = None
    permission: str = ""


_kinds: dict[str, Kind] = {}
_cases: dict[str, Callable[[UUID], UUID | None]] = {}
_humans: dict[str, tuple[Callable[[UUID], UUID | None], Callable[[UUID], Iterable[UUID]]]] = {}


def register(
    kind: str,
    *,
    label: Callable[[UUID], str],
    url: Callable[[UUID], str | None],
    fetch: Callable[[Actor, UUID], Any] | None = None,
    move: Callable[[UUID, UUID | None, str], None] | None = None,
    permission: str = "",
) -> None:
    """Called once by the owning package when the apps are ready."""
    _kinds[kind] = Kind(label, url, fetch, move, permission)


def register_case(kind: str, case_of: Callable[[UUID], UUID | None]) -> None:
    """Say whose case a subject of the kind belongs to: what is typed about it goes with that case."""
    _cases[kind] = case_of


def case_of(subject: Subject) -> UUID | None:
    """The case that a subject belongs to, if its kind tells."""
    tells = _cases.get(subject.kind)
    return tells(subject.public_id) if tells else None


def register_human(
    kind: str,
    *,
    human_of: Callable[[UUID], UUID | None],
    rows_of: Callable[[UUID], Iterable[UUID]],
) -> None:
    """Say which human a subject of the kind is about, and which subjects of the kind are about a human,
    by the public id of his record."""
    _humans[kind] = (human_of, rows_of)


def about_same_human(subject: Subject) -> set[UUID]:
    """The public ids of every registered subject about the same human; of a thing its own alone."""
    known = _humans.get(subject.kind)
    human = known[0](subject.public_id) if known else None
    if human is None:
        return {subject.public_id}
    return {one for _human_of, rows_of in _humans.values() for one in rows_of(human)}


def kind_of(kind: str) -> Kind | None:
    """How the kind behaves, None where no package of this installation owns it."""
    return _kinds.get(kind)


def label(subject: Subject) -> str:
    """What the subject is called, without anything its reader may not see."""
    kind = _kinds.get(subject.kind)
    return kind.label(subject.public_id) if kind else subject.kind


def url(subject: Subject) -> str | None:
    """Its page, if it has one."""
    kind = _kinds.get(subject.kind)
    return kind.url(subject.public_id) if kind else None


def may_open(actor: Actor, kind: str) -> bool:
    """Whether the role of the reader opens the pages of this kind at all."""
    known = _kinds.get(kind)
    return known is not None and (not known.permission or actor.may(known.permission))


def way(subject: Subject, actor: Actor) -> str | None:
    """Its page, for a reader whose role opens pages of this kind."""
    return url(subject) if may_open(actor, subject.kind) else None


def move(subject: Subject, *, case_id: UUID | None, new_owner: str) -> None:
    """Give the rows of a case to a new owner in every package that holds some.

    Each registered kind moves its own rows of the case; the subject's kind also moves the
    subject itself.
    """
    for name, kind in _kinds.items():
        if kind.move and (case_id is not None or name == subject.kind):
            kind.move(
                subject.public_id if name == subject.kind else UUID(int=0), case_id, new_owner
            )
