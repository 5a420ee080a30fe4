"""Money that the text promises: for whom, how much, per what, who pays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from nuantu.planbook.reading.grammar import numerals
from nuantu.planbook.reading.grammar.money import Money, sums
from nuantu.planbook.reading.page import Clause, Page
from nuantu.planbook.reading.rules.category import (
    SPENT,
    SUBTOTAL,
    WORTH,
    category_of,
    is_total,
    kind_of,
    tidy,
)
from nuantu.planbook.reading.rules.found import Found, Known
from nuantu.planbook.reading.rules.payers import payer_of

_NOT_OURS: Final = re.compile(
    r"收入|自付|自负|医疗费|费用支出|损失|罚款|年薪|工资|低于[^,]{0,6}标准|产值|折合|已发放|累计发放|以下的(?:家庭|职工)|价格|单价|票价|学费"
)
_LUMP: Final = 20_000
_GOODS: Final = re.compile(r"[一-鿿“”]{0,10}(?:礼包|慰问品|慰问袋|暖心包|爱心包|慰问包)")
_ANYBODY: Final = "慰问对象"
_USUAL: Final = {"union_cooling": "一线职工", "winter_spring_relief": "受灾群众"}
_COSTS: Final = re.compile(r"(?:x\d+(?:\.\d+)?[一-鿿]{0,3})?=")
_HEAPS: Final = frozenset({"款物", "爱心款物", "善款", "助学金", "救济金"})
_BUDGET: Final = re.compile(r"预算|测算|开支|支出|经费(?!标准)")
_EACH_HEAD: Final = re.compile(r"每|均|各|标准|按")
# 市级补助1万元: a level of government, not the people who get it
_LEVEL: Final = re.compile(r"^(?:中央|[省市州县区旗镇乡村本上]|街道|各?县区)级?(?:财政)?$")
_BARE_NOUN: Final = re.compile(r"(?:慰问金|慰问品|慰问物资|救助金|补助金|礼品|物资)")
_PER_HEAD: Final = re.compile(r"[人户名位]")
_PER_CLAUSE: Final = 40
_OFTEN: Final = 3
_TIERS: Final = 3
_NOTE: Final = re.compile(r"\([^()]*\)")
_EACH: Final = re.compile(r"每|均|各|标准|按|分别|元")
_MANY: Final = re.compile(r"(\d{1,9})(?:余|多)?(名|人|户|位)")


def amounts(page: Page, known: Known) -> Iterator[Found]:
    """Each sum with its class of people, its unit and its payer; one of the headline once only."""
    rows = list(_sums(page, known))
    _, headline = page.line_at(page.lines[0][0]) if page.lines else (0, 0)
    body = [_figures(row) for row in rows if row.start >= headline]
    yield from (row for row in rows if row.start >= headline or _figures(row) not in body)


def _figures(row: Found) -> tuple[object, ...]:
    return tuple(row.value.get(name) for name in ("amount", "min", "max"))


def _sums(page: Page, known: Known) -> Iterator[Found]:
    fallback = _target(page, known)
    whole: set[Decimal] = set()
    for number, clause in enumerate(page.clauses):
        found = [
            money
            for money in sums(clause.text, clause.start)
            if not (_is_other(clause, money) or _is_price(page, money))
        ]
        found = found[:_PER_CLAUSE]
        tiers = len(found) >= _TIERS and len({money.start for money in found}) == 1
        for rank, money in enumerate(found):
            words, is_beside = category_of(page, number, money, fallback)
            words = _level_said(page, clause, money, words)
            category = (
                f"{words}第{'一二三四五六七八九十'[rank]}档" if tiers and rank < 10 else words
            )
            confidence = 0.9 if is_beside else 0.65
            value = _row(page, clause, money, category)
            if value["unit"] == "lump" and not tiers:
                value["category"] = _with_noun(page, clause, money, category)
            if money.amount in whole and value["unit"] == "lump" and is_total(page, clause, money):
                continue
            if value["unit"] == "lump" and money.amount:
                whole.add(money.amount)
            yield Found("amounts", value, money.unit_at, money.end, "amounts.sum", confidence)


def _level_said(page: Page, clause: Clause, money: Money, words: str) -> str:
    """A level that gives a sum with the name of its money: 市级补助; any other words as they are."""
    if money.unit is not None or not _LEVEL.match(words):
        return words
    noun = re.search(
        r"(?:补助|补贴|配套|资助|奖补|拨款|资金|经费)", page.text[clause.start : money.end]
    )
    return f"{words}{noun[0] if noun else ''}资金".replace("资金资金", "资金")


def _with_noun(page: Page, clause: Clause, money: Money, words: str) -> str:
    """A lump sum called only 慰问金 is that money of the people, not for each of them."""
    breath = re.split(r"[,:。;]", page.text[clause.start : money.start])[-1]
    noun = _BARE_NOUN.search(breath) if money.unit is None and kind_of(words) != "lump" else None
    if noun is None or noun[0] in words:
        return words
    return noun[0] if words == _ANYBODY else words + noun[0]


def _is_other(clause: Clause, money: Money) -> bool:
    at = money.start - clause.start
    near = re.split(r"[,。;:]", clause.text[:at])[-1][-18:]
    after = clause.text[money.end - clause.start :][:8]
    if re.search(r"\d年来", clause.text[:at]):
        return True
    if re.search(r"(?:低于|高于|等于|不足|超过)$", near) and after.startswith("的"):
        return True
    return bool(_NOT_OURS.search(near + clause.text[at : money.end - clause.start])) or bool(
        re.match(r"(?:的)?(?:家庭|低保线|标准线)", after)
    )


def _is_price(page: Page, money: Money) -> bool:
    """The price of one of many goods whose cost follows: ``100条x5元=500元``."""
    behind = _COSTS.match(page.text[money.end : money.end + 24])
    is_given = money.unit in ("person", "household", "person_month")
    return behind is not None and not is_given and not _PER_HEAD.search(behind[0])


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
    value["unit"] = _unit(page, clause, money, category)
    value |= payer_of(page, clause, money)
    level = re.match(r"(.{1,6}?)(?:补助|补贴|配套|资助|奖补|拨款)?资金$", category)
    if level and _LEVEL.match(level[1]) and not value["payer"]:
        value["payer"] = level[1]
    if money.is_approximate:
        value["approx"] = True
    return value


def _unit(page: Page, clause: Clause, money: Money, category: str) -> str:
    if money.unit == "item":
        return _item(page, clause, money, category)
    if money.unit not in (None, "month", "day", "year"):
        people = kind_of(money.noun) if money.noun else None
        return "person" if people == "person" and money.unit == "institution" else str(money.unit)
    if _is_lump(page, clause, money, category):
        return "lump"
    is_standard = "标准" in page.text[clause.sentence[0] : money.start] or (
        "money" in page.roles_at(clause.start)[:2] and (money.amount or 0) < _LUMP
    )
    if is_standard and not is_total(page, clause, money):
        return kind_of(category) or "person"
    if is_total(page, clause, money) or (money.amount or money.most or 0) >= _LUMP:
        return "lump"
    return kind_of(category) or "lump"


def _is_lump(page: Page, clause: Clause, money: Money, category: str) -> bool:
    """A sum spent as a whole: a line of a budget, for so many people, for what was bought."""
    before = page.text[clause.start : money.start]
    if money.unit is None and (WORTH.search(before) or category in _HEAPS):
        return True
    if money.unit is None and re.search(r"(?:补助|配套|补贴|资助|奖补)资金$", category):
        return True
    if before.endswith("=") or SUBTOTAL.search(before) or SPENT.search(before):
        return True
    if money.unit is not None:
        return False
    if _MANY.search(_NOTE.sub("", before)) and not _EACH.search(before):
        return True
    titles = " ".join(section.title for section in page.around(clause.start))
    return bool(_BUDGET.search(titles)) and not _EACH_HEAD.search(before)


def _item(page: Page, clause: Clause, money: Money, category: str) -> str:
    """A parcel given to people counts per person; a post such as 每个职工 is a person too."""
    start, end = clause.sentence
    by_noun = kind_of(tidy(money.noun)) or kind_of(category)
    if by_noun and by_noun != "lump":
        return by_noun
    goods = _GOODS.search(page.text[money.end : end][:24])
    people = _MANY.search(page.text[start:end])
    if goods and people:
        return "household" if people[2] == "户" else "person"
    return "item"


def _target(page: Page, known: Known) -> str:
    """The people whom the whole document is about."""
    counts: dict[str, int] = {}
    for match in re.finditer(
        r"(?:困难|特困|低保|受灾|重点优抚|优抚|贫困|一线|户外|受助|流浪乞讨|户籍困难|生活困难)(?:工会|企业|农村|城镇|城乡|离退休)?(?:职工|群众|家庭|户|对象|人员|学生|劳动者|党员|老人|干部|教师|教职工|师生|学子|儿童|退役军人)",
        known.title * 3 + page.text,
    ):
        counts[match[0]] = counts.get(match[0], 0) + 1
    usual = _USUAL.get(known.operation_type or "", _ANYBODY)
    if known.operation_type == "winter_spring_relief" and not any(
        "灾" in words for words in counts
    ):
        # the classes are listed once each; all of them have suffered a disaster
        return max(
            (w for w in counts if counts[w] >= _OFTEN), key=counts.__getitem__, default=usual
        )
    return max(counts, key=lambda words: counts[words]) if counts else usual
