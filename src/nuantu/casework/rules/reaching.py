"""Whether a family may be told or asked: plain values in, the code of what stands against it out (X58)."""

from collections.abc import Iterable
from typing import Final

from nuantu.casework.rules.grounds import CANNOT_ALONE

OWN, GUARDIAN, DANGER = "own", "guardian", "danger"
AGREES: Final = "agrees"


def consent_gap(
    basis: str, answer: str, *, is_minor: bool, classes: Iterable[str], is_stopped: bool
) -> str:
    """Why this answer does not count: `stopped` (somebody of the family may harm him), `own` (a capable adult is asked
    himself), `guardian` (a child, or who cannot decide alone, is not asked alone), `danger` (no mark says that his life
    is at stake); empty where it counts. A refusal is always put down."""
    if answer != AGREES:
        return ""
    known = set(classes)
    if is_stopped:
        return "stopped"
    needs_guardian = is_minor or bool(known & CANNOT_ALONE)
    if basis == DANGER:
        return "" if known & {"suicide_risk"} else "danger"
    if basis == GUARDIAN and not needs_guardian:
        return "own"
    if basis == OWN and needs_guardian:
        return "guardian"
    return ""
