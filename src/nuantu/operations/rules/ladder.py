"""The ladder of escalation: amber to the owner, red to the leader on duty, then to the bureau."""

from datetime import datetime, timedelta
from enum import IntEnum


class Rung(IntEnum):
    """How far a duty has been carried up."""

    NONE = 0
    AMBER = 1
    LEADER = 2
    BUREAU = 3


def rung_at(*, warn_at: datetime, due_at: datetime, bureau_after: timedelta, at: datetime) -> Rung:
    """The rung an open duty must have reached at a moment."""
    if at < warn_at:
        return Rung.NONE
    if at < due_at:
        return Rung.AMBER
    return Rung.LEADER if at < due_at + bureau_after else Rung.BUREAU


def rungs_to_climb(reached: int, target: Rung) -> list[Rung]:
    """The rungs still to be taken, lowest first; each is told, journalled and taken once."""
    return [rung for rung in Rung if reached < rung <= target]
