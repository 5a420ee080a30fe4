"""Plan documents: taken in, read in the background, corrected entry by entry, put in force."""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

import yaml
from django.db import DataError, transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, journal, live, scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.errors import Refusal
from nuantu.core.jobs import defer
from nuantu.core.subjects import Subject
from nuantu.operations.models import Operation, PlanDocument
from nuantu.operations.rules import drafting
from nuantu.operations.services.plans import start_plan
from nuantu.planbook import files, reading

if TYPE_CHECKING:
    from nuantu.planbook.reading.opening.pieces import Progress

READ_JOB = "operations.read_document"
# what a document nobody foresaw may break; anything else is our own fault and is tried again
BREAKS = (ArithmeticError, LookupError, MemoryError, OSError, RecursionError, TypeError, ValueError,
          DataError)  # fmt: skip
TELL_EVERY = 0.5  # seconds between two notes of how far reading has come
MOVED = _("草案已被改过，请刷新页面后再改。")
State = PlanDocument.State


class DraftMoved(Refusal):
    """Somebody else changed the draft in the meantime."""


class Read(Protocol):
    """Reads a document; returns what `plan read --json` prints."""

    def __call__(
        self, data: bytes, name: str, *, part: int | None, year: int, progress: "Progress"
    ) -> Mapping[str, Any]: ...


def read_here(
    data: bytes, name: str, *, part: int | None, year: int, progress: "Progress"
) -> Mapping[str, Any]:
    """Read a document in this process, without anything from outside the program."""
    return reading.read_document(data, name, part=part, year=year, progress=progress).as_dict()


@dataclass(slots=True)
class _Outside:
    """Who reads; brought by the assembly, which may start programs and ask a model."""

    read: Read = read_here


_outside = _Outside()


def bring(*, read: Read) -> None:
    """Hand in the reader of this installation."""
    _outside.read = read


def take_document(
    *, actor: Actor, at: datetime, name: str, content: bytes, year: int, part: int = 0
) -> PlanDocument:
    """Keep a document and have it read in the background; `part` chooses one of several plans."""
    with transaction.atomic():
        document = PlanDocument.objects.create(
            division_code=actor.division_code,
            owner_org=actor.org_code,
            name=name[:200],
            content=content,
            digest=hashlib.sha256(content).hexdigest(),
            year=year,
            part=part,
            handed_in_by=actor.name,
            handed_in_at=at,
            changed_at=at,
        )
        _record(document, "take", actor, at, f"交来方案文件：{document.name}", {"part": part})
        defer(READ_JOB, document=str(document.public_id))
    return document


def read_again(*, actor: Actor, at: datetime, document: PlanDocument) -> PlanDocument:
    """Read a document once more, because reading failed or whoever read it was killed.

    Raises Refusal while it is being read, or after a draft was put in force.
    """
    with transaction.atomic():
        held = PlanDocument.objects.select_for_update().defer("content").get(pk=document.pk)
        if held.state != State.FAILED and not held.is_abandoned(at):
            raise Refusal(_("文件正在读或者已经读完，不用重读。"))
        PlanDocument.objects.filter(pk=document.pk).update(
            state=State.WAITING, step=0, steps=0, doing="", changed_at=at
        )
        document.refresh_from_db()
        _record(document, "reread", actor, at, f"重读方案文件：{document.name}", {})
        defer(READ_JOB, document=str(document.public_id))
    return document


def read_waiting(public_id: str) -> None:
    """Read a document that waits, telling how far it has come; each step is a transaction.

    A reading that breaks leaves the document FAILED with its content, so that nothing is lost. Of
    two readings only the one begun last counts.
    """
    began = clock.now()
    with scope.system("a document is read for whoever handed it in"):
        found = PlanDocument.objects.filter(
            public_id=public_id, state__in=[State.WAITING, State.READING]
        )
        document = found.first()
        if document is None:
            return
        found.update(state=State.READING, changed_at=began)
    try:
        reading = _outside.read(
            bytes(document.content),
            document.name,
            part=document.part or None,
            year=document.year,
            progress=_teller(document, began),
        )
        _keep(document, began, reading)
    except BREAKS as problem:
        _fail(document, began, problem)


