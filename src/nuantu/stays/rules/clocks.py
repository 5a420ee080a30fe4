"""Which clocks run for somebody who stays, and when they end.

None of them ends a stay: a clock that runs out asks a person to decide (DL-01 to DL-09).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from nuantu.planbook.calendars import WorkCalendar
from nuantu.planbook.deadlines import Term, TermUnit, due

DECIDE, FILE = "stay.decide", "stay.file"
NOTICE, DNA, STRANDED = "stay.notice", "stay.dna", "stay.stranded"
SETTLE, REFRESH, REVISIT = "stay.settle", "stay.refresh", "stay.revisit"
NEXT, REVIEW, DEATH = "stay.next", "stay.review", "stay.death"
UNKNOWN = (NOTICE, DNA, STRANDED)
IDENTITY = (*UNKNOWN, SETTLE, REFRESH)

# DL-02: the ten-day exit is worded for people without signs of these.
WITHOUT_TERM = frozenset({"suspected_mental_disorder", "intellectual_disability"})


@dataclass(frozen=True, slots=True)
class Known:
    """What decides on the clocks of a stay; `has_told`: he gave his name and his details."""

    is_identified: bool
    may_be_child: bool
    classes: tuple[str, ...] = ()
    has_told: bool = False


def has_term(known: Known) -> bool:
    """Whether the ten days hold: not for who may be below the line, nor with signs of DL-02."""
    return not known.may_be_child and not WITHOUT_TERM.intersection(known.classes)


def is_unknown(known: Known) -> bool:
    """Whether nobody can say who he is (DL-04): not verified, and not told by a capable adult.

    No notice is published about somebody who tells his name and his way home.
    """
    return not known.is_identified and not (known.has_told and has_term(known))


def at_entry(known: Known) -> tuple[str, ...]:
    """The clocks that start with the entry."""
    found: list[str] = [*UNKNOWN] if is_unknown(known) else []
    found.append(DECIDE if has_term(known) else NEXT)
    return tuple(found)


def after(kind: str) -> tuple[str, ...]:
    """What starts when a clock's deed is done: a stranded person is settled and traced on, and who
    has no term is asked about again until he leaves."""
    return {STRANDED: (REFRESH, SETTLE), REFRESH: (REFRESH,), NEXT: (NEXT,)}.get(kind, ())


@dataclass(frozen=True, slots=True)
class Switch:
    """Which clocks start and which stop, because what is known of somebody has changed."""

    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()


def switched(known: Known, running: Iterable[str]) -> Switch:
    """What brings the running clocks in line with what is known now.

    One of the decision (DL-01) and the next step (DL-02 gives no term) always runs. Who he is is
    asked for while nobody knows it; clocks of that kind stop only by a person's word.
    """
    now = set(running)
    own, other = (DECIDE, NEXT) if has_term(known) else (NEXT, DECIDE)
    starts = [] if own in now else [own]
    if is_unknown(known) and not now.intersection(IDENTITY):
        starts += UNKNOWN
    return Switch(tuple(starts), (other,) if other in now else ())


def ends_at(start: datetime, amount: float, unit: str, calendar: WorkCalendar) -> datetime:
    """The moment a clock falls due: the day of the event is not counted (民法典 第201、203条).

    Raises KeyError for a unit that is no length of time.
    """
    units: dict[str, TermUnit] = {
        "hour": "hour",
        "day": "day",
        "working_day": "working_day",
        "month": "month",
    }
    return due(start, Term(int(amount), units[unit]), calendar)


def unfinished(kinds: Iterable[str], *, is_identified: bool) -> tuple[str, ...]:
    """Clocks that have lost their point: of who he is, once that is known."""
    return tuple(kind for kind in kinds if is_identified and kind in IDENTITY)
