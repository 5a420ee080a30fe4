"""Decisions on the register: which entry is doubtful, what a run may be ended with, what it counts.

Nothing is refused for being doubtful: a team in the cold is believed, and somebody looks later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nuantu.places.rules.told import Told
from nuantu.routing.distance import haversine_metres

QUICK, FAR, JUMP = "quick", "far", "jump"


@dataclass(frozen=True, slots=True)
class Limits:
    """The dated parameters: minutes at a place, metres off it, metres of a jump, km/h."""

    zero_dwell_min: float
    far_metres: float
    jump_metres: float
    most_kmh: float


@dataclass(frozen=True, slots=True)
class Fix:
    """Where somebody was at a moment."""

    at: datetime
    point: tuple[float, float]


def is_jump(before: Fix, after: Fix, limits: Limits) -> bool:
    """Whether nobody drives like that: farther than a jump, and faster than the limit."""
    metres = haversine_metres(before.point, after.point)
    hours = abs((after.at - before.at).total_seconds()) / 3600
    return metres >= limits.jump_metres and metres > limits.most_kmh * 1000 * hours


def metres_off(told: Told, place: tuple[float, float] | None) -> int | None:
    """How far from the place the phone says it is, None where either is unknown."""
    return (
        None if told.point is None or place is None else round(haversine_metres(told.point, place))
    )


def doubts_on_arrival(
    fix: Fix | None, before: Fix | None, off_metres: int | None, accuracy_metres: int | None,
    limits: Limits,
) -> list[str]:  # fmt: skip
    """What makes an arrival implausible: a jump since the last stop, or far from the place.

    How inexact the phone says it is counts for the team.
    """
    found = []
    if fix is not None and before is not None and is_jump(before, fix, limits):
        found.append(JUMP)
    elif off_metres is not None and off_metres - (accuracy_metres or 0) > limits.far_metres:
        found.append(FAR)
    return found


def doubts_on_zero(arrived_at: datetime, left_at: datetime, limits: Limits) -> list[str]:
    """What makes "nobody here" implausible: no time to look."""
    minutes = (left_at - arrived_at).total_seconds() / 60
    return [QUICK] if minutes < limits.zero_dwell_min else []


@dataclass(frozen=True, slots=True)
class Check:
    """A line of the checklist as it was answered."""

    text: str
    is_done: bool
    remark: str = ""


def unanswered(checks: Sequence[Check]) -> list[str]:
    """Lines that were neither kept nor explained: a blank checklist is none."""
    return [check.text for check in checks if not check.is_done and not check.remark.strip()]


def share_walked(states: Sequence[tuple[bool, str]]) -> float:
    """Which share of the promised stops was visited; without a promised one, of all planned."""
    promised = [state for is_promised, state in states if is_promised]
    counted = promised or [state for _is_promised, state in states]
    done = sum(state in ("nobody", "met") for state in counted)
    return done / len(counted) if counted else 0.0
