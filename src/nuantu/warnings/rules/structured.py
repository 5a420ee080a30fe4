"""CAP 1.2, the 12379 form and JSON feeds read into messages: the envelope, the blocks, the whole.

Of several languages Chinese is taken first; several blocks of one language are several messages
under one identifier.
"""

import re
from dataclasses import replace
from datetime import datetime

from nuantu.warnings.rules import facts, fields, subjects
from nuantu.warnings.rules.bulletins import read_bulletin
from nuantu.warnings.rules.message import (
    Area,
    Message,
    Note,
    NoteKind,
    SourceFormat,
    Unreadable,
    Why,
)
from nuantu.warnings.rules.parts import Parts
from nuantu.warnings.rules.trees import Tree, is_cap

MAX_MESSAGES = 200
_HAN = re.compile(r"[\u4e00-\u9fff]")


def read_tree(root: Tree, received_at: datetime, source: SourceFormat) -> tuple[Message, ...]:
    """Every warning in a tree. Raises Unreadable when there is none or one has no event."""
    alerts = _alerts(root)
    if not alerts:
        raise Unreadable(Why.NO_ALERT)
    if len(alerts) > MAX_MESSAGES:
        raise Unreadable(Why.TOO_MANY, str(len(alerts)))
    messages: list[Message] = []
    for alert in alerts:
        messages.extend(_messages(alert, received_at, source))
    return tuple(messages)


# ── finding the warnings in an envelope ──────────────────────────────────────────────────────────


def _alerts(root: Tree) -> list[Tree]:
    named = [
        node for node in root.walk() if node.name == "alert" and node.nodes("info", "identifier")
    ]
    if named:
        return named
    found: list[Tree] = []
    waiting = [root]
    while waiting:
        node = _one_level(waiting.pop(0))
        if _looks_like_alert(node):
            found.append(node)
            continue
        waiting.extend(child for group in node.children.values() for child in group)
    return found


def _one_level(node: Tree) -> Tree:
    """An emergency broadcast keeps its facts in two boxes; they are read as one."""
    boxes = node.nodes("msgbasicinfo", "msgcontent")
    if not boxes:
        return node
    flat = Tree(name=node.name, namespace=node.namespace)
    for box in (node, *boxes):
        for key, children in box.children.items():
            if key not in ("msgbasicinfo", "msgcontent"):
                flat.children.setdefault(key, []).extend(children)
    return flat


def _looks_like_alert(node: Tree) -> bool:
    if node.nodes("info") and node.first(*fields.IDENTIFIER):
        return True
    has_words = bool(
        node.first(*fields.HEADLINE) or node.first(*fields.DESCRIPTION) or node.nodes("data")
    )
    has_origin = bool(
        node.first(*fields.SENT)
        or node.first(*fields.IDENTIFIER)
        or node.first(*fields.EFFECTIVE)
        or node.first(*fields.SENDER_NAME)
    )
    has_kind = bool(node.first(*fields.EVENT, *fields.EVENT_CODE, *fields.COLOUR))
    return (has_words and has_origin) or (has_words and has_kind)


# ── one warning, possibly of several blocks ──────────────────────────────────────────────────────


def _messages(alert: Tree, received_at: datetime, source: SourceFormat) -> list[Message]:
    blocks = _blocks(alert)
    language, chosen = _chosen_language(blocks)
    spare = fields.merged(
        [area for block in blocks for area in fields.areas_of(block, language)[0]]
    )
    messages: list[Message] = []
    for index, block in enumerate(chosen):
        parts = _parts(alert, block, index, language, received_at, source)
        if len(blocks) > len(chosen):
            parts.notes.append(Note(NoteKind.LANGUAGE_CHOSEN, language))
        messages.append(_message(parts, _areas(parts, spare)))
    return messages


def _blocks(alert: Tree) -> list[Tree]:
    """Info blocks; a flat message is its own block."""
    return alert.nodes("info") or [b for b in alert.nodes("data") if b.children] or [alert]


def _chosen_language(blocks: list[Tree]) -> tuple[str, list[Tree]]:
    """Chinese first, then English, then what there is; all blocks of that language."""
    languages = [_language_of(block) for block in blocks]
    best = min(dict.fromkeys(languages), key=_preference)
    return best, [b for b, language in zip(blocks, languages, strict=True) if language == best]


