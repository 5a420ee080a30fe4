"""Tables of the patrol week and of the register of what was walked."""

from nuantu.patrols.models.register import (
    PatrolCheck,
    PatrolChecklist,
    PatrolContact,
    PatrolPhoto,
    PatrolRun,
    PatrolVisit,
)
from nuantu.patrols.models.replans import PatrolReplan
from nuantu.patrols.models.routes import PatrolRoute, PatrolStop
from nuantu.patrols.models.tracks import PatrolTrack
from nuantu.patrols.models.weeks import PatrolSearch, PatrolWeek

__all__ = [
    "PatrolCheck",
    "PatrolChecklist",
    "PatrolContact",
    "PatrolPhoto",
    "PatrolReplan",
    "PatrolRoute",
    "PatrolRun",
    "PatrolSearch",
    "PatrolStop",
    "PatrolTrack",
    "PatrolVisit",
    "PatrolWeek",
]
