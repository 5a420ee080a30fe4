"""The house for those who see no files: who is in and out for the gate, who eats what for the kitchen."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from nuantu.stays.models import Reception, RollCall, Search, Stay
from nuantu.stays.models.choices import Diet
from nuantu.stays.selectors.board import Resident, in_bed_order, residents, stays_here


@dataclass(frozen=True, slots=True)
class Gate:
    """Who is out, the late ones first, who is in, and how many receptions still wait for the check."""

    out: tuple[Resident, ...]
    inside: tuple[Resident, ...]
    late: int
    unchecked: int


def gate(org: str, at: datetime) -> Gate:
    """The gate of a station; a fixed number of queries."""
    people = in_bed_order(residents(stays_here(org), at))
    away = [(one.absence.due_at, one) for one in people if one.absence is not None]
    out = [one for _due_at, one in sorted(away, key=itemgetter(0))]
    waiting = Reception.objects.filter(owner_org=org, state=Reception.State.OPEN, security="")
    return Gate(
        out=tuple(out),
        inside=tuple(one for one in people if one.absence is None),
        late=sum(one.is_late for one in out),
        unchecked=waiting.count(),
    )


def searched(org: str) -> int:
    """How many residents are looked for now."""
    return Search.objects.filter(owner_org=org, end="").count()


def last_call(org: str) -> RollCall | None:
    """The roll-call of the house that was called last."""
    return RollCall.objects.filter(owner_org=org).order_by("-called_at", "-pk").first()


@dataclass(frozen=True, slots=True)
class Diets:
    """How many are in the house to eat, how many of them by diet, and who has a diet of his own."""

    here: int
    counts: tuple[tuple[str, int], ...]
    special: tuple[Resident, ...]


def diets(org: str, at: datetime) -> Diets:
    """The diets of a house, never why somebody has one; whoever is out is not counted."""
    here = [one for one in residents(stays_here(org), at) if one.absence is None]
    found = Counter(one.stay.diet for one in here)
    return Diets(
        here=len(here),
        counts=tuple((str(diet.label), found[diet]) for diet in Diet if found[diet]),
        special=tuple(one for one in in_bed_order(here) if _is_special(one.stay)),
    )


def _is_special(stay: Stay) -> bool:
    return stay.diet != Diet.GENERAL