def _language_of(block: Tree) -> str:
    stated = block.first(*fields.LANGUAGE)
    if stated:
        return "zh-CN" if stated.lower() in ("zho", "chi", "cn", "chn", "zh") else stated
    words = block.first(*fields.HEADLINE) + block.first(*fields.DESCRIPTION)
    return "zh-CN" if _HAN.search(words) else "en-US"


def _preference(language: str) -> int:
    lowered = language.lower()
    order = ("zh-cn", "zh-hans", "zh", "en")
    return next((i for i, start in enumerate(order) if lowered.startswith(start)), len(order))


def _parts(
    alert: Tree,
    block: Tree,
    index: int,
    language: str,
    received_at: datetime,
    source: SourceFormat,
) -> Parts:
    headline = _words(alert, block, fields.HEADLINE)
    description = _words(alert, block, fields.DESCRIPTION)
    if not description:
        description = next((n.text for n in alert.walk() if n.name == "message" and n.text), "")
    text = "\n\n".join(words for words in (headline, description) if words)
    return Parts(
        alert=alert,
        info=block,
        index=index,
        language=language,
        headline=headline,
        description=description,
        bulletin=read_bulletin(text, received_at),
        received_at=received_at,
        source_format=_format(alert, source),
    )


def _words(alert: Tree, block: Tree, keys: tuple[str, ...]) -> str:
    return fields.said(block.first(*keys)) or fields.said(alert.first(*keys))


def _format(alert: Tree, source: SourceFormat) -> SourceFormat:
    if source is SourceFormat.JSON:
        is_wrapped = bool(alert.nodes("info") and alert.first("identifier"))
        return SourceFormat.CAP if is_wrapped else source
    if is_cap(alert) and not alert.first("sendtime", "sendercode"):
        return SourceFormat.CAP
    return SourceFormat.NATIONAL


def _areas(parts: Parts, spare: tuple[Area, ...]) -> tuple[Area, ...]:
    """Areas of the block, else of the alert, else of the block in another language."""
    found, notes = fields.areas_of(parts.info, parts.language)
    if not found and parts.info is not parts.alert:
        found, notes = fields.areas_of(parts.alert, parts.language)
    parts.notes.extend(notes)
    areas = fields.merged(found)
    if any(area.codes or area.polygons or area.circles for area in areas):
        return areas
    borrowed = tuple(area for area in spare if area not in areas)
    if borrowed:
        parts.notes.append(Note(NoteKind.AREA_FROM_OTHER_LANGUAGE))
    return areas + borrowed


def _message(parts: Parts, areas: tuple[Area, ...]) -> Message:
    origin = facts.origin(parts)
    subject = subjects.subject(parts, is_chinese=_is_chinese(parts, origin, areas))
    sent_at = facts.sent_at(parts)
    window = facts.window(parts)
    message = Message(
        identifier=facts.identifier(parts, origin, sent_at),
        index=parts.index,
        sender=origin.sender,
        sender_name=origin.sender_name,
        sender_division=origin.division,
        is_national=origin.is_national,
        sent_at=sent_at,
        event_code=subject.code,
        event_name=subject.event,
        event_as_issued=subject.as_issued,
        colour=subject.colour,
        msg_type=subject.msg_type,
        status=facts.status(parts),
        scope=facts.scope(parts),
        references=facts.references(parts, origin),
        incidents=tuple(" ".join(parts.alert.all("incidents")).split()),
        effective_at=window.effective_at,
        onset_at=window.onset_at,
        expires_at=window.expires_at,
        forecast_from=parts.bulletin.forecast_from,
        forecast_until=parts.bulletin.forecast_until,
        areas=areas,
        object_area=subject.object_area,
        headline=parts.headline,
        description=parts.description,
        criteria=parts.first(fields.CRITERIA) or parts.bulletin.criteria,
        instruction="\n".join(parts.info.all(*fields.INSTRUCTION)) or parts.bulletin.instruction,
        language=parts.language,
        source_format=parts.source_format,
        previous_colour=subject.previous_colour,
        replaces_event=subject.replaces_event,
        extends_area=subject.extends_area,
    )
    return replace(message, notes=tuple(dict.fromkeys(parts.notes)))


def _is_chinese(parts: Parts, origin: facts.Origin, areas: tuple[Area, ...]) -> bool:
    """Whether Chinese conventions hold, such as blue for CAP's Minor (WE-25)."""
    return (
        parts.language.lower() in ("zh", "zh-cn", "zh-hans", "zh-hans-cn")
        or bool(origin.division)
        or any(area.codes for area in areas)
    )
