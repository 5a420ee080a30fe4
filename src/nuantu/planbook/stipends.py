"""What a plan pays a class of people: who pays which part, to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from nuantu.planbook import words
from nuantu.planbook.schema.money import Amount, Payer
from nuantu.planbook.text import Text

UNIT_WORDS: Final = {
    "person": Text("每人", "per person"),
    "household": Text("每户", "per household"),
    "lump": Text("共", "in total"),
    "item": Text("每件", "per item"),
    "point": Text("每点", "per point"),
    "institution": Text("每机构", "per institution"),
    "person_month": Text("每人每月", "per person and month"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A payer and the fen it pays."""

    who: str
    fen: int


def fen(yuan: Decimal) -> int:
    """Yuan as integer fen."""
    return int(yuan * 100)


def share_of(payer: Payer, payers: Sequence[Payer]) -> Fraction | None:
    """The share of one of the payers; None when others have shares and it has none."""
    if payer.share is not None:
        text = payer.share
        return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    if any(other.share for other in payers):
        return None
    return Fraction(1, len(payers))


def shares_of(payers: Sequence[Payer]) -> tuple[tuple[str, Fraction], ...]:
    """Who pays which share; without any share written, equal parts."""
    found = [(payer.who, share_of(payer, payers)) for payer in payers]
    return tuple((who, share) for who, share in found if share is not None)


def split(total: int, payers: Sequence[Payer], remainder_to: str = "") -> tuple[Part, ...]:
    """A sum in fen split among its payers; what is left over goes to ``remainder_to``, else the first.

    The parts add up to the sum.

    Errors: ValueError when the shares do not make a whole.
    """
    shares = shares_of(payers)
    if sum((share for _, share in shares), Fraction(0)) != 1:
        raise ValueError("份额之和不是1")
    whole = [int(total * share) for _, share in shares]
    names = [who for who, _ in shares]
    bearer = names.index(remainder_to) if remainder_to in names else 0
    whole[bearer] += total - sum(whole)
    return tuple(Part(who, part) for who, part in zip(names, whole, strict=True))


def is_payable(amount: Amount) -> bool:
    """Whether money can flow: amount, unit and payer are all said (X31)."""
    return (
        not amount.is_visit_only
        and amount.yuan is not None
        and amount.unit is not None
        and bool(amount.payer)
    )


def known_total(amount: Amount) -> int | None:
    """The fen that the plan itself fixes: a lump, or its amount times the quota, else times the
    expected number; else None.
    """
    if amount.yuan is None or amount.is_visit_only:
        return None
    if amount.unit == "lump":
        return fen(amount.yuan)
    number = amount.quota or amount.expected
    return fen(amount.yuan) * number if number else None


def money(total: int) -> str:
    """Fen as people read yuan: 1700 or 12.50."""
    return str(total // 100) if total % 100 == 0 else f"{total / 100:.2f}"


def said(amount: Amount) -> Text:
    """The line of the table in one sentence."""
    if amount.is_visit_only or amount.yuan is None:
        return Text(
            f"{amount.category}：只慰问", f"{amount.category_en or amount.category}: visit only"
        )
    unit = UNIT_WORDS.get(amount.unit or "", Text("", ""))
    payers, payers_en = (_payers(amount, language) for language in ("zh", "en"))
    yuan = money(fen(amount.yuan))
    if amount.yuan_from is not None:
        yuan = f"{money(fen(amount.yuan_from))}-{yuan}"
    most = Text("不超过", "up to ") if amount.is_ceiling else Text("", "")
    zh = f"{amount.category}：{unit.zh}{most.zh}{yuan}元" + (
        f"（{payers}）" if payers else "（出资方未写）"
    )
    en = f"{amount.category_en or amount.category}: {most.en}{yuan} yuan {unit.en}" + (
        f" ({payers_en})" if payers else " (no payer said)"
    )
    return Text(zh, en)


def _payers(amount: Amount, language: str) -> str:
    joint = ", " if language == "en" else "、"
    named = ((words.payer_said(who, language), share) for who, share in shares_of(amount.payer))
    return joint.join(who if share == 1 else f"{who} {share}" for who, share in named)
