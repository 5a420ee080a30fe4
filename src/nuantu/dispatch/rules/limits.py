"""How many minutes until a team must be there, and why (P9-20, P9-21, X02).

The limit is chosen once, at intake, and frozen with its reason: a road that is measured better
tomorrow does not change what was promised today.
"""

from dataclasses import dataclass
from enum import StrEnum


class Distance(StrEnum):
    """Why this limit: near, really far, or no point to measure from."""

    NEAR = "near"
    FAR = "far"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Figure:
    """A limit in minutes and the clause it rests on."""

    minutes: int
    basis: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds at a place: the two limits and the travel above which a place counts as far."""

    near: Figure
    far: Figure
    far_travel_minutes: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """The limit of one tip. `travel_minutes` is None where nothing could be measured."""

    figure: Figure
    distance: Distance
    travel_minutes: int | None
    far_travel_minutes: int

    @property
    def minutes(self) -> int:
        """Minutes from the recorded moment of intake."""
        return self.figure.minutes


def choose(travel_minutes: float | None, limits: Limits) -> Chosen:
    """The far limit only where the estimated travel from the responsible station exceeds the threshold.

    Travel in minutes; None (no station or no point) takes the near limit, the stricter one. A far
    limit that is shorter than the near one is no relief and is not taken.
    """
    if travel_minutes is None:
        return Chosen(limits.near, Distance.UNKNOWN, None, limits.far_travel_minutes)
    is_far = travel_minutes > limits.far_travel_minutes
    figure = limits.far if is_far and limits.far.minutes > limits.near.minutes else limits.near
    return Chosen(
        figure,
        Distance.FAR if is_far else Distance.NEAR,
        round(travel_minutes),
        limits.far_travel_minutes,
    )
