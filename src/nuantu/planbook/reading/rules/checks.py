"""Sums that should hold: parts named before a total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from nuantu.planbook.reading.grammar import numerals
from nuantu.planbook.reading.grammar.money import sums
from nuantu.planbook.reading.page import Page
from nuantu.planbook.reading.rules.found import Found, Known

_TOTAL: Final = re.compile(r"(?:共计|合计|总计|共|总额为?|总金额为?|计)(?:人民币)?(?:约)?$")
_LEAST: Final = 2


def checks(page: Page, known: Known) -> Iterator[Found]:
    """A total at the end of a sentence against the lump sums before it."""
    for start, end in page.sentences:
        found = [money for money in sums(page.text[start:end], start) if money.amount is not None]
        for number, money in enumerate(found):
            if not _TOTAL.search(page.text[start : money.start]):
                continue
            parts = [m.amount for m in found[:number] if m.unit is None and m.amount is not None]
            if len(parts) >= _LEAST and money.amount is not None:
                yield _check(parts, money.amount, start, money.end)


def _check(parts: list[Decimal], total: Decimal, start: int, end: int) -> Found:
    value = {
        "expr": "+".join(str(numerals.plain(part)) for part in parts),
        "equals": numerals.plain(total),
        "sum": numerals.plain(sum(parts, Decimal())),
        "holds": sum(parts, Decimal()) == total,
    }
    return Found("checks", value, start, end, "checks.total", 0.9)
