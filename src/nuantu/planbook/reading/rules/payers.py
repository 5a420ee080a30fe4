"""Who pays a sum, and which part each pays, as far as the text says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from nuantu.planbook.reading.grammar import numerals
from nuantu.planbook.reading.grammar.money import Money, sums
from nuantu.planbook.reading.page import Clause, Page
from nuantu.planbook.reading.rules.category import tidy_head

_PAYER: Final = re.compile(
    r"(?:经费|资金|费用|所需(?:经费|资金|费用)?|补助金|慰问金|以上经费|支出)?(?:均|全部|统一)?(?:由|从|在)(?P<by>[^,;。元]{1,24}?)(?:中)?(?:承担|负担|列支|解决|支付|保障(?![局厅])|出资|统筹|安排|发放)"
)
_PAYS: Final = re.compile(
    r"(?P<by>[一-鿿x]{1,12}?(?:局|会|政府|财政|委|厅|中心|站|公司|工会))(?:从[^,;。]{2,24})?(?:出资|筹集|安排|下达|下拨|拨付|拨|划拨|投入|承担|负担|发放|给予|专项资金|资金)"
)
_ALL_ABOVE: Final = re.compile(r"^以上")

_VERB: Final = r"(?:承担|负担|分担|出资|支付|解决|列支|出)"
_PART: Final = (
    r"(?:一半|\d{1,3}(?:\.\d{1,2})?%|百分之[一二三四五六七八九十]{1,3}"
    r"|[二三四五六七八九十]分之[一二三四五六七八九]|\d{1,2}/\d{1,2})"
)
_NAMES: Final = r"(?P<names>[一-鿿()、]{2,30}?)(?:共同|财力)?"
_ALIKE: Final = re.compile(
    rf"{_NAMES}(?:(?P<half>各{_VERB}?半)|各自?{_VERB}?(?P<part>{_PART})|平均{_VERB})"
)
_RATIO: Final = re.compile(rf"{_NAMES}(?:按照?|以)(?P<ratio>\d{{1,3}}(?::\d{{1,3}})+)")
_EACH: Final = re.compile(rf"[,、和]?由?(?P<who>[一-鿿()]{{1,16}}?){_VERB}?(?P<part>{_PART})")
_REST: Final = re.compile(
    rf"[,、]?(?:其余|剩余|余下)(?:部分|{_PART})?(?:的)?由(?P<who>[一-鿿()]{{1,16}}?){_VERB}"
)
_OPENING: Final = re.compile(r",?(?:所需)?(?:经费|资金|费用|慰问金|补助金)?(?:由|从)?")
_SAYS_PARTS: Final = re.compile(rf"各(?:自)?(?:半|{_VERB})|比例|\d:\d|平均{_VERB}|{_PART}")
# several who pay together: without their parts the words name nobody for sure
_TOGETHER: Final = re.compile(r"(?:共同|分别|各自|分级|联合)+$")
_LEVELS: Final = re.compile(r"[两二三]级(?=财政|政府|$)")
_PAYS_MONEY: Final = re.compile(
    r"(?:省|州|市|县|区|旗|镇|乡|街道|街道\)|镇\)|乡\)|村|社区|级|财政|局|厅|委|会|政府|站|中心|公司|企业|单位|方)$"
)
_HUNDRED: Final = 100


def payer_of(page: Page, clause: Clause, money: Money) -> dict[str, Any]:
    """``payer`` in the words of the text or None; ``shares`` where the text tells the parts.

    ``shares`` is empty where parts are told in words that are not understood.
    """
    _, line_end = page.line_at(clause.start)
    words, start = _named(page, clause, money, line_end)
    if start is None:
        shares = None if words else _beside(page, clause, money)
        joint = "、".join(row["who"] for row in shares) if shares else None
        return {"payer": words or joint, **({"shares": shares} if shares else {})}
    stop = re.search(r"[。;\n]", page.text[start:line_end])
    end = start + stop.start() if stop else line_end
    shares = _shares(page.text[start:end])
    if shares is None and _SAYS_PARTS.search(_near(page.text[start:end], words or "")):
        shares = []
    names = _TOGETHER.sub("", words or "")
    if shares is None and (names != words or _split(names)):
        shares = []
    words = names or words
    return {"payer": words, **({"shares": shares} if shares is not None else {})}


def _near(told: str, words: str) -> str:
    """The payer's words with what directly follows their verb."""
    verb = re.match(rf"{re.escape(words)}中?{_VERB}?(?:{_PART})?", told)
    return verb[0] if verb else words


