"""Plain Chinese warning text read into facts: issuer, moment, actions, end, whether it is a drill.

The same reading fills the gaps of structured messages, whose headline and description are such
text. Places are not looked up here; `areas` does that with the table of divisions.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from nuantu.warnings.rules.actions import Action, actions_in
from nuantu.warnings.rules.issuers import Issuer, issuers_in
from nuantu.warnings.rules.message import Colour, MsgType, Note, Status
from nuantu.warnings.rules.moments import CHINA, PERIOD, Written, resolve, written_times
from nuantu.warnings.rules.normalising import LONGEST, matching_copy
from nuantu.warnings.rules.vocabulary import EVENT_WORDS, event_named

_INSTRUCTION = re.compile(
    r"防御指南|防御指引|防御建议|防范指南|防范建议|防御措施|应对措施|温馨提示"
)
_CRITERIA = re.compile(r"(?:发布)?标准(?:为|是)?[::]")
_ORIGINAL = re.compile(r"(?:预警)?原文[::]")
_IDENTIFIER = re.compile(r"(?<!\d)\d{14}_\d{14}(?!\d)")
_LABEL = re.compile(r"(?:发布|发出|签发|发文|解除|变更|更新)(?:时间|日期)[::]?$|^时间[::]$")
_REFERENCE = re.compile(r"^(?:发布|签发|发出)的")
_END_LABEL = re.compile(
    r"(?:有效期|有效时间|有效|时效|失效时间|失效|截止时间|截止|预警时段|结束时间|持续时间|预警持续)"
    r"[::为是至到]{0,3}$|(?:有效期|预警时段|有效时间)[^。;]{0,24}(?:至|到|-|~)$"
)
_END_AFTER = re.compile(r"^(?:前)?(?:自动)?(?:解除|失效|结束)")
_VALID_HOURS = re.compile(r"(?:有效期|有效时间|时效)[::为是]{0,2}(\d{1,3})(?:个)?小时")
_HOURS_AHEAD = re.compile(r"(?:未来|今后|接下来)?(\d{1,3})(?:个)?小时(?:内|之内|以内)")
_NEXT_HOURS = re.compile(r"(?:未来|今后|接下来)(\d{1,3})(?:个)?小时")
_NEXT_DAYS = re.compile(r"(?:未来|今后)(\d{1,2})天")

_DRILL = "演练|演习|彩排|预演|模拟"
_TEST = "测试|试验|试发|联调|调试|试运行"
_HEADING = re.compile(rf"[\[(][^\])。]{{0,16}}?(?P<word>{_DRILL}|{_TEST})[^\])。]{{0,16}}[\])]")
_OPENING = re.compile(
    rf"^[\[(\"“]*(?:本次|此次|系统|预警|应急)?(?P<word>{_DRILL}|{_TEST})(?!站|场|区|田)"
)
_STATEMENT = re.compile(
    rf"(?:本|此|该|这|以上|上述|仅|只|纯)[^。;!?,]{{0,12}}(?:是|为|系|属|供|用于|作)[^。;!?,]{{0,10}}?"
    rf"(?P<word>{_DRILL}|{_TEST})"
)
_USE = re.compile(
    rf"(?P<word>{_DRILL}|{_TEST})(?:信息|消息|短信|预警|用语|专用|使用|用途|用|数据|内容)?[,;!。:)\]\"”]*"
    r"(?:请勿|请忽略|不必|无需|勿|切勿|并非真实|非真实|,?谢谢)"
)
_DENIED = re.compile(rf"(?:非|不是|并非|不属于|不作)[^。;,]{{0,4}}(?:{_DRILL}|{_TEST})")
_ENGLISH_DRILL = re.compile(r"\b(?:this is (?:only )?an? )?(exercise|drill)\b", re.IGNORECASE)
_ENGLISH_TEST = re.compile(
    r"\bthis is (?:only )?a test\b|^\W*test\b|\btest message\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What one text says. `text` is its matching copy without instruction and quoted original.

    `sent_at` is None when the text names no moment of issue; `reference_at` is when the warning
    that it lifts or changes was issued, if it says so.
    """

    text: str
    actions: tuple[Action, ...]
    issuer: Issuer | None
    sent_at: datetime | None
    sent_notes: tuple[Note, ...]
    reference_at: datetime | None
    expires_at: datetime | None
    forecast_from: datetime | None
    forecast_until: datetime | None
    status: Status | None
    identifier: str
    instruction: str
    criteria: str


