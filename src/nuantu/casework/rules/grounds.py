"""On what casework may rest, and whom a risk stops: plain values in, the code of what is missing out."""

from collections.abc import Iterable
from typing import Final

CONSENT, GUARDIAN, LAW = "consent", "guardian", "law"
# classes that tell of a risk: the mark and the class are one thing said twice, never two opinions
CLASS_OF: Final = {
    "suicide": "suicide_risk",
    "self_harm": "danger",
    "home_violence": "domestic_violence",
    "harmed": "danger",
}
RISK_OF: Final = {"suicide_risk": "suicide", "domestic_violence": "home_violence"}
# whoever harms him may be among those who would be asked, told or would fetch him
FROM_SOMEBODY: Final = frozenset({"home_violence", "harmed"})
ON_LIFE: Final = frozenset({"suicide", "self_harm"})
CANNOT_ALONE: Final = frozenset({"suspected_mental_disorder", "intellectual_disability"})


def ground_gap(ground: str, *, is_minor: bool, classes: Iterable[str]) -> str:
    """Why a plan cannot rest on this: `minor` (a child's word alone, PIPL Art. 31), `guardian` (whoever harms
    him is asked for nothing, X58), `adult` (a capable adult decides himself); empty where it can."""
    known = set(classes)
    if ground == CONSENT and is_minor:
        return "minor"
    if ground == GUARDIAN and known & {"domestic_violence", "trafficked"}:
        return "guardian"
    if ground == GUARDIAN and not is_minor and not known & CANNOT_ALONE:
        return "adult"
    return ""


def must_report(kind: str, *, is_minor: bool, classes: Iterable[str]) -> bool:
    """Whether the station reports to the police at once: violence against a child or somebody who cannot
    decide alone (反家庭暴力法 第14条, 未成年人保护法 第11条)."""
    return kind in FROM_SOMEBODY and (is_minor or bool(set(classes) & CANNOT_ALONE))


# what each class of people is offered besides goods (P1-14)
_OFFERS: Final = {
    "suicide_risk": ("counselling", "comfort", "family"),
    "domestic_violence": ("counselling", "legal"),
    "trafficked": ("counselling", "legal"),
    "minor": ("counselling", "comfort", "family"),
    "left_behind_child": ("comfort", "family"),
    "parents_in_prison": ("comfort", "family"),
    "elderly": ("comfort", "family"),
    "disabled": ("comfort", "legal"),
    "drunk": ("behaviour",),
    "repeat_street_person": ("behaviour", "comfort"),
    "occupational_beggar": ("behaviour", "legal"),
    "person_in_sudden_trouble": ("legal",),
}


def offers_for(classes: Iterable[str]) -> tuple[str, ...]:
    """Kinds of session that fit these classes, each once, talk first (P1-14)."""
    found = ["talk"]
    for code in sorted(classes):
        found += [kind for kind in _OFFERS.get(code, ()) if kind not in found]
    return tuple(found)
