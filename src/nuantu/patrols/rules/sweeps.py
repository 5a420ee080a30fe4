"""Decisions on sweeps: what makes a report implausible, what is a blind spot, how areas are cut.

Nothing is refused for being implausible: the overseer sees the marks and judges.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

QUICK, SAME, SEEN, NOTHING, LEFT_OUT = "quick", "same", "seen", "nothing", "left_out"
NOT_REPORTED: Final = ("not_begun", "under_way", "sent_back")
CHECKING: Final = "checking"
MOST_LINES: Final = 500


@dataclass(frozen=True, slots=True)
class Handed:
    """A report as it is handed in: minutes since it was begun, places looked at by kind, people
    and sleeping places found, its words, those of the report before, and the people that contacts,
    tips and patrols met there lately."""

    minutes: float
    looked: Mapping[str, int]
    finds: int
    note: str
    before: str | None
    seen_lately: int

    @property
    def places(self) -> int:
        """How many places were looked at."""
        return sum(self.looked.values())

    @property
    def is_zero(self) -> bool:
        """Whether nothing was found (零报告)."""
        return self.finds == 0


def doubts_of(handed: Handed, kinds: Collection[str], minutes_a_place: float) -> list[str]:
    """Codes of what makes a report implausible, the gravest first.

    A zero report: people were met there lately, or it is word for word the one before. Any report:
    no place was looked at, sooner than a person can look, kinds of the order left out.
    """
    found = []
    if handed.is_zero and handed.seen_lately:
        found.append(SEEN)
    if not handed.places:
        found.append(NOTHING)
    elif handed.minutes < handed.places * minutes_a_place:
        found.append(QUICK)
    if handed.is_zero and handed.note.strip() and same_words(handed.note, handed.before):
        found.append(SAME)
    if handed.places and set(kinds) - {kind for kind, n in handed.looked.items() if n}:
        found.append(LEFT_OUT)
    return found


def same_words(text: str, before: str | None) -> bool:
    """Whether two texts are the same but for spaces and stops."""
    return before is not None and _bare(text) == _bare(before)


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def is_blind(state: str, due_at: datetime, at: datetime, *, is_assigned: bool) -> bool:
    """Whether an area is a blind spot (P1-20): in nobody's hands, or over time without a report.

    An area that was cut is none: its parts are looked at.
    """
    if state == "cut":
        return False
    return not is_assigned or (state in NOT_REPORTED and at > due_at)


def is_check_late(state: str, due_at: datetime | None, at: datetime) -> bool:
    """Whether a report still waits for its township though the term for that is over."""
    return state == CHECKING and due_at is not None and at > due_at


def may_be_judged(state: str, check_due_at: datetime | None, at: datetime) -> bool:
    """Whether whoever is over the sweep may judge: what was reported and, where a township is to
    look first (P2-26), was looked at or not within its term."""
    return state == "reported" or is_check_late(state, check_due_at, at)


def looked_over_by(name: str, *lookers: str) -> bool:
    """Whether a name stands among those who looked, each text a name or names with stops between."""
    names = {one for text in lookers for one in re.split(r"[\s、，,;；/]+", text)}
    return name.strip() in names


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an area as a line says it: division by name or code, grid, who looks there."""

    place: str
    grid: str = ""
    person: str = ""


class BadLine(ValueError):
    """A line that names no place, or the same part as one before; `number` counts from one."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__(f"{number}: {text}")
        self.number = number
        self.text = text


def parts_of(text: str) -> list[Part]:
    """Lines of a table (columns parted by tab or comma): village, grid, responsible person.

    A heading that begins with 村 or village is left out. Raises BadLine.
    """
    found: dict[tuple[str, str], Part] = {}
    for number, line in enumerate(text.splitlines(), 1):
        cells = cells_of(line)
        if not any(cells) or (number == 1 and is_heading(cells)):
            continue
        part = Part(*[*cells, "", ""][:3])
        if not part.place or (part.place, part.grid) in found:
            raise BadLine(number, line.strip())
        found[part.place, part.grid] = part
    return list(found.values())


def cells_of(line: str) -> list[str]:
    """The columns of a line, parted by tab or comma."""
    return [cell.strip() for cell in line.replace("，", ",").replace("\t", ",").split(",")]


def is_heading(cells: Sequence[str]) -> bool:
    """Whether a first line names the columns."""
    return any(cell in ("网格", "责任人", "grid", "person") for cell in (c.lower() for c in cells))


@dataclass(frozen=True, slots=True)
class Completion:
    """How far the areas of a sweep are; `share` is of those that report.

    `checking` reports of villages wait for their township and do not count as reported yet.
    """

    total: int
    checking: int
    reported: int
    accepted: int
    blind: int
    doubtful: int

    @property
    def share(self) -> float:
        """Reported or accepted areas of all, 0 to 1."""
        return (self.reported + self.accepted) / self.total if self.total else 0.0

    @property
    def is_complete(self) -> bool:
        """Whether every area was accepted: nobody missed, no blind spot."""
        return self.total > 0 and self.accepted == self.total


def completion(areas: Iterable[tuple[str, bool, bool]]) -> Completion:
    """Counted from areas as state, is a blind spot, has doubts; cut areas count in their parts."""
    rows = [row for row in areas if row[0] != "cut"]
    return Completion(
        total=len(rows),
        checking=sum(state == CHECKING for state, _blind, _doubt in rows),
        reported=sum(state == "reported" for state, _blind, _doubt in rows),
        accepted=sum(state == "accepted" for state, _blind, _doubt in rows),
        blind=sum(blind for _state, blind, _doubt in rows),
        doubtful=sum(doubt for state, _blind, doubt in rows if state in ("reported", CHECKING)),
    )


def in_order(name: str) -> tuple[tuple[int, str], ...]:
    """A name as people count: the second grid comes before the tenth."""
    parts = re.split(r"(\d+)", name)
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts)
