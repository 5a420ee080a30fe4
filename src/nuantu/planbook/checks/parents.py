"""A child plan against its parent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nuantu.planbook.checks.catalogue import found
from nuantu.planbook.checks.dating import said
from nuantu.planbook.compiler import season_bases
from nuantu.planbook.dates import BadDateError
from nuantu.planbook.findings import Finding, warning
from nuantu.planbook.kinds import KINDS
from nuantu.planbook.plan_rules import rules_of
from nuantu.planbook.rules import Rule, strictness
from nuantu.planbook.schema import Plan


def check(plan: Plan, parent: Plan) -> Iterator[Finding]:
    """Findings where a child covers less, or asks less, than its parent (X02-X04, X18)."""
    try:
        own, above = season_bases(plan), season_bases(parent, year=plan.instance.year)
    except BadDateError:
        return
    is_free = parent.window.may_vary_locally
    if own.start and above.start and not is_free:
        yield from _later(plan, own.start, above.start, parent.code)
    if own.end and above.end and not is_free and not parent.window.is_open_ended:
        yield from _earlier(plan, own.end, above.end, parent.code)
    yield from _settled_otherwise(plan, parent)
    theirs = {_point(rule): rule for rule in rules_of(parent, above) if rule.value is not None}
    for rule in rules_of(plan, own):
        kind = KINDS[rule.kind]
        other = theirs.get(_point(rule))
        if not kind.strictest or other is None or rule.value is None:
            continue
        if strictness(kind, rule.value, rule.unit) < strictness(kind, other.value, other.unit):
            yield warning(
                "looser_than_parent",
                f"{kind.label.zh}比上级方案 {parent.code}（{other.source}）宽松，按上级执行",
                f"The {kind.label.en} is looser than in {parent.code} ({other.source}); the parent's holds",
                clause=said(rule.clauses),
            )


def _settled_otherwise(plan: Plan, parent: Plan) -> Iterator[Finding]:
    """Zones that differ (X22), and classes that both plans pay (X32)."""
    own, above = plan.station.zones, parent.station.zones
    if own and above and set(own.by) != set(above.by):
        yield found(
            "zones_differ",
            f"分区办法与上级方案 {parent.code} 不同，两种都要满足吗？",
            f"Zones differ from the parent's ({parent.code}); must both hold?",
            clause=own.clause,
            path=("station", "zones"),
        )
    paid = {amount.code for amount in parent.amounts if not amount.is_visit_only}
    for number, amount in enumerate(plan.amounts):
        if amount.code in paid and not amount.is_visit_only:
            yield found(
                "paid_above",
                f"上级方案 {parent.code} 也给“{amount.category}”发钱，两边都发吗？",
                f"{parent.code} pays “{amount.category_en or amount.category}” too; do both pay?",
                clause=amount.clause,
                path=("amounts", number),
            )


def answered(parent: Plan) -> frozenset[str]:
    """Questions that a child need not answer, because its parent says it (own value, else parent's)."""
    register, samples = parent.patrol.register_, parent.station.food_samples
    posted, settled = parent.selection.public_list, parent.tracing.settlement
    says = {
        "no_revisit": any(line.every_days for line in parent.refusal.revisit),
        "no_retention": bool(register and register.keep_months),
        "sample_without_amount": bool(samples and samples.grams and samples.hours),
        "settlement_without_term": any(step.after_days for step in settled),
        "list_without_days": bool(posted and posted.days),
        "ban_without_years": any(ban.years for ban in parent.selection.bans),
        "income_without_line": any(test.line_yuan for test in parent.eligibility),
    }
    return frozenset(code for code, is_said in says.items() if is_said)


def _point(rule: Rule) -> tuple[str, str, str, str]:
    return rule.kind, rule.level, rule.place_class, rule.key


def _later(plan: Plan, own: date, above: date, code: str) -> Iterator[Finding]:
    if own > above:
        yield warning(
            "starts_after_parent",
            f"本方案{own}开始，晚于上级 {code}（{above}）；之前按上级规则执行（X04）",
            f"Starts on {own}, after its parent {code} ({above}); the parent's rules hold before (X04)",
            clause=said(plan.window.clause),
            path=("window", "start"),
        )


def _earlier(plan: Plan, own: date, above: date, code: str) -> Iterator[Finding]:
    if own < above:
        yield warning(
            "ends_before_parent",
            f"本方案{own}结束，早于上级 {code}（{above}）；之后按上级规则执行（X04）",
            f"Ends on {own}, before its parent {code} ({above}); the parent's rules hold after (X04)",
            clause=said(plan.window.clause),
            path=("window", "end"),
        )
