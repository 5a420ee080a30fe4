"""Decisions on joint patrols: when a partner is out, which departments are missing, the night's share."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, get_args

from nuantu.patrols.rules import halves
from nuantu.planbook.schema.roles import UnitRole

OWN: Final = ("civil_affairs", "civil_affairs_section", "relief_station", "joint_meeting_office")
DEPARTMENTS: Final = (
    "police",
    "city_management",
    "health",
    "fire_rescue",
    "education",
    "township",
    "village_committee",
    "social_work_agency",
    "volunteer",
    "red_cross",
    "other",
)
# Whom a plan may name; those above are offered where it names nobody.
NAMEABLE: Final = frozenset(get_args(UnitRole)) - frozenset(OWN)


def until(until_day: date | None, noted_on: date, ended_on: date | None) -> date | None:
    """The last day of a line of the roster: the day before it was taken off, so that what was walked
    stays; none at all for one taken off on the day it was noted, which was a mistake."""
    if ended_on is None:
        return until_day
    last = date.min if ended_on <= noted_on else ended_on - timedelta(days=1)
    return min(last, until_day or last)


@dataclass(frozen=True, slots=True)
class Turnout:
    """When a line of the roster holds: weekdays from Monday as 0 (none: every day), `part` day,
    night or both, first and last day."""

    weekdays: Collection[int]
    part: str
    from_day: date
    until_day: date | None = None

    def is_out(self, first_day: date, half: int) -> bool:
        """Whether the partner goes out in a half of the week that begins on a Monday."""
        day = halves.day_of(first_day, half)
        is_part = self.part in ("both", "night" if halves.is_night(half) else "day")
        is_day = not self.weekdays or day.weekday() in self.weekdays
        ends = self.until_day or day
        return is_part and is_day and self.from_day <= day <= ends


def others(named: Iterable[str]) -> list[str]:
    """The departments a plan names beside civil affairs itself, each once, in its order."""
    return [code for code in dict.fromkeys(named) if code not in OWN]


def absent(named: Iterable[str], present: Collection[str]) -> list[str]:
    """The departments a plan names that are not there."""
    return [code for code in others(named) if code not in present]


@dataclass(frozen=True, slots=True)
class NightShare:
    """How much of the promised visits lies in the nights where a plan lays weight on them.

    `source` and `words` are the plan's; `least` is the share asked for, 0 to 1.
    """

    source: str
    words: str
    by_night: int
    total: int
    least: float

    @property
    def share(self) -> float:
        """Visits by night of all, 0 to 1; of no visits all are by night."""
        return self.by_night / self.total if self.total else 1.0

    @property
    def percent(self) -> int:
        """The share in hundredths, rounded down: 49.9 is not half."""
        return int(self.share * 100 + 1e-9)

    @property
    def least_percent(self) -> int:
        """The share asked for, in hundredths."""
        return round(self.least * 100)

    @property
    def is_short(self) -> bool:
        """Whether less lies in the night than is asked for."""
        return self.share < self.least - 1e-9
