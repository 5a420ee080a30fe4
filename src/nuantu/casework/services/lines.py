"""Every deed of casework is one journal line. What a plan is about stands with the plan alone, not on the
timeline that everybody reads; that there is a risk stands there, without which."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from nuantu.casework.models import CasePlan, RiskMark
from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject

PLAN: Final = "case_plan"
RISK: Final = "risk_mark"


def note(
    plan: CasePlan,
    deed: str,
    *,
    actor: Actor,
    at: datetime,
    summary: str,
    changes: Mapping[str, Any] | None = None,
    happened_at: datetime | None = None,
) -> None:
    """Write what happened with a plan; nothing that was said may stand in it."""
    journal.record(
        verb=f"casework.plan.{deed}",
        actor=actor,
        at=at,
        subjects=[Subject(PLAN, plan.public_id)],
        division_code=plan.division_code,
        owner_org=plan.owner_org,
        summary=summary,
        changes=dict(changes or {}),
        happened_at=happened_at,
    )


def note_risk(mark: RiskMark, deed: str, *, actor: Actor, at: datetime, summary: str) -> None:
    """Write on his timeline that there is a risk, or none any more; never which."""
    journal.record(
        verb=f"casework.risk.{deed}",
        actor=actor,
        at=at,
        subjects=[Subject("person", mark.person.public_id), Subject(RISK, mark.public_id)],
        division_code=mark.division_code,
        owner_org=mark.owner_org,
        case_id=mark.case_id,
        summary=summary,
    )
