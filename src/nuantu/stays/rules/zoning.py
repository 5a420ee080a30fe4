"""Who may sleep where: hard conflicts, the one exception, and which free bed is best.

The database holds the same line with constraints; these functions say beforehand what it would
refuse, and why. Sources: 国务院令第381号 第8条, 民发〔2014〕132号 第三章 (ST-01, ST-02, DL-15).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from nuantu.persons.rules.ages import Age

ANY, MALE, FEMALE = "any", "male", "female"
ADULT, MINOR = "adult", "minor"
GENERAL, OBSERVATION, ISOLATION = "general", "observation", "isolation"


@dataclass(frozen=True, slots=True)
class Sleeper:
    """Somebody who needs a bed or has one; people of one `family` came together."""

    sex: str
    is_minor: bool
    family: int
    health: str = GENERAL
    has_limited_mobility: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """What a bed offers, by its zone and room."""

    sex: str = ANY
    ages: str = ANY
    health: str = GENERAL
    is_family: bool = False
    is_barrier_free: bool = False


def conflicts(
    who: Sleeper, place: Place, others: Iterable[Sleeper], *, is_with_mother: bool = False
) -> tuple[str, ...]:
    """Why this bed cannot be given, nothing when it can; `others` sleep in the room now.

    `is_with_mother` is the exception of DL-15, granted for a child in its mother's room.
    """
    room = list(others)
    if is_with_mother:
        found = [] if may_be_with_mother(who, place, room) else ["mother"]
    else:
        found = _of_zone(who, place)
    if (place.health == ISOLATION) != (who.health == ISOLATION):
        found.append("isolation")
    strangers = [other for other in room if other.family != who.family]
    if any(other.is_minor != who.is_minor for other in strangers):
        found.append("minor_with_strangers")
    if any(other.sex != who.sex for other in strangers):
        found.append("other_sex")
    if place.is_family and strangers:
        found.append("other_family")
    return tuple(found)


def _of_zone(who: Sleeper, place: Place) -> list[str]:
    found = []
    if place.sex not in (ANY, who.sex):
        found.append("sex")
    if place.ages != ANY and (place.ages == MINOR) != who.is_minor:
        found.append("ages")
    return found


def may_be_with_mother(who: Sleeper, place: Place, room: Iterable[Sleeper]) -> bool:
    """Whether a minor goes to his mother in the women's zone; the age is judged apart."""
    return (
        who.is_minor
        and place.sex == FEMALE
        and any(o.family == who.family and o.sex == FEMALE and not o.is_minor for o in room)
    )


def is_young_enough(age: Age | None, line: int) -> bool:
    """Whether a child is surely below the line of living with its mother, in years (DL-15)."""
    return age is not None and age.high < line


def lacks_barrier_free(who: Sleeper, place: Place) -> bool:
    """Whether somebody who needs a barrier-free bed has none here; help bridges it, a move ends it."""
    return who.has_limited_mobility and not place.is_barrier_free


@dataclass(frozen=True, slots=True)
class Option:
    """A bed that fits: the smaller `rank`, the better; `reasons` say why."""

    rank: int
    reasons: tuple[str, ...]


def judge(who: Sleeper, place: Place, others: Iterable[Sleeper]) -> Option | None:
    """How good a free bed is, None where it may not be given.

    Family together first, then the wanted zone of health, then barrier-free where it is needed and
    left free where it is not; mixed zones are kept for those who have no other.
    """
    room = list(others)
    if conflicts(who, place, room):
        return None
    rank, reasons = 0, []
    if any(other.family == who.family for other in room):
        rank, reasons = rank - 100, ["family"]
    if place.health == who.health:
        reasons.append("health")
    else:
        rank += 30
        reasons.append("other_health")
    if lacks_barrier_free(who, place):
        reasons.append("no_barrier_free")
    elif who.has_limited_mobility:
        rank -= 20
        reasons.append("barrier_free")
    elif place.is_barrier_free:
        rank += 10
    if place.sex == ANY:
        rank += 20
        reasons.append("mixed")
    else:
        reasons.append("zone")
    return Option(rank - min(len(room), 5), tuple(reasons))
