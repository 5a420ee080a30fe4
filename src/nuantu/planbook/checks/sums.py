"""Money and lists: who pays, do the parts make the whole, who confirms, how long it is posted."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from nuantu.planbook import stipends
from nuantu.planbook.checks.catalogue import Path, found
from nuantu.planbook.findings import Finding
from nuantu.planbook.schema import Plan
from nuantu.planbook.schema.money import Amount, BudgetLine, Payer


def check(plan: Plan) -> Iterator[Finding]:
    """Findings about money and about the list of those who get it."""
    for number, amount in enumerate(plan.amounts):
        yield from _amount(amount, ("amounts", number))
    yield from _codes(plan)
    yield from _stacking(plan)
    yield from _budget(plan)
    yield from _eligibility(plan)
    yield from _selection(plan)


def _amount(amount: Amount, path: Path) -> Iterator[Finding]:
    """A class that is only visited needs neither amount nor unit nor payer (X31)."""
    if amount.is_visit_only:
        return
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
        yield found(
            "missing_payer" if missing == [("出资方", "payer")] else "incomplete_amount",
            f"“{amount.category}”没有写明{'、'.join(zh for zh, _ in missing)}；补上之前只慰问、不发钱",
            f"“{amount.category_en or amount.category}” has no {', '.join(en for _, en in missing)}; "
            "until it is added nothing is paid",
            clause=amount.clause,
            path=path,
        )
    if amount.unit == "lump" and not amount.split:
        yield found(
            "lump_without_split",
            f"“{amount.category}”是一笔总额，怎样分到各家没有写",
            f"“{amount.category_en or amount.category}” is a lump; how it is split is not said",
            clause=amount.clause,
            path=path,
        )
    yield from _shares(amount.payer, amount.category, amount.clause, (*path, "payer"))


def _shares(
    payers: tuple[Payer, ...], name: str, clause: tuple[str, ...], path: Path
) -> Iterator[Finding]:
    if not any(payer.share for payer in payers):
        return
    shares = [stipends.share_of(payer, payers) for payer in payers]
    total = sum((share for share in shares if share is not None), Fraction(0))
    if None in shares or total != 1:
        yield found(
            "shares_do_not_add_up",
            f"“{name}”各方份额之和是{total}，应当是1；每一方都要写份额",
            f"The shares of “{name}” make {total}, not 1; every payer needs one",
            clause=clause,
            path=path,
        )


def _codes(plan: Plan) -> Iterator[Finding]:
    """What an entry points at must be there."""
    tests = {test.code for test in plan.eligibility}
    amounts = {amount.code for amount in plan.amounts}
    named: list[tuple[str, tuple[str, ...], Path]] = [
        (code, amount.clause, ("amounts", number, "eligibility"))
        for number, amount in enumerate(plan.amounts)
        for code in amount.eligibility
        if code not in tests
    ]
    named += [
        (code, line.clause, ("stacking", number))
        for number, line in enumerate(plan.stacking)
        for code in line.codes
        if code not in amounts
    ]
    for code, clause, path in named:
        yield found(
            "unknown_code",
            f"文件里没有代号“{code}”",
            f"There is nothing with the code “{code}” in this file",
            clause=clause,
            path=path,
        )


def _stacking(plan: Plan) -> Iterator[Finding]:
    """Classes of one group can meet in one person (X30)."""
    settled = {code for line in plan.stacking for code in line.codes}
    groups: dict[str, list[Amount]] = {}
    for amount in plan.amounts:
        if amount.group and amount.unit in ("person", "household") and amount.code not in settled:
            groups.setdefault(amount.group, []).append(amount)
    for group, amounts in groups.items():
        if len(amounts) > 1:
            yield found(
                "stacking_open",
                f"“{group}”有{len(amounts)}项标准，一人符合几项时怎样发没有写；默认只发最高一项",
                f"“{group}” has {len(amounts)} classes; what one person in several gets is not said "
                "(default: the highest)",
                clause=tuple(dict.fromkeys(clause for item in amounts for clause in item.clause)),
                path=("amounts",),
            )


def _budget(plan: Plan) -> Iterator[Finding]:
    totals = {line.code: line for line in plan.budget if line.kind == "total"}
    for number, line in enumerate(plan.budget):
        path: Path = ("budget", number)
        yield from _shares(line.payer, line.label, line.clause, (*path, "payer"))
        if line.yuan is None:
            yield found(
                "budget_without_sum",
                f"“{line.label}”没有金额，填上之前预算是空的",
                f"“{line.label_en or line.label}” has no sum; the budget stays empty",
                clause=line.clause,
                path=path,
            )
        if line.within and line.within not in totals:
            yield found(
                "unknown_code",
                f"文件里没有代号“{line.within}”的总额",
                f"There is no total with the code “{line.within}”",
                clause=line.clause,
                path=path,
            )
    for total in totals.values():
        yield from _total(plan, total, len(totals) == 1)


def _total(plan: Plan, total: BudgetLine, is_only: bool) -> Iterator[Finding]:
    parts = [
        line
        for line in plan.budget
        if line.kind == "part" and (line.within == total.code or (is_only and not line.within))
    ]
    known = [line.yuan for line in parts if line.yuan is not None]
    if total.yuan is None or not known or len(known) < len(parts):
        return
    if sum(known) != total.yuan:
        yield found(
            "sum_mismatch",
            f"“{total.label}”各项之和是{sum(known)}元，写的是{total.yuan}元",
            f"The parts of “{total.label_en or total.label}” make {sum(known)}, not {total.yuan} yuan",
            clause=(*total.clause, *(clause for line in parts for clause in line.clause)),
            path=("budget",),
        )


def _eligibility(plan: Plan) -> Iterator[Finding]:
    for number, test in enumerate(plan.eligibility):
        if test.kind == "income" and test.line_yuan is None:
            yield found(
                "income_without_line",
                f"“{test.label}”：当地标准是多少没有写，由人核对并留依据",
                f"“{test.label_en or test.label}”: the local line is not said; decided by hand",
                clause=test.clause,
                path=("eligibility", number),
            )


def _selection(plan: Plan) -> Iterator[Finding]:
    chosen = plan.selection
    for number, target in enumerate(plan.targets):
        if target.is_lost:
            yield found(
                "lost_item",
                f"“{target.label}”原文缺这一项，由我们推定，请确认",
                f"“{target.label_en or target.label}” is lost in the source; please confirm",
                clause=target.clause,
                path=("targets", number),
            )
    for number, ban in enumerate(chosen.bans):
        if ban.years is None:
            yield found(
                "ban_without_years",
                "弄虚作假“按规定处理”：取消几年资格没有写",
                "False filing is handled by the rules: for how many years is not said",
                clause=ban.clause,
                path=("selection", "bans", number),
            )
    surveyors = set(chosen.survey.by) if chosen.survey else set()
    for number, confirmation in enumerate(chosen.confirmation):
        if surveyors and set(confirmation.by) <= surveyors:
            yield found(
                "confirms_itself",
                "摸底申报的单位自己确认，要另找一家",
                "Who surveys and files also confirms; somebody else should",
                clause=confirmation.clause,
                path=("selection", "confirmation", number),
            )
    if chosen.public_list and chosen.public_list.days is None:
        yield found(
            "list_without_days",
            "公示几天没有写，用默认天数",
            "How long the list is posted is not said; the default is used",
            clause=chosen.public_list.clause,
            path=("selection", "public_list"),
        )
