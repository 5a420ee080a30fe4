"""Money that the text promises: for whom, how much, per what, who pays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from nuantu.planbook.reading.grammar import numerals
from nuantu.planbook.reading.grammar.money import Money, sums
from nuantu.planbook.reading.page import Clause, Page
from nuantu.planbook.reading.rules.found import Found, Known

_NOT_OURS: Final = re.compile(
    r"收入|自付|自负|医疗费|费用支出|损失|罚款|年薪|工资|低于[^,]{0,6}标准|产值|以下的(?:家庭|职工)|价格|单价|票价|学费"
)
_PEOPLE: Final = re.compile(
    r"(?:[一-鿿“”、0-9()]{0,24}?)(?:家庭|职工|老人|人员|户|对象|儿童|孤儿|党员|军人|干部|群众|学生|遗属|病人|患者|农民工|工人|劳动者|明星|孝星|之星|教师|员工|英模|模范|家属|烈属|妇女|居民|市民|环卫工|志愿者|队员|司机|劳模|人)"
)
_FUND: Final = re.compile(
    r"[一-鿿“”]{0,24}?(?:资金|经费|基金|补助金|专款|善款|款项|预算|慰问金|物资|慰问品|礼包|拨款|财政|费用|费)"
)
_VERBS: Final = re.compile(
    r"(?:按照?|对|给予|给|向|为|发放|发给|补助|补贴|慰问金?标准|慰问|标准|统一|一次性|各|再|分别|可|将|由[^,]{2,10}?|以|从|安排|筹集|筹措|下拨|拨付|落实|争取|投入|列支|计划|拟|另筹|共|合计|共计|总计|约|为|是|发|享受|符合|属于|凡|其中|对于|每|另|出资|拨出|拿出|使用|不超过|最高)+"
)
_PAYER: Final = re.compile(
    r"(?:经费|资金|费用|所需(?:经费|资金|费用)?|补助金|慰问金|以上经费|支出)(?:均|全部|统一)?由(?P<by>[^,;。]{1,24}?)(?:承担|负担|列支|解决|支付|保障|出资|统筹|安排|发放)"
)
_PAYS: Final = re.compile(
    r"(?P<by>[一-鿿x]{1,12}?(?:局|会|政府|财政|委|厅|中心|站|公司|工会))(?:从[^,;。]{2,24})?(?:出资|筹集|安排|下达|下拨|拨付|拨|划拨|投入|承担|负担|发放|给予|专项资金|资金)"
)
_ALL_ABOVE: Final = re.compile(r"^以上")
_TOTAL: Final = re.compile(r"共计|合计|总计|总额|总金额|共需|共安排")
_TIERS: Final = 3
_MANY: Final = re.compile(r"(\d+)(?:余|多)?(名|人|户|位)")


def amounts(page: Page, known: Known) -> Iterator[Found]:
    """Each sum with its class of people, its unit and its payer."""
    fallback = _target(page, known)
    for number, clause in enumerate(page.clauses):
        found = [money for money in sums(clause.text, clause.start) if not _is_other(clause, money)]
        tiers = len(found) >= _TIERS and len({money.start for money in found}) == 1
        for rank, money in enumerate(found):
            words, at = _category(page, number, money, fallback)
            category = (
                f"{words}第{'一二三四五六七八九十'[rank]}档" if tiers and rank < 10 else words
            )
            confidence = 0.9 if at is not None else 0.65
            value = _row(page, clause, money, category)
            yield Found("amounts", value, money.unit_at, money.end, "amounts.sum", confidence)


def _is_other(clause: Clause, money: Money) -> bool:
    at = money.start - clause.start
    near = re.split(r"[,。;:]", clause.text[:at])[-1][-18:]
    after = clause.text[money.end - clause.start :][:8]
    return bool(_NOT_OURS.search(near + clause.text[at : money.end - clause.start])) or bool(
        re.match(r"(?:的)?(?:家庭|低保线|标准线)", after)
    )


def _row(page: Page, clause: Clause, money: Money, category: str) -> dict[str, Any]:
    value: dict[str, Any] = {"category": category}
    if money.least is not None and money.most is not None:
        value |= {"min": numerals.plain(money.least), "max": numerals.plain(money.most)}
    elif money.least is not None:
        value["min"] = numerals.plain(money.least)
    elif money.amount is not None:
        value["amount"] = numerals.plain(money.amount)
        if money.is_cap:
            value["max"] = True
    value["unit"] = _unit(page, clause, money)
    value["payer"] = _payer(page, clause, money)
    if money.is_approximate:
        value["approx"] = True
    return value


def _unit(page: Page, clause: Clause, money: Money) -> str:
    start, end = clause.sentence
    if money.unit == "item":
        goods = re.search(
            r"[一-鿿“”]{0,10}(?:礼包|慰问品|慰问袋|大礼包|暖心包|爱心包|慰问包)",
            page.text[money.end : end][:24],
        )
        people = _MANY.search(page.text[start:end])
        if goods and people:
            return "household" if people[2] == "户" else "person"
    if money.unit in (None, "month", "day", "year"):
        small = money.amount is not None and money.amount < Decimal(20_000)
        head = page.text[clause.start : money.start]
        if (
            small
            and _PEOPLE.search(head)
            and not _TOTAL.search(head[-12:])
            and not _FUND.search(head[-10:])
        ):
            return (
                "household"
                if re.search(r"户|家庭", head) and not re.search(r"人", head[-12:])
                else "person"
            )
        return "person" if small and re.search(r"慰问金$|标准", head[-8:]) else "lump"
    return money.unit


def _category(page: Page, number: int, money: Money, fallback: str) -> tuple[str, int | None]:
    clause = page.clauses[number]
    noun = _people_in(money.noun)
    if noun and money.unit != "person_month":
        return noun, money.unit_at
    head = clause.text[: money.unit_at - clause.start]
    parts = [part for part in re.split(r"[,。;:]", head) if part.strip()]
    own = _class_or_fund(parts[-1], money) if parts else ""
    if own:
        return own, clause.start
    after = re.match(
        r"(?:的)?[“]?([一-鿿]{2,12}?(?:资金|经费|礼包|慰问品|慰问金|物资|补助|大礼包)[”]?)",
        page.text[money.end : money.end + 24].lstrip("”“"),
    )
    for part in reversed(parts[:-1]):
        own = _class_or_fund(part, money)
        if own:
            return own, clause.start
    if after:
        return after[1], money.end
    return _from_section(page, number, money) or fallback, None


def _class_or_fund(part: str, money: Money) -> str:
    people = _people_in(part)
    fund = _FUND.search(part)
    if money.unit is None and fund and (not people or fund.end() > part.rfind(people)):
        return _stripped(fund[0])
    return people or (_stripped(fund[0]) if fund else "")


def _people_in(part: str) -> str:
    part = re.sub(r"\([^()]*\)", "", part)
    part = re.sub(
        r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]+\)|\d+[、.])", "", part
    )
    found = [match[0] for match in _PEOPLE.finditer(part)]
    if not found:
        return ""
    return _stripped("".join(found))


def _stripped(words: str) -> str:
    words = words.strip("、()和及的 ")
    match = _VERBS.match(words)
    while match and match.end() < len(words) - 1:
        words = words[match.end() :].strip("、()和及的 ")
        match = _VERBS.match(words)
    return words


def _from_section(page: Page, number: int, money: Money) -> str:
    clause = page.clauses[number]
    for section in page.around(clause.start):
        title = section.title.removeprefix("关于").removesuffix("慰问")
        people = _people_in(title)
        if people:
            return people
    before = page.clauses[max(0, number - 2) : number]
    for earlier in reversed(before):
        if earlier.sentence == clause.sentence or page.line_at(earlier.start) == page.line_at(
            clause.start
        ):
            people = _people_in(re.split(r"[,:]", earlier.text)[-1])
            if people:
                return people
    return ""


def _target(page: Page, known: Known) -> str:
    """The people whom the whole document is about."""
    counts: dict[str, int] = {}
    for match in re.finditer(
        r"(?:困难|特困|低保|受灾|重点优抚|优抚|贫困|一线|户外|受助|流浪乞讨|户籍困难|生活困难)(?:职工|群众|家庭|户|对象|人员|学生|劳动者|党员|老人)",
        known.title * 3 + page.text,
    ):
        counts[match[0]] = counts.get(match[0], 0) + 1
    return max(counts, key=lambda words: counts[words]) if counts else "慰问对象"


def _payer(page: Page, clause: Clause, money: Money) -> str | None:
    _, end = clause.sentence
    _, line_end = page.line_at(clause.start)
    for match in _PAYER.finditer(page.text, money.end, line_end):
        is_next = match.start() <= end + 2 or bool(_ALL_ABOVE.match(page.text[match.start() :]))
        others = sums(page.text[money.end : match.start()])
        if (is_next and not others) or _ALL_ABOVE.match(page.text[match.start() :]):
            return match["by"]
    for match in _PAYS.finditer(page.text, clause.start, clause.end):
        if match.end() <= money.end + 2:
            return _stripped(match["by"]) or None
    return None
