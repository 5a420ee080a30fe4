"""The values of a cell, however it was written: days, ages, heights, sexes, numbers.

Each reader raises `CellFault` with the code of what is wrong; an empty cell is never a fault.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from nuantu.persons.rules.ages import OLDEST, around
from nuantu.persons.rules.id_number import InvalidIdNumber, read
from nuantu.tracing.rules.said import DAY, MONTH, SHORTEST_CM, TALLEST_CM, YEAR

_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}", re.IGNORECASE)
_DAY: Final = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_RANGE: Final = re.compile(r"(\d{1,3})(?:[-~—–至到](\d{1,3}))?")
_METRES: Final = re.compile(r"([12])(?:\.|米)(\d{1,2})")
_ABOUT: Final = re.compile(r"^(?:约|大约|大概|about|ca\.?|around)|(?:左右|上下)$", re.IGNORECASE)
_SEXES: Final = {
    "": "unknown", "男": "male", "男性": "male", "m": "male", "male": "male",
    "女": "female", "女性": "female", "f": "female", "female": "female",
    "不详": "unknown", "不詳": "unknown", "未知": "unknown", "unknown": "unknown", "other": "unknown",
}  # fmt: skip
OLDEST_YEAR: Final = 1850


class CellFault(ValueError):
    """A cell that cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Day:
    """A day as far as it is known: to the day, the month (its first day) or the year (1 January)."""

    day: date
    precision: str


def plain(text: str) -> str:
    """One line, narrow letters, no spaces around."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def is_scientific(text: str) -> bool:
    """Whether a spreadsheet turned a long number into 4.5E+17: what stood behind is lost."""
    return _SCIENTIFIC.fullmatch(plain(text).replace(" ", "")) is not None


def day_in(text: str, today: date) -> Day | None:
    """`2015-03-04`, `2015年3月`, `2015`, `20150304`. Raises CellFault("date" or "future")."""
    words = plain(text).replace(" ", "")
    if not words:
        return None
    found = _DAY.fullmatch(words) or _COMPACT.fullmatch(words)
    if found is None:
        raise CellFault("date")
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        said = date(year or 0, month or 1, day or 1)
    except ValueError as error:
        raise CellFault("date") from error
    if said.year < OLDEST_YEAR:
        raise CellFault("date")
    if said > today:
        raise CellFault("future")
    return Day(said, DAY if day else MONTH if month else YEAR)


def sex_in(text: str) -> str:
    """male, female or unknown. Raises CellFault("sex")."""
    found = _SEXES.get(plain(text).lower())
    if found is None:
        raise CellFault("sex")
    return found


def _bare(text: str, *units: str) -> str:
    words = plain(text).replace(" ", "").lower()
    for unit in units:
        words = words.replace(unit, "")
    return words


def age_in(text: str) -> tuple[int, int] | None:
    """`45`, `45-50岁`, `约50岁`; about fifty is a range. Raises CellFault("age")."""
    words = _bare(text, "周岁", "岁", "歲")
    if not words:
        return None
    bare = _ABOUT.sub("", _ABOUT.sub("", words))
    found = _RANGE.fullmatch(bare)
    if found is None:
        raise CellFault("age")
    low, high = int(found[1]), int(found[2] or found[1])
    if not low <= high <= OLDEST:
        raise CellFault("age")
    if bare != words and low == high:
        guess = around(low)
        return guess.low, guess.high
    return low, high


def height_in(text: str) -> tuple[int, int] | None:
    """Centimetres: `165`, `160-170cm`, `1.65米`, `1米65`. Raises CellFault("height")."""
    words = _bare(text, "厘米", "公分", "cm")
    if not words:
        return None
    words = _METRES.sub(lambda found: found[1] + found[2].ljust(2, "0"), words)
    words = _ABOUT.sub("", _ABOUT.sub("", words.replace("米", "").removesuffix("m")))
    found = _RANGE.fullmatch(words)
    if found is None:
        raise CellFault("height")
    low, high = int(found[1]), int(found[2] or found[1])
    if not SHORTEST_CM <= low <= high <= TALLEST_CM:
        raise CellFault("height")
    return low, high


def phone_in(text: str) -> str:
    """Digits of a phone of any country, with a leading + where it was written. Raises CellFault("phone")."""
    if is_scientific(text):
        raise CellFault("lost_digits")
    words = re.sub(r"[ ()\-—.]", "", plain(text))
    if not words:
        return ""
    if not re.fullmatch(r"\+?\d{7,15}", words):
        raise CellFault("phone")
    return words.removeprefix("+86")


def id_number_in(text: str, today: date) -> str:
    """A citizen number that passes. Raises CellFault("lost_digits") for 4.5E+17, else with the first fault."""
    if is_scientific(text):
        raise CellFault("lost_digits")
    if not plain(text):
        return ""
    try:
        return read(text, today=today).text
    except InvalidIdNumber as error:
        raise CellFault(f"id_{error.fault}") from error


__all__ = [
    "CellFault",
    "Day",
    "age_in",
    "day_in",
    "height_in",
    "id_number_in",
    "is_scientific",
    "phone_in",
    "plain",
    "sex_in",
]
