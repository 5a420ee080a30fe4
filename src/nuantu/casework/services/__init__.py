"""What can be made happen with plans and risks."""

from nuantu.casework.services.handing import hand_on, take_over
from nuantu.casework.services.lines import PLAN, RISK
from nuantu.casework.services.looking import note_look, note_plans_left, note_refused
from nuantu.casework.services.papering import issue_minutes, issue_plan
from nuantu.casework.services.plans import (
    CaseworkRefused,
    Held,
    Opening,
    add_goal,
    add_member,
    add_supporter,
    close_plan,
    end_goal,
    hold_session,
    open_plan,
)
from nuantu.casework.services.reaching import (
    Asked,
    Met,
    answer_referral,
    ask_about_family,
    ask_disclosure,
    confer,
    decide_disclosure,
    refer,
    withdraw_consent,
)
from nuantu.casework.services.risks import (
    Assessed,
    ask_to_lift,
    follow_classes,
    lift_risk,
    mark_risk,
    put_safety_plan,
    review_risk,
)
from nuantu.casework.services.watching import watch_casework

__all__ = [
    "PLAN",
    "RISK",
    "Asked",
    "Assessed",
    "CaseworkRefused",
    "Held",
    "Met",
    "Opening",
    "add_goal",
    "add_member",
    "add_supporter",
    "answer_referral",
    "ask_about_family",
    "ask_disclosure",
    "ask_to_lift",
    "close_plan",
    "confer",
    "decide_disclosure",
    "end_goal",
    "follow_classes",
    "hand_on",
    "hold_session",
    "issue_minutes",
    "issue_plan",
    "lift_risk",
    "mark_risk",
    "note_look",
    "note_plans_left",
    "note_refused",
    "open_plan",
    "put_safety_plan",
    "refer",
    "review_risk",
    "take_over",
    "watch_casework",
    "withdraw_consent",
]
