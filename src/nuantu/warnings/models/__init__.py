"""Tables of warnings."""

from nuantu.warnings.models.messages import (
    Channel,
    Transmission,
    Warning,
    WarningArea,
    WarningReference,
)
from nuantu.warnings.models.standing import CountyState, Coverage, FeedState
from nuantu.warnings.models.unread import UnreadBody

__all__ = [
    "Channel",
    "CountyState",
    "Coverage",
    "FeedState",
    "Transmission",
    "UnreadBody",
    "Warning",
    "WarningArea",
    "WarningReference",
]
