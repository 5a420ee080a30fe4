"""The citizen number (公民身份号码, GB 11643): checked, never required, never invented.

The division in it may be one that no longer exists and is not checked (CO-04).
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Fault = Literal["length", "old", "characters", "date", "future", "check"]

LENGTH, OLD_LENGTH = 18, 15
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
FULL_WIDTH = str.maketrans("０１２３４５６７８９ＸｘＯO", "0123456789XX00")


class InvalidIdNumber(ValueError):
    """Not a citizen number; `fault` names the first thing that is wrong."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number that passes, with what it says about its holder."""

    text: str
    birth: date
    sex: Literal["male", "female"]
    division: str


def tidy(text: str) -> str:
    """What somebody typed or read out: spaces and dashes gone, full width narrowed, x as X."""
    kept = "".join(ch for ch in text if not ch.isspace() and ch not in "-－·.")
    return kept.translate(FULL_WIDTH).upper()


def check_character(seventeen: str) -> str:
    """The last character (ISO 7064 MOD 11-2, CO-02)."""
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, WEIGHTS, strict=True))
    return CHECKS[total % 11]


def _is_ascii_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _birth(digits: str, today: date) -> date:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError as error:
        raise InvalidIdNumber("date") from error
    if birth > today:
        raise InvalidIdNumber("future")
    if today.year - birth.year > 150:
        raise InvalidIdNumber("date")
    return birth


def read(text: str, *, today: date) -> IdNumber:
    """Read a number. Raises InvalidIdNumber with the first fault found."""
    number = tidy(text)
    if len(number) == OLD_LENGTH and _is_ascii_digits(number):
        raise InvalidIdNumber("old")
    if len(number) != LENGTH:
        raise InvalidIdNumber("length")
    if not _is_ascii_digits(number[:17]) or number[17] not in CHECKS:
        raise InvalidIdNumber("characters")
    birth = _birth(number[6:14], today)
    if check_character(number[:17]) != number[17]:
        raise InvalidIdNumber("check")
    return IdNumber(
        text=number,
        birth=birth,
        sex="male" if int(number[16]) % 2 else "female",
        division=number[:6],
    )
