"""Findings on the text itself: what a person must look at before the draft can be trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from nuantu.planbook.reading.grammar.money import sums
from nuantu.planbook.reading.grammar.whens import singles
from nuantu.planbook.reading.normal import is_traditional
from nuantu.planbook.reading.page import Page
from nuantu.planbook.reading.result import Finding, PartOf, finding
from nuantu.planbook.reading.rules.found import Found

_GARBLED: Final = re.compile(
    r"[一-鿿][?？]{2,}[一-鿿]|\?[!“][一-鿿]|[\ufffd]|[一-鿿][a-zа-я]_|<br>", re.I
)
_DUTY: Final = re.compile(
    r"(?:(?:(?<=^)|(?<=[\n。;、]))[ ]*(?:\d{1,2}[、.]|\([一二三四五六七八九十]+\))?)(?P<unit>[一-鿿]{2,12}(?:局|委|办|站|队|科|院|厅|中心))[:](?=(?:负责|牵头|做好|加强|组织|承担|指导))"
)
_SHORT: Final = re.compile(
    r"(?P<full>[一-鿿]{4,24})[(](?:以下|下)?简称[:]?[“]?(?P<short>[一-鿿]{2,10})[”]?[)]"
)
_PLAN_WORDS: Final = re.compile(r"方案|行动|救助|慰问|活动|通知|预案|制度|捐|巡查|送温暖|送清凉")


def remarks(page: Page, found: Iterable[Found], facts: dict[str, Any]) -> list[Finding]:
    """All findings; spans point into the normalised text."""
    rows = list(found)
    return [
        *_no_plan(page, facts),
        *_dates(page),
        *_money(page, rows),
        *_units(page),
        *_missing(facts),
        *_script(page),
    ]


def several(parts: tuple[PartOf, ...], chosen: int | None) -> Iterator[Finding]:
    """One finding per plan of a document that holds more than one."""
    if chosen is None:
        yield finding(
            "warning",
            "several_plans",
            f"文件里有 {len(parts)} 份方案，只读了第 1 份；可另选一份（命令行用 --part N）",
            f"The file holds {len(parts)} plans; only the first was read; choose another (--part N)",
            parts[0].span,
        )
    for part in parts:
        yield finding(
            "question",
            "split_here",
            f"第 {part.number} 份：{part.title}",
            f"Plan {part.number}: {part.title}",
            part.span,
        )


def _no_plan(page: Page, facts: dict[str, Any]) -> Iterator[Finding]:
    window = facts.get("window") or {}
    signs = [
        facts.get("operation_type"),
        window.get("start") or window.get("end") or window.get("end_month_day"),
        *(
            facts.get(name)
            for name in ("phases", "amounts", "reporting", "areas", "patrol_frequency")
        ),
    ]
    is_empty = len(_PLAN_WORDS.findall(page.text)) < 3 and not signs[0]
    if is_empty or not any(signs):
        yield finding(
            "error",
            "not_a_plan",
            "这份文件不像救助或慰问方案，没有可用的内容",
            "This does not look like a relief or visit plan; nothing in it can be used",
        )


def _dates(page: Page) -> Iterator[Finding]:
    masked = False
    for when in singles(page.text):
        span = (when.start, when.end)
        if when.is_impossible:
            yield finding(
                "error",
                "impossible_date",
                f"没有“{when.words}”这一天",
                f"There is no such day as “{when.words}”",
                span,
            )
        elif when.is_masked and not masked:
            masked = True
            yield finding(
                "question",
                "masked_date",
                f"“{when.words}”的年份或日子被遮盖，启动前要补上",
                f"Year or day of “{when.words}” is masked and has to be filled in before the start",
                span,
            )
        elif when.kind == "dekad":
            yield finding(
                "question",
                "dekad",
                f"“{when.words}”按这一旬的第一天计，请核对",
                f"“{when.words}” was read as the first day of those ten days, please check",
                span,
            )


def _money(page: Page, rows: list[Found]) -> Iterator[Finding]:
    for row in rows:
        if row.path == "checks" and not row.value["holds"]:
            yield finding(
                "error",
                "sum_mismatch",
                f"分项合计 {row.value['sum']} 元，文中写 {row.value['equals']} 元",
                f"The parts add up to {row.value['sum']} yuan, the text says {row.value['equals']}",
                (row.start, row.end),
            )
    for money in sums(page.text):
        words = page.text[money.start : money.end]
        span = (money.start, money.end)
        if money.least is not None or money.is_cap:
            yield finding(
                "question",
                "not_exact",
                f"“{words}”不是一个确定的数，发放前要定下来",
                f"“{words}” is no exact sum; settle it before paying",
                span,
            )
        elif re.search(r"[万亿]", words):
            yield finding(
                "question",
                "ten_thousands",
                f"“{words}”读作 {_plain(money.amount)} 元，请核对",
                f"“{words}” was read as {_plain(money.amount)} yuan, please check",
                span,
            )


def _plain(amount: Decimal | None) -> str:
    """A sum in yuan without the zeros that an amount in 万元 leaves after the point."""
    said = f"{amount or 0:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def _units(page: Page) -> Iterator[Finding]:
    seen: dict[str, tuple[int, int]] = {}
    for match in _DUTY.finditer(page.text):
        unit = match["unit"]
        if unit in seen:
            yield _same_name(unit, match.span("unit"))
        seen.setdefault(unit, match.span("unit"))
    shorts: dict[str, str] = {}
    for match in _SHORT.finditer(page.text):
        if shorts.setdefault(match["short"], match["full"]) != match["full"]:
            yield _same_name(match["short"], match.span("short"))


def _same_name(name: str, span: tuple[int, int]) -> Finding:
    return finding(
        "question",
        "same_name",
        f"“{name}”出现两次，是同一个单位吗？",
        f"“{name}” stands for two entries; are they the same unit?",
        span,
    )


def _missing(facts: dict[str, Any]) -> Iterator[Finding]:
    window = facts.get("window") or {}
    if not (window.get("end") or window.get("end_month_day")):
        yield finding("question", "no_end", "没有读到结束日期", "No last day was found")
    if not (window.get("start") or window.get("start_month_day")):
        yield finding("question", "no_start", "没有读到开始日期", "No first day was found")
    if not facts.get("issuer"):
        yield finding("question", "no_issuer", "没有读到印发单位", "No issuing office was found")


def _script(page: Page) -> Iterator[Finding]:
    for match in list(_GARBLED.finditer(page.text))[:20]:
        yield finding(
            "warning",
            "garbled",
            f"“{match[0]}”附近有乱码，请对照原件",
            f"The characters near “{match[0]}” are damaged; compare the original",
            match.span(),
        )


def script_of(text: str) -> Iterator[Finding]:
    """Whether the document had to be converted from traditional script."""
    if is_traditional(text):
        yield finding(
            "question",
            "traditional",
            "原文是繁体字，已转为简体来读；位置仍指原文",
            "The text is in traditional script and was read in simplified; places point to the original",
        )
