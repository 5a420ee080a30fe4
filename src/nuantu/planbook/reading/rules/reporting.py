"""What has to be reported, to whom, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from nuantu.planbook.reading.grammar import numerals
from nuantu.planbook.reading.grammar.whens import When, periods, singles
from nuantu.planbook.reading.page import Clause, Page
from nuantu.planbook.reading.rules.found import Found, Known

_VERB: Final = re.compile(
    r"报送|上报|报告|呈报|报备|汇报|反馈|提交|递交|送交|上交|交到|交至|交由|报到|报至|报给|报回|发送|发至|寄至|传至|送达|送至|报(?![名刊道纸警酬销网社答案案名考])|交(?![通流友接叉易换警往])"
)
_TOWARDS: Final = re.compile(
    r"[向给](?P<to>[^,;。:向]{2,28}?)(?=(?:及时|如实|书面|统一|逐级|作|进行)?(?:报送|上报|报告|呈报|汇报|反馈|提交|递交|报备|报))"
)
_AFTER_VERB: Final = re.compile(r"^(?:至|到|给|送|送至|于|由|往|回)?(?P<to>[^,;。:()“”]{2,30})")
_OFFICE: Final = re.compile(
    r"^.{0,24}?(?:办公室|窗口|民政局|民政办|总工会|工会|联席会议|领导小组|专班|指挥部|[部科股室办处组局厅站会院所]|中心|政府|党委|街道|镇|乡|团委|委员会|公司|机构|部门|机关|邮箱|群)(?=$|[,;。:()]|备案|汇总|审核|审批|存档|处|审定|审查|和|及|、|统一)"
)
_AFFAIRS_OFFICE: Final = re.compile(r"(?:邮箱|电子邮箱)")
_BY: Final = re.compile(r"^(?:之前|以前|前|底前|底|止|之内)")
_AND_BEFORE: Final = re.compile(r"^(?:、|和|及)")
_EVERY_MONTH: Final = re.compile(
    rf"每(?:个)?月(?:的)?(?P<day>{numerals.SMALL})(?:日|号)|每月(?P<end>底|末)|每(?P<unit>月|周[一二三四五六日]?|星期[一二三四五六日]?|日|天|季度|旬|半月)"
)
_PER_CASE: Final = re.compile(r"随时|及时|第一时间|立即|同时|即时|逐案|当日|马上|迅速|按程序")
_NO_REPORT: Final = re.compile(
    r"公告|报告单|报到证|报警|报名|申报条件|自报|预报|交纳|交付|移交|转交|交接|交流|寻亲"
)
_WHAT: Final = re.compile(
    r"(?:将|把)(?P<what>[^,;。]{2,60}?)(?=(?:书面|统一|以|及时|形成|于|分别|一并|逐级|一式|及|并)?(?:报|交|上报|送|反馈|提交|发))"
)
_RECURRING: Final = {"月": "monthly", "周": "weekly", "星": "weekly", "日": "daily", "天": "daily",
                     "季": "quarterly", "旬": "every_dekad", "半": "half_monthly"}  # fmt: skip


def reporting(page: Page, known: Known) -> Iterator[Found]:
    """Clauses with a verb of reporting: by a day, every month, or case by case."""
    seen = set()
    for clause in page.clauses:
        for found in _of_clause(page, known, clause):
            key = tuple(
                str(found.value.get(name))
                for name in ("date", "month_day", "recurring", "day", "to")
            )
            if key not in seen:
                seen.add(key)
                yield found


def _of_clause(page: Page, known: Known, clause: Clause) -> Iterator[Found]:
    verbs = [
        match
        for match in _VERB.finditer(clause.text)
        if not _NO_REPORT.search(clause.text[max(0, match.start() - 2) : match.end() + 2])
    ]
    if not verbs:
        return
    due = _due(clause)
    to = _addressee(clause, verbs, known)
    what = _what(clause)
    if due:
        for when in due:
            day = known.calendar.day(when, "end")
            if not day.is_known:
                continue
            value: dict[str, Any] = {"date": day.iso, "what": what, "to": to or known.issuer}
            if day.month_day:
                value["month_day"] = day.month_day
            yield Found(
                "reporting", value, when.start, clause.end, "report.by_day", 0.9 if to else 0.7
            )
        return
    every = _EVERY_MONTH.search(clause.text)
    if every and to and every.start() < verbs[-1].start():
        yield _recurring(clause, every, what, to)
    elif to and _PER_CASE.search(clause.text[: verbs[-1].start()][-16:]):
        value = {"date": None, "recurring": "per_case", "what": what, "to": to}
        yield Found("reporting", value, clause.start, clause.end, "report.per_case", 0.7)


def _recurring(clause: Clause, every: re.Match[str], what: str | None, to: str) -> Found:
    day: int | str | None = numerals.whole(every["day"]) if every["day"] else None
    unit = (every["unit"] or "月")[0]
    if every["end"]:
        day = "end"
    value = {
        "date": None,
        "recurring": _RECURRING.get(unit, "monthly"),
        "day": day,
        "what": what,
        "to": to,
    }
    return Found("reporting", value, clause.start + every.start(), clause.end, "report.every", 0.85)


def _due(clause: Clause) -> list[When]:
    """The days by which; of ``2月1日、4月1日前`` both."""
    inside = [(period.start, period.end) for period in periods(clause.text, clause.start)]
    dates = [
        when
        for when in singles(clause.text, clause.start)
        if when.month
        and not any(start <= when.start < end for start, end in inside)
        and clause.text[max(0, when.start - clause.start - 1) : when.start - clause.start] != "每"
    ]
    due: list[When] = []
    for when in reversed(dates):
        after = clause.text[when.end - clause.start :]
        is_by = bool(_BY.match(after)) or bool(
            re.search(r"于$", clause.text[: when.start - clause.start])
        )
        joined = bool(due) and bool(_AND_BEFORE.match(after)) and due[0].start - when.end <= 1
        if is_by or joined or "底" in when.part or "末" in when.part:
            due.insert(0, when)
    return due


def _addressee(clause: Clause, verbs: list[re.Match[str]], known: Known) -> str | None:
    towards = _TOWARDS.search(clause.text)
    if towards and not re.search(r"社会|群众|公众|当地党委|对象", towards["to"]):
        return _clean(towards["to"])
    for verb in verbs:
        after = _AFTER_VERB.match(clause.text[verb.end() :])
        office = _OFFICE.match(after["to"]) if after else None
        if office and not re.search(r"^(?:情况|材料|总结|方案|信息|表|数据|工作)", office[0]):
            return _clean(office[0])
    return None


def _clean(words: str) -> str:
    words = words.removeprefix("所在").strip()
    return _AFFAIRS_OFFICE.split(words)[0] or words


def _what(clause: Clause) -> str | None:
    named = _WHAT.search(clause.text)
    if named:
        return named["what"]
    match = re.search(
        r"[^,;。]{0,24}?(?:总结|方案|情况|报表|材料|信息|表|名单|台账|案例|报告)", clause.text
    )
    return match[0] if match else None
