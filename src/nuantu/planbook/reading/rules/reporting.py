"""What has to be reported, to whom, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from nuantu.planbook.reading.grammar import numerals
from nuantu.planbook.reading.grammar.whens import When, periods, singles
from nuantu.planbook.reading.page import Page
from nuantu.planbook.reading.rules.found import Found, Known

_VERB: Final = re.compile(
    r"通报|报送|上报|报告|呈报|报备|汇报|反馈|提交|递交|送交|上交|交到|交至|交由|报到|报至|报给|报回|报于|发送|发至|寄至|传至|送达|送至|汇总至"
    r"|送(?=[^,。]{0,10}(?:所|办|局|科|股|室|处|会|部|中心)(?:$|[,;。备汇审]))|拿出(?=[^,。]{0,8}(?:方案|计划|清单))|报(?![刊道纸警酬销网答案考废恩账]|名(?!单)|社(?![会区保])|送)|交(?![通流友接叉易换警往付纳办代])"
)
_TOWARDS: Final = re.compile(
    r"[向给](?P<to>[^,;。:向]{2,28}?)(?=(?:及时|如实|书面|统一|逐级|作|进行|专题)?(?:报送|上报|通报|报告|呈报|汇报|反馈|提交|递交|报备|报))"
)
_OFFICE: Final = re.compile(
    r"^(?:至|到|给|送至|送|于|由|回)?(?P<to>[^,;。:()“”《]{0,26}?(?:办公室|窗口|民政局|民政办|总工会|工会|联席会议|领导小组|专班|指挥部|[部科股室办处组局厅站会院所委队]|中心|政府|街道|镇|乡|机构|部门|机关|公司|秘书处))(?=$|[,;。:()]|备案|汇总|审核|审批|存档|审定|审查|和|及|、|统一|进行|指定|邮箱|电子|联系)"
)
_NO_OFFICE: Final = re.compile(
    r"^(?:情况|材料|总结|方案|信息|表|数据|工作|当地“|本|一次|辖区|活动|开展|实施|有关情况|相关情况)"
)
_BY: Final = re.compile(r"^(?:之前|以前|前|底前|底|止|之内|\d{1,2}[时点:]|上午|下午|中午|下班)")
_MEETS: Final = re.compile(r"领取|召开|参加|集合|到会|发放到位|完成发放")
_AND_BEFORE: Final = re.compile(r"^(?:、|和|及)")
_EVERY: Final = re.compile(
    rf"(?:每|次)(?:个)?月(?:的)?(?P<day>{numerals.SMALL})(?:日|号)|每月(?P<end>底|末)|(?<![\d一二三四五六七八九十])月(?P<bare>底|末)|每(?P<unit>个?月|周|星期|日|天|季度|季|旬|半月)(?P<weekday>[一二三四五六日])?"
)
_PER_CASE: Final = re.compile(
    r"随时|及时|第一时间|\d+(?:分钟|小时)内|立即|同时|即时|逐案|当日|马上|迅速|按程序|一案一报"
)
_NO_REPORT: Final = re.compile(
    r"公告|报告单|报到证|报警|报名(?!单)|申报|自报|预报|移交|转交|交接|交流|寻亲|填报|通报|播报|简报|月报|日报|周报|举报|瞒报|漏报|谎报|报告制|报告机制|情况报告|总结报告|工作报告|书面报告|主动报告"
)
# 每月5日前向某单位通报: a report; 通报批评 and what the public is told are none
_EACH_TIME: Final = re.compile(r",[^,]{0,12}(?:发现|遇到?|一旦|如有)")
_TOLD_TO: Final = re.compile(r"[向给][^,;。:向]{2,28}通报$")
_WHAT: Final = re.compile(
    r"(?:将|把)(?P<what>[^,;。]{2,60}?)(?=(?:书面|统一|以|及时|形成|于|分别|一并|逐级|一式|及|并|电子|纸质|加盖)?(?:报|交|上报|送(?!温暖|清凉|政策|医)|反馈|提交|发|汇总))"
)
_PAPER: Final = re.compile(
    r"[^,;:。将把向前日]{0,20}(?:总结|方案|情况|报表|材料|信息|统计表|表|名单|台账|案例|报告|小结|照片|计划|数据)"
)
_GOODS: Final = re.compile(r"衣|被|物品|捐|鞋|包裹")
_WEEKDAYS: Final = {name: number for number, name in enumerate("一二三四五六日", start=1)}
_RECURRING: Final = {"月": "monthly", "周": "weekly", "星": "weekly", "日": "daily", "天": "daily",
                     "季": "quarterly", "旬": "every_dekad", "半": "half_monthly"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Piece:
    """The words around one verb of reporting: from the end of the piece before."""

    start: int
    text: str
    verbs: tuple[re.Match[str], ...]


def reporting(page: Page, known: Known) -> Iterator[Found]:
    """By a day, every week or month, or case by case; an addressee named once holds for the rest."""
    seen = set()
    for start, end in page.sentences:
        pieces = list(_pieces(page.text[start:end], start))
        named = [_addressee(piece) for piece in pieces]
        to = next((name for name in named if name), None)
        for piece, own in zip(pieces, named, strict=True):
            to = own or to
            if _is_no_report(known, piece):
                continue
            for found in _of_piece(known, piece, own, to):
                key = tuple(
                    str(found.value.get(name))
                    for name in ("date", "month_day", "recurring", "day", "to")
                )
                if key not in seen:
                    seen.add(key)
                    yield found


def _pieces(sentence: str, base: int) -> Iterator[_Piece]:
    """A sentence cut at the commas after which another day and another verb follow."""
    at = 0
    buffer = ""
    for part in re.split(r"(?<=[,;])", sentence):
        has_day = bool(_EVERY.search(part) or any(when.month for when in singles(part)))
        if buffer and ((has_day and _verbs(buffer)) or buffer.endswith(";")):
            yield _Piece(base + at, buffer, _verbs(buffer))
            at += len(buffer)
            buffer = ""
        buffer += part
    if buffer:
        yield _Piece(base + at, buffer, _verbs(buffer))


def _verbs(text: str) -> tuple[re.Match[str], ...]:
    return tuple(
        match
        for match in _VERB.finditer(text)
        if not _NO_REPORT.search(text[max(0, match.start() - 2) : match.end() + 2])
        or (match[0] == "通报" and _TOLD_TO.search(text[: match.end()]))
    )


def _is_no_report(known: Known, piece: _Piece) -> bool:
    """What has been sent already, and the goods of a drive that people bring."""
    if re.match(r"[ ]*截[至止][^,]{0,16},[^。]*?已", piece.text):
        return True
    is_bringing = known.operation_type == "donation_drive" and bool(_GOODS.search(piece.text))
    return is_bringing and not _PAPER.search(piece.text)


def _of_piece(known: Known, piece: _Piece, own: str | None, to: str | None) -> Iterator[Found]:
    if not piece.verbs or piece.text.lstrip().startswith("#"):
        return
    what = _what(piece.text)
    end = piece.start + len(piece.text)
    due = _due(piece)
    for when in due:
        day = known.calendar.day(when, "end")
        if day.is_known:
            value: dict[str, Any] = {"date": day.iso, "what": what, "to": to or known.issuer}
            if day.month_day:
                value["month_day"] = day.month_day
            confidence = 0.92 if own else 0.7
            yield Found("reporting", value, when.start, end, "report.by_day", confidence)
    if due:
        return
    every = _every(piece)
    addressee = to or known.issuer
    if every and addressee:
        yield _recurring(piece, every, what, addressee)
    elif own and _PER_CASE.search(piece.text[: piece.verbs[-1].start()][-18:]):
        value = {"date": None, "recurring": "per_case", "what": what, "to": own}
        yield Found("reporting", value, piece.start, end, "report.per_case", 0.72)


def _every(piece: _Piece) -> re.Match[str] | None:
    """The rhythm before the verb; of 每日巡查一次,发现后及时报告 none: it is that of the patrol."""
    every = _EVERY.search(piece.text)
    verb = piece.verbs[-1].start()
    if every is None or every.start() >= verb or _EACH_TIME.search(piece.text[every.end() : verb]):
        return None
    return every


def _recurring(piece: _Piece, every: re.Match[str], what: str | None, to: str) -> Found:
    day: int | str | None = numerals.whole(every["day"]) if every["day"] else None
    unit = (every["unit"] or "月").removeprefix("个")[0]
    if every["end"] or every["bare"]:
        day = "end"
    if every["weekday"]:
        day = _WEEKDAYS[every["weekday"]]
    value = {
        "date": None,
        "recurring": _RECURRING.get(unit, "monthly"),
        "day": day,
        "what": what,
        "to": to,
    }
    start = piece.start + every.start()
    return Found("reporting", value, start, piece.start + len(piece.text), "report.every", 0.85)


def _due(piece: _Piece) -> list[When]:
    """The days by which; of ``2月1日、4月1日前`` both."""
    text, base = piece.text, piece.start
    inside = [(period.start, period.end) for period in periods(text, base)]
    dates = [
        when
        for when in singles(text, base)
        if when.month
        and not any(start <= when.start < end for start, end in inside)
        and text[max(0, when.start - base - 1) : when.start - base] != "每"
    ]
    last_verb = piece.verbs[-1].end()
    due: list[When] = []
    until = len(text)
    for when in reversed(dates):
        after = text[when.end - base :]
        before = text[: when.start - base]
        is_by = bool(_BY.match(after) or re.search(r"[于在]$|截止(?:时间)?[:为]?$", before))
        is_by = is_by and not _MEETS.search(re.split(r",", after)[0][:24])
        joined = bool(due) and bool(_AND_BEFORE.match(after)) and due[0].start - when.end <= 1
        is_end = "底" in when.part or "末" in when.part
        # a day with another deed before the next day is no day of reporting
        is_own = any(when.end - base <= verb.start() < until for verb in piece.verbs)
        if is_by or is_end:
            until = when.start - base
        if (is_by or joined or is_end) and when.start - base < last_verb and (is_own or joined):
            due.insert(0, when)
    return due


def _addressee(piece: _Piece) -> str | None:
    towards = _TOWARDS.search(piece.text)
    if towards and not re.search(r"社会|群众|公众|当地党委|对象|家属|领导|负责人", towards["to"]):
        return towards["to"].removeprefix("所在").strip()
    for verb in piece.verbs:
        office = _OFFICE.match(piece.text[verb.end() :])
        if office and len(office["to"]) >= 2 and not _NO_OFFICE.match(office["to"]):
            return re.split(r"[到至给](?=..)", office["to"])[-1].removeprefix("所在").strip()
    return None


def _what(text: str) -> str | None:
    named = _WHAT.search(text)
    if named:
        return named["what"].strip()
    paper = _PAPER.search(text)
    if paper is None:
        return None
    words = re.sub(r"^(?:[一二三四五六七八九十]+、|\d+[.、])", "", paper[0])
    words = re.sub(r"^.*?(?:提交|报送|上报|报告|反馈|报|交)(?=.{2})", "", words).strip()
    return words or None