def read_bulletin(text: str, received_at: datetime) -> Bulletin:
    """Reads a text; nothing in it is required."""
    lead, instruction = _cut(text[:LONGEST], _INSTRUCTION)
    lead, criteria = _cut(lead, _CRITERIA)
    lead, _ = _cut(lead, _ORIGINAL)
    copy = matching_copy(lead)
    actions = _labelled(copy, actions_in(copy))
    times = written_times(copy)
    verb_at = actions[0].verb_at if actions else len(copy)
    issuer = _issuer(copy, verb_at)
    issued = _issued(copy, times, verb_at, issuer)
    sent = resolve(issued, received_at) if issued else None
    base = sent[0] if sent else received_at
    forecast = _forecast(copy, times, issued, base)
    identifier = _IDENTIFIER.search(copy)
    return Bulletin(
        text=copy,
        actions=actions,
        issuer=issuer,
        sent_at=sent[0] if sent else None,
        sent_notes=sent[1] if sent else (),
        reference_at=_reference(copy, times, issued, base),
        expires_at=_expiry(copy, times, issued, base),
        forecast_from=forecast[0],
        forecast_until=forecast[1],
        status=drill_or_test(copy),
        identifier=identifier.group() if identifier else "",
        instruction=instruction,
        criteria=criteria,
    )


_TYPE_LABEL = re.compile(
    rf"(?:预警|信号|灾害)?(?:类型|种类|类别|名称|灾种)[:为](?P<event>{'|'.join(map(re.escape, EVENT_WORDS))})"
)
_COLOUR_LABEL = re.compile(r"(?:级别|等级|颜色|信号)[:为](?P<colour>[白蓝黄橙红])")


def _labelled(copy: str, actions: list[Action]) -> tuple[Action, ...]:
    """Actions with what labels say: 预警类型:寒潮 预警级别:蓝色."""
    colour = _COLOUR_LABEL.search(copy)
    event = _TYPE_LABEL.search(copy)
    if event and not any(action.is_governed and action.event for action in actions):
        known = event_named(event["event"])
        named = known.name if known else event["event"]
        lifted = re.search(r"(?:类型|状态|消息)[:为][^:]{0,4}解除|^[^:]{0,16}解除", copy)
        msg_type = MsgType.CANCEL if lifted else MsgType.ALERT
        start = event.start()
        actions = [Action(msg_type, named, event["event"], None, start, start, start, False)]
    if colour and len(actions) == 1 and actions[0].colour is None:
        actions = [replace(actions[0], colour=Colour(colour["colour"]))]
    return tuple(actions)


def _cut(text: str, mark: re.Pattern[str]) -> tuple[str, str]:
    """The text before a heading, and what follows the heading."""
    found = mark.search(text)
    if not found or found.start() < 12:
        return text, ""
    return text[: found.start()].rstrip(" \n【[(（"), text[found.end() :].lstrip(":： \n】])）")


def drill_or_test(copy: str) -> Status | None:
    """Whether a matching copy says of itself that it is a drill or a test; None when it does not.

    Instructions that merely mention drills (组织应急演练) do not count, nor does 非演练.
    """
    plain = _DENIED.sub("", copy)
    for pattern in (_HEADING, _OPENING, _STATEMENT, _USE):
        found = pattern.search(plain)
        if found:
            is_drill = re.fullmatch(_DRILL, found["word"])
            return Status.EXERCISE if is_drill else Status.TEST
    if _ENGLISH_DRILL.search(plain[:60]) or re.search("this is an exercise", plain, re.IGNORECASE):
        return Status.EXERCISE
    return Status.TEST if _ENGLISH_TEST.search(plain) else None


def _issuer(copy: str, verb_at: int) -> Issuer | None:
    """The nearest issuer before the verb in its sentence; else the first in the text."""
    issuers = issuers_in(copy)
    before = [
        issuer
        for issuer in issuers
        if issuer.end <= verb_at and "。" not in copy[issuer.end : verb_at]
    ]
    chosen = before[-1] if before else (issuers[0] if issuers else None)
    if chosen and not chosen.place and not chosen.is_national:
        named = [issuer for issuer in issuers if issuer.place]
        return named[0] if named else chosen
    return chosen


def _issued(copy: str, times: list[Written], verb_at: int, issuer: Issuer | None) -> Written | None:
    """The time of issue: labelled, right before the verb, after the issuer, or as a signature."""
    own = [time for time in times if not _REFERENCE.match(copy[time.end : time.end + 4])]
    if not own and not re.search(r"解除|取消|撤销", copy):
        own = times
    for time in own:
        if _LABEL.search(copy[max(0, time.start - 6) : time.start]):
            return time
    before = [time for time in own if time.end <= verb_at and _leads_to(copy, time, verb_at)]
    if before:
        return before[-1]
    for time in own:
        if re.match(r"(?:继续|联合|变更|升级)?(?:发布|签发|解除)", copy[time.end : time.end + 6]):
            return time
    lone = [time for time in own if issuer and 0 <= time.start - issuer.end <= 1]
    if lone:
        return lone[0]
    signed = [time for time in own if len(copy) - time.end <= 2 and time.hour is not None]
    return signed[-1] if signed else None


