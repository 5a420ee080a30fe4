"""The facts of one structured warning: each from its field, else from the text, else assumed.

Whatever was not plainly said is noted. Where the text says that it is a drill, the text holds.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from nuantu.warnings.rules import fields
from nuantu.warnings.rules.issuers import Issuer, issuer_named
from nuantu.warnings.rules.message import (
    Audience,
    Note,
    NoteKind,
    Reference,
    Status,
)
from nuantu.warnings.rules.moments import CHINA, stamp
from nuantu.warnings.rules.normalising import matching_copy
from nuantu.warnings.rules.parts import Parts

FUTURE = timedelta(hours=1)
"""How far ahead of its receipt a stated moment of issue may lie before it is remarked on."""
_ENVELOPE_ID = re.compile(r"^ALERT_[A-Z]{2}_")
_ID_TIME = re.compile(r"_(\d{14})")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Origin:
    """Who sent a message. `division` has 12 digits or is empty."""

    sender: str
    sender_name: str
    division: str
    is_national: bool


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when a message holds; what is not said is None."""

    effective_at: datetime | None
    onset_at: datetime | None
    expires_at: datetime | None


# ── origin ───────────────────────────────────────────────────────────────────────────────────────


def origin(parts: Parts) -> Origin:
    """Sender, its name, its division by issuer code or identifier (WE-16, WE-17)."""
    sender = parts.first(fields.SENDER)
    code = parts.first(fields.SENDER_CODE)
    identifier_ = parts.first(fields.IDENTIFIER)
    stated = [text for text in _names(parts, sender) if "*" not in text]
    name = next((text for text in stated if _HAN.search(text)), "")
    issuer = issuer_named(matching_copy(name)) if name else None
    if not issuer and parts.bulletin.issuer:
        issuer = parts.bulletin.issuer
        name = name or issuer.name
        parts.note(NoteKind.SENDER_FROM_TEXT, issuer.name)
    division = fields.division_of_sender(code, sender, _ENVELOPE_ID.sub("", identifier_))
    name = name or next(iter(stated), "")
    if not (sender or code or name):
        parts.note(NoteKind.SENDER_MISSING)
    return Origin(code or sender or name, name or sender, division, _is_national(issuer, name))


def _names(parts: Parts, sender: str) -> list[str]:
    return [
        text
        for text in (
            *parts.info.all(*fields.SENDER_NAME),
            *parts.alert.all(*fields.SENDER_NAME),
            sender,
        )
        if fields.said(text)
    ]


def _is_national(issuer: Issuer | None, name: str) -> bool:
    return bool(issuer and issuer.is_national) or name.startswith(("中央气象台", "国家气象中心"))


# ── moments ──────────────────────────────────────────────────────────────────────────────────────


def sent_at(parts: Parts) -> datetime:
    """The moment of issue: field, text, identifier, receipt."""
    moment, notes = fields.moment_of(parts.alert, fields.SENT, parts.received_at)
    if moment is None:
        moment, more = fields.moment_of(parts.info, fields.SENT, parts.received_at)
        notes = (*notes, *more)
    parts.notes.extend(notes)
    if moment is None:
        moment = _sent_elsewhere(parts)
    if moment > parts.received_at + FUTURE:
        parts.note(NoteKind.SENT_IN_FUTURE, moment.astimezone(CHINA).isoformat(timespec="minutes"))
    return moment


def _sent_elsewhere(parts: Parts) -> datetime:
    if parts.bulletin.sent_at:
        parts.notes.extend((Note(NoteKind.SENT_FROM_TEXT), *parts.bulletin.sent_notes))
        return parts.bulletin.sent_at
    effective, _ = fields.moment_of(parts.info, fields.EFFECTIVE, parts.received_at)
    found = _ID_TIME.search(parts.first(fields.IDENTIFIER))
    stamped = stamp(found[1], parts.received_at) if found else None
    if stamped:
        parts.note(NoteKind.SENT_FROM_IDENTIFIER)
        return stamped[0]
    if effective:
        parts.note(NoteKind.SENT_FROM_TEXT)
        return effective
    parts.note(NoteKind.SENT_FROM_RECEIPT)
    return parts.received_at


def window(parts: Parts) -> Window:
    """Effective, onset, expires. The forecast in the text never stands for an end."""
    effective, first = fields.moment_of(parts.info, fields.EFFECTIVE, parts.received_at)
    onset, second = fields.moment_of(parts.info, fields.ONSET, parts.received_at)
    expires, third = fields.moment_of(parts.info, fields.EXPIRES, parts.received_at)
    parts.notes.extend(note for note in (*first, *second, *third) if note.kind is NoteKind.BAD_TIME)
    return Window(effective, onset, expires or parts.bulletin.expires_at)


# ── the rest ─────────────────────────────────────────────────────────────────────────────────────


def status(parts: Parts) -> Status:
    """Actual unless the field or the text says otherwise; a drill in words is a drill (WE-24)."""
    stated = next((s for t in parts.alert.all(*fields.STATUS) if (s := fields.status_of(t))), None)
    told = parts.bulletin.status or read_status(parts.alert.first("note"))
    if told and stated in (None, Status.ACTUAL):
        parts.note(NoteKind.STATUS_FROM_TEXT, told.value)
        return told
    if stated is None:
        parts.note(NoteKind.STATUS_ASSUMED)
    return stated or Status.ACTUAL


def read_status(text: str) -> Status | None:
    """Drill or test, if a note says so in a word or a sentence."""
    copy = matching_copy(text)
    for status_, words in (
        (Status.EXERCISE, ("演练", "演习", "exercise", "drill")),
        (Status.TEST, ("测试", "试验", "test")),
    ):
        if any(word in copy.lower() for word in words):
            return status_
    return None


def scope(parts: Parts) -> Audience:
    """Public unless the field says otherwise."""
    stated = next((s for t in parts.alert.all(*fields.SCOPE) if (s := fields.scope_of(t))), None)
    if stated is None:
        parts.note(NoteKind.SCOPE_ASSUMED)
    return stated or Audience.PUBLIC


def references(parts: Parts, origin_: Origin) -> tuple[Reference, ...]:
    """Earlier messages named by a field, or by the time the text gives for them."""
    nodes = [*parts.alert.nodes(*fields.REFERENCES), *parts.info.nodes(*fields.REFERENCES)]
    for node in parts.alert.nodes(*fields.MSG_TYPE):
        nodes.extend(node.nodes(*fields.REFERENCES))
    found = fields.references_of([node.text for node in nodes if node.text], parts.received_at)
    if not found and parts.bulletin.reference_at:
        return (Reference("", origin_.sender, parts.bulletin.reference_at),)
    return found


def identifier(parts: Parts, origin_: Origin, sent: datetime) -> str:
    """The identifier of the message, else one made of what it says."""
    stated = _ENVELOPE_ID.sub("", parts.first(fields.IDENTIFIER))
    if stated:
        return stated
    if parts.bulletin.identifier:
        return parts.bulletin.identifier
    parts.note(NoteKind.IDENTIFIER_MADE)
    return made_identifier(origin_.sender, sent, parts.headline + parts.description)


def made_identifier(sender: str, sent: datetime, text: str) -> str:
    """An identifier for a message that brings none: the same words make the same."""
    words = re.sub(r"\s+", "", matching_copy(text))
    moment = sent.astimezone(CHINA).strftime("%Y%m%d%H%M%S")
    seed = "|".join((sender, moment, words))
    return f"made-{moment}-{hashlib.sha256(seed.encode()).hexdigest()[:16]}"
