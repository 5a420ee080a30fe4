"""Money that nobody could pay out: no amount, no unit, no payer."""

from __future__ import annotations

from collections.abc import Iterator

from nuantu.planbook.checks.dating import said
from nuantu.planbook.findings import Finding, warning
from nuantu.planbook.schema import Plan


def check(plan: Plan) -> Iterator[Finding]:
    """Findings about amounts; a class that is only visited needs none of it (X31)."""
    for number, amount in enumerate(plan.amounts):
        if amount.is_visit_only:
            continue
        missing = [
            (zh, en)
            for zh, en, value in (
                ("金额", "amount", amount.yuan),
                ("单位", "unit", amount.unit),
                ("出资方", "payer", amount.payer),
            )
            if value in (None, ())
        ]
        if missing:
            yield warning(
                "missing_payer" if missing == [("出资方", "payer")] else "incomplete_amount",
                f"“{amount.category}”没有写明{'、'.join(zh for zh, _ in missing)}；"
                "补上之前只慰问、不发钱（X31）",
                f"“{amount.category}” has no {', '.join(en for _, en in missing)}; "
                "until it is added nothing is paid (X31)",
                clause=said(amount.clause),
                path=("amounts", number),
            )
