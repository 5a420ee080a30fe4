"""Everything that happens is one journal line.

Lines of one county and month form a chain: each digest covers the one before and the line's own
content, so a line changed or taken out breaks every later one. Sensitive values lie in `sealed`
under the case's data key; the chain covers their ciphertext, so erasing the key leaves the chain
whole. What a person typed about a case (a reason, a note, a purpose) may name somebody and lies
there too, with a mark in its place. Only `record` writes; a trigger refuses changes.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from nuantu.core import clock, late, subjects, typed, vault
from nuantu.core.actors import Actor
from nuantu.core.ids import new_id
from nuantu.core.models import JournalChain, JournalEntry, JournalSubject
from nuantu.core.subjects import Subject
from nuantu.core.together import wait

_APPEND = "SELECT place, link FROM nuantu_append_lines(%s::jsonb)"

_COLUMNS = (
    "public_id",
    "chain",
    "verb",
    "summary",
    "basis",
    "actor_id",
    "actor_name",
    "actor_org",
    "happened_at",
    "recorded_at",
    "division_code",
    "owner_org",
    "case_id",
    "changes",
    "sealed",
)


_OF_SOMEBODY = frozenset({"case", "person", "tip", "flow_entry", "missing_report", "letter"})


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain does not hold, and why."""

    chain: str
    seq: int
    reason: str


def chain_name(division_code: str, moment: datetime) -> str:
    """County (first six digits) and month in China, so that writers of two counties never queue."""
    return f"{division_code[:6].ljust(6, '0')}-{clock.local(moment):%Y-%m}"


def _genesis(chain: str) -> str:
    return hashlib.sha256(f"nuantu:{chain}".encode()).hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def payload_digest(entry: JournalEntry, subjects: Iterable[Subject]) -> str:
    """SHA-256 of a line's own content, independent of its place in the chain."""
    content = {
        "id": entry.public_id.hex,
        "chain": entry.chain,
        "verb": entry.verb,
        "summary": entry.summary,
        "basis": entry.basis,
        "actor": [entry.actor_id, entry.actor_name, entry.actor_org],
        "happened_at": entry.happened_at.astimezone(UTC).isoformat(),
        "recorded_at": entry.recorded_at.astimezone(UTC).isoformat(),
        "division_code": entry.division_code,
        "owner_org": entry.owner_org,
        "case_id": entry.case_id.hex if entry.case_id else "",
        "changes": entry.changes,
        "sealed": hashlib.sha256(entry.sealed.encode()).hexdigest(),
        "subjects": sorted([s.kind, s.public_id.hex] for s in subjects),
    }
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def record(
    *,
    verb: str,
    actor: Actor,
    at: datetime,
    subjects: Sequence[Subject],
    division_code: str,
    owner_org: str,
    summary: str,
    case_id: UUID | None = None,
    basis: str = "",
    is_basis_typed: bool = False,
    changes: dict[str, Any] | None = None,
    sealed: dict[str, Any] | None = None,
    happened_at: datetime | None = None,
) -> JournalEntry:
    """Append one line inside the caller's transaction.

    `changes` holds what anybody who may see the row may read; `sealed` holds the sensitive
    values, encrypted under the key of the case (or of the first subject). `happened_at` is when
    it happened in the world, `at` when it is recorded; inside `late.told` the latter. Inside
    `together` the line is appended at its end, and its place is known then. About a case, a person or a tip, what is
    named in `typed.NAMES` is sealed too, and the basis where `is_basis_typed`.
    """
    recorded = late.recorded_at(at)
    key_ref = case_id or subjects[0].public_id
    said, told, token = {"summary": str(summary), "basis": str(basis)}, dict(changes or {}), ""
    if case_id or subjects[0].kind in _OF_SOMEBODY:
        said, told, token = _seal_typed(key_ref, said, told, sealed, is_basis_typed=is_basis_typed)
    elif sealed:
        token = vault.seal(key_ref, _canonical(sealed))
    entry = JournalEntry(
        public_id=new_id(),
        chain=chain_name(division_code, recorded),
        verb=verb,
        **said,
        actor_id=actor.public_id,
        actor_name=actor.name,
        actor_org=actor.org_code,
        happened_at=happened_at or at,
        recorded_at=recorded,
        division_code=division_code,
        owner_org=owner_org,
        case_id=case_id,
        changes=json.loads(_canonical(told)),
        sealed=token,
    )
    return _append(entry, list(dict.fromkeys(subjects)))


def _seal_typed(
    key_ref: UUID,
    said: dict[str, str],
    told: dict[str, Any],
    sealed: dict[str, Any] | None,
    *,
    is_basis_typed: bool,
) -> tuple[dict[str, str], dict[str, Any], str]:
    """Sentence, changes and token of a line about somebody, with the typed words in the token.

    After an erasure there is no key any more: what is typed then stays readable.
    """
    shown, left = dict(said), dict(told)
    hidden = typed.take_out(shown, left, is_basis_typed=is_basis_typed) | (sealed or {})
    if not hidden:
        return said, told, ""
    try:
        return shown, left, vault.seal(key_ref, _canonical(hidden))
    except vault.KeyDestroyed:
        if sealed:
            raise
        return said, told, ""


