"""Daily care: which meal it is, whether a menu differs, when bedding is due, who washes whom.

Figures are arguments; their sources stand with the parameters (DL-13, P14-19, ST-01, ST-07).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

BREAKFAST, LUNCH, SUPPER = SLOTS = ("breakfast", "lunch", "supper")
# What touches the body: women residents are cared for by women (国务院令第381号 第8条, ST-01).
BODY_CARE = frozenset({"wash", "haircut", "help"})
_BETWEEN = re.compile(r"[\s、，,；;。/]+")

Meals = tuple[str, str, str]


def slot_now(minute: int, starts: Mapping[str, int]) -> str:
    """The meal that began last, by minute of the day; empty before the first of the day."""
    begun = [slot for slot in SLOTS if starts[slot] <= minute]
    return begun[-1] if begun else ""


def clock_words(minute: int) -> str:
    """A minute of the day as it is read off a clock."""
    return f"{minute // 60}:{minute % 60:02}"


def must_be_by_woman(kind: str, sex: str) -> bool:
    """Whether this care of this resident is a woman's to give (ST-01)."""
    return kind in BODY_CARE and sex == "female"


def dishes(words: str) -> frozenset[str]:
    """The dishes of one meal, whatever stands between them and in whatever order."""
    return frozenset(part for part in _BETWEEN.split(words) if part)


def same_as(menu: Meals, before: Iterable[tuple[date, Meals]]) -> date | None:
    """The latest of the days before on which the same was cooked all day; None where none is.

    One meal may come again; a whole day may not (P14-19).
    """
    wanted = tuple(dishes(meal) for meal in menu)
    found = [day for day, meals in before if tuple(dishes(meal) for meal in meals) == wanted]
    return max(found, default=None)


@dataclass(frozen=True, slots=True)
class Bedding:
    """What is known of one bed: last change, who sleeps there since when, the last one's leaving."""

    changed_at: datetime | None = None
    taken_at: datetime | None = None
    vacated_at: datetime | None = None


def bedding_due(bed: Bedding, days: float) -> datetime | None:
    """When the bedding of a bed is to be washed; None while nobody needs it to be (DL-13).

    At once after somebody left; else so many days after the last change, while somebody sleeps there.
    """
    if bed.vacated_at is not None and (bed.changed_at is None or bed.changed_at < bed.vacated_at):
        return bed.vacated_at
    if bed.taken_at is None:
        return None
    return max(bed.changed_at or bed.taken_at, bed.taken_at) + timedelta(days=days)
