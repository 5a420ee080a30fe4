"""What a Chinese text does with which signals: 发布, 继续发布, 升级, 解除 and what lies between.

The matching copy is read sentence by sentence. Only a signal that a verb governs, or the only one
in a heading, is the message's own; a signal that is merely said to be in force elsewhere is not.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from nuantu.warnings.rules.message import Colour, MsgType
from nuantu.warnings.rules.signals import VERBS, Signal, Token, colour_of, signals_of, tokens_of

_TAIL_GAP = 24
"""Longest stretch between a signal and the verb after it (预警信号已于18日9时30分解除)."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the text does. `verb_at` is where its verb, or the 将 before it, begins.

    `object_start` to `object_end` is the stretch between verb and event, where a text names the
    area (解除【凯里市】寒潮蓝色预警). `is_governed` is false for a heading without a verb.
    """

    msg_type: MsgType
    event: str
    as_issued: str
    colour: Colour | None
    verb_at: int
    object_start: int
    object_end: int
    is_governed: bool = True
    previous_colour: Colour | None = None
    replaces_event: str = ""
    extends_area: bool = False


def actions_in(text: str) -> list[Action]:
    """What the text does, in order, each event once. Empty when it names no signal."""
    sentences = _sentences(tokens_of(text))
    found: list[Action] = []
    for sentence in sentences:
        actions = _merge_same_event(_actions_of_sentence(text, sentence))
        governed = [action for action in actions if action.is_governed]
        found.extend(governed or actions)
    return _distinct(found)


def _sentences(tokens: list[Token]) -> list[list[Token]]:
    sentences: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind == "stop":
            sentences.append([])
        else:
            sentences[-1].append(token)
    return [sentence for sentence in sentences if sentence]


def _distinct(actions: list[Action]) -> list[Action]:
    """Governed actions before headings; of one event the first that is governed, but an update
    tells more than the heading that merely issues it."""
    governed = [action for action in actions if action.is_governed]
    chosen: dict[str, Action] = {}
    for action in governed or actions:
        known = chosen.get(action.event)
        if known is None or _tells_more(action, known):
            chosen[action.event] = action
    return [_with_heading_colour(action, actions) for action in chosen.values()]


def _tells_more(action: Action, known: Action) -> bool:
    is_same = known.colour in (None, action.colour)
    return is_same and known.msg_type is MsgType.ALERT and action.msg_type is MsgType.UPDATE


def _with_heading_colour(action: Action, actions: list[Action]) -> Action:
    if action.colour or action.msg_type is MsgType.CANCEL:
        return action
    colours = [o.colour for o in actions if o.event == action.event and o.colour]
    return replace(action, colour=colours[0]) if colours else action


# ── verbs ────────────────────────────────────────────────────────────────────────────────────────


def _actions_of_sentence(text: str, sentence: list[Token]) -> list[Action]:
    signals = signals_of(text, sentence)
    verbs = [token for token in sentence if token.kind in VERBS]
    actions: list[Action] = []
    skip = -1
    for index, signal in enumerate(signals):
        if index <= skip:
            continue
        following = signals[index + 1] if index + 1 < len(signals) else None
        change = _change_between(text, verbs, signal, following)
        change = change or _change_around(text, verbs, signal, following)
        if change and following:
            old = _with_colour_between(signal, change, sentence)
            actions.append(_changed(text, old, following, change, verbs))
            skip = index + 1
            continue
        action = _governed(text, sentence, verbs, signal)
        if action:
            actions.append(action)
    return actions


def _change_between(
    text: str, verbs: list[Token], signal: Signal, following: Signal | None
) -> Token | None:
    """The change verb between two signals of one clause: 蓝色预警[升级为]橙色预警."""
    if following is None or ";" in text[signal.end : following.start]:
        return None
    between = [v for v in verbs if signal.end <= v.start and v.end <= following.start]
    if not between or between[-1].kind != "change" or any(v.kind == "lift" for v in between):
        return None
    reach = text[between[-1].end : following.start]
    return between[-1] if len(reach) <= 12 and "," not in reach else None


def _change_around(
    text: str, verbs: list[Token], signal: Signal, following: Signal | None
) -> Token | None:
    """The change verb before two signals: [变更]黄色预警为蓝色预警, [升级]黄色为橙色."""
    before = [verb for verb in verbs if verb.end <= signal.start]
    if following is None or not before or before[-1].kind != "change":
        return None
    between = text[signal.end : following.start]
    return before[-1] if re.fullmatch(r"信?号?(?:为|成|至|到)", between) else None


def _with_colour_between(old: Signal, change: Token, sentence: list[Token]) -> Signal:
    """The colour a signal had: …预警信号由[黄色]升级为橙色."""
    if old.colour:
        return old
    between = [t for t in sentence if t.kind == "colour" and old.end <= t.start < change.start]
    return replace(old, colour=colour_of(between[-1])) if between else old


def _changed(text: str, old: Signal, new: Signal, verb: Token, verbs: list[Token]) -> Action:
    moves = [
        v
        for v in verbs
        if v.kind == "move" and v.end <= old.start and "," not in text[v.end : old.start]
    ]
    issues = [v for v in verbs if v.kind in ("change", "issue") and v.end <= old.start]
    opening = moves[-1] if moves else (issues[-1] if issues else verb)
    start = opening.end if opening.end <= old.start else old.start
    other_event = bool(old.event) and bool(new.event) and old.event != new.event
    return Action(
        msg_type=MsgType.UPDATE,
        event=new.event or old.event,
        as_issued=new.as_issued or old.as_issued,
        colour=new.colour,
        verb_at=opening.start,
        object_start=start,
        object_end=old.start,
        previous_colour=old.colour,
        replaces_event=old.event if other_event else "",
    )


_TYPE_OF_VERB = {
    "lift": MsgType.CANCEL,
    "keep": MsgType.UPDATE,
    "change": MsgType.UPDATE,
    "issue": MsgType.ALERT,
    "relative": MsgType.ALERT,
}


def _governed(
    text: str, sentence: list[Token], verbs: list[Token], signal: Signal
) -> Action | None:
    """The action of one signal: its verb stands before it, or right behind it."""
    behind = _verb_behind(text, sentence, signal)
    before = [verb for verb in verbs if verb.end <= signal.start and verb.kind != "state"]
    if (behind and behind.kind == "state") or (before and _is_intended(text, before[-1])):
        return None
    if behind and (behind.kind in ("lift", "keep", "change") or not before):
        return _act(text, signal, behind, signal.start, signal.start)
    governing = _governing(text, before)
    if governing is None:
        return Action(
            MsgType.ALERT,
            signal.event,
            signal.as_issued,
            signal.colour,
            verb_at=signal.start,
            object_start=signal.start,
            object_end=signal.start,
            is_governed=False,
        )
    opening = governing
    moves = [verb for verb in before if verb.kind == "move"]
    if governing.kind == "move":
        opening = moves[-1]
    return _act(text, signal, governing, before[-1].end, signal.start, opening)


def _governing(text: str, before: list[Token]) -> Token | None:
    """The verb that rules a signal: the last before it, but 解除 rules over 发布的 behind it."""
    real = [verb for verb in before if verb.kind != "move" and not _is_negated(text, verb)]
    if not real:
        return None
    last = real[-1]
    if last.kind == "relative":
        ruling = [verb for verb in real if verb.kind in ("lift", "change")]
        return ruling[-1] if ruling else last
    if last.kind == "issue":
        near = [v for v, after in pairwise(real) if after is last and v.end == last.start]
        return near[0] if near and near[0].kind in ("keep", "change") else last
    return last


def _is_negated(text: str, verb: Token) -> bool:
    """Whether a verb is denied (尚未解除) or only intended."""
    before = text[max(0, verb.start - 3) : verb.start]
    return bool(re.search(r"(?:尚未|并未|未|不)(?:予)?$", before)) or _is_intended(text, verb)


def _is_intended(text: str, verb: Token) -> bool:
    """Whether an issue is only announced: 将于今晚发布, 拟发布."""
    before = text[max(0, verb.start - 14) : verb.start]
    return verb.kind == "issue" and bool(re.search(r"(?:将于|将会|拟|计划|可能)[^,。:]*$", before))


def _verb_behind(text: str, sentence: list[Token], signal: Signal) -> Token | None:
    """The verb right after a signal, over at most a time and small words."""
    for position, token in enumerate(sentence):
        if token.start < signal.end:
            continue
        gap = text[signal.end : token.start]
        if token.kind not in VERBS or token.kind == "move":
            if token.kind in ("level", "colour") and gap.strip("(/") == "":
                continue
            return None
        is_near = len(gap) <= _TAIL_GAP and not re.search(r"[,:。]", gap)
        if not is_near or _is_negated(text, token):
            return None
        return None if _rules_next(text, sentence, position) else token
    return None


def _rules_next(text: str, sentence: list[Token], position: int) -> bool:
    """Whether the verb at `position` has an object of its own: …预警并解除大风预警."""
    if position + 1 >= len(sentence):
        return False
    after = sentence[position + 1]
    gap = text[sentence[position].end : after.start]
    return after.kind in ("event", "colour", "level") and "," not in gap and len(gap) <= 20


def _act(
    text: str,
    signal: Signal,
    verb: Token,
    object_start: int,
    object_end: int,
    opening: Token | None = None,
) -> Action:
    msg_type = _TYPE_OF_VERB.get(verb.kind, MsgType.ALERT)
    return Action(
        msg_type=msg_type,
        event=signal.event,
        as_issued=signal.as_issued,
        colour=signal.colour,
        verb_at=(opening or verb).start,
        object_start=object_start,
        object_end=max(object_start, object_end),
        extends_area=verb.text in ("扩展", "扩大"),
        previous_colour=None,
    )


def _merge_same_event(actions: list[Action]) -> list[Action]:
    """解除寒潮蓝色, 发布寒潮黄色 in one sentence is one change of the same event."""
    merged: list[Action] = []
    for action in actions:
        position = next((i for i, o in enumerate(merged) if o.event == action.event), None)
        if position is None:
            merged.append(action)
            continue
        other = merged[position]
        if {other.msg_type, action.msg_type} == {MsgType.CANCEL, MsgType.ALERT}:
            lifted, issued = sorted((other, action), key=lambda a: a.msg_type is not MsgType.CANCEL)
            merged[position] = replace(
                issued, msg_type=MsgType.UPDATE, previous_colour=lifted.colour
            )
    return merged
