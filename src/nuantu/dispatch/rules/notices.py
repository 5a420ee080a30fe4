"""Who must be told about a tip (T6, X10): nobody on the matrix may be skipped.

The lines come from the plan and its parents and the national defaults; all of them count. What
was told already stays told; a line that no longer applies is not taken back by the program.
"""

from collections.abc import Iterable
from dataclasses import dataclass

# How a tip came in (F-01 来源渠道) → who found the person, in the words of a plan.
FINDERS = {
    "web": "citizen",
    "hotline": "citizen",
    "110": "police",
    "12345": "citizen",
    "12349": "citizen",
    "community": "township",
    "sanitation": "informant",
    "taxi": "informant",
    "volunteer": "informant",
    "patrol": "patrol_team",
    "partner": "citizen",
    "other": "citizen",
}

AMBULANCE, POLICE = "120", "110"
STATION = "relief_station"

# What a plan calls by its office and a finger dials: the same call, told once.
_SAME = {"ambulance": AMBULANCE, "police": POLICE}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the matrix: who found whom, whom that asks to tell, and the clause."""

    finder: str
    classes: frozenset[str]
    tell: tuple[str, ...]
    basis: str
    outcome: str = "any"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who must be told, and the clauses that ask for it."""

    code: str
    basis: str


def recipients(
    lines: Iterable[Line], *, channel: str, classes: frozenset[str]
) -> tuple[Recipient, ...]:
    """Everybody the matrix asks to tell about a tip, each once, in the order of the lines.

    Lines that wait for an outcome (a refusal) belong to the contact, not to the tip.
    """
    finder = FINDERS.get(channel, "citizen")
    told: dict[str, list[str]] = {}
    for line in lines:
        if line.outcome != "any" or line.finder not in ("any", finder):
            continue
        if "any" not in line.classes and line.classes.isdisjoint(classes):
            continue
        for code in line.tell:
            bases = told.setdefault(_SAME.get(code, code), [])
            if line.basis not in bases:
                bases.append(line.basis)
    return tuple(Recipient(code, "；".join(bases)) for code, bases in told.items())
