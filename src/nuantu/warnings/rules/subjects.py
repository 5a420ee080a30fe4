"""Which event a structured warning is about, in which colour, and what it does.

Where fields and text disagree about the colour the stricter holds; where the text says that the
warning is lifted, the text holds.
"""

import re
from dataclasses import dataclass

from nuantu.warnings.rules import fields
from nuantu.warnings.rules.actions import Action
from nuantu.warnings.rules.bulletins import Bulletin, object_area
from nuantu.warnings.rules.message import Colour, MsgType, NoteKind, Unreadable, Why
from nuantu.warnings.rules.normalising import matching_copy
from nuantu.warnings.rules.parts import Parts
from nuantu.warnings.rules.vocabulary import (
    EventType,
    colour_named,
    colour_of_digit,
    colour_of_severity,
    event_in_english,
    event_named,
    event_of_code,
    event_of_index,
)

_ENGLISH_UPDATE = re.compile(
    r"\b(?:continu\w+|updat\w+|upgrad\w+|downgrad\w+|chang\w+)\b", re.IGNORECASE
)
_ENGLISH_CANCEL = re.compile(
    r"\b(?:lift(?:s|ed|ing)?|cancel\w*|remov\w+|terminat\w+|dismiss\w*)\b", re.IGNORECASE
)
_ENGLISH_ISSUE = re.compile(r"\bissu\w+\b", re.IGNORECASE)
_ENGLISH_COLOUR = re.compile(
    r"\b(?P<before>white|blue|yellow|orange|red)\b(?=[^.]{0,60}\b(?:warning|alert|signal))"
    r"|(?:warning|alert|signal)\b[^.]{0,30}\b(?P<after>blue|yellow|orange|red)\b",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a message says about which event."""

    event: str
    as_issued: str
    code: str
    colour: Colour | None
    msg_type: MsgType
    object_area: str
    previous_colour: Colour | None
    replaces_event: str
    extends_area: bool


def subject(parts: Parts, *, is_chinese: bool) -> Subject:
    """Event, colour and message type. Raises Unreadable when no event can be found."""
    event, as_issued = _event(parts)
    action = _action_about(parts.bulletin, event)
    msg_type = _msg_type(parts, action)
    return Subject(
        event=event.name if event else as_issued,
        as_issued=as_issued,
        code=(event.code if event else "") or _code_as_given(parts),
        colour=_colour(parts, action, is_chinese=is_chinese),
        msg_type=msg_type,
        object_area=object_area(parts.bulletin, action),
        previous_colour=action.previous_colour if action else None,
        replaces_event=action.replaces_event if action else "",
        extends_area=bool(action and action.extends_area),
    )


def _event(parts: Parts) -> tuple[EventType | None, str]:
    for text in (*parts.info.all(*fields.EVENT), *parts.alert.all(*fields.EVENT)):
        known = event_named(matching_copy(text)) if _HAN.search(text) else None
        if known:
            return known, text
    coded = _event_of_codes(parts)
    if coded:
        return coded, coded.name
    if parts.bulletin.actions and parts.bulletin.actions[0].event:
        action = parts.bulletin.actions[min(parts.index, len(parts.bulletin.actions) - 1)]
        parts.note(NoteKind.EVENT_FROM_TEXT, action.event)
        return event_named(action.event), action.as_issued
    return _event_in_words(parts)


def _event_of_codes(parts: Parts) -> EventType | None:
    for text in _code_texts(parts):
        known = event_of_code(text) or event_of_index(text)[0]
        if known:
            return known
    return None


def _code_texts(parts: Parts) -> list[str]:
    nodes = [*parts.info.nodes(*fields.EVENT_CODE), *parts.alert.nodes(*fields.EVENT_CODE)]
    texts = [
        text for node in nodes for text in (node.text, node.first("code"), node.first("value"))
    ]
    return [text for text in texts if fields.said(text)]


def _code_as_given(parts: Parts) -> str:
    return next((t for t in _code_texts(parts) if re.fullmatch(r"[0-9A-Z]{2,8}", t)), "")


def _event_in_words(parts: Parts) -> tuple[EventType | None, str]:
    """The event of an English or unknown word, which is kept as it came (WE-27)."""
    stated = [t for t in (parts.info.first("event"), parts.first(fields.EVENT)) if fields.said(t)]
    for text in (*stated, parts.headline, "" if stated else parts.description):
        known = event_in_english(text)
        if known:
            return known, stated[0] if stated else known.name
    names = [node.first("name") for node in parts.info.nodes("eventtype", "event")]
    words = next((text for text in (*stated, *names, parts.headline) if text), "")
    if not words:
        raise Unreadable(Why.NO_EVENT)
    parts.note(NoteKind.EVENT_UNKNOWN, words[:40])
    return None, words[:60]


def _action_about(bulletin: Bulletin, event: EventType | None) -> Action | None:
    """What the text does with the event; the only action when it names no event."""
    for action in bulletin.actions:
        if event and action.event == event.name:
            return action
    return bulletin.actions[0] if len(bulletin.actions) == 1 and not event else None


def _msg_type(parts: Parts, action: Action | None) -> MsgType:
    stated = _stated_type(parts)
    told = action.msg_type if action and action.is_governed else _type_in_words(parts)
    if stated is None:
        parts.note(NoteKind.TYPE_FROM_TEXT, (told or MsgType.ALERT).value)
        return told or MsgType.ALERT
    if stated in (MsgType.ALERT, MsgType.UPDATE) and _says_lifted(parts, told):
        parts.note(NoteKind.TYPE_AGAINST_FIELD, MsgType.CANCEL.value)
        return MsgType.CANCEL
    return stated


def _stated_type(parts: Parts) -> MsgType | None:
    nodes = [*parts.alert.nodes(*fields.MSG_TYPE), *parts.info.nodes(*fields.MSG_TYPE)]
    texts = [text for node in nodes for text in (node.text, node.first("code", "name"))]
    texts += parts.alert.all(*fields.STATUS)
    is_broadcast = bool(parts.alert.first("ebmid")) or any(
        n.nodes("ebmid") for n in parts.alert.walk()
    )
    for text in texts:
        known = fields.msg_type_of(text)
        if known:
            return known
        if is_broadcast and text in ("1", "2"):
            return MsgType.ALERT if text == "1" else MsgType.CANCEL
    return None


def _type_in_words(parts: Parts) -> MsgType | None:
    """The type that an English headline or description says."""
    for text in (parts.headline, parts.description):
        if _ENGLISH_CANCEL.search(text):
            return MsgType.CANCEL
        if _ENGLISH_UPDATE.search(text):
            return MsgType.UPDATE
        if _ENGLISH_ISSUE.search(text):
            return MsgType.ALERT
    return None


def _says_lifted(parts: Parts, told: MsgType | None) -> bool:
    all_clear = any(t.lower() == "allclear" for t in parts.info.all("responsetype"))
    if told is MsgType.CANCEL:
        return all_clear or bool(_HAN.search(parts.headline + parts.description))
    return all_clear and parts.info.first("urgency").lower() == "past"


def _colour(parts: Parts, action: Action | None, *, is_chinese: bool) -> Colour | None:
    stated = _stated_colours(parts)
    told = _told_colour(parts, action)
    if stated and told and told not in stated:
        strict = fields.strictest([*stated, told])
        parts.note(NoteKind.COLOUR_CONFLICT, strict.value if strict else "")
        return strict
    if stated:
        return fields.strictest(stated)
    if told:
        parts.note(NoteKind.COLOUR_FROM_TEXT, told.value)
        return told
    meant = colour_of_severity(parts.first(fields.SEVERITY)) if is_chinese else None
    parts.note(
        NoteKind.COLOUR_FROM_SEVERITY if meant else NoteKind.COLOUR_MISSING,
        meant.value if meant else "",
    )
    return meant


def _stated_colours(parts: Parts) -> list[Colour]:
    """Colours of the fields that name one; of an index code 0401; of a European awareness level."""
    nodes = [*parts.info.nodes(*fields.COLOUR), *parts.alert.nodes(*fields.COLOUR)]
    texts = [text for node in nodes for text in (node.text, node.first("code", "name")) if text]
    found = [colour for text in texts if (colour := colour_named(matching_copy(text)))]
    if found:
        return found[:1]
    awareness = [
        colour_named(node.first("value"))
        for node in parts.info.nodes("parameter")
        if node.first("valuename") == "awareness_level"
    ]
    indexed = [event_of_index(text)[1] for text in _code_texts(parts)]
    is_broadcast = any(node.nodes("ebmid") for node in parts.alert.walk())
    digits = [colour_of_digit(text) for text in texts] if is_broadcast else []
    return [colour for colour in (*awareness, *indexed, *digits) if colour][:1]


def _told_colour(parts: Parts, action: Action | None) -> Colour | None:
    if action and action.colour:
        return action.colour
    if parts.bulletin.actions:
        return None
    for text in (parts.headline, parts.description):
        found = _ENGLISH_COLOUR.search(text)
        if found:
            return colour_named(found["before"] or found["after"])
    return None
