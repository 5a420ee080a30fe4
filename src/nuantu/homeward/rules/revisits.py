"""When somebody of the ledger is visited next: by risk, by season, and before the feasts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

LONGEST_DAYS: Final = 366


@dataclass(frozen=True, slots=True)
class Cadence:
    """Days between two visits by risk, outside and in the months of cold and heat; `lead` is how many days a visit
    before a feast counts as the visit of that feast."""

    usual: Mapping[str, int]
    in_season: Mapping[str, int]
    season_months: frozenset[int]
    lead: int


def months_between(first: int, last: int) -> frozenset[int]:
    """The months of a stretch of the year, both ends in, also over the new year (11 to 3)."""
    span = (last - first) % 12
    return frozenset((first - 1 + step) % 12 + 1 for step in range(span + 1))


def next_visit(last: date, risk: str, cadence: Cadence, feasts: Iterable[date]) -> date:
    """The day of the next visit after `last`: the first on which the days of its season have passed, or a feast
    that no visit within `lead` days stands before, whichever comes first."""
    feast_days = frozenset(feasts)
    for step in range(1, LONGEST_DAYS + 1):
        day = last + timedelta(days=step)
        span = cadence.in_season if day.month in cadence.season_months else cadence.usual
        if step >= span[risk] or (day in feast_days and step > cadence.lead):
            return day
    return last + timedelta(days=LONGEST_DAYS)


def missed_in_a_row(found: Iterable[str]) -> int:
    """How many of the newest visits did not reach him; `found` is newest first."""
    count = 0
    for one in found:
        if one == "met":
            break
        count += 1
    return count


CARD_STEPS: Final = ("begun", "examined", "applied", "decided", "issued")
OTHER_STEPS: Final = ("begun", "applied", "decided", "issued")
LAST_STEPS: Final = ("issued", "refused", "dropped")


def steps_after(kind: str, step: str) -> tuple[str, ...]:
    """The steps that may follow: of a disability card one after the other, of everything else any later one; refused
    and unwilling always."""
    if step in LAST_STEPS:
        return ()
    steps = CARD_STEPS if kind == "card" else OTHER_STEPS
    place = steps.index(step) + 1
    return (*steps[place : place + 1 if kind == "card" else None], "refused", "dropped")
