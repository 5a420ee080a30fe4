"""Which township office looks at a village's report first, by the plans in force (P2-26)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from nuantu.accounts.models import Division
from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.operations.models import Duty
from nuantu.operations.rules.places import county_of
from nuantu.operations.selectors import rules_at
from nuantu.patrols.models import SweepArea, SweepReport
from nuantu.patrols.rules import sweeps as rules
from nuantu.patrols.selectors.cover import towns_of
from nuantu.patrols.selectors.ordering import townships_in
from nuantu.planbook.rulebook import RuleBook
from nuantu.planbook.rules import Rule

KIND: Final = "patrol.tier"
SUPERVISE: Final = "supervise"
OFFICE, VILLAGES = "township", "village_committee"
WHY: Final = "which villages wait for their township names nobody who was found"


@dataclass(frozen=True, slots=True)
class Supervision:
    """The office that looks at a report, until when, and the clause that has it do so."""

    org_code: str
    due_at: datetime
    clause: str
    basis: str


def tiers_of(book: RuleBook) -> list[Rule]:
    """The rules in force by which township offices supervise villages, own plan first."""
    return [rule for rule in book.rules(KIND) if _supervises(rule)]


def _supervises(rule: Rule) -> bool:
    value = rule.value if isinstance(rule.value, dict) else {}
    return (value.get("role"), value.get("supervises")) == (OFFICE, VILLAGES)


def clauses_of(book: RuleBook) -> tuple[str, ...]:
    """The plans and clauses in force that have township offices supervise villages."""
    return tuple(dict.fromkeys(f"{rule.plan_code} {rule.source}" for rule in tiers_of(book)))


def supervision_of(area: SweepArea, at: datetime) -> Supervision | None:
    """Who looks at the report of an area first: None for what is no village or grid of one, where
    no plan in force asks for it, and for a town without an office."""
    if area.division_code.endswith("000"):
        return None
    book = rules_at(area.division_code, at)
    tiers = tiers_of(book)
    office = townships_in(area.division_code).get(area.division_code[:9]) if tiers else None
    if office is None:
        return None
    tier, minutes = tiers[0], book.need("sweep.supervise").number
    return Supervision(
        office,
        at + timedelta(minutes=minutes),
        tier.source,
        " ".join(part for part in (tier.plan_code, tier.source, tier.quote) if part),
    )


def is_swept_by(report: SweepReport, actor: Actor) -> bool:
    """Whether somebody handed a report in, began it, or is named in it among those who looked."""
    is_own = str(report.handed_by_id) == actor.public_id
    return is_own or rules.looked_over_by(actor.name, report.begun_by, report.lookers)


def check_owed(area: SweepArea) -> Duty | None:
    """The promise to look at the report of an area; None where none was ever owed."""
    if area.check_duty_id is None:
        return None
    return Duty.objects.filter(public_id=area.check_duty_id).first()


def waiting_late(county: str, at: datetime) -> list[SweepArea]:
    """The areas of open sweeps of a county whose township let its term run out."""
    with scope.system(WHY):
        rows = SweepArea.objects.filter(
            division_code__startswith=county_of(county)[:6],
            state=rules.CHECKING,
            sweep__closed_at=None,
            check_due_at__lt=at,
        )
        return list(rows.order_by("check_due_at", "division_code", "grid"))


def towns_without_office(county: str) -> list[Division]:
    """The towns of a county whose villages no township office can look at."""
    offices = townships_in(county_of(county)[:6])
    return [town for town in towns_of(county) if town.code[:9] not in offices]
