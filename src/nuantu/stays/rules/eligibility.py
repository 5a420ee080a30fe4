"""What speaks for and against helping somebody at the door: advice to a person who decides.

Sources: 国务院令第381号 第2、6条 (EL-04, EL-05), 民发〔2014〕132号 第7、8条 (IN-02), 实施细则 第5条 (EL-07, EL-08).
"""

from collections.abc import Iterable
from dataclasses import dataclass

ADMITTED, REFUSED, HOSPITAL, POLICE = "admitted", "refused", "hospital_first", "police"
PASSED, FOUND, CANNOT, REFUSES = "passed", "found", "cannot", "refuses"

# Who is helped first, whatever he says or does not say (EL-07, EL-10).
PROTECTED_CLASSES = frozenset(
    {
        "minor",
        "critically_ill_person",
        "sudden_illness",
        "suspected_mental_disorder",
        "intellectual_disability",
        "infectious_patient",
        "suicide_risk",
        "danger",
        "domestic_violence",
        "trafficked",
        "severely_disabled_person",
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was found out at the door so far."""

    security: str = ""
    telling: str = ""
    is_hospital_needed: bool = False
    is_protected: bool = False
    has_means: bool = False
    is_cash_only: bool = False
    has_refused_deposit: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """What the rules advise, and the reasons by code, the weightiest first."""

    decision: str
    reasons: tuple[str, ...]


def is_protected(codes: Iterable[str], *, is_minor: bool) -> bool:
    """Whether somebody may never be turned away."""
    return is_minor or bool(PROTECTED_CLASSES.intersection(codes))


def grounds(asked: Asked) -> tuple[str, ...]:
    """Grounds of refusal that hold (EL-09); none for whoever is protected."""
    if asked.is_protected or asked.is_hospital_needed or asked.telling == CANNOT:
        return ()
    held = {
        "refuses_security_check": asked.security == "refused",
        "refuses_deposit": asked.has_refused_deposit,
        "has_means": asked.has_means,
        "wants_cash_only": asked.is_cash_only,
        "hides_details": asked.telling == REFUSES,
    }
    return tuple(code for code, holds in held.items() if holds)


def advise(asked: Asked) -> Advice:
    """Treat first, then help; refuse only on a ground that holds."""
    if asked.is_hospital_needed:
        return Advice(HOSPITAL, ("treat_first",))
    found = grounds(asked)
    if found:
        return Advice(REFUSED, found)
    reasons = []
    if asked.security != PASSED:
        reasons.append("security_first")
    if asked.is_protected:
        reasons.append("protected")
    if asked.telling == CANNOT:
        reasons.append("help_first")
    return Advice(ADMITTED, tuple(reasons) or ("eligible",))
