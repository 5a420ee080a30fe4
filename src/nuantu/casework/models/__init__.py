"""Tables of casework."""

from nuantu.casework.models.choices import (
    Area,
    GoalState,
    Ground,
    Outcome,
    RiskKind,
    RiskSign,
    SessionKind,
    SessionPlace,
    Urgency,
)
from nuantu.casework.models.plans import (
    CaseGoal,
    CasePlan,
    CaseSession,
    Supporter,
    TeamMember,
)
from nuantu.casework.models.risks import RiskMark, SafetyPlan

__all__ = [
    "Area",
    "CaseGoal",
    "CasePlan",
    "CaseSession",
    "GoalState",
    "Ground",
    "Outcome",
    "RiskKind",
    "RiskMark",
    "RiskSign",
    "SafetyPlan",
    "SessionKind",
    "SessionPlace",
    "Supporter",
    "TeamMember",
    "Urgency",
]
