"""Which team goes: the nearest able one first, and for each other one why not.

The program proposes, the dispatcher decides; a team with an obstacle can still be sent by hand
when the dispatcher knows better.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from nuantu.dispatch.rules import flags as flag_rules

Point = tuple[float, float]


class Obstacle(StrEnum):
    """Why a team should not go."""

    OFF_SHIFT = "off_shift"
    BUSY = "busy"
    DECLINED = "declined"


class Note(StrEnum):
    """What to know about a team before it goes."""

    TOO_LATE = "too_late"
    NO_POINT = "no_point"
    NO_MEDIC = "no_medic"
    NO_POLICE = "no_police"
    NOT_FOR_CHILDREN = "not_for_children"
    ON_FOOT = "on_foot"
    POSITION_OLD = "position_old"


WANTED = {
    flag_rules.CRITICAL: ("medic", Note.NO_MEDIC),
    flag_rules.INJURED: ("medic", Note.NO_MEDIC),
    flag_rules.DANGER: ("police", Note.NO_POLICE),
    flag_rules.TRAFFICKED: ("police", Note.NO_POLICE),
    flag_rules.MINOR: ("children", Note.NOT_FOR_CHILDREN),
}


@dataclass(frozen=True, slots=True)
class TeamNow:
    """A team as it stands now; `point` is its last position or its base, (lat, lon) WGS-84."""

    team: UUID
    name: str
    point: Point | None
    is_on_shift: bool
    busy_with: int = 0
    has_declined: bool = False
    is_position_old: bool = False
    capabilities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Need:
    """Where somebody waits, what is urgent about him, and the minutes left on the clock."""

    point: Point | None
    flags: frozenset[str]
    minutes_left: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A team with its estimated minutes (None: cannot be estimated), obstacles and notes."""

    team: TeamNow
    minutes: int | None
    obstacles: tuple[Obstacle, ...]
    notes: tuple[Note, ...]

    @property
    def is_able(self) -> bool:
        """Whether nothing speaks against sending it."""
        return not self.obstacles


def rank(
    need: Need, teams: Iterable[TeamNow], travel: Callable[[Point, Point], float]
) -> list[Candidate]:
    """Able teams by estimated minutes, then those with an obstacle; ties by fitness, then name.

    `travel` estimates minutes between two points. A team without a point stands after those
    whose way is known.
    """
    candidates = [_candidate(need, team, travel) for team in teams]
    return sorted(
        candidates,
        key=lambda c: (
            len(c.obstacles),
            c.minutes is None,
            c.minutes or 0,
            len(c.notes),
            c.team.name,
        ),
    )


def _candidate(need: Need, team: TeamNow, travel: Callable[[Point, Point], float]) -> Candidate:
    minutes = None
    if team.point and need.point:
        minutes = max(1, round(travel(team.point, need.point)))
    obstacles = {
        Obstacle.OFF_SHIFT: not team.is_on_shift,
        Obstacle.BUSY: team.busy_with > 0,
        Obstacle.DECLINED: team.has_declined,
    }
    notes = {
        Note.NO_POINT: minutes is None,
        Note.TOO_LATE: minutes is not None and minutes > need.minutes_left,
        Note.ON_FOOT: "vehicle" not in team.capabilities,
        Note.POSITION_OLD: team.is_position_old,
        **_missing(need.flags, team.capabilities),
    }
    return Candidate(
        team,
        minutes,
        tuple(name for name, is_so in obstacles.items() if is_so),
        tuple(name for name, is_so in notes.items() if is_so),
    )


def _missing(flags: frozenset[str], capabilities: frozenset[str]) -> dict[Note, bool]:
    wanted = [WANTED[flag] for flag in sorted(flags) if flag in WANTED]
    return {note: True for capability, note in wanted if capability not in capabilities}


def is_nobody_free(candidates: Iterable[Candidate]) -> bool:
    """Whether no able team is left, so that a relief point is asked for first help (P1-45)."""
    return not any(candidate.is_able for candidate in candidates)
