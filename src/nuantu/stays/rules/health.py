"""What follows from a medic's findings: hospital first, who is told, which hospital is asked.

Sources: 民发〔2014〕132号 第7、8条 (IN-01, IN-02), 国务院令第381号 第7条 (ST-08), 实施细则 第8条 (ST-09),
P1-11, P1-12, P1-46 to P1-49.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass

MENTAL, INFECTIOUS, CRITICAL = (
    "suspected_mental_disorder",
    "infectious_patient",
    "critically_ill_person",
)
SUDDEN = "sudden_illness"
FIT, OBSERVE, ISOLATE, HOSPITAL = "fit", "observation", "isolation", "hospital"
AMBULANCE, PSYCHIATRIC, CDC, HEALTH_BUREAU = "ambulance", "psychiatric", "cdc", "health_bureau"
LOWEST, HIGHEST = 200, 450  # tenths of a degree Celsius
STABLE_ENDS = frozenset({"to_stay", "home"})
WITH_WORDS = frozenset({"refused", "left", "no_object", "no_need", "died"})


@dataclass(frozen=True, slots=True)
class Ward:
    """A hospital that can be asked, as the ranking sees it."""

    key: str
    is_designated: bool
    is_psychiatric: bool
    is_near: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """What a screening found: temperature in tenths of a degree Celsius, signs, result of a test."""

    temperature_tenths: int | None = None
    signs: tuple[str, ...] = ()
    test: str = ""

    def written(self) -> str:
        """As JSON, to be sealed; empty when nothing was found."""
        return json.dumps(asdict(self)) if self != Measured() else ""

    @classmethod
    def read(cls, text: str) -> "Measured":
        """The same from its JSON."""
        told = json.loads(text)
        return cls(told["temperature_tenths"], tuple(told["signs"]), told["test"])

    @property
    def is_of_a_person(self) -> bool:
        """Whether a living body can have this temperature."""
        return self.temperature_tenths is None or LOWEST <= self.temperature_tenths <= HIGHEST


def least_result(
    signs: Collection[str], temperature_tenths: int | None, test: str, *, fever: int, is_on: bool
) -> str:
    """The mildest result a medic may choose.

    A sign goes to a hospital; a positive test is isolated; fever (tenths of a degree Celsius, from
    `fever` on), or a refused test while the epidemic pack is on, is at least observed.
    """
    if signs:
        return HOSPITAL
    if test == "positive":
        return ISOLATE
    has_fever = temperature_tenths is not None and temperature_tenths >= fever
    return OBSERVE if has_fever or (is_on and test == "refused") else FIT


def is_mild(result: str, least: str) -> bool:
    """Whether the chosen result is milder than the findings allow."""
    order = (FIT, OBSERVE, ISOLATE, HOSPITAL)
    return order.index(result) < order.index(least)


def told_of(signs: Collection[str]) -> tuple[str, ...]:
    """Who is told at once (P1-46; ST-09 for infections)."""
    found = []
    if {CRITICAL, SUDDEN, INFECTIOUS, MENTAL}.intersection(signs):
        found.append(AMBULANCE)
    if MENTAL in signs:
        found.append(PSYCHIATRIC)
    if INFECTIOUS in signs:
        found.append(CDC)
    return tuple(found)


def in_order(wards: Iterable[Ward], signs: Collection[str], tried: Collection[str]) -> list[str]:
    """The hospitals to ask, the best first: designated and near before others.

    Whoever is only mentally ill goes to a psychiatric hospital. With an infection, an injury or in
    a critical state the body is treated first, and the psychiatric hospital is told: it is asked
    after the others. A hospital that refused or is full comes last.
    """
    is_mind_only = set(signs) == {MENTAL}
    return [
        ward.key
        for ward in sorted(
            wards,
            key=lambda ward: (
                ward.key in tried,
                is_mind_only != ward.is_psychiatric if signs else ward.is_psychiatric,
                not ward.is_designated,
                not ward.is_near,
                ward.key,
            ),
        )
    ]


def end_gap(
    end: str,
    *,
    is_stable: bool,
    has_certificate: bool,
    has_words: bool,
    is_protected: bool,
    is_infectious: bool,
) -> str:
    """What stands against ending a treatment so; empty when nothing does.

    A capable adult may refuse treatment; a protected person or somebody infectious may not be left
    to himself by that word.
    """
    if end in STABLE_ENDS and not is_stable:
        return "stable"
    if end in STABLE_ENDS and not has_certificate:
        return "certificate"
    if end == "refused" and is_infectious:
        return "infectious"
    if end == "refused" and is_protected:
        return "protected"
    return "words" if end in WITH_WORDS and not has_words else ""
