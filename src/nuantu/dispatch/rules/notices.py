"""Who must be told about a tip (T6, X10): nobody on the matrix may be skipped.

The lines come from the plan and its parents and the national defaults; all of them count. What
was told already stays told; a line that no longer applies is not taken back by the program.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from nuantu.dispatch.rules.flags import CALL_FIRST, classes_of

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

EMERGENCIES = classes_of(CALL_FIRST)
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
    order: str = "together"

    @property
    def is_in_order(self) -> bool:
        """Whether each waits for the one before him. Where life may hang on it all are told at once."""
        urgent = "any" in self.classes or not EMERGENCIES.isdisjoint(self.classes)
        return self.order == "in_order" and not urgent


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
    asked = [line for line in lines if not line.is_in_order and _asks(line, {finder}, classes)]
    return _each_once((_SAME.get(code, code), line.basis) for line in asked for code in line.tell)


def sequence(
    lines: Iterable[Line], *, finders: Collection[str], classes: frozenset[str]
) -> tuple[Recipient, ...]:
    """Whom the matrix asks to tell one after the other, first to last (P10-24: the police station
    asks who he is, then the county station).

    The police station is itself here and not the call to 110, which other lines ask for.
    """
    asked = [line for line in lines if line.is_in_order and _asks(line, finders, classes)]
    return _each_once((code, line.basis) for line in asked for code in line.tell)


def _asks(line: Line, finders: Collection[str], classes: frozenset[str]) -> bool:
    if line.outcome != "any" or line.finder not in ("any", *finders):
        return False
    return "any" in line.classes or not line.classes.isdisjoint(classes)


def _each_once(told: Iterable[tuple[str, str]]) -> tuple[Recipient, ...]:
    bases: dict[str, list[str]] = {}
    for code, basis in told:
        held = bases.setdefault(code, [])
        if basis not in held:
            held.append(basis)
    return tuple(Recipient(code, "；".join(held)) for code, held in bases.items())
