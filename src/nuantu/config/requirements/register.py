"""The rules register as the page reads it: found once per process, narrowed, counted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from nuantu.config.requirements.catalogue import UnknownRule, canonical, capabilities, plans
from nuantu.config.requirements.evidence import Finding, Status, findings


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the register is shown; empty means all."""

    words: str = ""
    plan: str = ""
    status: str = ""
    package: str = ""
    capability: str = ""

    def takes(self, finding: Finding) -> bool:
        """Whether a rule is among what is wanted."""
        rule = finding.requirement
        return (
            self.plan in ("", rule.plan)
            and self.status in ("", finding.status)
            and (not self.package or self.package in rule.packages)
            and (not self.capability or self.capability in rule.capabilities)
            and all(word in _text(finding) for word in self.words.lower().split())
        )


@dataclass(frozen=True, slots=True)
class Share:
    """How far the rules of one plan have come, for one line of the chart."""

    plan: str
    enforced: int
    recorded: int
    later: int

    @property
    def total(self) -> int:
        """All rules of the plan."""
        return self.enforced + self.recorded + self.later

    @property
    def spans(self) -> tuple[tuple[str, str, str], ...]:
        """Status, left edge and width of each part, in hundredths of the line."""
        counts = (self.enforced, self.recorded, self.later)
        edges = [sum(counts[:place]) * 100 / self.total for place in range(4)]
        return tuple(
            (str(status), f"{edges[place]:.2f}", f"{edges[place + 1] - edges[place]:.2f}")
            for place, status in enumerate(Status)
            if counts[place]
        )


@cache
def everything() -> tuple[Finding, ...]:
    """The whole register; the tree does not change while a site runs."""
    return tuple(findings())


def chosen(wanted: Wanted) -> list[Finding]:
    """The rules that are wanted. A whole id in the search box (P5-12, P2/P5-12) finds its rule."""
    try:
        asked = canonical(wanted.words.strip().upper())
    except UnknownRule:
        return [finding for finding in everything() if wanted.takes(finding)]
    return [finding for finding in everything() if finding.requirement.id == asked]


def totals(found: Iterable[Finding]) -> dict[Status, int]:
    """How many rules have come how far."""
    counted = Counter(finding.status for finding in found)
    return {status: counted[status] for status in Status}


def shares(found: Sequence[Finding]) -> list[Share]:
    """One line of the chart for each plan that has a rule among these."""
    counted = Counter((finding.requirement.plan, finding.status) for finding in found)
    lines = [Share(plan, *(counted[plan, status] for status in Status)) for plan in plans()]
    return [line for line in lines if line.total]


def _text(finding: Finding) -> str:
    rule = finding.requirement
    named = [capabilities()[code] for code in rule.capabilities]
    parts = [rule.id, rule.whole_id, rule.zh, rule.en, *(f"{c.id} {c.zh} {c.en}" for c in named)]
    parts += [*finding.where, *finding.tests, *map(str, finding.values)]
    return "\n".join(parts).lower()