def _teller(document: PlanDocument, began: datetime) -> "Progress":
    last = 0.0

    def tell(done: int, total: int, what: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < TELL_EVERY:
            return
        last = now
        with scope.system("how far reading has come"):
            rows = PlanDocument.objects.filter(pk=document.pk, changed_at=began)
            rows.update(step=done, steps=total, doing=what[:40])

    return tell


def _fail(document: PlanDocument, began: datetime, problem: BaseException) -> None:
    at = clock.now()
    with scope.system("a document is read for whoever handed it in"):
        changed = PlanDocument.objects.filter(
            pk=document.pk, state=State.READING, changed_at=began
        ).update(state=State.FAILED, doing=type(problem).__name__[:40], changed_at=at)
        if not changed:
            return
        _record(
            document,
            "fail",
            SYSTEM,
            at,
            f"没有读成：{document.name}",
            {"error": str(problem)[:300]},
        )


def _keep(document: PlanDocument, began: datetime, reading: Mapping[str, Any]) -> None:
    at = clock.now()
    with scope.system("a document is read for whoever handed it in"):
        held = (
            PlanDocument.objects.select_for_update()
            .filter(pk=document.pk, state=State.READING, changed_at=began)
            .defer("content")
            .first()
        )
        if held is None:
            return  # thrown away meanwhile, or begun again by another worker
        held.reading = dict(reading)
        held.draft = written(reading["draft"]) if reading["draft"] else ""
        has_text = bool(reading["document"]["text"].strip())
        held.state = State.READ if has_text else State.FAILED
        held.doing = ""
        held.draft_version += 1
        held.changed_at = at
        held.save()
        found = len(reading["evidence"])
        left = len(reading["not_understood"])
        _record(
            held,
            "read",
            SYSTEM,
            at,
            f"读完方案文件：{held.name}，事实 {found} 项，没读懂 {left} 句",
            {"facts": found, "not_understood": left},
        )
        live.hint("plans", held.division_code, held.owner_org)


def written(draft: dict[str, Any]) -> str:
    """A draft plan as the text of a plan file."""
    return str(yaml.safe_dump(draft, allow_unicode=True, sort_keys=False, width=100))


def correct_entry(
    *,
    actor: Actor,
    at: datetime,
    document: PlanDocument,
    path: str,
    value: str,
    drops_entry: bool = False,
    seen: str = "",
) -> PlanDocument:
    """Change one value of the draft, or drop the entry it stands in; it then counts as looked at.

    `seen` marks what the person looked at. Raises DraftMoved when something else stands there by
    now, Refusal when the draft cannot be changed.
    """
    with transaction.atomic():
        held = _open(document)
        before = drafted(held)
        _need_still(before, path, seen)
        try:
            if drops_entry:
                after = drafting.without_entry(before, path)
            else:
                after = drafting.changed(before, path, value)
        except KeyError as problem:
            raise DraftMoved(MOVED) from problem
        held.draft = written(after)
        held.draft_version += 1
        held.accepted = drafting.still_accepted(before, after, held.accepted)
        if not drops_entry and value.strip():
            held.accepted = [*dict.fromkeys([*held.accepted, path])]
        held.changed_at = at
        held.save(update_fields=["draft", "draft_version", "accepted", "changed_at"])
        _record(
            held, "correct", actor, at, f"更正草案：{path}", {"path": path, "value": value[:200]}
        )
    return held


def write_draft(
    *, actor: Actor, at: datetime, document: PlanDocument, text: str, from_version: int
) -> PlanDocument:
    """Replace the whole text of the draft.

    Raises DraftMoved when somebody changed it since `from_version`.
    """
    with transaction.atomic():
        held = _open(document)
        if held.draft_version != from_version:
            raise DraftMoved(_("草案已被改过。你写的内容还在下面，请对照后再保存。"), field="text")
        before = drafted(held)
        held.draft = text
        held.accepted = drafting.still_accepted(before, drafted(held), held.accepted)
        held.draft_version += 1
        held.changed_at = at
        held.save(update_fields=["draft", "draft_version", "accepted", "changed_at"])
        _record(held, "write", actor, at, "改写草案全文", {"version": held.draft_version})
    return held


def accept_entry(
    *,
    actor: Actor,
    at: datetime,
    document: PlanDocument,
    path: str,
    is_accepted: bool,
    seen: str = "",
) -> PlanDocument:
    """Say that somebody has looked at an entry of the draft and found it right, or take that back.

    Raises DraftMoved when something else than `seen` stands there by now.
    """
    with transaction.atomic():
        held = _open(document)
        _need_still(drafted(held), path, seen)
        paths = [one for one in held.accepted if one != path]
        held.accepted = [*paths, path] if is_accepted else paths
        held.changed_at = at
        held.save(update_fields=["accepted", "changed_at"])
        if is_accepted:
            _record(held, "accept", actor, at, f"核对草案：{path}", {"path": path})
        else:
            _record(held, "doubt", actor, at, f"撤回核对：{path}", {"path": path})
    return held


def adopt_draft(*, actor: Actor, at: datetime, document: PlanDocument, year: int) -> Operation:
    """Put the draft of a document in force for the actor's organisation.

    Raises PlanRefused as `start_plan` does, Refusal when it was put in force before.
    """
    with transaction.atomic():
        held = _open(document)
        operation = start_plan(
            actor=actor, at=at, text=held.draft, org_code=actor.org_code, year=year
        )
        held.state, held.operation, held.changed_at = State.ADOPTED, operation, at
        held.save(update_fields=["state", "operation", "changed_at"])
        _record(held, "adopt", actor, at, f"草案启动为方案 {operation.title}", {})
    return operation


def drop_document(*, actor: Actor, at: datetime, document: PlanDocument) -> None:
    """Throw a document and its draft away; the journal keeps that it was there.

    Raises Refusal for one whose draft was put in force.
    """
    with transaction.atomic():
        held = _open(document, is_read=False)
        _record(held, "drop", actor, at, f"丢弃方案文件：{held.name}", {"digest": held.digest})
        held.delete()


def drafted(document: PlanDocument) -> dict[str, Any]:
    """The draft as plain values; an empty one when its text is no plan file that can be read."""
    found = files.content(document.draft)
    return found if isinstance(found, dict) else {}


def _need_still(draft: dict[str, Any], path: str, seen: str) -> None:
    if seen and drafting.seen_at(draft, path) != seen:
        raise DraftMoved(MOVED)


def _open(document: PlanDocument, *, is_read: bool = True) -> PlanDocument:
    held = PlanDocument.objects.select_for_update().defer("content").get(pk=document.pk)
    if held.state == State.ADOPTED:
        raise Refusal(_("草案已经启动为方案，要改请变更方案。"))
    if is_read and held.state != State.READ:
        raise Refusal(_("文件还没有读完。"))
    return held


def _record(
    document: PlanDocument,
    verb: str,
    actor: Actor,
    at: datetime,
    summary: str,
    changes: dict[str, Any],
) -> None:
    journal.record(
        verb=f"operations.document.{verb}",
        actor=actor,
        at=at,
        subjects=[Subject("plan_document", document.public_id)],
        division_code=document.division_code,
        owner_org=document.owner_org,
        summary=summary,
        changes=changes,
    )
