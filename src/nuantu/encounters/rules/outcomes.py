"""How a contact may end, and for whom which end is closed (PA-06, PA-07, P9-13, TR-05)."""

from collections.abc import Iterable
from typing import Final

STATION, SELF, HOSPITAL, POLICE = "to_station", "self_return", "hospital", "police"
ON_SPOT, REFUSED, GOODS = "helped_on_spot", "refused", "goods_only"
OUTCOMES: Final = (STATION, HOSPITAL, POLICE, ON_SPOT, GOODS, SELF, REFUSED)
# Somebody takes the person over; the first receiver answers until he accepts.
TAKEN_OVER: Final = (STATION, HOSPITAL, POLICE)
# Ends that leave the person where he is, by his own wish.
LEFT_ALONE: Final = frozenset({REFUSED, GOODS, SELF})

_URGENT: Final = frozenset({"critically_ill_person", "sudden_illness"})
_INFECTIOUS: Final = "infectious_patient"
_MINOR: Final = "minor"


def allowed(classes: Iterable[str], *, may_refuse: bool) -> tuple[str, ...]:
    """The ends that are open for somebody of these classes, in the order of the form.

    Urgent illness: the hospital and nothing else (treat first). An infectious patient: hospital.
    Who may not refuse is never left alone. A minor stays on the spot only with a guardian, which
    the caller asks for.
    """
    held = set(classes)
    if held & _URGENT:
        return (HOSPITAL,)
    if _INFECTIOUS in held:
        return (HOSPITAL,)
    if may_refuse:
        return OUTCOMES
    if _MINOR in held:
        return (STATION, HOSPITAL, POLICE, ON_SPOT)
    return TAKEN_OVER


def needs_guardian(outcome: str, classes: Iterable[str]) -> bool:
    """Whether a minor is left with somebody who must be named."""
    return outcome == ON_SPOT and _MINOR in set(classes)


def counts_as_handled(outcome: str, *, is_informed: bool, has_revisit: bool) -> bool:
    """An informed refusal with a next visit counts as handled, never as a failure (X66)."""
    return outcome != REFUSED or (is_informed and has_revisit)


# F-04 outcome → how the tip ends (F-02).
TIP_OUTCOME: Final[dict[str, str]] = {
    STATION: "station",
    HOSPITAL: "hospital",
    POLICE: "police",
    ON_SPOT: "on_spot",
    GOODS: "on_spot",
    SELF: "left",
    REFUSED: "refused",
}
# How the case ends once the receiver has it or nothing is left to do.
CASE_CLOSING: Final[dict[str, str]] = {
    STATION: "to_station",
    HOSPITAL: "hospital",
    POLICE: "police",
    ON_SPOT: "helped_on_spot",
    GOODS: "helped_on_spot",
    SELF: "self_return",
}
# Class of person → urgent mark of a tip, so that 120 and 110 come onto its notification list.
TIP_FLAG: Final[dict[str, str]] = {
    "critically_ill_person": "critical",
    "sudden_illness": "critical",
    "infectious_patient": "critical",
    "suspected_mental_disorder": "mental",
    "minor": "minor",
    "danger": "danger",
    "suicide_risk": "danger",
}


def tip_flags(classes: Iterable[str]) -> frozenset[str]:
    """The urgent marks that these classes put on a tip."""
    return frozenset(TIP_FLAG[code] for code in classes if code in TIP_FLAG)
