"""Tables of wearers, wristbands, tracks and alarms."""

from nuantu.homeward.models.alarms import Alarm
from nuantu.homeward.models.choices import (
    AlarmKind,
    Giver,
    HowEnded,
    KeyEnd,
    Outcome,
    Purpose,
    Stock,
)
from nuantu.homeward.models.devices import Gateway, Wristband
from nuantu.homeward.models.ledger import LedgerAlert, LedgerEntry, LedgerHelp, LedgerVisit
from nuantu.homeward.models.ledger_choices import (
    AlertKind,
    Band,
    Card,
    EndedWhy,
    Family,
    Found,
    HelpKind,
    HelpStep,
    How,
    Measure,
    Risk,
    Work,
)
from nuantu.homeward.models.returns import Escort, Leg, ReturnCost, ReturnLine, ReturnPlan
from nuantu.homeward.models.tracks import CellCount, LastFix, Position, TrackKey
from nuantu.homeward.models.wearers import (
    LONGEST_TERM_DAYS,
    WRONG,
    BarredGiver,
    Consent,
    Fence,
    Wearer,
    Wearing,
)

__all__ = [
    "LONGEST_TERM_DAYS",
    "WRONG",
    "Alarm",
    "AlarmKind",
    "AlertKind",
    "Band",
    "BarredGiver",
    "Card",
    "CellCount",
    "Consent",
    "EndedWhy",
    "Escort",
    "Family",
    "Fence",
    "Found",
    "Gateway",
    "Giver",
    "HelpKind",
    "HelpStep",
    "How",
    "HowEnded",
    "KeyEnd",
    "LastFix",
    "LedgerAlert",
    "LedgerEntry",
    "LedgerHelp",
    "LedgerVisit",
    "Leg",
    "Measure",
    "Outcome",
    "Position",
    "Purpose",
    "ReturnCost",
    "ReturnLine",
    "ReturnPlan",
    "Risk",
    "Stock",
    "TrackKey",
    "Wearer",
    "Wearing",
    "Work",
    "Wristband",
]
