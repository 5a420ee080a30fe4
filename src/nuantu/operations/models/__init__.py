"""Tables of operations, one file per aggregate."""

from nuantu.operations.models.documents import PlanDocument
from nuantu.operations.models.duties import Duty
from nuantu.operations.models.handovers import Handover
from nuantu.operations.models.plans import LevelState, Operation, PlanRule, PlanVersion
from nuantu.operations.models.teams import Shift, Team, TeamMember
from nuantu.operations.models.watch import WatchNote, WatchShift

__all__ = [
    "Duty",
    "Handover",
    "LevelState",
    "Operation",
    "PlanDocument",
    "PlanRule",
    "PlanVersion",
    "Shift",
    "Team",
    "TeamMember",
    "WatchNote",
    "WatchShift",
]
