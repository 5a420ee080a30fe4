"""What the paper that asks for legal aid tells: as much as the other body needs, nothing of a session."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from nuantu.casework.models import CasePlan, Referral, ReferralKind
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.erasure import opened
from nuantu.encounters.selectors.papers import of_person
from nuantu.papers.rules.kinds import Values
from nuantu.papers.selectors import kinds

LEGAL_AID: Final = "legal_aid_referral"
PLAN: Final = "case_plan"


def values_of(plan: CasePlan, at: datetime, *, body: str, words: str) -> Values:
    """Who, who asks, what for."""
    known = of_person(plan.person, at)
    return {
        "name": plan.person.name or "不详",
        "sex": known.get("sex", ""),
        "age": known.get("age", ""),
        "asked_of": body,
        "request_words": words,
        "asked_at": f"{clock.local(at):%Y年%m月%d日}",
        "worker": plan.worker.name,
    }


def _gather(actor: Actor, plan: Any, at: datetime) -> Values:
    row = plan.referrals.filter(kind=ReferralKind.LEGAL_AID).order_by("-noted_at", "-pk").first()
    if not isinstance(row, Referral):
        return values_of(plan, at, body="", words="")
    return values_of(plan, at, body=row.body, words=opened(row.words))


def feed_papers() -> None:
    """Tell `papers` who fills it; it is issued from the plan, never offered by itself."""
    kinds.feed(LEGAL_AID, subject_kind=PLAN, gather=_gather, offers=_nothing)


def _nothing(case_id: UUID) -> Iterable[UUID]:
    return ()
