"""Tables of letters."""

from nuantu.letters.models.choices import (
    ANSWERS_TO,
    ASK,
    OPEN,
    TAKING,
    TOLD,
    TOLD_HERE,
    Answer,
    Direction,
    Event,
    Kind,
    Means,
    State,
)
from nuantu.letters.models.files import KnownKey, LetterFile, OrganisationKey
from nuantu.letters.models.letters import Letter, LetterLine

__all__ = [
    "ANSWERS_TO",
    "ASK",
    "OPEN",
    "TAKING",
    "TOLD",
    "TOLD_HERE",
    "Answer",
    "Direction",
    "Event",
    "Kind",
    "KnownKey",
    "Letter",
    "LetterFile",
    "LetterLine",
    "Means",
    "OrganisationKey",
    "State",
]
