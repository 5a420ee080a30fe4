"""The fourteen halves of a patrol week, and how shifts fall into them.

A patrol day begins at 06:00 and has a day half and a night half from 18:00. Half number 2d is the
day of day d (Monday is 0), 2d + 1 its night. Minutes count from 06:00 of the patrol day, so that a
clock hour is the same number in both halves; a night after midnight lies above 1080.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from nuantu.planbook import deadlines

DAYS: Final = 7
HALVES: Final = 14
HALF_MIN: Final = 720
DAY_MIN: Final = 1440
BEGINS_MIN: Final = 360  # 06:00
SHORT_MIN: Final = 180  # a shorter piece of a shift is not planned alone


@dataclass(frozen=True, slots=True)
class Turn:
    """What one team can walk in one half; minutes of the patrol day."""

    half: int
    start_min: float
    end_min: float


def monday_of(day: date) -> date:
    """The Monday of the week a day lies in."""
    return day - timedelta(days=day.weekday())


def week_begins(first_day: date) -> datetime:
    """06:00 of the Monday, in UTC."""
    return deadlines.start_of(first_day) + timedelta(minutes=BEGINS_MIN)


def week_ends(first_day: date) -> datetime:
    """06:00 of the Monday after, in UTC."""
    return week_begins(first_day + timedelta(days=DAYS))


def is_night(half: int) -> bool:
    """Whether a half is a night."""
    return half % 2 == 1


def day_of(first_day: date, half: int) -> date:
    """The calendar day on which a half begins."""
    return first_day + timedelta(days=half // 2)


def moment_of(first_day: date, half: int, minute: float) -> datetime:
    """A minute of a half's patrol day as a moment, to the second."""
    return week_begins(day_of(first_day, half)) + timedelta(seconds=round(minute * 60))


def minute_on_day(clock_minute: float) -> float:
    """A minute after midnight as a minute of the patrol day: 22:00 is 960, 05:00 is 1380."""
    return (clock_minute - BEGINS_MIN) % DAY_MIN


def windows_of(hours: Iterable[tuple[int, int]], until: float) -> tuple[tuple[float, float], ...]:
    """Spans of every day, in minutes after midnight, as minutes of a patrol day that lasts `until`."""
    spans = sorted(
        (max(0.0, begin - BEGINS_MIN + day), min(until, end - BEGINS_MIN + day))
        for begin, end in hours
        for day in range(-DAY_MIN, int(until) + DAY_MIN, DAY_MIN)
    )
    found: list[tuple[float, float]] = []
    for begin, end in spans:
        if end <= begin:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return tuple(found)


def turns(first_day: date, starts_at: datetime, ends_at: datetime) -> list[Turn]:
    """The halves of the week in which a shift is out.

    A shift is cut at 06:00 and 18:00. A piece below three hours goes with the piece before it, else
    with the one after. What lies outside the week is left out.
    """
    begins = max(starts_at, week_begins(first_day) - timedelta(minutes=HALF_MIN))
    start = (begins - week_begins(first_day)).total_seconds() / 60
    end = (ends_at - week_begins(first_day)).total_seconds() / 60
    if end <= start:
        return []
    first, last = int(start // HALF_MIN), int(-(-end // HALF_MIN))
    edges = [start, *(edge * HALF_MIN for edge in range(first + 1, last)), end]
    pieces = _joined(list(pairwise(edges)))
    found = []
    for begin, stop in pieces:
        half = int((begin + stop) / 2 // HALF_MIN)
        if 0 <= half < HALVES:
            shift = half // 2 * DAY_MIN
            found.append(Turn(half, max(begin - shift, 0.0), stop - shift))
    return found


def _joined(pieces: list[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for begin, end in pieces:
        is_short = end - begin < SHORT_MIN
        before_is_short = bool(found) and found[-1][1] - found[-1][0] < SHORT_MIN
        if found and (is_short or before_is_short):
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return found


def turns_of_team(
    first_day: date, shifts: Iterable[tuple[datetime, datetime, int]]
) -> dict[int, tuple[Turn, int]]:
    """The turns of one team by half, each with the key of its shift; of two in a half the longer."""
    found: dict[int, tuple[Turn, int]] = {}
    for starts_at, ends_at, key in shifts:
        for turn in turns(first_day, starts_at, ends_at):
            held = found.get(turn.half)
            if held is None or _length(turn) > _length(held[0]):
                found[turn.half] = (turn, key)
    return found


def _length(turn: Turn) -> float:
    return turn.end_min - turn.start_min
