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
from nuantu.homeward.models.tracks import CellCount, LastFix, Position, TrackKey
from nuantu.homeward.models.wearers import LONGEST_TERM_DAYS, Consent, Fence, Wearer, Wearing

__all__ = [
    "LONGEST_TERM_DAYS",
    "Alarm",
    "AlarmKind",
    "CellCount",
    "Consent",
    "Fence",
    "Gateway",
    "Giver",
    "HowEnded",
    "KeyEnd",
    "LastFix",
    "Outcome",
    "Position",
    "Purpose",
    "Stock",
    "TrackKey",
    "Wearer",
    "Wearing",
    "Wristband",
]