def _named(
    page: Page, clause: Clause, money: Money, line_end: int
) -> tuple[str | None, int | None]:
    """The payer's words; their place too where they stand behind the sum."""
    _, end = clause.sentence
    for match in _PAYER.finditer(page.text, money.end, line_end):
        is_next = match.start() <= end + 2 or bool(_ALL_ABOVE.match(page.text[match.start() :]))
        others = sums(page.text[money.end : match.start()])
        if (is_next and not others) or _ALL_ABOVE.match(page.text[match.start() :]):
            return match["by"], match.start("by")
    breath = max(page.text.rfind(",", clause.start, money.start), clause.start)
    for match in _PAYS.finditer(page.text, breath, clause.end):
        if match.end() <= money.end + 2:
            return tidy_head(match["by"]) or None, None
    return None, None


def _beside(page: Page, clause: Clause, money: Money) -> list[dict[str, str]] | None:
    """Shares told behind the sum without the usual words: 每人500元,区、镇各半."""
    told = page.text[money.end : clause.end]
    opening = _OPENING.match(told)
    return _shares(told[opening.end() if opening else 0 :])


def _shares(told: str) -> list[dict[str, str]] | None:
    """Who pays which part by the words at the beginning; None where they do not tell it."""
    alike, ratio = _ALIKE.match(told), _RATIO.match(told)
    names = _split(alike["names"] if alike else ratio["names"] if ratio else "")
    if alike and names:
        part = "一半" if alike["half"] else alike["part"]
        share = _fraction(part) if part else str(Fraction(1, len(names)))
        return _valid([(name, share) for name in names])
    if ratio and names:
        parts = [int(number) for number in ratio["ratio"].split(":")]
        if len(parts) != len(names) or 0 in parts:
            return None
        return _valid(
            [(n, str(Fraction(p, sum(parts)))) for n, p in zip(names, parts, strict=True)]
        )
    return _valid(list(_each(told)))


def _each(told: str) -> Iterator[tuple[str, str]]:
    """区财政承担60%,镇承担40%; the rest goes to who is said to bear it."""
    at, left = 0, Fraction(1)
    while match := _EACH.match(told, at):
        if not _PAYS_MONEY.search(match["who"]) or match["who"].startswith(
            ("其余", "剩余", "余下")
        ):
            break
        share = _fraction(match["part"])
        yield match["who"], share
        at, left = match.end(), left - _number(share)
    rest = _REST.match(told, at)
    if at and rest and left > 0 and _PAYS_MONEY.search(rest["who"]):
        yield rest["who"], str(left)


def _split(words: str) -> list[str]:
    """The payers that words name; none where one of them does not look like a payer."""
    levels = _LEVELS.search(words)
    last = words[levels.end() :] if levels else ""
    names = re.split(r"[、和与及]", words[: levels.start()] if levels else words)
    if len(names) < 2 or not all(_PAYS_MONEY.search(name) for name in names):
        return []
    return [name + last for name in names]


def _fraction(words: str) -> str:
    if words == "一半":
        return "1/2"
    if words.startswith("百分之"):
        return f"{numerals.plain(numerals.value_of(words[3:]) or Decimal(0))}%"
    if "分之" in words:
        below, above = (numerals.value_of(part) or Decimal(0) for part in words.split("分之"))
        return f"{numerals.plain(above)}/{numerals.plain(below)}"
    return words


def _number(share: str) -> Fraction:
    if share.endswith("%"):
        return Fraction(share[:-1]) / _HUNDRED
    above, _, below = share.partition("/")
    return Fraction(int(above), int(below or 1) or 1)


def _valid(rows: list[tuple[str, str]]) -> list[dict[str, str]] | None:
    if not rows or not all(0 < _number(share) <= 1 for _, share in rows):
        return None
    return [{"who": who[:40], "share": share} for who, share in rows]
