"""Tables of casework."""

from nuantu.casework.models.choices import (
    Area,
    FamilyAnswer,
    FamilyBasis,
    GoalState,
    Ground,
    Outcome,
    Reach,
    ReferralKind,
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
from nuantu.casework.models.reaching import (
    Conference,
    Disclosure,
    FamilyConsent,
    PlanHandover,
    Referral,
)
from nuantu.casework.models.risks import RiskMark, SafetyPlan

__all__ = [
    "Area",
    "CaseGoal",
    "CasePlan",
    "CaseSession",
    "Conference",
    "Disclosure",
    "FamilyAnswer",
    "FamilyBasis",
    "FamilyConsent",
    "GoalState",
    "Ground",
    "Outcome",
    "PlanHandover",
    "Reach",
    "Referral",
    "ReferralKind",
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
