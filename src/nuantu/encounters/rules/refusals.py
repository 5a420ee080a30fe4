"""A refusal that counts: informed, with kit and card, evidenced, with a next visit (C12, X66)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

EVIDENCE_TAKEN = "taken"
EVIDENCE_STATES: Final = (EVIDENCE_TAKEN, "declined", "impossible")


@dataclass(frozen=True, slots=True)
class RefusalFacts:
    """What was done when somebody refused. `revisit_at` is when the team will come again."""

    is_informed: bool
    reason: str
    has_card: bool
    card_reason: str
    evidence: str
    evidence_reason: str
    has_photo: bool
    revisit_at: datetime | None


def latest_revisit(happened_at: datetime, every_days: float) -> datetime:
    """The last moment of the next visit: the plan's interval after the refusal (X15)."""
    return happened_at + timedelta(days=every_days)


def gaps(facts: RefusalFacts, *, latest: datetime, at: datetime) -> tuple[str, ...]:
    """What is still missing, in the order of the form.

    `informed` (P1-07), `reason`, `card` (P1-09: given, or why not), `evidence` (P1-10: photo, or
    why there is none), `revisit` (P9-12: in the future and no later than the plan says).
    """
    missing = []
    if not facts.is_informed:
        missing.append("informed")
    if not facts.reason.strip():
        missing.append("reason")
    if not facts.has_card and not facts.card_reason.strip():
        missing.append("card")
    if not _is_evidenced(facts):
        missing.append("evidence")
    if facts.revisit_at is None or not at < facts.revisit_at <= latest:
        missing.append("revisit")
    return tuple(missing)


def _is_evidenced(facts: RefusalFacts) -> bool:
    if facts.evidence == EVIDENCE_TAKEN:
        return facts.has_photo
    return facts.evidence in EVIDENCE_STATES and bool(facts.evidence_reason.strip())
