"""What may follow what: one visible state per tip, one per dispatch.

A service changes a row only where it still stands in a state that leads on; who comes second
gets a refusal, never a silent overwrite.
"""

from collections.abc import Iterable
from typing import Final

NEW, ASSIGNED, MOVING, ON_SCENE, CLOSED = "new", "assigned", "moving", "on_scene", "closed"
OPEN_STATES: Final = (NEW, ASSIGNED, MOVING, ON_SCENE)

SENT, ACCEPTED, DEPARTED, ARRIVED = "assigned", "accepted", "departed", "arrived"
DONE, DECLINED, RECALLED, NOT_FOUND = "done", "declined", "recalled", "not_found"
LIVE_RUNS: Final = (SENT, ACCEPTED, DEPARTED, ARRIVED)

# A phone that lost the line may skip a step (accepted, then arrived): later steps imply earlier ones.
RUN_STEPS: Final[dict[str, tuple[str, ...]]] = {
    ACCEPTED: (SENT,),
    DEPARTED: (SENT, ACCEPTED),
    ARRIVED: (SENT, ACCEPTED, DEPARTED),
    DONE: (ARRIVED,),
    NOT_FOUND: (DEPARTED, ARRIVED),
    DECLINED: (SENT, ACCEPTED),
    RECALLED: LIVE_RUNS,
}

# What the board shows for the tip while a run stands there.
TIP_STATE_OF_RUN: Final[dict[str, str]] = {
    SENT: ASSIGNED,
    ACCEPTED: ASSIGNED,
    DEPARTED: MOVING,
    ARRIVED: ON_SCENE,
    DONE: ON_SCENE,
    NOT_FOUND: NEW,
    DECLINED: NEW,
    RECALLED: NEW,
}

# F-02 处置结果 → F-01 核实结果.
VERIFIED: Final[dict[str, str]] = {
    "station": "true",
    "hospital": "true",
    "police": "true",
    "on_spot": "true",
    "left": "true",
    "refused": "true",
    "not_found": "not_found",
    "duplicate": "duplicate",
    "not_ours": "not_ours",
    "invalid": "invalid",
}


def may_run_become(state: str, to: str) -> bool:
    """Whether a dispatch in `state` may become `to`."""
    return state in RUN_STEPS.get(to, ())


def tip_state(runs: Iterable[str]) -> str:
    """The visible state of an open tip from the states of its dispatches: the furthest live one."""
    order = (ARRIVED, DEPARTED, ACCEPTED, SENT)
    furthest = next((state for state in order if state in runs), None)
    if furthest is not None:
        return TIP_STATE_OF_RUN[furthest]
    return ON_SCENE if DONE in runs else NEW
