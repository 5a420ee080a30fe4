"""What every peer is given of a report and of a query: names and places as written, by sound, folded.

Folding runs together what dialects run together, so that an engine that compares for equality alone
has a fair chance: zh z, n l r, f h, ing in, and so on.
"""

import re
from functools import cache
from typing import Any, Final

from pypinyin import lazy_pinyin

from bench.identity.queries import KINDS

Row = dict[str, Any]
LEVELS: Final = ("prov", "city", "county", "town", "village")
FOLDS: Final = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        ("^zh", "z"), ("^ch", "c"), ("^sh", "s"), ("^[nr](?=[aeiouv])", "l"), ("^f", "h"),
        ("^hu(?=[ao])", "w"), ("^hu$", "wu"), ("^yu", "yi"), ("^([jqx])u", r"\1i"), ("^lv", "li"), ("ng$", "n"),
    )
)  # fmt: skip


@cache
def sounds(text: str) -> tuple[str, ...]:
    """The syllables of a text without tones."""
    return tuple(lazy_pinyin(text))


@cache
def folded(text: str) -> tuple[str, ...]:
    """The syllables as the coarsest listener hears them."""
    found = []
    for sound in sounds(text):
        for pattern, to in FOLDS:
            sound = pattern.sub(to, sound)
        found.append(sound)
    return tuple(found)


@cache
def core(name: str) -> str:
    """A place's name without its kind; a name of one character keeps it."""
    cut = KINDS.sub("", name)
    return cut if len(cut) > 1 else name


def places_of_report(row: Row) -> list[str]:
    """Cores of the home, province first, without the unknown."""
    return [core(row[level]) for level in LEVELS if row[level]]


def places_of_query(row: Row) -> list[str]:
    """Cores of the fragments."""
    return [core(one) for one in row["places"].split("|") if one]


def birth_year(row: Row) -> int:
    """Of a query, by age and the day he was found; -1 when unknown."""
    if row["age"] < 0:
        return -1
    return int(1990 + row["found_day"] / 365.25 - row["age"] - 0.5)


def marks_of(row: Row) -> list[int]:
    """Numbers of the marks."""
    return [bit for bit in range(40) if row["marks"] >> bit & 1]
