"""What must be so before somebody sets out for home: each gate open, shut or not asked, with its reason.

Source: 民发〔2014〕132号 第四章 (LV-02 to LV-11); the plans' P1-12, P9-34. The numbers of escorts are parameters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

SELF, RELATIVES, FETCHED, ESCORTED, STATION = "self", "relatives", "fetched", "escorted", "station"
BY_STATION: Final = frozenset({FETCHED, STATION})
WITH_ESCORTS: Final = frozenset({ESCORTED, STATION})
TAKEN: Final = frozenset({RELATIVES, FETCHED, STATION, ESCORTED})
WITH_SHEET: Final = frozenset({FETCHED, ESCORTED, STATION})
# marks of somebody whom those at home may have harmed or sold, or who is in danger
DANGERS: Final = frozenset({"domestic_violence", "trafficked", "danger", "suicide_risk"})
WITHOUT_CAPACITY: Final = frozenset({"suspected_mental_disorder", "intellectual_disability"})
SICK: Final = frozenset({"critically_ill_person", "sudden_illness", "infectious_patient"})
GO, STAY = "go", "stay"
# a journey farther ahead is a slip of the year: its alarm would never rise
FARTHEST: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Company:
    """One who goes along."""

    sex: str
    is_medical: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """When a leg begins and ends, and where."""

    origin: str
    goal: str
    leaves_at: datetime
    due_at: datetime
    has_station: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """The numbers of the house: escorts, of them women for a woman or girl, medical staff for the very ill."""

    escorts: int
    women: int
    medical: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a return; `may_be_child` is below the age of leaving alone (DL-16), `against_family` the code of
    what speaks against relatives: `said_no` or `harm` (X58)."""

    way: str
    sex: str
    may_be_child: bool
    classes: frozenset[str]
    is_cleared: bool = False
    is_in_hospital: bool = False
    safety: str = ""
    is_taker_checked: bool = False
    has_copy: bool = False
    has_taker: bool = False
    has_agreed: bool = True
    is_refused: bool = False
    halt: str = ""
    against_family: str = ""
    is_epidemic: bool = False
    escorts: tuple[Company, ...] = ()
    legs: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate; `reason` names why it is shut, `lacks` how many are lacking."""

    code: str
    is_open: bool
    reason: str = ""
    lacks: int = 0


def gates(facts: Facts, wanted: Wanted) -> tuple[Gate, ...]:
    """Every gate that is asked for this way, in the order in which one passes them."""
    found = [_medical(facts), _capacity(facts), _safety(facts), _halt(facts)]
    if facts.way == RELATIVES:
        found.append(Gate("family", not facts.against_family, facts.against_family))
    if facts.way in TAKEN:
        found.append(_taker(facts))
    if facts.way in BY_STATION:
        found.append(Gate("agreed", facts.has_agreed, "" if facts.has_agreed else "not_agreed"))
    found.append(_route(facts))
    if facts.way in WITH_ESCORTS:
        found += _escorts(facts, wanted)
    return tuple(found)


def shut(found: Iterable[Gate]) -> tuple[Gate, ...]:
    """The gates that keep him here."""
    return tuple(gate for gate in found if not gate.is_open)


def is_severe(classes: Iterable[str]) -> bool:
    """Whether medical staff go along (LV-14)."""
    return bool(SICK.intersection(classes))


def is_direct(legs: Iterable[Span]) -> bool:
    """Whether one leg leads there; else each place of changing has its station (LV-05)."""
    return len(tuple(legs)) == 1


def _medical(facts: Facts) -> Gate:
    """Help with going home only once the condition is stable (P1-12)."""
    if facts.is_in_hospital:
        return Gate("medical", is_open=False, reason="in_hospital")
    return Gate("medical", facts.is_cleared, "" if facts.is_cleared else "not_cleared")


def _capacity(facts: Facts) -> Gate:
    if facts.way != SELF:
        return Gate("capacity", is_open=True)
    if facts.may_be_child:
        return Gate("capacity", is_open=False, reason="child")
    if WITHOUT_CAPACITY & facts.classes:
        return Gate("capacity", is_open=False, reason="capacity")
    return Gate("capacity", is_open=True)


def _safety(facts: Facts) -> Gate:
    """Danger marked means: nobody goes until somebody who may has decided, and said that he goes."""
    if not DANGERS & facts.classes:
        return Gate("safety", is_open=True)
    reason = {GO: "", STAY: "decided_against"}.get(facts.safety, "danger")
    return Gate("safety", not reason, reason)


def _halt(facts: Facts) -> Gate:
    if facts.halt:
        return Gate("halt", is_open=False, reason=facts.halt)
    return Gate("halt", is_open=True)


def _taker(facts: Facts) -> Gate:
    if not facts.has_taker:
        reason = "refused" if facts.is_refused else "nobody"
        return Gate("taker", is_open=False, reason=reason)
    if facts.way != RELATIVES:
        return Gate("taker", is_open=True)
    if not facts.is_taker_checked:
        return Gate("taker", is_open=False, reason="not_checked")
    return Gate("taker", facts.has_copy, "" if facts.has_copy else "no_copy")


def _escorts(facts: Facts, wanted: Wanted) -> list[Gate]:
    women = sum(one.sex == "female" for one in facts.escorts)
    medical = sum(one.is_medical for one in facts.escorts)
    found = [_enough("escorts", len(facts.escorts), wanted.escorts)]
    if facts.sex == "female":
        found.append(_enough("women", women, wanted.women))
    if is_severe(facts.classes):
        found.append(_enough("doctors", medical, wanted.medical))
    return found


def _enough(code: str, have: int, need: int) -> Gate:
    lacks = max(0, need - have)
    return Gate(code, not lacks, "lacks" if lacks else "", lacks)


def _route(facts: Facts) -> Gate:
    legs = sorted(facts.legs, key=lambda leg: leg.leaves_at)
    if not legs:
        reason = "" if facts.way in (RELATIVES, FETCHED) else "no_legs"
        return Gate("route", not reason, reason)
    for before, after in pairwise(legs):
        if after.leaves_at < before.due_at:
            return Gate("route", is_open=False, reason="missed")
        if facts.way == SELF and not before.has_station:
            return Gate("route", is_open=False, reason="no_station")
    return Gate("route", is_open=True)


def is_too_far(moment: datetime, at: datetime) -> bool:
    """Whether a departure or an arrival lies too far ahead to be meant."""
    return moment - at > FARTHEST
