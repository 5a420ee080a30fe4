"""Tables of the patrol week, of the register of what was walked, and of sweeps."""

from nuantu.patrols.models.flows import FlowEntry
from nuantu.patrols.models.partners import JointPartner, RunPartner, WeekConsent
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
from nuantu.patrols.models.sweeps import Sweep, SweepArea, SweepFind, SweepLook, SweepReport
from nuantu.patrols.models.tracks import PatrolTrack
from nuantu.patrols.models.weeks import PatrolSearch, PatrolWeek

__all__ = [
    "FlowEntry",
    "JointPartner",
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
    "RunPartner",
    "Sweep",
    "SweepArea",
    "SweepFind",
    "SweepLook",
    "SweepReport",
    "WeekConsent",
]
