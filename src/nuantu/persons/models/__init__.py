"""Tables of people, of their cases, and of what may not be deleted yet."""

from nuantu.persons.models.choices import (
    COMPARED_KINDS,
    SEALED_KINDS,
    TELLING_KINDS,
    Certainty,
    ClassCode,
    FactKind,
    Sex,
)
from nuantu.persons.models.holds import EvidenceHold
from nuantu.persons.models.people import (
    NUMBER_TAIL,
    Case,
    Person,
    PersonClass,
    PersonFact,
    PersonLink,
    PersonWord,
)

__all__ = [
    "COMPARED_KINDS",
    "NUMBER_TAIL",
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
    "PersonWord",
    "Sex",
]
