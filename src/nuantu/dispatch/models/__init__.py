"""Tables of dispatch: the tip and what hangs on it, the runs of teams."""

from nuantu.dispatch.models.ordered import OrderedNotice
from nuantu.dispatch.models.runs import Dispatch, RemoteGuidance, TeamPosition
from nuantu.dispatch.models.tip_parts import Notice, StillThere, TipLink, TipPhoto
from nuantu.dispatch.models.tips import Tip

__all__ = [
    "Dispatch",
    "Notice",
    "OrderedNotice",
    "RemoteGuidance",
    "StillThere",
    "TeamPosition",
    "Tip",
    "TipLink",
    "TipPhoto",
]
