"""What is urgent about a person, as reporters and operators say it (F-01 紧急特征)."""

from collections.abc import Iterable
from typing import Final

CRITICAL, MENTAL, MINOR, TRAFFICKED, INJURED, DANGER, NON_LOCAL = (
    "critical",
    "mental",
    "minor",
    "trafficked",
    "injured",
    "danger",
    "non_local",
)

# Classes of person in the words of a plan's notification matrix (T6).
CLASSES: Final[dict[str, tuple[str, ...]]] = {
    CRITICAL: ("critically_ill_person", "sudden_illness"),
    MENTAL: ("suspected_mental_disorder",),
    MINOR: ("minor",),
    INJURED: ("sudden_illness",),
    DANGER: ("danger",),
    TRAFFICKED: ("danger",),
    "elderly": ("elderly",),
    "immobile": ("hard_to_move",),
    "drunk": ("drunk",),
    "thin_clothes": ("rough_sleeper",),
    "trapped": ("disaster_victim",),
    NON_LOCAL: ("non_local",),
}

# Call first, report second: the red bar of the public form and the top of every lane.
CALL_FIRST: Final = frozenset({CRITICAL, MENTAL, MINOR, TRAFFICKED, INJURED, DANGER, "trapped"})

# A refusal does not end the duty of care (P1-11, PA-07): such a tip cannot be closed as refused.
PROTECTED: Final = frozenset({CRITICAL, MENTAL, MINOR, INJURED, TRAFFICKED})


def classes_of(flags: Iterable[str]) -> frozenset[str]:
    """The classes of person that the flags stand for."""
    return frozenset(name for flag in flags for name in CLASSES.get(flag, ()))


def is_urgent(flags: Iterable[str]) -> bool:
    """Whether somebody should call 120 or 110 before writing."""
    return not CALL_FIRST.isdisjoint(flags)


def is_protected(flags: Iterable[str]) -> bool:
    """Whether a refusal cannot end this (minor, ill, injured, trafficked)."""
    return not PROTECTED.isdisjoint(flags)