def _leads_to(copy: str, time: Written, verb_at: int) -> bool:
    """Whether only an issuer or small words stand between a time and the verb."""
    between = copy[time.end : verb_at]
    if len(between) > 44 or re.search(r"[。;!?\]]", between):
        return False
    rest = between
    for issuer in issuers_in(between):
        rest = rest.replace(issuer.name, "")
    rest = re.sub(r"[,:、\s于在已将由对并联合办公室\d分]|气象|预警", "", rest)
    return len(rest) <= (8 if "," not in between else 3)


def _reference(
    copy: str, times: list[Written], issued: Written | None, base: datetime
) -> datetime | None:
    for time in times:
        if time is not issued and _REFERENCE.match(copy[time.end : time.end + 4]):
            found = resolve(time, base)
            return found[0] if found else None
    return None


def _expiry(
    copy: str, times: list[Written], issued: Written | None, base: datetime
) -> datetime | None:
    hours = _VALID_HOURS.search(copy)
    if hours:
        return base + timedelta(hours=int(hours[1]))
    for time in times:
        if time is issued:
            continue
        before, after = copy[max(0, time.start - 40) : time.start], copy[time.end : time.end + 8]
        if re.match("[至到~-]", after):
            continue
        if _END_LABEL.search(before) or (re.search("[至到]$", before) and _END_AFTER.match(after)):
            return _later(time, base)
    return None


def _later(time: Written, base: datetime) -> datetime | None:
    """A time ahead: its missing parts are those of the next such moment after `base`."""
    for ahead in (0, 1, 27, 28, 29, 30, 31, 364, 365, 366):
        found = resolve(time, base + timedelta(days=ahead))
        if found and found[0] >= base:
            return found[0]
    return None


# ── the window of the forecast; it describes the weather and never ends the warning ──────────────

_RANGE_GAP = re.compile(r"^(?:白天|夜间|早晨|上午|下午|前后)?(?:到|至|-|~|—)$")
_SPAN = re.compile(
    rf"(?P<day>今天|今日|明天|明日|后天|\d{{1,2}}日)?(?P<part>白天|{PERIOD})?(?:到|至|-|~)"
    rf"(?P<day2>今天|明天|明日|后天|\d{{1,2}}日)(?P<part2>白天|{PERIOD})?"
)
_PART_HOURS = {"白天": (8, 20), "夜间": (20, 32), "早晨": (5, 8), "早上": (5, 8), "上午": (8, 12)}
_PART_HOURS |= {"下午": (12, 18), "傍晚": (17, 20), "晚上": (18, 24), "凌晨": (0, 6)}


def _forecast(
    copy: str, times: list[Written], issued: Written | None, base: datetime
) -> tuple[datetime | None, datetime | None]:
    for start, end in pairwise(times):
        if start is issued or not _RANGE_GAP.match(copy[start.end : end.start]):
            continue
        return _range(start, end, copy, base)
    for pattern, unit in ((_NEXT_HOURS, 1), (_HOURS_AHEAD, 1), (_NEXT_DAYS, 24)):
        found = pattern.search(copy)
        if found:
            return base, base + timedelta(hours=int(found[1]) * unit)
    return _spoken_range(copy, base)


def _range(
    start: Written, end: Written, copy: str, base: datetime
) -> tuple[datetime | None, datetime | None]:
    opening = _later(start, base - timedelta(days=1))
    closing = _later(end, opening or base)
    if opening and start.hour is None:
        opening += timedelta(hours=_part_of_day(copy, start)[0])
    if closing and end.hour is None:
        closing += timedelta(hours=_part_of_day(copy, end)[1])
    return opening, closing


def _part_of_day(copy: str, time: Written) -> tuple[int, int]:
    """First and last hour of the part of the day that stands behind a date; the whole day else."""
    part = next((p for p in _PART_HOURS if copy.startswith(p, time.end)), "")
    return _PART_HOURS.get(part, (0, 24))


def _spoken_range(copy: str, base: datetime) -> tuple[datetime | None, datetime | None]:
    """今天夜间到明天白天 and the like."""
    found = _SPAN.search(copy)
    if not found or not (found["day"] or found["part"]):
        return None, None
    midnight = base.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    first = _day_offset(found["day"] or "今天", midnight)
    last = _day_offset(found["day2"], midnight)
    if first is None or last is None or last < first:
        return None, None
    begin = _PART_HOURS.get(found["part"] or "", (0, 24))[0]
    finish = _PART_HOURS.get(found["part2"] or "", (0, 24))[1]
    return first + timedelta(hours=begin), last + timedelta(hours=finish)


def _day_offset(word: str, midnight: datetime) -> datetime | None:
    offsets = {"今": 0, "明": 1, "后": 2}
    if word[0] in offsets:
        return midnight + timedelta(days=offsets[word[0]])
    for ahead in range(31):
        day = midnight + timedelta(days=ahead)
        if day.day == int(word[:-1]):
            return day
    return None


def object_area(bulletin: Bulletin, action: Action | None) -> str:
    """The area that stands between verb and event in the text."""
    if action is None:
        return ""
    return bulletin.text[action.object_start : action.object_end].strip(' :、,的"“”')