def _append(entry: JournalEntry, named: list[Subject]) -> JournalEntry:
    """Put a drafted line at the end of its chain, with what it is about."""
    if not wait(_write, (entry, named)):
        _write([(entry, named)])
    return entry


def _write(lines: list[tuple[JournalEntry, list[Subject]]]) -> None:
    """Chain these lines in their order; each learns its place."""
    drafts = [_draft(entry, named) for entry, named in lines]
    with connection.cursor() as cursor:
        cursor.execute(_APPEND, [_canonical(drafts)])
        for (entry, _named), (seq, digest) in zip(lines, cursor.fetchall(), strict=True):
            entry.seq, entry.digest = seq, digest


def _draft(entry: JournalEntry, named: list[Subject]) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _COLUMNS} | {
        "genesis": _genesis(entry.chain),
        "payload": payload_digest(entry, named),
        "subjects": [
            {"kind": subject.kind, "subject_id": subject.public_id, "public_id": new_id()}
            for subject in named
        ],
    }


def timeline(subject: Subject) -> QuerySet[JournalEntry]:
    """Lines about a subject, newest first, as far as the scope lets them be seen."""
    return JournalEntry.objects.filter(
        subjects__kind=subject.kind, subjects__subject_id=subject.public_id
    ).order_by("-happened_at", "-recorded_at", "-seq")


def about_human(subject: Subject) -> QuerySet[JournalEntry]:
    """Lines about everything that is about the same human as this, newest first, as the scope shows."""
    ids = subjects.about_same_human(subject)
    named = JournalSubject.objects.filter(entry=OuterRef("pk"), subject_id__in=ids)
    return JournalEntry.objects.filter(Exists(named)).order_by(
        "-happened_at", "-recorded_at", "-seq"
    )


def open_sealed(entry: JournalEntry) -> dict[str, Any]:
    """The sensitive values of a line. Raises vault.KeyDestroyed after erasure."""
    opened: dict[str, Any] = json.loads(vault.unseal(entry.sealed)) if entry.sealed else {}
    return opened


def words_of(entry: JournalEntry) -> dict[str, str]:
    """What a person typed with a line, by its names: sealed, or plain in a line about nobody.

    After an erasure what was sealed is missing.
    """
    told = entry.changes
    plain = {name: told[name] for name in typed.NAMES if isinstance(told.get(name), str)}
    try:
        held = open_sealed(entry)
    except vault.KeyDestroyed:
        return plain
    return plain | {name: str(held[name]) for name in (*typed.NAMES, typed.BASIS) if name in held}


def basis_of(entry: JournalEntry) -> str:
    """The basis of a line, also where a person typed it."""
    if typed.has_mark(entry.basis):
        return typed.put_back(entry.basis, words_of(entry))
    return entry.basis


def erase(
    *, key_ref: UUID, actor: Actor, at: datetime, reason: str, division_code: str, owner_org: str
) -> bool:
    """Destroy the data key of a case or tip and write that it was done; the lines stay."""
    if not vault.destroy(key_ref):
        return False
    record(
        verb="core.key.destroy",
        actor=actor,
        at=at,
        subjects=[Subject("data_key", key_ref)],
        division_code=division_code,
        owner_org=owner_org,
        summary="个人信息已删除：数据密钥已销毁",
        basis=reason,
    )
    return True


def verify(chain: str | None = None) -> Iterator[Fault]:
    """Walk the chains and yield what does not hold; run under the system scope.

    Checked: places are 1..n without a gap, each digest follows from the one before and the
    line's content, the head is the last line, no line stands outside a chain.
    """
    heads = JournalChain.objects.order_by("chain")
    if chain:
        heads = heads.filter(chain=chain)
    for head in heads.iterator():
        yield from _verify_chain(head)
    if chain is None:
        known = JournalChain.objects.values("chain")
        for entry in JournalEntry.objects.exclude(chain__in=known).iterator():
            yield Fault(entry.chain, entry.seq, "line outside every chain")


def _verify_chain(head: JournalChain) -> Iterator[Fault]:
    digest = _genesis(head.chain)
    place = 0
    entries = (
        JournalEntry.objects.filter(chain=head.chain).order_by("seq").prefetch_related("subjects")
    )
    for entry in entries.iterator(chunk_size=2000):
        place += 1
        if entry.seq != place:
            yield Fault(head.chain, place, f"line missing before #{entry.seq}")
            return
        named = [Subject(s.kind, s.subject_id) for s in entry.subjects.all()]
        expected = hashlib.sha256((digest + payload_digest(entry, named)).encode()).hexdigest()
        if expected != entry.digest:
            yield Fault(head.chain, place, "digest does not follow: content or order was changed")
            return
        digest = entry.digest
    if (place, digest) != (head.seq, head.digest):
        yield Fault(head.chain, place + 1, "lines missing at the end")


def count_lines() -> int:
    """How many lines there are, for the report of a verification."""
    return JournalEntry.objects.count()


__all__ = [
    "Fault",
    "JournalSubject",
    "basis_of",
    "chain_name",
    "count_lines",
    "erase",
    "open_sealed",
    "payload_digest",
    "record",
    "timeline",
    "verify",
    "words_of",
]
