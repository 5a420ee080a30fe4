"""Money as documents write it: 每户1700元, 500元/人, 15万元, 600、1000元, 不超过3000元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from nuantu.planbook.reading.grammar import numerals

_NUM: Final = rf"(?:{numerals.FIGURE}|[一二两三四五六七八九十百千]{{1,6}})"
_SCALE: Final = r"[余多]?(?:百|千|万|十万|百万|千万|亿)?[余多]?"
_ONE: Final = rf"{_NUM}{_SCALE}"
_MONEY: Final = re.compile(
    rf"(?P<bound>不超过|不高于|不得超过|最高|上限|不大于|不多于|最多|不少于|不低于|至少|最低|不得低于|下限|约|近|大约)?(?:为|给予|发放|可给予|不超过|补助|救助|补贴|资助|慰问)?"
    rf"(?P<first>{_ONE})(?P<more>(?:元)?(?:、{_ONE}(?:元)?)+)?(?:(?:元)?(?:-|至|到|~)(?P<last>{_ONE}))?"
    r"(?P<sign>余元|多元|来元|元|圆|来块钱|块钱)(?:人民币)?(?P<above>以上|以下|以内|左右|上下|不等|起)?"
    r"(?P<per>(?:/每|/|／|每|一)(?:人·月|人/月|人\.月|人每月|每人每月|月·人|人次|人|户|名|位|家庭|家|个|份|件|套|袋|床|点|处|站|所|院|机构|月|天|年|单位|企业)(?:/月|每月|·月)?)?"
)
_BEFORE: Final = re.compile(
    r"(?:每|人均|户均|按|平均每)(?:[一1])?(?P<unit>人每月|人每次|人每天|人每日|人每年|名每月|人次|人|户|名|位|家庭|家|个|份|件|套|袋|床|台|辆|桶|盒|点位|点|处|站点|站|所|院|机构|月|天|年|单位|企业)?(?P<noun>[^,;。:每]{0,26})$"
)
_UNITS: Final = {
    "人": "person", "名": "person", "位": "person", "人次": "person", "户": "household",
    "家庭": "household", "份": "item", "件": "item", "套": "item", "袋": "item", "床": "item", "台": "item", "辆": "item", "桶": "item", "盒": "item",
    "点": "point", "点位": "point", "处": "point", "站": "point", "站点": "point", "所": "institution",
    "院": "institution", "机构": "institution", "单位": "institution", "企业": "institution",
    "家": "institution", "月": "month", "天": "day", "年": "year",
}  # fmt: skip
# 1人户550元,3人及以上户1100元: a household by its size
_SIZED: Final = re.compile(
    r"[\d一二三四五六七八九]人?(?:-[\d一二三四五六七八九])?(?:人|口)(?:及以上|以上)?(?:的)?(?:户|之家|家庭)$|[\d一二三四五六七八九]人户$"
)
_INSTITUTION: Final = re.compile(
    r"街道|镇|乡|村|社区|分会|分厂|院|机构|单位|企业|学校|公司|工会|支部|部队|站"
)
_POINT: Final = re.compile(r"点|驿站|岗亭|工地|服务站")


@dataclass(frozen=True, slots=True)
class Money:
    """One sum. ``unit_at`` is where the words of its unit begin, before or after the figure."""

    start: int
    end: int
    unit_at: int
    amount: Decimal | None
    least: Decimal | None
    most: Decimal | None
    is_cap: bool
    is_approximate: bool
    unit: str | None
    noun: str


def sums(text: str, base: int = 0) -> list[Money]:
    """Every sum of a clause; a list of figures gives one sum each."""
    found = [money for match in _MONEY.finditer(text) for money in _sums(text, match, base)]
    return _paired(text, found, base)


def _paired(text: str, found: list[Money], base: int) -> list[Money]:
    """``不低于100元不高于300元`` is one sum with a floor and a cap."""
    rows: list[Money] = []
    for money in found:
        floor = rows[-1] if rows else None
        gap = text[floor.end - base : money.start - base] if floor else ""
        is_pair = floor and floor.most is None and floor.least is not None and money.is_cap
        if floor and is_pair and len(gap) <= 2 and money.amount is not None:
            rows[-1] = replace(floor, end=money.end, most=money.amount)
        else:
            rows.append(money)
    return rows


def _sums(text: str, match: re.Match[str], base: int) -> Iterator[Money]:
    unit, noun, unit_at = _unit(text, match)
    bound, above = match["bound"] or "", match["above"] or ""
    figures = [_value(match["first"])]
    listed = [_value(words) for words in re.findall(_ONE, match["more"] or "")]
    last = _value(match["last"]) if match["last"] else None
    is_cap = bool(
        re.match(r"不超过|不高于|不得超过|最高|上限|不大于|不多于|最多", bound)
    ) or above in ("以下", "以内")
    is_about = (
        bound in ("约", "近", "大约")
        or above in ("左右", "上下")
        or bool(re.search(r"[余多]", match[0]))
    )
    is_floor = bool(re.match(r"不少于|不低于|至少|最低|不得低于|下限", bound)) or above == "以上"
    scale = _shared_scale(match["first"], match["last"])
    for value in [*figures, *listed]:
        if value is None:
            continue
        least = value * scale if last is not None else (value if is_floor else None)
        amount = None if last is not None or is_floor else value
        yield Money(
            match.start() + base, match.end() + base, unit_at + base, amount, least, last, is_cap,
            is_about, unit, noun,
        )  # fmt: skip


def _shared_scale(first: str, last: str | None) -> int:
    """``3-5万元`` is 30,000 to 50,000."""
    if last is None or re.search(r"[万亿千]", first) or not re.search(r"[万亿]", last):
        return 1
    return 10_000 if "万" in last else 100_000_000


def _value(words: str) -> Decimal | None:
    return numerals.value_of(re.sub(r"[余多]", "", words))


def _unit(text: str, match: re.Match[str]) -> tuple[str | None, str, int]:
    """The unit, the words between unit and figure, and where they begin."""
    per = match["per"]
    if per:
        return _named(per.lstrip("/／每一按"), ""), "", match.start()
    head = re.split(r"[,;。:]", text[: match.start()])[-1]
    opened = head.rfind("(")
    if opened > head.rfind(")"):
        head = head[opened + 1 :]
    sized = _SIZED.search(head)
    if sized:
        return "household", sized[0], match.start() - len(sized[0])
    before = _BEFORE.search(head)
    if before and (before["unit"] or head[before.start() :].startswith(("人均", "户均"))):
        noun = before["noun"]
        words = before["unit"] or head[before.start()]
        at = match.start() - len(head) + before.start()
        return _named(words, noun), noun, at
    return None, "", match.start()


def _named(words: str, noun: str) -> str:
    if re.search(r"月", words) and re.search(r"人|名", words):
        return "person_month"
    if words.startswith("人每"):
        return "person"
    if words in ("人", "名", "位") and re.match(r"每月|/月", noun):
        return "person_month"
    if words == "个":
        is_point = bool(_POINT.search(noun))
        return "point" if is_point else ("institution" if _INSTITUTION.search(noun) else "item")
    if words == "家" and re.search(r"庭|户", noun[:2]):
        return "household"
    return _UNITS.get(words, "item")
