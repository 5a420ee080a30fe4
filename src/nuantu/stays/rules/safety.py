"""When a check of the station is due, and what a hazard asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from nuantu.planbook.deadlines import end_of, local_day, start_of

Rhythm = Literal["day", "week", "month"]
RHYTHMS: tuple[Rhythm, ...] = ("day", "week", "month")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a checklist, in both languages; a station's own line may have no English."""

    zh: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is looked at, how often, and on what that rests.

    `hours` are hours of the local day (0 to 23) by which a daily check is due; none means the end
    of the day.
    """

    kind: str
    title: str
    title_en: str
    every: Rhythm
    hours: tuple[int, ...]
    lines: tuple[Line, ...]
    source: str
    is_verified: bool = False
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """One time a check is owed: from when it is asked for, until when; `name` is the same for ever."""

    name: str
    opens_at: datetime
    due_at: datetime


def slots_at(checklist: Checklist, org: str, at: datetime) -> list[Slot]:
    """The slots of a checklist whose time it is now, by the rhythm of the list.

    A daily check with hours is asked for from the hour before it on; the first from the last one of
    the day before.
    """
    day = local_day(at)
    if checklist.every == "day":
        found = [
            slot for one in (day, day + timedelta(days=1)) for slot in _of_day(checklist, org, one)
        ]
    else:
        first, last = _period(day, checklist.every)
        name = f"safety:{org}:{checklist.kind}:{checklist.every}:{first}"
        found = [Slot(name, start_of(first), end_of(last))]
    return [slot for slot in found if slot.opens_at <= at < slot.due_at]


def _of_day(checklist: Checklist, org: str, day: date) -> Iterable[Slot]:
    base = f"safety:{org}:{checklist.kind}:day:{day}"
    hours = sorted(set(checklist.hours))
    if not hours:
        yield Slot(base, start_of(day), end_of(day))
        return
    before = start_of(day) - timedelta(hours=24 - hours[-1])
    for hour in hours:
        due_at = start_of(day) + timedelta(hours=hour)
        yield Slot(f"{base}:{hour}", before, due_at)
        before = due_at


def _period(day: date, every: str) -> tuple[date, date]:
    if every == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def hours_in(words: str) -> tuple[int, ...]:
    """Hours of the day as somebody typed them: "23、3 6". Raises ValueError for what is none."""
    for mark in "，、,；;时点":
        words = words.replace(mark, " ")
    found = tuple(sorted({int(word) for word in words.split()}))
    if any(not 0 <= hour <= 23 for hour in found):
        raise ValueError(words)
    return found


def is_other_person(repaired_by: object, looks_again: object) -> bool:
    """Who repaired something does not look at it again himself."""
    return str(repaired_by) != str(looks_again)


def inspectors_in(names: str) -> Sequence[str]:
    """Names of inspectors as typed between commas or spaces; each once."""
    for mark in "，、,；;\n":
        names = names.replace(mark, " ")
    return tuple(dict.fromkeys(names.split()))
