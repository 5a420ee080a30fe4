"""Compulsion without basis, refusal by those who cannot refuse, law that has lapsed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from nuantu.planbook import dates, laws, words
from nuantu.planbook.checks.dating import said
from nuantu.planbook.dates import BadDateError, Bases
from nuantu.planbook.findings import Finding, error, question, warning
from nuantu.planbook.schema import Plan
from nuantu.planbook.schema.identity import Basis
from nuantu.planbook.schema.people import RescueMode

# whose refusal is not valid by itself (X17, PA-07)
MAY_NOT_REFUSE: Final = {
    "minor",
    "left_behind_child",
    "critically_ill_person",
    "sudden_illness",
    "suspected_mental_disorder",
}
Path = tuple[str | int, ...]


def check(plan: Plan) -> Iterator[Finding]:
    """Findings about rights and law."""
    for number, mode in enumerate(plan.rescue_modes):
        yield from _mode(mode, ("rescue_modes", number))
    day = _first_day(plan)
    if day is None:
        return
    places: list[tuple[Basis, str, Path]] = [
        (basis, "", ("legal_basis", number)) for number, basis in enumerate(plan.legal_basis)
    ]
    for number, mode in enumerate(plan.rescue_modes):
        path: Path = ("rescue_modes", number, "legal_basis")
        places += [(basis, said(mode.clause), path) for basis in mode.legal_basis]
    for number, pack in enumerate(plan.packs):
        if pack.is_on:
            path = ("packs", number)
            places += [(basis, said(pack.clause), path) for basis in pack.basis]
    for basis, clause, path in places:
        yield from _basis(basis, clause, path, day)
    yield from _packs(plan, day)


def _mode(mode: RescueMode, path: Path) -> Iterator[Finding]:
    clause = said(mode.clause)
    forced = [word for word in mode.modes if word != "voluntary"]
    if forced and not mode.legal_basis:
        yield error(
            "no_basis",
            f"“{'、'.join(forced)}”没有法律依据（X01）",
            f"“{', '.join(forced)}” has no legal basis (X01)",
            clause=clause,
            path=path,
        )
    if forced and mode.approver is None:
        yield error(
            "no_approver",
            f"“{'、'.join(forced)}”没有写明由谁批准（X01）",
            f"“{', '.join(forced)}” names no approver (X01)",
            clause=clause,
            path=path,
        )
    if forced and mode.review_hours is None:
        yield warning(
            "no_review",
            "非自愿的救助方式没有写明多久复核",
            "A mode that is not voluntary names no review",
            clause=clause,
            path=path,
        )
    if "强制" in mode.words and "compulsory" not in mode.modes:
        yield warning(
            "compulsion_in_words",
            f"原文写“{mode.words}”，没有法律依据，按“{'、'.join(map(words.said, mode.modes))}”执行（X01）",
            f"The text says “{mode.words}” (compulsion) without a legal basis; "
            f"{', '.join(words.said(code, 'en') for code in mode.modes)} is used instead (X01)",
            clause=clause,
            path=path,
        )
    yield from _limits(mode, forced, clause, path)


def _limits(mode: RescueMode, forced: Sequence[str], clause: str, path: Path) -> Iterator[Finding]:
    """For whom force and refusal make sense at all."""
    if "compulsory" in mode.modes:
        yield warning(
            "compulsory",
            "“强制”只有在法律依据、紧急危险或无行为能力、批准人都记录时才能用（X01）",
            "“compulsory” works only with basis, urgent danger or incapacity, and approver (X01)",
            clause=clause,
            path=path,
        )
    if forced and "any" in mode.classes:
        yield error(
            "forced_for_all",
            "非自愿的方式必须写明适用于哪类人员",
            "A mode that is not voluntary must name its class of person",
            clause=clause,
            path=path,
        )
    weak = sorted(MAY_NOT_REFUSE.intersection(mode.classes))
    if mode.may_refuse and weak:
        yield error(
            "invalid_refusal",
            f"“{'、'.join(weak)}”的拒绝不能作为结束（X17）",
            f"A refusal by “{', '.join(weak)}” cannot end the duty (X17)",
            clause=clause,
            path=path,
        )


def _first_day(plan: Plan) -> date | None:
    try:
        span = dates.resolve(plan.window.start, Bases(plan.instance.year, plan.instance.issue_date))
    except BadDateError:
        return None
    return span.first if span else None


def _basis(basis: Basis, clause: str, path: Path, day: date) -> Iterator[Finding]:
    law = laws.instrument(basis.instrument)
    if law is None:
        yield question(
            "unknown_law",
            f"法律依据“{basis.instrument}”不在法规表中，请核对名称和文号",
            f"The basis “{basis.instrument}” is not in the table of laws; check its name",
            clause=clause,
            path=path,
        )
    elif law.valid_to and law.valid_to < day:
        instead = f"，现行：{law.replaced_by}" if law.replaced_by else ""
        instead_en = f"; now: {law.replaced_by}" if law.replaced_by else ""
        yield error(
            "lapsed_law",
            f"“{basis.instrument}”{law.valid_to}后失效{instead}",
            f"“{basis.instrument}” lapsed on {law.valid_to}{instead_en}",
            clause=clause,
            path=path,
        )
    elif law.valid_from > day:
        yield warning(
            "law_not_yet",
            f"“{law.title}”{law.valid_from}才施行，行动开始时还没有效力",
            f"“{law.title}” is in force only from {law.valid_from}",
            clause=clause,
            path=path,
        )


def _packs(plan: Plan, day: date) -> Iterator[Finding]:
    for number, pack in enumerate(plan.packs):
        if not pack.is_on or not pack.until:
            continue
        try:
            until = dates.resolve(pack.until, Bases(plan.instance.year, plan.instance.issue_date))
        except BadDateError:
            continue
        if until and until.last < day:
            yield warning(
                "lapsed_pack",
                f"“{pack.title}”的依据已在{until.last}到期，仍然启用（X42）",
                f"“{pack.title}” is switched on though its basis ended on {until.last} (X42)",
                clause=said(pack.clause),
                path=("packs", number),
            )
