"""The words that matter in a Chinese warning (verbs, events, colours, 预警), and the signals they form."""

import re
from dataclasses import dataclass, replace
from itertools import islice

from nuantu.warnings.rules.message import Colour
from nuantu.warnings.rules.vocabulary import (
    EVENT_WORDS,
    colour_of_level,
    event_named,
)

_MOST_WORDS = 300
"""Words that matter of one text; real ones hold fewer than a hundred. Reading grows as a square."""

VERBS = {
    "lift": "解除|取消|撤销|撤消|撤回|撤除|终止|停止发布|停止|结束|失效",
    "keep": "继续发布|继续维持|续发|继续|维持|延续|延长",
    "change": (
        "升级发布|变更发布|更新发布|升级|升格|升为|升至|提升|提高|降级|降格|降为|降至|降低"
        "|下调|上调|变更|更新|更改|更换|调整|调升|调降|改为|改发|更正|订正|转为|扩展|扩大"
    ),
    "relative": "发布的|发出的|签发的",
    "issue": "发布|发出|签发|播发|启动|拉响|印发|发",
    "state": "仍然?生效|生效|有效|持续中",
    "move": "将(?!会|有|要|出|达|受|持|继|下|降|升|在|自|先|迎|再|以|于|是|进)|把|由(?!于)",
}
_WORDS = {
    **VERBS,
    "event": "|".join(re.escape(word) for word in EVENT_WORDS),
    "colour": '[白蓝黄橙红]色|[白蓝黄橙红](?=预警|警报|信号|[)\\]”"])',
    "level": r"(?:IV|I{1,3}|[1-4])级|(?:特别重大|特别严重|重大|严重|较重|较大|一般)(?=[)\]/(])",
    "warn": "预警信号|预警信息|预警通知|预警等级|预警|警报|警示|警告|信号",
    "stop": "[。!?;\\]]",
    "comma": "[,:]",
    "not": "尚未|未|并未|不",
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _WORDS.items()))
_FILLER = re.compile(
    r"^[、和与及其暨兼/·\-~()\[\]“”\"'的\s]*"
    r"(?:灾害|天气|气象|风险|事件|等级|级别|性质|高|的|地区|区域|为|:|\([^()]{0,12}\))*"
    r"[、和与及其暨兼/·\-~()\[\]“”\"'的\s]*$"
)
_UNKNOWN_EVENT = re.compile(r"([\u4e00-\u9fff()]{2,10})$")
_PLACE_PREFIX = re.compile(r"^.*(?:省|市|州|县|区|旗|镇|乡|街道|台|局|心|站|部|的)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word that matters, at its place in the matching copy."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signal:
    """One mention of a signal. `event` is the canonical name, `as_issued` the word used."""

    event: str
    as_issued: str
    colour: Colour | None
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The words that matter, in order."""
    return [
        Token(found.lastgroup or "", found.group(), found.start(), found.end())
        for found in islice(_TOKEN.finditer(text), _MOST_WORDS)
    ]


# ── signals of a sentence ────────────────────────────────────────────────────────────────────────


def signals_of(text: str, sentence: list[Token]) -> list[Signal]:
    """Signals in order of place; a list of events before one 预警 gives several."""
    signals: list[Signal] = []
    used = 0
    for position, token in enumerate(sentence):
        if token.kind == "warn":
            first = _group_start(text, sentence, position, used)
            last = _group_end(text, sentence, position)
            signals.extend(_read_group(text, sentence[first : last + 1], signals))
            used = last + 1
        elif token.kind == "colour" and _follows_change(text, sentence, position):
            signals.append(_colour_only(token, signals))
    return signals


def _group_start(text: str, sentence: list[Token], warn: int, used: int) -> int:
    start = warn
    while start > used:
        before, current = sentence[start - 1], sentence[start]
        if before.kind not in ("event", "colour", "level"):
            break
        if not _FILLER.match(text[before.end : current.start]):
            break
        start -= 1
    return start


def _group_end(text: str, sentence: list[Token], warn: int) -> int:
    """A colour or level behind 预警 belongs to it: 寒潮预警信号(蓝色), 寒潮预警信号:蓝色."""
    end = warn
    while end + 1 < len(sentence):
        after = end + 1
        if sentence[after].text == ":" and after + 1 < len(sentence):
            after += 1
        gap = text[sentence[end].end : sentence[after].start]
        if sentence[after].kind not in ("colour", "level"):
            break
        if not re.fullmatch(r"[(\[/:“\"]{0,2}", gap) or _opens_other(text, sentence, after):
            break
        end = after
    return end


def _opens_other(text: str, sentence: list[Token], position: int) -> bool:
    """Whether the colour at `position` opens the next signal (…预警:红色寒潮预警)."""
    if position + 1 >= len(sentence):
        return False
    after = sentence[position + 1]
    touches = not text[sentence[position].end : after.start].strip("的")
    return after.kind in ("event", "warn") and touches


def _read_group(text: str, group: list[Token], earlier: list[Signal]) -> list[Signal]:
    start, end = group[0].start, group[-1].end
    events = [token for token in group if token.kind == "event"]
    colours = [token for token in group if token.kind in ("colour", "level")]
    if not events:
        return [_unknown(text, group, earlier)] if colours else []
    return [
        Signal(
            _canonical(event.text),
            event.text,
            _colour_for(event, events, colours),
            start,
            end,
        )
        for event in events
    ]


def _canonical(word: str) -> str:
    known = event_named(word)
    return known.name if known else word


def _colour_for(event: Token, events: list[Token], tokens: list[Token]) -> Colour | None:
    """The colour of one event of a list: the nearest after it before the next event, else the
    last of the group, else the nearest before it."""
    if not tokens:
        return None
    colours = [token for token in tokens if token.kind == "colour"] or tokens
    following = [other.start for other in events if other.start > event.start]
    limit = following[0] if following else 1 << 30
    own = [token for token in colours if event.start < token.start < limit]
    later = [token for token in colours if token.start > event.start]
    return colour_of(own[0] if own else (later or colours)[0 if later else -1])


def colour_of(token: Token) -> Colour | None:
    return Colour(token.text[0]) if token.kind == "colour" else colour_of_level(token.text)


def _unknown(text: str, group: list[Token], earlier: list[Signal]) -> Signal:
    """A colour before 预警 without a known event: a new word, or the event said just before."""
    colour = next((colour_of(t) for t in group if t.kind == "colour"), None) or colour_of(group[0])
    before = _UNKNOWN_EVENT.search(_clause_before(text, group[0].start))
    word = _PLACE_PREFIX.sub("", before[1]) if before else ""
    word = re.sub(rf"^.*(?:{'|'.join(VERBS.values())}|为|成|至|到|[和与及])", "", word).strip("()")
    if len(word) >= 2:
        return Signal(word, word, colour, group[0].start - len(word), group[-1].end)
    if earlier:
        return replace(earlier[-1], colour=colour, start=group[0].start, end=group[-1].end)
    return Signal("", "", colour, group[0].start, group[-1].end)


def _clause_before(text: str, end: int) -> str:
    return re.split(r"[^\u4e00-\u9fff()]", text[max(0, end - 16) : end])[-1]


def _follows_change(text: str, sentence: list[Token], position: int) -> bool:
    """降级为黄色, 升至橙色: a colour that a change verb reaches without 预警 behind it."""
    if position == 0 or any(t.kind == "warn" for t in sentence[position + 1 : position + 2]):
        return False
    verb = sentence[position - 1]
    gap = text[verb.end : sentence[position].start]
    return verb.kind == "change" and bool(re.fullmatch(r"(?:为|成|至|到)?[“\"(]?", gap))


def _colour_only(token: Token, earlier: list[Signal]) -> Signal:
    colour = Colour(token.text[0])
    if earlier:
        return replace(earlier[-1], colour=colour, start=token.start, end=token.end)
    return Signal("", "", colour, token.start, token.end)
