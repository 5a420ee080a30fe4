"""Tables of people, of their cases, and of what may not be deleted yet."""

from nuantu.persons.models.holds import EvidenceHold
from nuantu.persons.models.people import (
    SEALED_KINDS,
    TELLING_KINDS,
    Case,
    Certainty,
    ClassCode,
    FactKind,
    Person,
    PersonClass,
    PersonFact,
    PersonLink,
    Sex,
)

__all__ = [
    "SEALED_KINDS",
    "TELLING_KINDS",
    "Case",
    "Certainty",
    "ClassCode",
    "EvidenceHold",
    "FactKind",
    "Person",
    "PersonClass",
    "PersonFact",
    "PersonLink",
    "Sex",
]
