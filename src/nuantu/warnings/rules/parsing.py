"""From the bytes of a warning to its messages. The only door into the readers of this package."""

import re
from dataclasses import replace
from datetime import datetime

from nuantu.warnings.rules.actions import Action
from nuantu.warnings.rules.bulletins import Bulletin, object_area, read_bulletin
from nuantu.warnings.rules.decoding import decode
from nuantu.warnings.rules.facts import FUTURE, made_identifier
from nuantu.warnings.rules.message import (
    Message,
    Note,
    NoteKind,
    Reference,
    SourceFormat,
    Status,
    Unreadable,
    Why,
)
from nuantu.warnings.rules.moments import CHINA
from nuantu.warnings.rules.several import pieces_of
from nuantu.warnings.rules.structured import read_tree
from nuantu.warnings.rules.trees import json_tree, xml_tree
from nuantu.warnings.rules.vocabulary import event_named

_TAGGED_TEXT = re.compile(r"^\s*<(?:b|p|br|div|span|strong|h\d|font|em)\b", re.IGNORECASE)
_JSON_START = re.compile(r"^\s*(?:[{]|\[\s*[{\[\]])")
_ASSIGNED = re.compile(r"^\s*(?:var\s+)?[\w.$]+\s*[=(]\s*(?=[{\[])")


def parse(body: bytes, content_type: str, received_at: datetime) -> tuple[Message, ...]:
    """The messages of a body: CAP, 12379 or similar XML, JSON, or plain Chinese text.

    The form is told by what the body is; `content_type` gives the charset and is noted where it
    claims another form. `received_at` is aware. Raises Unreadable.
    """
    decoded = decode(body, content_type)
    form, text = _form_of(decoded.text)
    notes = [*decoded.notes, *_against(form, content_type)]
    if form == "xml":
        messages = read_tree(xml_tree(text), received_at, SourceFormat.CAP)
    elif form == "json":
        messages = read_tree(json_tree(text), received_at, SourceFormat.JSON)
    else:
        messages = read_text(text, received_at)
    return tuple(replace(m, notes=tuple(dict.fromkeys((*notes, *m.notes)))) for m in messages)


def _form_of(text: str) -> tuple[str, str]:
    plain = text.lstrip("\ufeff \t\r\n")
    if plain.startswith("<") and not _TAGGED_TEXT.match(plain):
        return "xml", plain
    if _JSON_START.match(plain):
        return "json", plain
    assigned = _ASSIGNED.match(plain)
    if assigned:
        return "json", plain[assigned.end() :].rstrip().rstrip(";)")
    return "text", plain


def _against(form: str, content_type: str) -> list[Note]:
    """A note when a body is not what its content type says."""
    declared = content_type.split(";", maxsplit=1)[0].strip().lower()
    claims = {"xml": "xml", "json": "json", "text/plain": "text"}
    claimed = next((claim for word, claim in claims.items() if word in declared), "")
    return [Note(NoteKind.FORM_AGAINST_TYPE, form)] if claimed and claimed != form else []


# ── plain text ───────────────────────────────────────────────────────────────────────────────────


def read_text(text: str, received_at: datetime) -> tuple[Message, ...]:
    """The messages of a plain text, one per office and event. Raises Unreadable when it names no
    signal."""
    found: list[Message] = []
    for piece in pieces_of(text):
        bulletin = read_bulletin(piece.text, received_at)
        bulletin = replace(bulletin, status=bulletin.status or piece.status)
        actions = [action for action in bulletin.actions if action.event]
        found.extend(
            _text_message(piece.text, bulletin, action, index, received_at)
            for index, action in enumerate(actions, start=len(found))
        )
    if not found:
        raise Unreadable(Why.NO_EVENT)
    return tuple(found)


def _text_message(
    text: str, bulletin: Bulletin, action: Action, index: int, received_at: datetime
) -> Message:
    known = event_named(action.event)
    sender = bulletin.issuer.name if bulletin.issuer else ""
    sent_at = bulletin.sent_at or received_at
    identifier = bulletin.identifier or made_identifier(sender, sent_at, text)
    return Message(
        identifier=identifier,
        index=index,
        sender=sender,
        sender_name=sender,
        is_national=bool(bulletin.issuer and bulletin.issuer.is_national),
        sent_at=sent_at,
        event_code=known.code if known else "",
        event_name=action.event,
        event_as_issued=action.as_issued,
        colour=action.colour,
        msg_type=action.msg_type,
        status=bulletin.status or Status.ACTUAL,
        references=_text_references(bulletin, sender),
        expires_at=bulletin.expires_at,
        forecast_from=bulletin.forecast_from,
        forecast_until=bulletin.forecast_until,
        object_area=object_area(bulletin, action),
        headline=_headline(text),
        description=text.strip(),
        criteria=bulletin.criteria,
        instruction=bulletin.instruction,
        language="zh-CN",
        source_format=SourceFormat.TEXT,
        previous_colour=action.previous_colour,
        replaces_event=action.replaces_event,
        extends_area=action.extends_area,
        notes=tuple(_text_notes(bulletin, action, received_at, is_known=known is not None)),
    )


def _text_references(bulletin: Bulletin, sender: str) -> tuple[Reference, ...]:
    return (Reference("", sender, bulletin.reference_at),) if bulletin.reference_at else ()


def _headline(text: str) -> str:
    """The first sentence, as a heading."""
    first = re.split(r"[：:。\n]", text.strip(), maxsplit=1)[0]
    return first[:80]


def _text_notes(
    bulletin: Bulletin, action: Action, received_at: datetime, *, is_known: bool
) -> list[Note]:
    sent_at = bulletin.sent_at
    is_ahead = sent_at is not None and sent_at > received_at + FUTURE
    ahead = sent_at.astimezone(CHINA).isoformat(timespec="minutes") if sent_at else ""
    told = bulletin.status.value if bulletin.status else ""
    told_type = action.msg_type.value
    candidates = (
        (sent_at is None, Note(NoteKind.SENT_FROM_RECEIPT)),
        (is_ahead, Note(NoteKind.SENT_IN_FUTURE, ahead)),
        (not bulletin.identifier, Note(NoteKind.IDENTIFIER_MADE)),
        (bulletin.issuer is None, Note(NoteKind.SENDER_MISSING)),
        (action.colour is None, Note(NoteKind.COLOUR_MISSING)),
        (not is_known, Note(NoteKind.EVENT_UNKNOWN, action.as_issued)),
        (bool(told), Note(NoteKind.STATUS_FROM_TEXT, told)),
        (not action.is_governed, Note(NoteKind.TYPE_FROM_TEXT, told_type)),
    )
    return [*bulletin.sent_notes, *(note for applies, note in candidates if applies)]
